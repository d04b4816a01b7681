"""Decides which terms a text is found by: every pair of neighbouring characters, and each Latin word whole.

A term's position is the offset of its first character in the folded text, so a leaf is matched exactly by asking for
enough of its pairs at the right distances; that holds for Chinese, for codes, and for anything between them.
The very last character stands alone too: with it, one character is found as the beginning of a term.

A leaf of Latin letters only is matched from the beginning of a word ("archiv" finds archives, "chive" does not): the
one exception to "any substring", because pairs of letters stand on every page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

#: Stands between the parts of a page; no leaf can hold it, so none matches across.
BORDER = "\0"
#: Stands before a whole word; folding leaves no tab in a text, so no pair looks like one.
_WORD = "\t"

_LETTERS = r"[^\W\d_\u2e80-\U0003ffff]"
_WORDS = re.compile(rf"{_LETTERS}+")
_LATIN = re.compile(rf"{_LETTERS}+(?: {_LETTERS}+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A term that must begin `at` characters after the leaf's beginning, and the stretch of the leaf it proves."""

    term: str
    at: int
    proves: range
    begins: bool = False
    """Whether any term that begins so will do."""

    @property
    def word(self) -> str | None:
        """The word that the term is, or None when it is a pair of characters."""
        return self.term[len(_WORD) :] if self.term.startswith(_WORD) else None


def terms(text: str) -> Mapping[str, list[int]]:
    """Every term of a folded text with the offsets where it stands, in order."""
    found: dict[str, list[int]] = {}
    for at in range(len(text)):
        found.setdefault(text[at : at + 2], []).append(at)
    for word in _WORDS.finditer(text):
        found.setdefault(_WORD + word[0], []).append(word.start())
    return found


@lru_cache(maxsize=256)
def parts(leaf: str) -> tuple[Part, ...]:
    """The parts of which enough must be found to prove a folded leaf."""
    return _words(leaf) if is_latin(leaf) else pairs(leaf)


@lru_cache(maxsize=256)
def pairs(leaf: str) -> tuple[Part, ...]:
    """The parts of a leaf that may begin anywhere, in the middle of a word too."""
    if len(leaf) == 1:
        return (Part(leaf, 0, range(1), begins=True),)
    return tuple(Part(leaf[at : at + 2], at, range(at, at + 2)) for at in range(len(leaf) - 1))


def is_latin(leaf: str) -> bool:
    """Whether a leaf is words of letters only, and so matches from the beginning of a word."""
    return _LATIN.fullmatch(leaf) is not None


def pattern(leaf: str) -> re.Pattern[str]:
    """Where `leaf` stands in a folded text: the same rule as the index, for marking and for adapters without one."""
    before = rf"(?<!{_LETTERS})" if is_latin(leaf) else ""
    return re.compile(before + re.escape(leaf))


def _words(leaf: str) -> tuple[Part, ...]:
    """Each word whole, the last from its beginning, and the pair that proves the space before each."""
    found = [*_WORDS.finditer(leaf)]
    whole = [Part(_WORD + word[0], word.start(), range(*word.span())) for word in found[:-1]]
    spaces = [Part(leaf[at - 1 : at + 1], at - 1, range(at - 1, at)) for at in (word.start() for word in found[1:])]
    last = found[-1]
    return (*whole, *spaces, Part(_WORD + last[0], last.start(), range(*last.span()), begins=True))
