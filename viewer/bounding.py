"""Decides what a search keeps within beside its facets: one item, one file, what is new of a saved search."""

from __future__ import annotations

from dataclasses import dataclass

from config.wiring import Home
from index.domain.errors import Missing
from index.domain.holdings import ItemState
from index.domain.people import Person
from index.ports import Selection, Work
from viewer.asking import Asked
from viewer.news import arrived_at
from viewer.reading import readable


@dataclass(frozen=True, slots=True)
class Bounds:
    """The items that a search keeps within, and what its page calls them."""

    within: tuple[str, ...] = ()
    named: tuple[tuple[str, str, Asked], ...] = ()
    """(kind, name, the search without this bound)"""
    empty: bool = False
    """Bounds within which there is nothing."""


def bounds_of(home: Home, person: Person, asked: Asked) -> Bounds:
    """The bounds of the address, each within the permit. Raises Missing for what one may not read anything of."""
    named: list[tuple[str, str, Asked]] = []
    within: set[str] | None = None
    with home.catalogue.reading() as work:
        if asked.item:
            item = readable(work, person.permit, asked.item)
            named.append(("item", item.title or item.reference_code, asked.changed(item="")))
        if asked.file:
            within = _of_file(work, person, asked.file)
            named.append(("file", work.files.get(asked.file).title, asked.changed(file="")))
        if asked.new:
            saved = work.saved.get(person.id, asked.new)
            new = set(arrived_at(work, saved, person.permit).values())
            within = new if within is None else within & new
            named.append(("new", saved.name, asked.changed(new="")))
    return Bounds(tuple(within or ()), tuple(named), within is not None and not within)


def _of_file(work: Work, person: Person, file_id: str) -> set[str]:
    """The items of a file; Missing to those who may read nothing in it, as its title names the subject."""
    states = () if person.permit.unfiled else (ItemState.FILED,)
    items, _ = work.listings.items(Selection(person.permit, file_id=file_id, states=states))
    if not items:
        raise Missing("no-such-item")
    return {item.id for item in items}
