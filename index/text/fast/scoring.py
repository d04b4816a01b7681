"""Decides which pages answer a tree, and how well: BM25 by leaf, summed by what joins them.

Pages that are not admitted are left out of every leaf before it is counted: they are in no score either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Dated, Either, Every, Likely, Node, Stamped, Wild, Without, Words
from index.text.fast import admission
from index.text.fast.generation import Admitted, Generation, Mask, Pages
from index.text.fast.places import Counts, counts, frequency

Scores = NDArray[np.float32]

#: BM25: how soon a word that stands on a page again and again counts no more, and how much a long page is held to it.
_K1, _B = 1.2, 0.75
#: Looking up one page costs as much as marking so many.
_LOOKED_UP = 32


@dataclass(frozen=True, slots=True)
class Scored:
    """Pages that answer, each once and in order, with their scores."""

    pages: Pages
    scores: Scores


@dataclass(frozen=True, slots=True)
class Among:
    """Among how many pages a leaf stands, on how many of them at most, and how long they usually are."""

    pages: int
    standing: int
    usual_length: float

    @property
    def rarity(self) -> float:
        standing = min(self.standing, self.pages)
        return log(1 + (self.pages - standing + 0.5) / (standing + 0.5))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Answers trees over the admitted pages of a generation."""

    generation: Generation
    admitted: Admitted

    def scored(self, node: Node) -> Scored:
        match node:
            case Words() | Wild():
                return self._leaf(node)
            case Every(nodes):
                return self._every(nodes)
            case Either(nodes):
                return self._either([self.scored(inner) for inner in nodes])
            case Likely(inner, weight):
                found = self.scored(inner)
                return Scored(found.pages, found.scores * np.float32(weight))
            case Stamped() | Dated() | Without():
                return _unscored(self._mask(node) & self.admitted.mask)

    def standing(self, leaf: Words | Wild) -> Counts:
        """The admitted pages on which a leaf stands, and how much it counts on each."""
        pages, numbers, _ = self._placed(leaf, None)
        if self.admitted.everything:
            return pages, numbers
        seen = self.admitted.mask.take(pages).nonzero()[0]
        return pages.take(seen), numbers.take(seen)

    def weighed(self, pages: Pages, numbers: NDArray[np.float32], among: Among) -> Scored:
        """BM25: 1 at most, times how rare a leaf is. `numbers` are written over."""
        held_against = self.generation.lengths.take(pages)
        held_against *= np.float32(_K1 * _B / among.usual_length)
        held_against += numbers
        held_against += np.float32(_K1 * (1 - _B))
        numbers /= held_against
        numbers *= np.float32(among.rarity)
        return Scored(pages, numbers)

    def _leaf(self, leaf: Words | Wild, only: Pages | None = None) -> Scored:
        """Of `only` some pages the others may be left out, where no page is left out of the search."""
        if self.admitted.everything:
            pages, numbers, at_most = self._placed(leaf, only)
        else:
            pages, numbers = self.standing(leaf)
            at_most = len(pages)
        return self.weighed(pages, numbers, Among(self.admitted.pages, at_most, self.admitted.usual_length))

    def _placed(self, leaf: Words | Wild, only: Pages | None) -> tuple[Pages, NDArray[np.float32], int]:
        """As `places.counts`, throughout the generation."""
        some = self.generation.portions(only)
        found = [
            (base, *counts(segment.text, leaf, portion))
            for (base, segment), portion in zip(self.generation.segments, some, strict=True)
        ]
        pages = _concatenated([pages + np.uint32(base) if base else pages for base, pages, _, _ in found], np.uint32)
        numbers = _concatenated([numbers for _, _, numbers, _ in found], np.float32)
        return pages, numbers, sum(at_most for _, _, _, at_most in found)

    def _every(self, nodes: Sequence[Node]) -> Scored:
        """Masks narrow what is scored; without anything scored they are the answer."""
        scored = [node for node in nodes if _is_scored(node)]
        bounds = [node for node in nodes if not _is_scored(node)]
        if not scored:
            return _unscored(reduce(np.logical_and, map(self._mask, bounds), self.admitted.mask))
        together = self._together(scored)
        for bound in bounds:
            seen = self._within(bound, together.pages).nonzero()[0]
            together = Scored(together.pages.take(seen), together.scores.take(seen))
        return together

    def _together(self, nodes: Sequence[Node]) -> Scored:
        """The pages of all. The rarest leaf first: the next ones are placed on its pages only.

        Not where some pages are left out: how often a leaf stands on these would show in the score.
        """
        leaves = [node for node in nodes if isinstance(node, Words | Wild)]
        if len(leaves) < 2 or not self.admitted.everything:
            return reduce(self._both, sorted(map(self.scored, nodes), key=lambda one: len(one.pages)))
        first, *others = sorted(leaves, key=self._frequency)
        together = self._leaf(first)
        for leaf in others:
            together = self._both(together, self._leaf(leaf, together.pages))
        return reduce(self._both, [self.scored(node) for node in nodes if node not in leaves], together)

    def _frequency(self, leaf: Words | Wild) -> int:
        return sum(frequency(segment.text, leaf) for _, segment in self.generation.segments)

    def _both(self, one: Scored, other: Scored) -> Scored:
        """The pages of both. Few of `one` are looked up one by one, many marked on a board of all pages."""
        if not (len(one.pages) and len(other.pages)):
            return Scored(one.pages[:0], one.scores[:0])
        if len(one.pages) * _LOOKED_UP < self.generation.pages + len(other.pages):
            places: NDArray[Any] = other.pages.searchsorted(one.pages)
        else:
            board = np.full(self.generation.pages, -1, np.int32)
            board[other.pages] = np.arange(len(other.pages), dtype=np.int32)
            places = board.take(one.pages)
        seen = (other.pages.take(places, mode="clip") == one.pages).nonzero()[0]
        return Scored(one.pages.take(seen), one.scores.take(seen) + other.scores.take(places.take(seen)))

    def _either(self, found: Sequence[Scored]) -> Scored:
        some = [one for one in found if len(one.pages)]
        if len(some) < 2:
            return some[0] if some else Scored(np.zeros(0, np.uint32), np.zeros(0, np.float32))
        sums = np.zeros(self.generation.pages, np.float32)
        seen = np.zeros(self.generation.pages, np.bool_)
        sums[some[0].pages] = some[0].scores
        for one in some[1:]:
            sums[one.pages] += one.scores
        for one in some:
            seen[one.pages] = True
        pages = np.flatnonzero(seen).astype(np.uint32)
        return Scored(pages, sums.take(pages))

    def _within(self, bound: Node, pages: Pages) -> Mask:
        """Which of these pages lie within a bound, asked of them alone where that is known by page."""
        match bound:
            case Stamped(facet, value):
                return admission.stamped(self.generation, facet, value, pages)
            case Dated():
                return admission.dated(self.generation, bound, pages)
            case _:
                return self._mask(bound).take(pages)

    def _mask(self, node: Node) -> Mask:
        match node:
            case Stamped(facet, value):
                return admission.stamped(self.generation, facet, value)
            case Dated():
                return admission.dated(self.generation, node)
            case Without(inner):
                return ~self._mask(inner)
            case _:
                mask = np.zeros(self.generation.pages, np.bool_)
                mask[self.scored(node).pages] = True
                return mask


def rarity(pages: int, found: int) -> float:
    """How much it says that a leaf stands on a page, when it stands on `found` of so many pages (BM25)."""
    return log(1 + (pages - found + 0.5) / (found + 0.5))


def _is_scored(node: Node) -> bool:
    return not isinstance(node, Stamped | Dated | Without)


def _unscored(mask: Mask) -> Scored:
    pages = np.flatnonzero(mask).astype(np.uint32)
    return Scored(pages, np.zeros(len(pages), np.float32))


def _concatenated(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
