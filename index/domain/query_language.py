"""Decides how what a person types is read: words apart are all wanted, quotes hold a phrase together, - leaves out.

Every query is answered: an open quote runs to the end, a lone sign is passed over. `Query.read_as` says what was read.
"""

from __future__ import annotations

import re
from datetime import date

from index.domain.folding import folded
from index.domain.query import Every, Query, Without, Words

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "〝": "〞", "„": "“", "\uff02": "\uff02"}
_OPENING = re.escape("".join(_QUOTES))
_LEAF = re.compile(rf"(?P<without>(?<!\S)[-\uff0d\u2212])?(?:(?P<quote>[{_OPENING}])|(?P<word>[^\s{_OPENING}]+))")


def read(typed: str, today: date) -> Query:
    """The query in `typed`; the same leaf twice counts once."""
    wanted: dict[Words, None] = {}
    unwanted: dict[Words, None] = {}
    at = 0
    while found := _LEAF.search(typed, at):
        words, at = _words(typed, found)
        if leaf := folded(words).text:
            (unwanted if found["without"] else wanted)[Words(leaf)] = None
    return Query(Every((*wanted, *map(Without, unwanted))), _read_as([*wanted], [*unwanted]), typed=typed.strip())


def _read_as(wanted: list[Words], unwanted: list[Words]) -> str:
    kept = " + ".join(f"“{leaf.text}”" for leaf in wanted)
    return " ".join((kept, *(f"− “{leaf.text}”" for leaf in unwanted))).lstrip()


def _words(typed: str, found: re.Match[str]) -> tuple[str, int]:
    """The words of one leaf, and where the next may begin."""
    if found["word"]:
        return found["word"], found.end()
    end = typed.find(_QUOTES[found["quote"]], found.end())
    end = len(typed) if end < 0 else end
    return typed[found.end() : end], end + 1
