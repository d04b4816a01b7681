"""Decides how one question is asked of several shards so that their answers are one.

It is asked twice: first each shard tells on how many pages the leaves stand, then, with the sum of that, it scores.
So a page has the score, and ties with the pages, that it would have in one large index. A shard that is asked alone
need not tell anything first, and looks for the rarest leaf before the others. The pages of an item lie in
one shard; only while its fonds or date changes may they lie in two, and then those of the lesser are named behind it if
they are among that shard's first.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Node, Wild, Words, all_leaves
from index.ports import Found, Search
from index.text.fast.admission import admitted
from index.text.fast.budget import Budget, affordable
from index.text.fast.generation import Admitted, Generation, Pages, usual_length
from index.text.fast.ordering import ORDER, Ranked, counted, items_of, ranked, sliced
from index.text.fast.places import Counts
from index.text.fast.scoring import Among, Scored, Scorer
from index.text.shards.shard import numbers_of

Leaf = Words | Wild


@dataclass(frozen=True, slots=True)
class Tally:
    """What relevance is measured against: the pages admitted, how long they are together, and on how many of them each
    leaf stands. `cut_short` when that is not all that is there, as more would have been too much work."""

    admitted: int = 0
    characters: int = 0
    standing: Mapping[Leaf, int] = field(default_factory=dict)
    cut_short: bool = False

    def __add__(self, other: Tally) -> Tally:
        standing = Counter(self.standing) + Counter(other.standing)
        cut_short = self.cut_short or other.cut_short
        return Tally(self.admitted + other.admitted, self.characters + other.characters, dict(standing), cut_short)

    def among(self, leaf: Leaf) -> Among:
        return Among(self.admitted, self.standing.get(leaf, 0), usual_length(self.characters, self.admitted))


@dataclass(frozen=True, slots=True)
class Partial:
    """A shard's answer: all pages counted, the first of them ranked; by item the hashes of all items."""

    total: int
    ranking: Sequence[Ranked]
    facets: Mapping[Any, Mapping[str, int]]
    items: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))


class Asked:
    """A question put to one shard, perhaps to it `alone`; pages with `hidden` ids are not there.

    The budget is that of all that are asked.
    """

    def __init__(
        self,
        generation: Generation,
        search: Search,
        hidden: Collection[str] = (),
        budget: Budget | None = None,
        *,
        alone: bool = False,
    ) -> None:
        whole, generation = generation, affordable(generation, search, budget or Budget(generation.pages))
        self._generation, self._search, self._cut_short = generation, search, generation is not whole
        self._admitted = _but(generation, admitted(generation, search), hidden)
        leaves = all_leaves(search.query.tree) if self._admitted.pages and not alone else ()
        scorer = Scorer(generation, self._admitted)
        self._standing = {leaf: scorer.standing(leaf) for leaf in dict.fromkeys(leaves)}

    def tally(self) -> Tally:
        standing = {leaf: len(pages) for leaf, (pages, _) in self._standing.items()}
        return Tally(self._admitted.pages, self._admitted.characters, standing, self._cut_short)

    def answer(self, whole: Tally | None) -> Partial:
        """`whole` is the tally of all shards that are asked; none when this one is asked alone."""
        generation, search = self._generation, self._search
        if not self._admitted.pages:
            return Partial(0, (), {facet: {} for facet in search.facets})
        scored = self._scorer(whole).scored(search.query.tree)
        facets = counted(generation, scored.pages, search.facets)
        items = {"items": items_of(generation, scored.pages)} if search.by_item else {}
        return Partial(len(scored.pages), ranked(generation, scored, search), facets, **items)

    def _scorer(self, whole: Tally | None) -> Scorer:
        if whole is None:
            return Scorer(self._generation, self._admitted)
        return _WholeScorer(self._generation, self._admitted, whole, self._standing)


@dataclass(frozen=True, slots=True)
class _WholeScorer(Scorer):
    """Scores against all shards, what stands where being known already."""

    whole: Tally
    known: Mapping[Leaf, Counts]

    def _leaf(self, leaf: Leaf, only: Pages | None = None) -> Scored:
        pages, numbers = self.known[leaf]
        return self.weighed(pages, numbers.copy(), self.whole.among(leaf))

    def _together(self, nodes: Sequence[Node]) -> Scored:
        """In the same order in every shard: sums of the same scores in another order would not tie."""
        return reduce(self._both, [self.scored(node) for node in sorted(nodes, key=self._width)])

    def _width(self, node: Node) -> int:
        return self.whole.standing.get(node, 0) if isinstance(node, Leaf) else self.whole.admitted


def summed(tallies: Iterable[Tally]) -> Tally:
    return reduce(Tally.__add__, tallies, Tally())


def merged(partials: Sequence[Partial], search: Search) -> Partial:
    """The answers of several shards as that of one."""
    if len(partials) == 1:
        return partials[0]
    ranking = heapq.merge(*(partial.ranking for partial in partials), key=ORDER)
    # By item the pages of an item stand apart: all are kept, and cut when they are put together.
    first = list(ranking if search.by_item else islice(ranking, max(0, search.offset + search.limit)))
    facets = {facet: _added(partial.facets.get(facet, {}) for partial in partials) for facet in search.facets}
    items = np.unique(np.concatenate([np.zeros(0, np.uint64), *(partial.items for partial in partials)]))
    return Partial(sum(partial.total for partial in partials), first, facets, items)


def found(whole: Partial, search: Search, missing: Collection[str] = (), *, cut_short: bool = False) -> Found:
    hits = sliced(whole.ranking, search)
    return Found(whole.total, hits, whole.facets, len(whole.items), tuple(sorted(missing)), cut_short)


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
