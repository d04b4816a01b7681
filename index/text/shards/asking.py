"""Decides how one question is asked of several shards so that their answers are one.

It is asked twice: first each shard tells on how many pages the leaves stand, then, with the sum of that, it scores.
So a page has the score, and ties with the pages, that it would have in one large index.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.query import Either, Every, Likely, Node, Wild, Without, Words
from index.ports import Found, Search
from index.text.admission import admitted
from index.text.generation import Admitted, Generation, Mask, Pages
from index.text.ordering import ORDER, Ranked, counted, ranked, sliced
from index.text.scoring import Scorer
from index.text.shards.shard import numbers_of

Leaf = Words | Wild
Standing = tuple[Pages, NDArray[np.float32], int]
_NONE = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class Tally:
    """What relevance is measured against: the pages admitted and their characters, and on how many each leaf stands."""

    pages: int = 0
    characters: int = 0
    standing: Mapping[Leaf, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        standing = Counter(self.standing) + Counter(other.standing)
        return Tally(self.pages + other.pages, self.characters + other.characters, dict(standing))


@dataclass(frozen=True, slots=True)
class Partial:
    """A shard's answer: all pages counted, the first of them ranked."""

    total: int
    ranking: Sequence[Ranked]
    facets: Mapping[Any, Mapping[str, int]]


class Asked:
    """A question put to one shard; pages with `hidden` ids are not there."""

    def __init__(self, generation: Generation, search: Search, hidden: Collection[str] = ()) -> None:
        self._generation, self._search = generation, search
        self._admitted = _but(generation, admitted(generation, search), hidden)
        leaves = _leaves(search.query.tree) if self._admitted.pages else ()
        scorer = Scorer(generation, self._admitted)
        self._standing = {leaf: scorer.standing(leaf) for leaf in dict.fromkeys(leaves)}

    def tally(self) -> Tally:
        admitted = self._admitted
        standing = {leaf: len(pages) for leaf, (pages, _, _) in self._standing.items()}
        return Tally(admitted.pages, round(admitted.usual_length * admitted.pages), standing)

    def answer(self, whole: Tally) -> Partial:
        """`whole` is the tally of all shards that are asked."""
        generation, search = self._generation, self._search
        if not self._admitted.pages:
            return Partial(0, (), {facet: {} for facet in search.facets})
        scorer = _WholeScorer(generation, _Whole(self._admitted.mask, whole), whole, self._standing)
        scored = scorer.scored(search.query.tree)
        facets = counted(generation, scored.pages, search.facets)
        return Partial(len(scored.pages), ranked(generation, scored, search), facets)


class _Whole(Admitted):
    """The pages of one shard that may be seen, where as many of all shards are spoken of."""

    def __init__(self, mask: Mask, whole: Tally) -> None:
        super().__init__(mask, _NONE)
        # Whatever is asked of these is known, and leaves are joined in an order that is the same in every shard:
        # sums of the same scores in another order would not tie.
        known = {"pages": whole.pages, "usual_length": max(whole.characters / whole.pages, 1.0), "everything": True}
        self.__dict__.update(known)


@dataclass(frozen=True, slots=True)
class _WholeScorer(Scorer):
    """Scores against all shards, what stands where being known already."""

    whole: Tally
    known: Mapping[Leaf, Standing]

    def standing(self, leaf: Leaf, only: Pages | None = None) -> Standing:
        pages, numbers, _ = self.known[leaf]
        return pages, numbers.copy(), self._frequency(leaf)

    def _frequency(self, leaf: Leaf) -> int:
        return self.whole.standing.get(leaf, 0)


def summed(tallies: Iterable[Tally]) -> Tally:
    return reduce(Tally.__add__, tallies, Tally())


def merged(partials: Sequence[Partial], search: Search) -> Partial:
    """The answers of several shards as that of one."""
    if len(partials) == 1:
        return partials[0]
    ranking = heapq.merge(*(partial.ranking for partial in partials), key=ORDER)
    facets = {facet: _added(partial.facets.get(facet, {}) for partial in partials) for facet in search.facets}
    first = list(islice(ranking, max(0, search.offset + search.limit)))
    return Partial(sum(partial.total for partial in partials), first, facets)


def found(whole: Partial, search: Search, missing: Collection[str] = ()) -> Found:
    return Found(whole.total, sliced(whole.ranking, search), whole.facets, tuple(sorted(missing)))


def _added(counts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """The most first."""
    together = Counter[str]()
    for some in counts:
        together.update(some)
    return dict(sorted(together.items(), key=lambda one: (-one[1], one[0])))


def _but(generation: Generation, seen: Admitted, hidden: Collection[str]) -> Admitted:
    if not hidden:
        return seen
    mask = seen.mask.copy()
    mask[list(numbers_of(generation, hidden).values())] = False
    return Admitted(mask, generation.lengths)


def _leaves(node: Node) -> Iterator[Leaf]:
    """All of them, the unwanted too."""
    match node:
        case Words() | Wild():
            yield node
        case Every(nodes) | Either(nodes):
            for inner in nodes:
                yield from _leaves(inner)
        case Likely(inner, _) | Without(inner):
            yield from _leaves(inner)
