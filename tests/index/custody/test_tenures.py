"""A subject whose time is over has its file moved and closed; the next one's papers open another."""

from __future__ import annotations

from datetime import date

import pytest

from config.regulations import PACKS, load
from index.custody.filing import file_item
from index.custody.tenures import end_tenure, open_file
from index.domain.errors import Conflict, WrongUse
from index.domain.holdings import File, Fonds, Item, ItemState
from index.ports import Work
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item

CONTRACT = {"title": "劳动合同书", "pack": "employees", "series": "RS·ZZ", "retention": "unset", "marking": "personal"}
LEFT = date(2025, 6, 30)


def company(work: Work) -> Fonds:
    found = work.fonds.by_code("C301")
    assert found
    return found


def filed(room: Room, key: str = "E001") -> Item:
    with room.home.catalogue.writing() as work:
        made = item(ItemState.DESCRIBED, {**CONTRACT, "subject_key": key}, fonds_id=company(work).id)
        work.items.add(made)
        return file_item(work, made.id, "clerk", MORNING, room.home.packs)


def ended(room: Room, file_id: str, retention: str = "") -> File:
    with room.home.catalogue.writing() as work:
        return end_tenure(work, file_id, LEFT, "李敏", MORNING, room.home.packs, retention)


def test_who_leaves_has_the_whole_file_moved_and_closed(room: Room) -> None:
    one, two = filed(room), filed(room)
    closed = ended(room, str(one.file_id))
    assert (closed.series, closed.closed_at) == ("RS·LZ", MORNING)
    with room.home.catalogue.reading() as work:
        moved = [work.items.get(it.id) for it in (one, two)]
        told = [event for event in work.journal.of(closed.id) if event.verb == "tenure-ended"]
    assert [(it.value("series"), it.value("retention"), it.file_id) for it in moved] == 2 * [("RS·LZ", "2y", closed.id)]
    assert [it.reference_code for it in moved] == ["C301-RS·LZ-001-001", "C301-RS·LZ-001-002"]
    assert told[0].actor == "李敏"
    assert told[0].details["on"] == "2025-06-30"


def test_the_next_paper_of_the_same_key_opens_a_new_file(room: Room) -> None:
    first = filed(room)
    ended(room, str(first.file_id))
    assert filed(room).file_id != first.file_id


def test_a_file_is_closed_once(room: Room) -> None:
    one = filed(room)
    ended(room, str(one.file_id))
    with pytest.raises(Conflict, match="closed already"):
        ended(room, str(one.file_id))


def test_a_second_open_file_of_one_subject_is_refused(room: Room) -> None:
    filed(room)
    series = next(one for one in room.home.packs_by_id["employees"].series if one.code == "RS·ZZ")
    with room.home.catalogue.writing() as work:
        with pytest.raises(Conflict, match="one subject, one file"):
            open_file(work, company(work), series, "E001", "E001", MORNING, "李敏")
        assert open_file(work, company(work), series, "E002", "E002", MORNING, "李敏").number == 2


def test_where_the_regulation_gives_no_period_it_has_to_be_entered(room: Room) -> None:
    estate, pack = Fonds("w201", "W201", "青石苑", ("property-owners",)), load(PACKS / "property-owners")
    series = next(one for one in pack.series if one.former)
    with room.home.catalogue.writing() as work:
        work.fonds.add(estate)
        opened = open_file(work, estate, series, "3-2-1201", "3-2-1201 季小满", MORNING, "李敏")
        with pytest.raises(WrongUse, match="enter one"):
            end_tenure(work, opened.id, LEFT, "李敏", MORNING, (pack,))
        assert end_tenure(work, opened.id, LEFT, "李敏", MORNING, (pack,), "3y").series == "ZY·YH·LS"
