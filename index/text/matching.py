"""Decides where a leaf of a query stands in a folded text: one rule for marking and for adapters without an index.

Words of letters only begin where a word begins; in a pattern `?` and `*` stand for any characters but a border.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.domain.query import REACH, Wild, Words
from index.text import analyzer
from index.text.analyzer import BORDER

_SIGN = re.compile(r"([?*])")
_ANY = f"[^{BORDER}]"
_STANDS_FOR = {"?": _ANY, "*": f"{_ANY}{{0,{REACH}}}?"}


@lru_cache(maxsize=256)
def pattern(leaf: Words | Wild) -> re.Pattern[str]:
    """Where `leaf` stands in a folded text; of a pattern with `*`, the shortest stretch from each beginning."""
    if isinstance(leaf, Words):
        return analyzer.pattern(leaf.text)
    pieces = _SIGN.split(leaf.pattern)
    return re.compile("".join(_STANDS_FOR.get(piece) or re.escape(piece) for piece in pieces))


def stretches(wild: str) -> list[tuple[str, int, int]]:
    """The literal stretches of a pattern, each with how many characters at least and at most stand before it.

    >>> stretches("a?b*c")
    [('a', 0, 0), ('b', 1, 1), ('c', 0, 32)]
    """
    found: list[tuple[str, int, int]] = []
    least = most = 0
    for piece in filter(None, _SIGN.split(wild)):
        if piece in _STANDS_FOR:
            least, most = least + (piece == "?"), most + (1 if piece == "?" else REACH)
        else:
            found.append((piece, least, most))
            least = most = 0
    return found
