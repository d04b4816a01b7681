"""People put a class into order; numbers are another matter."""

from __future__ import annotations

import pytest

from index.custody.assembling import loose_items
from index.custody.ordering import date_class, date_volume
from index.domain.arranging.contents import ordered
from index.domain.arranging.volumes import Kind
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Item
from tests.fakes.config.homes import Room
from tests.fakes.index.year_end import ARCHIVIST, School

DAYS = ("2024-09-03", "2024-02", "2024-12-01", "2024-02-09")
IN_ORDER = ["2024-02", "2024-02-09", "2024-09-03", "2024-12-01"]


@pytest.fixture
def school(room: Room) -> School:
    made = School(room)
    made.person()
    return made


@pytest.fixture
def filed(school: School) -> list[Item]:
    return [school.file(date=day) for day in DAYS]


def test_a_class_lies_by_date_and_keeps_its_numbers(school: School, filed: list[Item]) -> None:
    codes = school.codes(filed)
    with school.room.home.catalogue.writing() as work:
        date_class(work, ARCHIVIST, school.shelf(work), filed[2].id, "archivist")
        assert [one.value("date") for one in loose_items(work, ARCHIVIST, school.shelf(work))] == IN_ORDER
        placed = {event.target for event in work.journal.all() if event.verb == "placed"}
    assert school.codes(filed) == codes
    assert placed == {one.id for one in filed}


def test_a_draft_lies_by_date_until_it_is_sealed(school: School, filed: list[Item]) -> None:
    volume = school.assemble(filed, Kind.BOX)
    with school.room.home.catalogue.writing() as work:
        date_volume(work, work.volumes.get(volume.id), "archivist")
        assert [one.value("date") for one in ordered(work.volumes.items(volume.id))] == IN_ORDER
    sealed = school.seal(volume)
    with school.room.home.catalogue.writing() as work, pytest.raises(Conflict):
        date_volume(work, sealed, "archivist")


def test_another_class_is_left_alone(school: School, filed: list[Item]) -> None:
    with school.room.home.catalogue.writing() as work, pytest.raises(Missing):
        date_class(work, ARCHIVIST, school.shelf(work), "nobody", "archivist")
