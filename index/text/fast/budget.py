"""Decides how much work one search may be: so many addresses looked at, however it is put.

What is beyond is not looked through, segment by segment, so that the pages which are looked through are answered for
exactly. The work is known from the dictionaries alone, before anything is read. It is counted over all pages, not only
those that the permit admits. So that nobody learns from it how often a name stands on pages they may not see, every
leaf but the commonest counts as the same work: all that a reader could learn is that a word is among these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.domain.searching.tree import Wild, Words, all_leaves
from index.ports import Search
from index.text.fast.generation import Generation
from index.text.fast.places import work
from index.text.fast.segment import Segment

#: Addresses that any search may look at: about half a second of one processor.
LEAST = 16_000_000
#: A leaf costs as much as so many, even where it stands nowhere: it has to be looked up.
BY_LEAF = 1_000
#: What stands on fewer than one page of so many counts as no more than that.
UNCOMMON = 16
#: Beyond 400,000 pages, by page: the commonest character stands about 25 times on a page.
BY_PAGE = 40


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search over so many pages may cost; each part of them may cost its part."""

    pages: int

    def of(self, part: int, search: Search) -> int:
        """Addresses that may be looked at among `part` of the pages."""
        return int(max(LEAST, BY_PAGE * self.pages) * search.share * part / max(self.pages, part, 1))


def affordable(generation: Generation, search: Search, budget: Budget) -> Generation:
    """The segments that can be looked through, those of the newest pages first; the generation itself if all can."""
    leaves = [*all_leaves(search.query.tree)]
    left = budget.of(generation.pages, search)
    kept = []
    for one in reversed(generation.standing):
        if (less := _left(left, one.held.segment, leaves)) >= 0:
            left = less
            kept.append(one)
    if len(kept) == len(generation.standing):
        return generation
    return Generation(tuple(reversed(kept)), generation.values)


def _left(budget: int, segment: Segment, leaves: Iterable[Words | Wild]) -> int:
    """What is left of a budget when these have been looked for; less than nothing when it does not do."""
    uncommon = max(BY_LEAF, len(segment) // UNCOMMON)
    for leaf in leaves:
        if budget < 0:
            break
        needed = work(segment.text, leaf)
        budget -= BY_LEAF + (needed if needed > uncommon else 0)
    return budget
