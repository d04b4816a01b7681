"""Decides how likely a page holds what was asked though it was misread: by the slip, and by the reader's own doubt.

A look-alike that the reader was sure of is most likely another word. Confidences are calibrated, so 1 less confidence
is how likely a character is wrong; times how likely the slip is, pages are ranked, and most chance likenesses go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from index.domain.folding import Folded, folded
from index.domain.reading import PageReading
from index.domain.searching.likeness import Slip, Variant, pieces_of, variants
from index.domain.searching.look_alikes import LookAlikes
from index.domain.searching.tree import Either, Every, Likely, Node, Section, Wild, Words

#: Less likely than this, a stretch is another word. A known look-alike passes with a doubt of some thousandths, a
#: character that is unlike with some hundredths (measured: `tests/bench/similar.py`).
LEAST = 0.0012
#: How likely a character is wrong of which the reader said nothing.
_UNKNOWN = 0.05


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely a page holds what was asked (0..1), and where: (start, end) in its text as it stands."""

    likelihood: float
    stretches: tuple[tuple[int, int], ...] = ()


_CERTAIN, _NONE = Likeness(1.0), Likeness(0.0)


class DoubtedPage:
    """A page's folded text with the doubt about each character of it."""

    def __init__(self, reading: PageReading) -> None:
        self.folded: Folded = folded(reading.text)
        said = [_UNKNOWN] * len(reading.text)
        for word in reading.words:
            said[word.start : word.start + len(word.text)] = [1 - word.confidence] * len(word.text)
        self._doubts: Sequence[float] = [said[offset] for offset in self.folded.offsets]

    def likeness(self, node: Node, alike: LookAlikes) -> Likeness:
        """How likely the page answers a query's tree; stamps, and what is asked of a description, are believed."""
        match node:
            case Words(text, Section.ANYWHERE):
                return _CERTAIN if text in self.folded.text else self._misread(node, alike)
            case Every(nodes):
                return _all_of([self.likeness(inner, alike) for inner in nodes])
            case Either(nodes):
                return max((self.likeness(inner, alike) for inner in nodes), key=_likely, default=_NONE)
            case Likely(inner, _):
                return self.likeness(inner, alike)
            case _:
                return _CERTAIN

    def _misread(self, leaf: Words, alike: LookAlikes) -> Likeness:
        pieces = pieces_of(leaf)
        if len(pieces) > 1:
            return _all_of([self.likeness(piece, alike) for piece in pieces])
        return max((self._best(one) for one in variants(leaf, alike)), key=_likely, default=_NONE)

    def _best(self, variant: Variant) -> Likeness:
        """The likeliest place of a variant."""
        places = (match.span() for match in _pattern(variant.leaf).finditer(self.folded.text))
        found = ((variant.likelihood * self._doubt(variant, start, end), start, end) for start, end in places)
        likelihood, start, end = max(found, default=(0.0, 0, 0))
        return Likeness(likelihood, (self._stretch(variant, start, end),)) if likelihood else _NONE

    def _stretch(self, variant: Variant, start: int, end: int) -> tuple[int, int]:
        """Where it stands in the page's own text, with the character at its end that may be any."""
        if variant.slip is Slip.END:
            start, end = (
                max(0, start + min(0, *variant.at)),
                min(len(self._doubts), max(end, start + variant.at[0] + 1)),
            )
        return self.folded.origin(start, end)

    def _doubt(self, variant: Variant, start: int, end: int) -> float:
        """How likely what is not as asked was misread: all of it; beside a lost character, either neighbour."""
        doubts = [self._at(start + at) for at in variant.at]
        return max(doubts[0], self._at(start + variant.at[0] - 1)) if variant.slip is Slip.LOST else min(doubts)

    def _at(self, place: int) -> float:
        return self._doubts[place] if 0 <= place < len(self._doubts) else _UNKNOWN


def _likely(one: Likeness) -> float:
    return one.likelihood


def _all_of(found: Iterable[Likeness]) -> Likeness:
    found = tuple(found)
    stretches = tuple(stretch for one in found for stretch in one.stretches)
    return Likeness(prod(one.likelihood for one in found), stretches)


@lru_cache(maxsize=512)
def _pattern(leaf: Words | Wild) -> re.Pattern[str]:
    if isinstance(leaf, Words):
        return re.compile(re.escape(leaf.text))
    return re.compile(".".join(map(re.escape, leaf.pattern.split("?"))), re.DOTALL)
