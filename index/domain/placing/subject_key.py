"""Decides when two spellings of a subject's key are one: width, script, case and blanks do not tell people apart.

Nor do the words of an address: 3栋2单元1201室 is 3-2-1201. A区3-2-1201 is another room.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.domain.folding import folded

_ROOM = "room"
_OF_ADDRESSES = re.compile(r"号?楼|单元|[栋幢座室号房]")


#: A room's open files are gone through for every new one.
@lru_cache(maxsize=50_000)
def plain_key(key: str, subject: str = "") -> str:
    """The key as it is compared with others of its kind."""
    bare = "".join(folded(key).text.split())
    return re.sub(r"-+", "-", _OF_ADDRESSES.sub("-", bare)).strip("-") if subject == _ROOM else bare
