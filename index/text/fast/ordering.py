"""Decides in which order pages are shown, and what is counted of them.

Pages that tie stand latest first, then by id, so that they never change places in between. Only what may be among the
first is sorted: each key cuts away what is beyond the slice, the next one decides among those that tie.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Facet
from index.ports import Hit, Search, Sort
from index.text.fast.columns import hashes_of
from index.text.fast.generation import Generation, Pages, Texts
from index.text.fast.scoring import Scored
from index.text.fast.segment import Segment
from index.text.grouping import by_item

_UNDATED = 99_999_999
#: So many of the first pages are looked through for each item that is wanted, and as many times more where too few
#: items were seen.
_PAGES_OF_ITEM = 4
#: What the first three of a `Ranked` say.
ORDER = itemgetter(0, 1, 2)
Rows = NDArray[np.intp]
Key = Callable[[Rows | slice], NDArray[Any]]
"""What rows are sorted by, smallest first; asked only for those that it must decide on."""
Keys = Sequence[Key]
"""The weightiest first."""

_ALL = slice(None)
#: Least values of so many heaps for each row wanted: what lies above the last of the lowest is not looked at again.
_HEAPS = 16


Ranked = tuple[Any, int, bytes, bytes, float]
"""A page with what it is sorted by: the lead, the date backwards, its id; then its item's id and its score."""


def shown(generation: Generation, found: Scored, search: Search) -> tuple[Hit, ...]:
    """The slice asked for."""
    return sliced(ranked(generation, found, search), search)


def ranked(generation: Generation, found: Scored, search: Search) -> list[Ranked]:
    """The first pages as far as the slice reaches, in their order; by item all pages of the first items."""
    last = search.offset + search.limit
    if search.by_item:
        return _of_first_items(generation, found, search.sort, last)
    return _first_pages(generation, found, search.sort, last)


def sliced(ranking: Sequence[Ranked], search: Search) -> tuple[Hit, ...]:
    """The slice asked for, of pages in their order."""
    last = search.offset + search.limit
    shown = ranking if search.by_item else ranking[search.offset : last]
    hits = [Hit(spelt(page_id), spelt(item_id), score) for _, _, page_id, item_id, score in shown]
    return tuple(by_item(hits)[search.offset : last] if search.by_item else hits)


def items_of(generation: Generation, pages: Pages) -> NDArray[np.uint64]:
    """The hashes of the items that these pages stand in, each once."""
    return np.unique(generation.item_hashes.take(pages))


def counted(generation: Generation, pages: Pages, facets: Collection[Facet]) -> Mapping[str, Mapping[str, int]]:
    """For each facet the pages by value, most first."""
    return {facet: _facet(generation, pages, facet) for facet in facets}


def _first_pages(generation: Generation, found: Scored, sort: Sort, last: int) -> list[Ranked]:
    if last <= 0 or not len(found.pages):
        return []
    by_code = sort is Sort.CODE
    keys = () if by_code else _keys(generation, found, sort)
    rows = np.arange(len(found.pages)) if by_code else _first(keys, last)
    rows = _first_by_text(generation, found.pages, rows, last, keys)
    return _candidates(generation, found, rows, sort)[:last]


def _of_first_items(generation: Generation, found: Scored, sort: Sort, last: int) -> list[Ranked]:
    """All pages of the items whose best pages come first; so many pages are looked through as it takes to see these."""
    reach = _PAGES_OF_ITEM * last
    items = _items(_first_pages(generation, found, sort, reach))
    while len(items) < last and reach < len(found.pages):
        reach *= _PAGES_OF_ITEM
        items = _items(_first_pages(generation, found, sort, reach))
    hashes = hashes_of(items[:last])
    rows = np.isin(generation.item_hashes.take(found.pages), hashes).nonzero()[0]
    return _candidates(generation, found, rows, sort)


def _items(ranking: Sequence[Ranked]) -> list[bytes]:
    """The items of pages in their order, each once."""
    return list(dict.fromkeys(item_id for _, _, _, item_id, _ in ranking))


def _keys(generation: Generation, found: Scored, sort: Sort) -> Keys:
    def dates(rows: Rows | slice) -> NDArray[Any]:
        return generation.dates.take(found.pages[rows])

    if sort is Sort.OLDEST:
        return [lambda rows: np.where(known := dates(rows), known, _UNDATED)]
    latest: Key = lambda rows: -dates(rows)  # noqa: E731
    return [lambda rows: -found.scores[rows], latest] if sort is Sort.RELEVANCE else [latest]


def _first(keys: Keys, last: int) -> Rows:
    """The rows of the first `last` by these keys in any order, and those that tie with the last of them."""
    key = keys[0](_ALL)
    if len(key) <= last:
        return np.arange(len(key))
    within = _least(key, last)
    if len(within) <= last or len(keys) == 1:
        return within
    values = key[within]
    bound = values.max()
    sure, tied = within[values < bound], within[values == bound]
    others = [_of(other, tied) for other in keys[1:]]
    return np.concatenate((sure, tied[_first(others, last - len(sure))]))


def _of(key: Key, some: Rows) -> Key:
    """The key of some rows only, numbered as they stand there."""
    return lambda rows: key(some[rows])


def _least(key: NDArray[Any], last: int) -> Rows:
    """The rows of the `last` least values, and those that tie with the last of them."""
    heaps = last * _HEAPS
    high = len(key) // heaps
    if high < 2:
        return np.flatnonzero(key <= np.partition(key, last - 1)[last - 1])
    lowest = key[: high * heaps].reshape(high, heaps).min(axis=0)
    near = np.flatnonzero(key <= np.partition(lowest, last - 1)[last - 1])
    values = key[near]
    least: Rows = near[values <= np.partition(values, last - 1)[last - 1]]
    return least


def _first_by_text(generation: Generation, pages: Pages, rows: Rows, last: int, keys: Keys) -> Rows:
    """Of each segment's rows the first `last`, by these keys (by code if none) and then by id.

    The order of what is text is known within a segment only.
    """
    if len(rows) <= last:
        return rows
    rows = np.sort(rows)
    kept, begin = [], 0
    for segment, numbers in generation.split(pages[rows]):
        mine = rows[begin : begin + len(numbers)]
        before = [_of(key, mine) for key in keys] or _by_code(segment, numbers)
        kept.append(mine[_first([*before, segment.columns.id_ranks[numbers].__getitem__], last)])
        begin += len(numbers)
    return np.concatenate(kept)


def _by_code(segment: Segment, numbers: Pages) -> Keys:
    dates = -segment.columns.numbers["dates"][numbers]
    return [segment.columns.code_ranks[numbers].__getitem__, dates.__getitem__]


def _candidates(generation: Generation, found: Scored, rows: Rows, sort: Sort) -> list[Ranked]:
    """These rows in their order."""
    pages, scores = found.pages.take(rows), found.scores.take(rows).tolist()
    dates = generation.dates.take(pages).tolist()
    places = [generation.place(page) for page in pages.tolist()]
    ids = [texts["page_ids"][number] for texts, number in places]
    items = [texts["item_ids"][number] for texts, number in places]
    leads = _leads(sort, scores, dates, places)
    return sorted(zip(leads, [-date for date in dates], ids, items, scores, strict=True), key=ORDER)


def _leads(sort: Sort, scores: list[float], dates: list[int], places: list[tuple[Texts, int]]) -> list[Any]:
    """What each page is sorted by before all else."""
    if sort is Sort.RELEVANCE:
        return [-score for score in scores]
    if sort is Sort.OLDEST:
        return [date or _UNDATED for date in dates]
    if sort is Sort.NEWEST:
        return [0] * len(dates)
    codes = [texts["codes"][number] for texts, number in places]
    return [(not code, code) for code in codes]


def _facet(generation: Generation, pages: Pages, facet: Facet) -> Mapping[str, int]:
    if facet is Facet.YEAR:
        counts = np.bincount(generation.years.take(pages))
        found = [(f"{year:04d}", int(counts[year])) for year in np.flatnonzero(counts).tolist() if year]
    else:
        counts = np.bincount(generation.stamps[facet].take(pages))
        values = generation.values.spelt(facet)
        found = [(spelt(values[code]), int(counts[code])) for code in np.flatnonzero(counts).tolist() if code]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def spelt(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")
