"""Decides how an answer is narrowed: its facets as links, several values of one at once, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from index.domain.errors import WrongUse
from index.domain.retention import period
from index.domain.searching.tree import Facet, Query
from viewer.asking import CHOSEN, Asked
from viewer.finding import Answer, counted
from viewer.visit import Visit
from viewer.words.terms import term


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many pages it would leave, and the address that chooses it, or lets go of it."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


def choices(
    visit: Visit, asked: Asked, query: Query, answer: Answer, within: tuple[str, ...]
) -> Mapping[str, list[Choice]]:
    """The facets that tell anything apart, in the order of the catalogue; years newest first.

    Where a value is chosen, the others are counted as if none were: that is what choosing one more would add.
    """
    shown: dict[str, list[Choice]] = {}
    for name in CHOSEN:
        held = asked.values.get(name, ())
        found = _lifted(visit, asked, query, within, name) if held else answer.facets.get(name, {})
        counts = {**dict.fromkeys(held, 0), **{value: count for value, count in found.items() if value}}
        values = sorted(counts, reverse=True) if name == "year" else sorted(counts, key=lambda v: (-counts[v], v))
        shown[name] = [_choice(visit, asked, name, value, counts[value]) for value in values]
    return {name: found for name, found in shown.items() if found}


def _lifted(visit: Visit, asked: Asked, query: Query, within: tuple[str, ...], name: str) -> Mapping[str, int]:
    """Pages by value of this facet, with nothing chosen of it."""
    return counted(visit.home, asked.without(name).search(query, visit.permit, within), Facet(name))


def _choice(visit: Visit, asked: Asked, name: str, value: str, count: int) -> Choice:
    chosen = (name, value) in asked.chosen
    return Choice(value, label(visit, name, value), count, asked.toggled(name, value).address, chosen)


def label(visit: Visit, name: str, value: str) -> str:
    """What a stored value of a facet is called in the visitor's language; one that an address made up, as it is."""
    if name == "retention":
        with suppress(WrongUse):
            return period(value).words(visit.language)
        return value
    if name == "series":
        return series_title(visit, value)
    return visit.say(term(name, value)) if name in {"marking", "language"} else value


def series_title(visit: Visit, code: str) -> str:
    """The series' title by the first pack that knows its code, else the code."""
    known = (pack.series_of(code) for pack in visit.home.packs)
    return next((series.title.get(visit.language, code) for series in known if series), code)
