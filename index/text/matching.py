"""Decides where a leaf of a query stands in a folded text: one rule for marking and for adapters without an index.

Words of letters only begin where a word begins; in a pattern `?` and `*` stand for any characters but a border.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from index.domain.searching.tree import REACH, Wild, Words
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


def standing(text: str, leaf: Words | Wild) -> Iterator[tuple[int, int]]:
    """Start and end of each match of `leaf` in a folded text, none overlapping.

    As `pattern` says, but a pattern with many `*` takes no longer: a regular expression tries every way there is.
    """
    if isinstance(leaf, Words) or "*" not in leaf.pattern:
        return (match.span() for match in pattern(leaf).finditer(text))
    before, behind = around(leaf.pattern)
    chained = _chained(text, stretches(leaf.pattern), behind)
    return _apart({start - before: end for start, end in chained.items() if _is_free(text, start - before, before)})


def around(wild: str) -> tuple[int, int]:
    """How many characters must stand before the first stretch of a pattern, and behind the last.

    >>> around("?a*b??")
    (1, 2)
    """
    return len(wild) - len(wild.lstrip("?")), len(wild) - len(wild.rstrip("?"))


def _is_free(text: str, at: int, count: int) -> bool:
    """Whether so many characters of one piece stand there."""
    return at >= 0 and at + count <= len(text) and BORDER not in text[at : at + count]


def _chained(text: str, pieces: list[tuple[str, int, int]], behind: int) -> dict[int, int]:
    """Where a pattern begins, and where it ends from there: from its last stretch backwards, the nearest each time."""
    last = len(pieces[-1][0])
    places = _places(text, pieces[-1][0])
    ends = {place: place + last + behind for place in places if _is_free(text, place + last, behind)}
    for (literal, _, _), (_, least, most) in zip(pieces[-2::-1], pieces[:0:-1], strict=True):
        starts, chained = list(ends), {}
        for place in _places(text, literal):
            behind = place + len(literal)
            at = bisect_left(starts, behind + least)
            if at < len(starts) and starts[at] <= behind + most and BORDER not in text[behind : starts[at]]:
                chained[place] = ends[starts[at]]
        ends = chained
    return ends


def _places(text: str, literal: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(f"(?={re.escape(literal)})", text))


def _apart(ends: dict[int, int]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in ends.items():
        if start >= last:
            yield start, end
            last = end


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
