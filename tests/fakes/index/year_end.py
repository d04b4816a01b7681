"""A school's year in few words: items filed, volumes made, years closed, for tests of what is done at year-end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.catalogue.sql import SqlWork
from index.custody.assembling import Shelf, assemble, seal, shelf_of
from index.custody.filing import file_item
from index.domain.access import Role, permit_of
from index.domain.arranging.volumes import Kind, Volume
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.people import Person
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, scan

ARCHIVIST = permit_of(Role.ARCHIVIST)
AUGUST = date(2025, 8, 30)
NOTICE = {
    "title": "关于春季消防安全检查的通知",
    "pack": "school",
    "series": "WS·XZ",
    "retention": "10y",
    "marking": "internal",
    "date": "2024-03-05",
}


@dataclass(frozen=True)
class School:
    """The fonds J101 with its archivist; every deed is a transaction of its own."""

    room: Room

    def person(self, name: str = "archivist", role: Role = Role.ARCHIVIST) -> None:
        with self.room.home.catalogue.writing() as work:
            work.people.add(Person(f"person-{name}", name, role, "", MORNING))

    def file(self, pages: int = 1, code: str = "J101", **values: str) -> Item:
        with self.room.home.catalogue.writing() as work:
            made = waiting(work, pages, code, **values)
            return file_item(work, made.id, "clerk", MORNING, self.room.home.packs)

    def shelf(self, work: SqlWork, series: str = "WS·XZ", year: str = "2024") -> Shelf:
        return shelf_of(work, self.room.home.packs, self.fonds(work).id, series, year)

    def fonds(self, work: SqlWork, code: str = "J101") -> Fonds:
        found = work.fonds.by_code(code)
        assert found
        return found

    def assemble(self, items: Sequence[Item], kind: Kind = Kind.VOLUME, title: str = "") -> Volume:
        with self.room.home.catalogue.writing() as work:
            ids = [one.id for one in items]
            return assemble(work, self.shelf(work), kind, ids, title, "archivist", MORNING, AUGUST)

    def seal(self, volume: Volume) -> Volume:
        with self.room.home.catalogue.writing() as work:
            return seal(work, self.shelf(work), work.volumes.get(volume.id), "archivist", MORNING)

    def get(self, one: Item | str) -> Item:
        with self.room.home.catalogue.reading() as work:
            return work.items.get(one if isinstance(one, str) else one.id)

    def codes(self, items: Sequence[Item]) -> list[str]:
        return [self.get(one).reference_code for one in items]


def waiting(work: SqlWork, pages: int = 1, code: str = "J101", **values: str) -> Item:
    """An item of this fonds that is described, with so many blank-free pages."""
    fonds = work.fonds.by_code(code)
    assert fonds
    made = item(ItemState.DESCRIBED, {**NOTICE, **values}, fonds_id=fonds.id)
    work.items.add(made)
    captured = scan(made.id.encode(), item_id=made.id, fonds_id=fonds.id)
    work.scans.add(captured)
    work.pages.lay_out(captured, pages)
    return work.items.get(made.id)
