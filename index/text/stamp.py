"""Decides which pages a search may see at all: the stamps a page carries, and the bounds laid on them.

A date that knows only its year or month (20240000) lies within every range that touches that year or month:
better shown once too often than never found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from index.ports import PageText, Search

#: The facets of an answer, each with what it reads from a stamp.
FACETS: dict[str, Callable[[Stamp], str]] = {
    "fonds": lambda stamp: stamp.fonds,
    "series": lambda stamp: stamp.series,
    "year": lambda stamp: stamp.date[:4],
    "retention": lambda stamp: stamp.retention,
    "marking": lambda stamp: stamp.marking,
}


class Stamp(NamedTuple):
    """What is kept of a page beside its terms; `heading` is its heading's length in the indexed text."""

    page_id: str
    item_id: str
    version: int
    fonds: str
    series: str
    retention: str
    marking: str
    date: str
    filed: bool
    heading: int


def stamp_of(page: PageText, heading: int) -> Stamp:
    return Stamp(
        page.page_id,
        page.item_id,
        page.version,
        page.fonds,
        page.series,
        page.retention,
        page.marking,
        page.date,
        page.filed,
        heading,
    )


def bounds(search: Search) -> Callable[[Stamp], bool]:
    """Whether a page lies within what this search may see and asks for, its permit first of all."""
    wanted = [(facet, getattr(search, name)) for name, facet in FACETS.items() if getattr(search, name)]
    without = frozenset(search.without)

    def admits(stamp: Stamp) -> bool:
        return (
            search.permit.admits(stamp.marking, filed=stamp.filed)
            and stamp.item_id not in without
            and (not search.item_id or stamp.item_id == search.item_id)
            and all(facet(stamp) == value for facet, value in wanted)
            and _dated_within(stamp.date, search.date_from, search.date_to)
        )

    return admits


def _dated_within(date: str, first: str, last: str) -> bool:
    if not (first or last):
        return True
    return bool(date) and _latest(date) >= first.ljust(8, "0") and date <= (_latest(last) if last else "9")


def _latest(date: str) -> str:
    """The last day that a date padded with 00, or cut short, can mean."""
    parts = (date[:4], date[4:6], date[6:8])
    return "".join("99" if part in {"", "00"} else part for part in parts)
