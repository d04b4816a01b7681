"""Decides what a typed query means in this room: the language of queries, with the names of its fonds and series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from config.wiring import Home
from index.domain.folding import folded
from index.domain.searching.language import read
from index.domain.searching.leaves import Names
from index.domain.searching.tree import Facet, Query


def query(home: Home, typed: str) -> Query:
    """What was typed, read today, in this room."""
    return read(typed, home.clock.today(), names(home))


def names(home: Home) -> Names:
    """Codes and titles of every fonds and series. No query is told what they stand for, so none tells what there is."""
    with home.catalogue.reading() as work:
        fonds = [(name, one.code) for one in work.fonds.all() for name in (one.code, one.title)]
    return {Facet.FONDS: _called(iter(fonds)), Facet.SERIES: _called(_series(home))}


def _series(home: Home) -> Iterator[tuple[str, str]]:
    for pack in home.packs:
        for series in pack.series:
            yield from ((name, series.code) for name in (series.code, *series.title.values()))


def _called(named: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    called: dict[str, dict[str, None]] = defaultdict(dict)
    for name, value in named:
        called[folded(name).text][value] = None
    return {name: tuple(values) for name, values in called.items() if name}
