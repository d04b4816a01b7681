"""Decides how what a person types is read: words apart are all wanted, quotes hold a phrase together, - leaves out.

Every query is answered: an open quote runs to the end, a lone sign is passed over. `Query.read_as` says what was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.domain.folding import folded

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "〝": "〞", "„": "“", "\uff02": "\uff02"}
_OPENING = re.escape("".join(_QUOTES))
_LEAF = re.compile(rf"(?P<without>(?<!\S)[-\uff0d\u2212])?(?:(?P<quote>[{_OPENING}])|(?P<word>[^\s{_OPENING}]+))")


@dataclass(frozen=True, slots=True)
class Query:
    """Folded leaves: each wanted one must stand on the page or in its heading, no unwanted one may."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """The query in signs that need no language: “a” + “b” − “c”."""
        wanted = " + ".join(f"“{leaf}”" for leaf in self.wanted)
        return " ".join((wanted, *(f"− “{leaf}”" for leaf in self.unwanted))).lstrip()


def read(typed: str) -> Query:
    """The query in `typed`; the same leaf twice counts once."""
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    at = 0
    while found := _LEAF.search(typed, at):
        words, at = _words(typed, found)
        if leaf := folded(words).text:
            (unwanted if found["without"] else wanted)[leaf] = None
    return Query(tuple(wanted), tuple(unwanted))


def _words(typed: str, found: re.Match[str]) -> tuple[str, int]:
    """The words of one leaf, and where the next may begin."""
    if found["word"]:
        return found["word"], found.end()
    end = typed.find(_QUOTES[found["quote"]], found.end())
    end = len(typed) if end < 0 else end
    return typed[found.end() : end], end + 1
