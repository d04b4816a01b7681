"""Decides which characters count as one when searching: made from OpenCC, written to index/domain/variants.txt.

Run by hand when OpenCC changes: `python tests/make_variants.py`. Pages and queries are folded by the same table, so
a pair that joins too much only finds a little more; a missing pair hides pages. Hence the union of three tables.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import opencc

_HAN = (range(0x2E80, 0x2FE0), range(0x3400, 0xA000), range(0x20000, 0x33480))
_TABLES = ("t2s", "hk2s", "tw2s")
#: Taiwan's table turns the everyday simplified 么 into 幺.
_KEEP = frozenset("么")
_PAIRS_A_LINE = 50
_TARGET = Path(__file__).parent.parent / "index" / "domain" / "variants.txt"

_HEADING = """\
# Traditional -> simplified, one character each: 50 pairs a line, the simplified after its traditional.
# Made by tests/make_variants.py from OpenCC {version} (t2s, hk2s, tw2s; Apache-2.0); {count} pairs.
"""


def pairs() -> dict[str, str]:
    """Every Han character that OpenCC replaces by another single one, followed to its end."""
    found: dict[str, str] = {}
    for table in reversed(_TABLES):
        found.update(_pairs_of(opencc.OpenCC(table)))
    return {old: _last(found, new) for old, new in sorted(found.items())}


def _pairs_of(table: opencc.OpenCC) -> dict[str, str]:
    characters = (chr(code) for block in _HAN for code in block)
    plain = (c for c in characters if unicodedata.normalize("NFKC", c) == c and c not in _KEEP)
    turned = ((c, table.convert(c)) for c in plain)
    return {old: new for old, new in turned if old != new and len(new) == 1}


def _last(found: dict[str, str], character: str) -> str:
    seen: set[str] = set()
    while character in found and character not in seen:
        seen.add(character)
        character = found[character]
    return character


def text() -> str:
    """The whole file as it is committed."""
    found = [old + new for old, new in pairs().items()]
    lines = ("".join(found[n : n + _PAIRS_A_LINE]) for n in range(0, len(found), _PAIRS_A_LINE))
    return _HEADING.format(version=opencc.__version__, count=len(found)) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    _TARGET.write_text(text(), encoding="utf-8")
