"""Decides which pages answer a search, in which order, and what is counted of them: only what the permit admits."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from index.domain.searching.tree import Facet
from index.ports import Found, Hit, Search, Sort
from index.text.grouping import by_item
from index.text.stock.shelf import Standing
from index.text.stock.stamp import FACETS, Stamp, bounds
from index.text.stock.tree import scores


class Match(NamedTuple):
    """A page that answers."""

    stamp: Stamp
    score: float


def answer(standing: Sequence[Standing], search: Search) -> Found:
    """The answer over all volumes; pages are admitted before anything is counted."""
    if search.permit.nothing:
        return Found(0, (), {facet.value: {} for facet in search.facets})
    matches = [match for one in standing for match in _matches(one, search)]
    facets = {facet.value: _counted(matches, facet) for facet in search.facets}
    last = search.offset + search.limit
    if search.by_item:
        items = by_item(_first(matches, search, len(matches)))
        return Found(len(matches), tuple(items[search.offset : last]), facets, len(items))
    return Found(len(matches), tuple(_first(matches, search, last)[search.offset :]), facets)


def _matches(standing: Standing, search: Search) -> list[Match]:
    admits = bounds(search)
    stamps = standing.volume.stamps
    found = scores(search.query.tree, standing.volume)
    return [
        Match(stamps[number], score)
        for number, score in found.items()
        if number not in standing.gone and admits(stamps[number])
    ]


def _counted(matches: Sequence[Match], facet: Facet) -> Mapping[str, int]:
    counts = Counter(map(FACETS[facet], (match.stamp for match in matches)))
    return {value: count for value, count in counts.most_common() if value}


def _first(matches: Sequence[Match], search: Search, count: int) -> list[Hit]:
    """So many of them, in an order that is the same each time, so that pages never change places in between."""
    order = _ORDERS[search.sort]
    first = heapq.nsmallest(count, matches, lambda match: (*order(match), *_tied(match.stamp)))
    return [Hit(match.stamp.page_id, match.stamp.item_id, match.score) for match in first]


#: What each order runs by, smallest first; pages without a date or a code stand last.
_ORDERS: Mapping[Sort, Callable[[Match], tuple[object, ...]]] = {
    Sort.RELEVANCE: lambda match: (-match.score,),
    Sort.NEWEST: lambda match: (),
    Sort.OLDEST: lambda match: (not match.stamp.date, match.stamp.date),
    Sort.CODE: lambda match: (not match.stamp.code, match.stamp.code),
}


def _tied(stamp: Stamp) -> tuple[int, str]:
    return (-int(stamp.date) if stamp.date.isdigit() else 0, stamp.page_id)
