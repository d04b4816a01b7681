"""What papers state follows them into whatever file they lie in; what people entered stays with the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Role, permit_of
from index.domain.holdings import Item, ItemState
from index.domain.rules.particulars import Entered, Stated
from index.ports import Work
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import item

ARCHIVIST, READER = permit_of(Role.ARCHIVIST), permit_of(Role.READER)


def opened(work: Work, key: str) -> str:
    return work.files.open_for("fonds-1", "ZY·KH·JC", key, key, MORNING, "customer").id


def paper(work: Work, file_id: str, date: str, **said: str) -> Item:
    values = {"date": date, "pack": "customers", "marking": "confidential"}
    made = item(ItemState.FILED, values, fonds_id="fonds-1", file_id=file_id)
    work.items.add(made)
    stated = [Stated(made.id, "customers", slot, value, 0.9, value, 1) for slot, value in said.items()]
    work.particulars.state(made.id, [replace(one, slot=one.slot.replace("_", ".")) for one in stated])
    return work.items.get(made.id)


def stated(work: Work, file_id: str) -> list[tuple[str, str]]:
    return [(one.slot, one.value) for one in work.particulars.stated(file_id, ARCHIVIST)]


def test_the_newest_paper_comes_first_and_a_new_reading_replaces_the_old(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        file_id = opened(work, "大江阀门厂")
        newer, older = paper(work, file_id, "2025-03-05", s1="石化"), paper(work, file_id, "2020-03-05", s1="阀门")
        assert stated(work, file_id) == [("s1", "石化"), ("s1", "阀门")]
        work.particulars.state(newer.id, [Stated(newer.id, "customers", "s2", "李明", 0.9, "李明", 1)])
        assert stated(work, file_id) == [("s2", "李明"), ("s1", "阀门")]
        work.items.save(replace(older, state=ItemState.WITHDRAWN))
        assert stated(work, file_id) == [("s2", "李明")]


def test_what_a_paper_states_moves_with_it_and_is_seen_by_whoever_may_see_it(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        one, other = opened(work, "大江阀门厂"), opened(work, "小江阀门厂")
        moved = paper(work, one, "2025-03-05", s1="石化")
        work.items.save(replace(moved, file_id=other))
        assert (stated(work, one), stated(work, other)) == ([], [("s1", "石化")])
        assert work.particulars.stated(other, READER) == []
        assert work.particulars.filled([other], READER) == {}


def test_a_persons_word_stays_is_replaced_by_a_later_one_and_taken_back(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        file_id = opened(work, "大江阀门厂")
        for value in ("李敏", "王芳"):
            work.particulars.enter(Entered(file_id, "s1", value, "archivist", MORNING))
        assert {slot: one.value for slot, one in work.particulars.entered(file_id).items()} == {"s1": "王芳"}
        assert [work.particulars.take_back(file_id, "s1") for _ in range(2)] == [True, False]
        assert work.particulars.entered(file_id) == {}


@pytest.mark.parametrize(("word", "filled"), [(None, {"s1"}), ("李敏", {"s1", "s2"}), ("", set())])
def test_a_field_is_filled_by_paper_or_person_and_emptied_by_a_person(
    catalogue: SqlCatalogue, word: str | None, filled: set[str]
) -> None:
    with catalogue.writing() as work:
        file_id = opened(work, "大江阀门厂")
        paper(work, file_id, "2025-03-05", s1="石化")
        if word is not None:
            work.particulars.enter(Entered(file_id, "s2" if word else "s1", word, "archivist", MORNING))
        assert set(work.particulars.filled([file_id, "none"], ARCHIVIST).get(file_id, ())) == filled
