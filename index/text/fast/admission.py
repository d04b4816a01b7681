"""Decides which pages a search may see at all: what the permit admits within the bounds laid on it.

It is asked before anything is looked for or counted. What a query asks of stamps and dates alone is such a bound too,
so that how rare a word is does not hang on which shards are looked into. A date that knows only its year or month lies
within every range that touches that year or month: better shown once too often than never found.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.access import Permit
from index.domain.searching.tree import Dated, Either, Every, Facet, Node, Stamped, frame
from index.ports import Search
from index.text.fast.columns import hashes_of
from index.text.fast.dictionary import encoded
from index.text.fast.generation import Admitted, Generation, Mask, Pages

_BOUNDS = tuple(Facet)


def admitted(generation: Generation, search: Search) -> Admitted:
    """The pages that a search may see."""
    return generation.admitted(_key(search), lambda: _admitted(generation, search))


def stamped(generation: Generation, facet: Facet, value: str, of: Pages | None = None) -> Mask:
    """Which pages have a stamp of this value: of all, or of some."""
    if facet is Facet.YEAR:
        sought = int(value or "0") if (value.isdecimal() and len(value) == 4) or not value else -1
        return _some(generation.years, of) == sought  # type: ignore[no-any-return]
    code = generation.values.code(facet, value)
    if code is None:
        return np.zeros(generation.pages if of is None else len(of), np.bool_)
    return _some(generation.stamps[facet], of) == code  # type: ignore[no-any-return]


def dated(generation: Generation, days: Dated, of: Pages | None = None) -> Mask:
    """Which pages may be of these days: of all, or of some."""
    dates = _some(generation.dates, of)
    if not (days.first or days.last):
        return np.ones(len(dates), np.bool_)
    found = (dates > 0) & (_some(generation.latest, of) >= int(days.first[:8].ljust(8, "0")))
    return found & (dates <= _last_day(days.last)) if days.last else found


def _some(column: NDArray[Any], of: Pages | None) -> NDArray[Any]:
    return column if of is None else column.take(of)


def _key(search: Search) -> tuple[object, ...]:
    values = tuple(getattr(search, facet) for facet in _BOUNDS)
    permit = search.permit.markings, search.permit.unfiled
    return (
        permit,
        frame(search.query.tree),
        values,
        search.date_from,
        search.date_to,
        search.item_id,
        frozenset(search.within),
        frozenset(search.without),
    )


def _admitted(generation: Generation, search: Search) -> Mask:
    found = generation.lives & _permitted(generation, search.permit)
    found &= _framed(generation, frame(search.query.tree))
    for facet in _BOUNDS:
        if value := getattr(search, facet):
            found &= stamped(generation, facet, value)
    if search.date_from or search.date_to:
        found &= dated(generation, Dated(search.date_from, search.date_to))
    if search.item_id:
        found &= _of_items(generation, [search.item_id])
    if search.within:
        found &= _of_items(generation, list(search.within))
    if search.without:
        found &= ~_of_items(generation, list(search.without))
    return found


def _framed(generation: Generation, bound: Node) -> Mask:
    """The pages that may answer, by their stamps and dates; `bound` is a `frame`."""
    match bound:
        case Stamped(facet, value):
            return stamped(generation, facet, value)
        case Dated():
            return dated(generation, bound)
        case Every(nodes):
            everything = np.ones(generation.pages, np.bool_)
            return reduce(np.logical_and, [_framed(generation, one) for one in nodes], everything)
        case Either(nodes):
            nothing = np.zeros(generation.pages, np.bool_)
            return reduce(np.logical_or, [_framed(generation, one) for one in nodes], nothing)
        case _:
            raise ValueError(bound)


def _permitted(generation: Generation, permit: Permit) -> Mask:
    codes = [generation.values.code(Facet.MARKING, marking) for marking in permit.markings]
    admits = np.zeros(len(generation.values.spelt(Facet.MARKING)), np.bool_)
    admits[[code for code in codes if code is not None]] = True
    found = admits.take(generation.stamps[Facet.MARKING])
    return found if permit.unfiled else found & (generation.numbers("filed", np.bool_))


def _of_items(generation: Generation, item_ids: list[str]) -> Mask:
    hashes = hashes_of([encoded(one) for one in item_ids])
    return np.isin(generation.item_hashes, hashes)


def _last_day(date: str) -> int:
    """The last day that a date padded with 00, or cut short, can mean."""
    parts = (date[:4], date[4:6], date[6:8])
    return int("".join("9" * (4 if n == 0 else 2) if part in {"", "00"} else part for n, part in enumerate(parts)))
