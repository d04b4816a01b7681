"""How complete files and years are, for whoever may see them, and how people's words about them are kept."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.catalogue.sql import SqlWork
from index.custody.assessing import Assessed, assess, assess_one
from index.custody.filing import file_item
from index.custody.waiving import say_of_slot, take_back, tell_condition
from index.domain.access import Permit, Role, permit_of
from index.domain.errors import Missing, WrongUse
from index.domain.events import Event
from index.domain.holdings import ItemState
from index.domain.rules.completeness import Said, State
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item

CONTRACT = {"pack": "employees", "series": "RS·ZZ", "retention": "unset", "marking": "personal"}
NOTICE = {"pack": "school", "series": "WS·XZ", "retention": "10y", "marking": "internal", "date": "2024-03-05"}
ARCHIVIST = permit_of(Role.ARCHIVIST)


def file_one(room: Room, fonds: str, values: Mapping[str, str], **changes: str) -> None:
    with room.home.catalogue.writing() as work:
        found = work.fonds.by_code(fonds)
        assert found
        made = item(ItemState.DESCRIBED, {"title": "题名", **values, **changes}, fonds_id=found.id)
        work.items.add(made)
        file_item(work, made.id, "clerk", MORNING, room.home.packs)


def staff(room: Room) -> None:
    """Two employees, one with a contract, the other with a resignation besides, and two papers of the school."""
    for kind, key in (("劳动合同", "A01"), ("劳动合同", "A02"), ("个人简历", "A02")):
        file_one(room, "C301", CONTRACT, doc_type=kind, subject_key=key, persons="张三")
    file_one(room, "C301", CONTRACT, series="RS·LZ", doc_type="离职申请单", subject_key="A02", retention="2y")
    file_one(room, "J101", NOTICE)
    file_one(room, "J101", NOTICE, series="RS", retention="30y", marking="personal", date="2023-03-05")


def assessed(room: Room, permit: Permit = ARCHIVIST, **bounds: str) -> list[Assessed]:
    with room.home.catalogue.reading() as work:
        return assess(work, room.home.packs, permit, **bounds)


def named(found: list[Assessed]) -> dict[str, str]:
    return {f"{one.fonds.code} {one.name}": f"{one.found.filled}/{one.found.asked}" for one in found}


def test_every_file_and_every_year_is_held_against_its_checklist(room: Room) -> None:
    staff(room)
    found = assessed(room)
    assert named(found) == {"C301 A01 张三": "1/6", "C301 A02 张三": "3/8", "J101 2023": "1/5", "J101 2024": "1/5"}
    second = next(one for one in found if one.name == "A02 张三")
    assert [place.slot.number for place in second.found.of(State.MISSING)] == ["2", "3", "4", "11", "13"]


def test_a_fonds_or_a_series_narrows_what_is_told(room: Room) -> None:
    staff(room)
    assert list(named(assessed(room, fonds="J101"))) == ["J101 2023", "J101 2024"]
    assert len(assessed(room, series="RS·ZZ")) == 2
    assert assessed(room, series="RS·LZ") == []
    assert assessed(room, fonds="X1") == []


def test_what_one_may_not_see_is_not_told_neither_by_name_nor_by_count(room: Room) -> None:
    staff(room)
    assert named(assessed(room, permit_of(Role.READER))) == {"J101 2024": "1/5"}
    assert assessed(room, permit_of(Role.ADMINISTRATOR)) == []


def one_of(room: Room, name: str) -> Assessed:
    return next(one for one in assessed(room) if one.name.startswith(name))


def changed(room: Room, name: str) -> Assessed:
    key = one_of(room, name).unit.key
    with room.home.catalogue.reading() as work:
        return assess_one(work, room.home.packs, ARCHIVIST, key)


def test_a_waiver_has_a_reason_a_name_and_its_place_in_the_journal_and_can_be_taken_back(room: Room) -> None:
    staff(room)
    with room.home.catalogue.writing() as work:
        say_of_slot(work, one_of(room, "A01"), "1", Said.WAIVED, " 建档前入职 ", "老张", MORNING)
    found = changed(room, "A01")
    [waived] = found.found.of(State.WAIVED)
    assert waived.word
    assert (waived.word.reason, waived.word.by, found.found.asked) == ("建档前入职", "老张", 5)
    with room.home.catalogue.writing() as work:
        say_of_slot(work, found, "1", Said.PRESENT, "原件在保险柜", "老李", MORNING)
    assert changed(room, "A01").found.filled == 2
    with room.home.catalogue.writing() as work:
        take_back(work, found, "1", "老李")
        take_back(work, found, "1", "老李")
    assert changed(room, "A01").found.filled == 1
    told = [
        (event.actor, event.verb, event.details["slot"])
        for event in journal(room, found.unit.key)
        if "slot" in event.details
    ]
    assert told == [
        ("老张", "slot-waived", "1"),
        ("老李", "slot-present", "1"),
        ("老李", "slot-word-taken-back", "1"),
    ]


def journal(room: Room, key: str) -> list[Event]:
    with room.home.catalogue.reading() as work:
        return list(work.journal.of(key))


def test_a_condition_is_told_either_way(room: Room) -> None:
    staff(room)
    for holds, state in ((True, State.MISSING), (False, State.NOT_ASKED)):
        with room.home.catalogue.writing() as work:
            tell_condition(work, one_of(room, "A01"), "driver", holds, "老张", MORNING)
        place = next(one for one in changed(room, "A01").found.places if one.slot.number == "5")
        assert place.state is state


def test_what_is_no_slot_no_condition_no_unit_or_no_reason_is_refused(room: Room) -> None:
    staff(room)
    unit = one_of(room, "A01")
    with room.home.catalogue.writing() as work:
        with pytest.raises(WrongUse, match="why"):
            say_of_slot(work, unit, "1", Said.WAIVED, "  ", "老张", MORNING)
        with pytest.raises(Missing):
            say_of_slot(work, unit, "99", Said.WAIVED, "why", "老张", MORNING)
        with pytest.raises(Missing):
            take_back(work, unit, "99", "老张")
        with pytest.raises(Missing):
            tell_condition(work, unit, "pilot", True, "老张", MORNING)
        with pytest.raises(Missing):
            unseen(work, room, unit.unit.key)


def unseen(work: SqlWork, room: Room, key: str) -> Assessed:
    return assess_one(work, room.home.packs, permit_of(Role.READER), key)
