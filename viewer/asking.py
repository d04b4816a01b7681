"""Decides how a search stands in an address, and what of it the index is asked: the address carries everything.

Values of one facet are alternatives, facets narrow each other. An address that holds nonsense is a search without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from index.domain.access import Permit
from index.domain.searching.tree import Either, Every, Facet, Query, Stamped
from index.ports import Search, Sort

#: The facets that can be chosen, in the order in which they are shown.
CHOSEN = tuple(facet.value for facet in Facet)
#: Values of one facet, and characters of a value, that are heeded.
_MOST, _LONGEST = 24, 128
LONGEST_QUERY = 200

Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its address has it. `by` is item or page; `item`, `file`, `new` (a saved search) bound it by id."""

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: Sort = Sort.RELEVANCE
    by: str = "item"
    item: str = ""
    file: str = ""
    new: str = ""

    @property
    def values(self) -> Chosen:
        """facet -> the values chosen of it."""
        return {name: found for name in CHOSEN if (found := tuple(value for of, value in self.chosen if of == name))}

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen or self.item or self.file or self.new)

    def toggled(self, name: str, value: str) -> Asked:
        """The same with this value of a facet chosen, or let go of."""
        one = (name, value)
        others = tuple(kept for kept in self.chosen if kept != one)
        return replace(self, chosen=others if one in self.chosen else (*others, one))

    def without(self, name: str) -> Asked:
        """The same with nothing chosen of this facet."""
        return replace(self, chosen=tuple(kept for kept in self.chosen if kept[0] != name))

    def changed(self, **parts: Any) -> Asked:
        return replace(self, **parts)

    @property
    def lifted(self) -> Asked:
        """The same without any bounds."""
        return Asked(self.q, sort=self.sort, by=self.by)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What the address says, in its order; what goes without saying is left out."""
        plain = (
            ("sort", self.sort.value),
            ("by", self.by),
            ("item", self.item),
            ("file", self.file),
            ("new", self.new),
        )
        said = [part for part in plain if part[1] and part not in _WITHOUT_SAYING]
        return [("q", self.q), *self.chosen, *said]

    @property
    def encoded(self) -> str:
        return urlencode(self.parts)

    @property
    def address(self) -> str:
        return f"/search?{self.encoded}"

    def search(self, query: Query, permit: Permit, within: Collection[str] = (), **slice_: Any) -> Search:
        """What the index is asked. One value of a facet is a bound, as it spares looking elsewhere."""
        single: dict[str, Any] = {name: found[0] for name, found in self.values.items() if len(found) == 1}
        by_item = self.by == "item"
        bounds = {"item_id": self.item, "within": within, "sort": self.sort, "by_item": by_item, **single, **slice_}
        return Search(self.narrowing(query), permit, **bounds)

    def narrowing(self, query: Query) -> Query:
        """The query within the facets of which several values are chosen."""
        several = [_either(name, found) for name, found in self.values.items() if len(found) > 1]
        return replace(query, tree=Every((query.tree, *several))) if several else query


_WITHOUT_SAYING = frozenset({("sort", Sort.RELEVANCE.value), ("by", "item")})


def asked_in(parts: Iterable[tuple[str, str]]) -> Asked:
    """The search that these parts of an address ask for."""
    told = [
        (name, value[:_LONGEST] if name != "q" else value[:LONGEST_QUERY].strip()) for name, value in parts if value
    ]
    last = dict(told)
    chosen = tuple(dict.fromkeys(part for part in told if part[0] in CHOSEN))
    sort = Sort(last["sort"]) if last.get("sort") in set(Sort) else Sort.RELEVANCE
    bounds = {name: last.get(name, "") for name in ("item", "file", "new")}
    return Asked(last.get("q", ""), _few(chosen), sort, "page" if last.get("by") == "page" else "item", **bounds)


def asked_of(encoded: str) -> Asked:
    """The search that the query of an address asks for, as it is saved."""
    return asked_in(parse_qsl(encoded))


def _few(chosen: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """So many values of each facet at most."""
    counts: dict[str, int] = {}
    kept = []
    for name, value in chosen:
        counts[name] = counts.get(name, 0) + 1
        if counts[name] <= _MOST:
            kept.append((name, value))
    return tuple(kept)


def _either(name: str, values: Iterable[str]) -> Either:
    return Either(tuple(Stamped(Facet(name), value) for value in values))
