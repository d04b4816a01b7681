"""Decides which pages a search may see at all: the stamps a page carries, and the bounds laid on them.

A date that knows only its year or month (20240000) lies within every range that touches that year or month:
better shown once too often than never found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from index.domain.folding import folded
from index.domain.searching.tree import Dated, Facet
from index.ports import PageText, Search

#: The facets of an answer, each with what it reads from a stamp.
FACETS: dict[Facet, Callable[[Stamp], str]] = {
    Facet.FONDS: lambda stamp: stamp.fonds,
    Facet.SERIES: lambda stamp: stamp.series,
    Facet.YEAR: lambda stamp: stamp.date[:4],
    Facet.RETENTION: lambda stamp: stamp.retention,
    Facet.MARKING: lambda stamp: stamp.marking,
    Facet.LANGUAGE: lambda stamp: stamp.language,
}


class Stamp(NamedTuple):
    """What is kept of a page beside its terms; `code` is its first code, folded, by which pages are sorted.

    `ends` says where each part of the indexed text ends (see `layout`).
    """

    page_id: str
    item_id: str
    version: int
    fonds: str
    series: str
    retention: str
    marking: str
    date: str
    language: str
    filed: bool
    leads: bool
    code: str
    ends: tuple[tuple[str, int], ...]


def stamp_of(page: PageText, ends: tuple[tuple[str, int], ...]) -> Stamp:
    return Stamp(
        page.page_id,
        page.item_id,
        page.version,
        page.fonds,
        page.series,
        page.retention,
        page.marking,
        page.date,
        page.language,
        page.filed,
        page.leads,
        folded(page.code.split("\n", 1)[0]).text,
        ends,
    )


def bounds(search: Search) -> Callable[[Stamp], bool]:
    """Whether a page lies within what this search may see and asks for, its permit first of all."""
    wanted = [(facet, getattr(search, name)) for name, facet in FACETS.items() if getattr(search, name)]
    within, without = frozenset(search.within), frozenset(search.without)
    days = Dated(search.date_from, search.date_to)

    def admits(stamp: Stamp) -> bool:
        return (
            search.permit.admits(stamp.marking, filed=stamp.filed)
            and stamp.item_id not in without
            and (not within or stamp.item_id in within)
            and (not search.item_id or stamp.item_id == search.item_id)
            and all(facet(stamp) == value for facet, value in wanted)
            and lies_within(stamp.date, days)
        )

    return admits


def lies_within(date: str, days: Dated) -> bool:
    """Whether a date, cut short or not, touches these days; an unknown one only when they are unbounded."""
    if not (days.first or days.last):
        return True
    first, last = days.first.ljust(8, "0"), _latest(days.last) if days.last else "9"
    return bool(date) and _latest(date) >= first and date <= last


def _latest(date: str) -> str:
    """The last day that a date padded with 00, or cut short, can mean."""
    parts = (date[:4], date[4:6], date[6:8])
    return "".join("99" if part in {"", "00"} else part for part in parts)
