"""Decides which pages a shard holds, when a shard has outgrown itself, and which shards can answer a question.

Everything small lies in one shard, the rest. A fonds that has grown gets a shard of its own, and one that goes on
growing is divided by years; many fonds that are each small part with half of themselves when they are too many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from index.domain.searching.tree import Dated, Either, Every, Facet, Node, Stamped, frame
from index.ports import Search

LAST_YEAR = 9999
Kind = tuple[str, int]
"""The fonds and the year of a page; 0 when its year is unknown."""
Counts = Mapping[Kind, int]
"""How many pages there are of each kind."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pages a fonds must have for a shard of its own, and pages from which on a shard is divided."""

    own: int = 25_000
    most: int = 150_000


@dataclass(frozen=True, slots=True)
class Share:
    """What a shard holds: these fonds, within these years. The rest, of no fonds by name, is what no other holds."""

    fonds: tuple[str, ...] = ()
    first: int = 0
    last: int = LAST_YEAR

    def __str__(self) -> str:
        """As a person may know it: “J101 1950-1979”, “J102+J103”, “…” for the rest."""
        fonds = "+".join(self.fonds) or "…"
        divided = (self.first, self.last) != (0, LAST_YEAR)
        first, last = self.first or "", self.last if self.last < LAST_YEAR else ""
        return f"{fonds} {first}-{last}" if divided else fonds


@dataclass(frozen=True)
class Layout:
    """The share of each shard, by the shard's name. One of them is the rest, and those of a fonds cover all years."""

    shares: Mapping[str, Share]

    def place(self, kind: Kind) -> str:
        """The shard that a page of this kind belongs to."""
        fonds, year = kind
        for name in self._named.get(fonds, ()):
            if self.shares[name].first <= year <= self.shares[name].last:
                return name
        return self._rest

    def with_parts(self, name: str, parts: Mapping[str, Share]) -> Layout:
        """The same with a shard replaced by others."""
        return Layout({one: share for one, share in self.shares.items() if one != name} | dict(parts))

    def able(self, search: Search) -> list[str]:
        """The shards that can hold a page within the bounds of a search that answers its tree."""
        return sorted(self._able(Every((frame(search.query.tree), *_bounds(search))))) if self.shares else []

    @cached_property
    def _rest(self) -> str:
        return next(name for name, share in self.shares.items() if not share.fonds)

    @cached_property
    def _named(self) -> Mapping[str, list[str]]:
        named: dict[str, list[str]] = {}
        for name, share in self.shares.items():
            for fonds in share.fonds:
                named.setdefault(fonds, []).append(name)
        return named

    def _able(self, node: Node) -> set[str]:
        everyone = set(self.shares)
        match node:
            case Stamped(Facet.FONDS, fonds):
                return set(self._named.get(fonds, (self._rest,)))
            case Stamped(Facet.YEAR, year):
                return self._within(int(year), int(year)) if year.isdecimal() else everyone
            case Dated(first, last) if first or last:
                return self._within(_year(first, 0), _year(last, LAST_YEAR))
            case Every(nodes):
                return everyone.intersection(*map(self._able, nodes))
            case Either(nodes):
                return set[str]().union(*map(self._able, nodes))
            case _:
                return everyone

    def _within(self, first: int, last: int) -> set[str]:
        return {name for name, share in self.shares.items() if share.first <= last and first <= share.last}


def kind_of(fonds: str, date: str) -> Kind:
    return fonds, int(date[:4].ljust(4, "0")) if date.isdecimal() else 0


def divided(layout: Layout, held: Mapping[str, Counts], sizes: Sizes) -> tuple[str, tuple[Share, ...]] | None:
    """A shard that has outgrown itself, by what each of them holds, and what it is to become."""
    for name, share in layout.shares.items():
        if parts := _parts(share, held.get(name, {}), sizes):
            return name, parts
    return None


def added(held: Iterable[Counts]) -> Counts:
    together = Counter[Kind]()
    for counts in held:
        together.update(counts)
    return together


def planned(counts: Counts, sizes: Sizes, named: Callable[[], str]) -> Layout:
    """How so many pages are laid out anew; `named` makes the names of shards."""
    layout = Layout({named(): Share()})
    while found := divided(layout, _held(layout, counts), sizes):
        name, parts = found
        layout = layout.with_parts(name, {named(): part for part in parts})
    return layout


def _bounds(search: Search) -> Iterator[Node]:
    if search.fonds:
        yield Stamped(Facet.FONDS, search.fonds)
    if search.year:
        yield Stamped(Facet.YEAR, search.year)
    yield Dated(search.date_from, search.date_to)


def _year(date: str, unbounded: int) -> int:
    return int(date[:4]) if date[:4].strip("0") else unbounded


def _held(layout: Layout, counts: Counts) -> Mapping[str, Counts]:
    held: dict[str, dict[Kind, int]] = {}
    for kind, pages in counts.items():
        held.setdefault(layout.place(kind), {})[kind] = pages
    return held


def _parts(share: Share, counts: Counts, sizes: Sizes) -> tuple[Share, ...]:
    if len(share.fonds) == 1:
        return _halves(share, counts) if sum(counts.values()) > sizes.most else ()
    leaving = _leaving(counts, sizes)
    if not leaving:
        return ()
    staying = tuple(fonds for fonds in share.fonds if fonds not in leaving)
    return Share(leaving), Share(staying)


def _halves(share: Share, counts: Counts) -> tuple[Share, ...]:
    """Two halves of about a size; a single year stays whole."""
    years = sorted(_by_year(counts).items())
    if len(years) < 2:
        return ()
    before = list(accumulate(pages for _, pages in years))
    cut = min(range(1, len(years)), key=lambda at: abs(2 * before[at - 1] - before[-1]))
    year = years[cut][0]
    return replace(share, last=year - 1), replace(share, first=year)


def _leaving(counts: Counts, sizes: Sizes) -> tuple[str, ...]:
    """The fonds that a shard of many parts with: one that has grown, or half of those that are small."""
    fonds = _by_fonds(counts)
    largest = max(fonds, key=lambda one: (fonds[one], one), default="")
    if fonds[largest] >= sizes.own:
        return (largest,)
    total = fonds.total()
    if total <= sizes.most or len(fonds) < 2:
        return ()
    before = accumulate(pages for _, pages in sorted(fonds.items()))
    leaving = [one for one, pages in zip(sorted(fonds), before, strict=True) if 2 * pages <= total]
    return tuple(leaving) or (min(fonds),)


def _by_fonds(counts: Counts) -> Counter[str]:
    summed = Counter[str]()
    for (fonds, _), pages in counts.items():
        summed[fonds] += pages
    return summed


def _by_year(counts: Counts) -> Counter[int]:
    summed = Counter[int]()
    for (_, year), pages in counts.items():
        summed[year] += pages
    return summed
