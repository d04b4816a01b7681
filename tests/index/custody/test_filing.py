"""An item is filed whole or not at all, under a code that nobody else ever has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue.sql import SqlWork
from index.custody.correcting import correct
from index.custody.filing import file_item
from index.custody.withdrawing import reopen, withdraw
from index.domain.errors import Conflict, Missing, Refused, WrongUse
from index.domain.holdings import Item, ItemState
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, reading, scan

NOTICE = {
    "title": "关于春季消防安全检查的通知",
    "pack": "school",
    "series": "WS·XZ",
    "retention": "10y",
    "marking": "internal",
    "date": "2024-03-05",
}
CONTRACT = {
    "title": "劳动合同书",
    "pack": "employees",
    "series": "RS·ZZ",
    "retention": "unset",
    "marking": "personal",
    "subject_key": "E001",
    "persons": "张三、李四",
}


def fonds(work: SqlWork, code: str) -> str:
    found = work.fonds.by_code(code)
    assert found
    return found.id


def described(work: SqlWork, values: dict[str, str], code: str = "J101", **changes: str) -> Item:
    made = item(ItemState.DESCRIBED, {**values, **changes}, fonds_id=fonds(work, code))
    work.items.add(made)
    return made


def filed(room: Room, values: dict[str, str], code: str = "J101", **changes: str) -> Item:
    with room.home.catalogue.writing() as work:
        return file_item(work, described(work, values, code, **changes).id, "clerk", MORNING, room.home.packs)


def corrected(room: Room, one: Item, **changes: str) -> Item:
    with room.home.catalogue.writing() as work:
        return correct(work, one.id, one.version, changes, "clerk", MORNING, room.home.packs)


# -- codes -------------------------------------------------------------------------------------------------------------


def test_items_are_numbered_within_fonds_series_year_retention_and_organisation(room: Room) -> None:
    codes = [
        filed(room, NOTICE).reference_code,
        filed(room, NOTICE).reference_code,
        filed(room, NOTICE, date="2023").reference_code,
        filed(room, NOTICE, retention="permanent").reference_code,
        filed(room, NOTICE, series="WS·DZ", retention="30y").reference_code,
        filed(room, NOTICE).reference_code,
    ]
    assert codes == [
        "J101-WS·2024-D10-XZ-0001",
        "J101-WS·2024-D10-XZ-0002",
        "J101-WS·2023-D10-XZ-0001",
        "J101-WS·2024-Y-XZ-0001",
        "J101-WS·2024-D30-DZ-0001",
        "J101-WS·2024-D10-XZ-0003",
    ]


def test_a_subject_has_one_file_whose_pieces_are_numbered_in_it(room: Room) -> None:
    first, second = filed(room, CONTRACT, "C301"), filed(room, CONTRACT, "C301", title="考核表")
    other = filed(room, CONTRACT, "C301", subject_key="E002")
    assert [one.reference_code for one in (first, second, other)] == [
        "C301-RS·ZZ-001-001",
        "C301-RS·ZZ-001-002",
        "C301-RS·ZZ-002-001",
    ]
    assert first.file_id == second.file_id != other.file_id
    with room.home.catalogue.reading() as work:
        assert work.files.get(first.file_id or "").title == "E001 张三"


def test_the_code_says_nothing_of_a_period_that_is_not_set(room: Room) -> None:
    assert filed(room, NOTICE, retention="unset").reference_code == "J101-WS·2024-XZ-0001"


@given(st.lists(st.sampled_from(["10y", "permanent", "30y"]), min_size=1, max_size=12))
@settings(max_examples=8, deadline=None)
def test_numbers_of_a_class_have_neither_gap_nor_double(periods: list[str]) -> None:
    import tempfile
    from pathlib import Path

    from tests.fakes.config.homes import room_at

    with tempfile.TemporaryDirectory() as folder:
        room = room_at(Path(folder) / "home")
        codes = [filed(room, NOTICE, retention=kept).reference_code for kept in periods]
        room.home.catalogue.close()
    for kept in set(periods):
        letter = {"10y": "-D10-", "permanent": "-Y-", "30y": "-D30-"}[kept]
        numbers = [int(code[-4:]) for code in codes if letter in code]
        assert numbers == list(range(1, periods.count(kept) + 1))


# -- complete or refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["title", "retention", "marking", "date"])
def test_what_is_missing_is_named_and_no_number_is_lost(room: Room, lacking: str) -> None:
    with pytest.raises(WrongUse) as told:
        filed(room, NOTICE, **{lacking: ""})
    assert (told.value.code, told.value.details["fields"]) == ("not-complete", lacking)
    assert filed(room, NOTICE).reference_code.endswith("0001")


def test_without_fonds_pack_series_or_subject_nothing_is_filed(room: Room) -> None:
    with pytest.raises(WrongUse) as told, room.home.catalogue.writing() as work:
        one = described(work, NOTICE)
        work.items.save(replace(one, fonds_id=None))
        file_item(work, one.id, "clerk", MORNING, room.home.packs)
    assert told.value.details["fields"] == "fonds"
    for changes, error in (({"pack": ""}, Missing), ({"series": "XX"}, Missing)):
        with pytest.raises(error):
            filed(room, NOTICE, **changes)
    with pytest.raises(WrongUse) as told:
        filed(room, CONTRACT, "C301", subject_key="")
    assert told.value.details["fields"] == "subject_key"


@pytest.mark.parametrize("state", [ItemState.CAPTURED, ItemState.WITHDRAWN])
def test_what_was_not_described_or_was_taken_out_cannot_be_filed(room: Room, state: ItemState) -> None:
    with pytest.raises(Conflict) as told, room.home.catalogue.writing() as work:
        one = item(state, NOTICE, fonds_id=fonds(work, "J101"))
        work.items.add(one)
        file_item(work, one.id, "clerk", MORNING, room.home.packs)
    assert told.value.code == "wrong-state"


# -- correcting --------------------------------------------------------------------------------------------------------


def test_a_correction_within_the_class_keeps_the_code(room: Room) -> None:
    one = filed(room, NOTICE)
    again = corrected(room, one, title="关于夏季防汛的通知", date="2024-06-01")
    assert (again.reference_code, again.title, again.state) == (
        one.reference_code,
        "关于夏季防汛的通知",
        ItemState.FILED,
    )
    assert again.description["title"].given_by == "clerk" and not again.description["series"].given


def test_a_correction_to_another_class_gives_its_next_code_and_the_old_is_never_given_again(room: Room) -> None:
    first, second = filed(room, NOTICE), filed(room, NOTICE, retention="30y")
    moved = corrected(room, first, retention="30y")
    assert moved.reference_code == "J101-WS·2024-D30-XZ-0002"
    assert filed(room, NOTICE).reference_code == "J101-WS·2024-D10-XZ-0002"
    with room.home.catalogue.reading() as work:
        history = [(event.verb, event.details.get("before")) for event in work.journal.of(first.id)]
    assert history == [("filed", ""), ("corrected", None), ("filed", first.reference_code)]
    assert second.reference_code == "J101-WS·2024-D30-XZ-0001"


def test_an_item_moved_to_another_subject_goes_into_that_ones_file(room: Room) -> None:
    one, other = filed(room, CONTRACT, "C301"), filed(room, CONTRACT, "C301", subject_key="E002")
    moved = corrected(room, one, subject_key="E002")
    assert moved.file_id == other.file_id and moved.reference_code == "C301-RS·ZZ-002-002"


def test_an_item_moved_to_another_regulation_keeps_the_edition_of_that_one(room: Room) -> None:
    one = filed(room, NOTICE)
    moved = corrected(room, one, **CONTRACT, fonds="C301")
    editions = {pack.id: pack.digest for pack in room.home.packs}
    assert (one.pack_digest, moved.pack_digest) == (editions["school"], editions["employees"])


def test_an_earlier_edition_is_never_rewritten(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        one = described(work, NOTICE)
        work.items.save(replace(one, pack_version="0", pack_digest="old"))
        done = file_item(work, one.id, "clerk", MORNING, room.home.packs)
    again = corrected(room, done, title="改题")
    assert (again.pack_version, again.pack_digest) == ("0", "old")


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"date": "2024-02-30"}, WrongUse, "bad-value"),
        ({"date": "昨天"}, WrongUse, "bad-value"),
        ({"retention": "forever"}, WrongUse, "bad-value"),
        ({"marking": "top secret"}, WrongUse, "bad-value"),
        ({"pack": "banks"}, Missing, "no-such-pack"),
        ({"series": "XX"}, Missing, "no-such-series"),
        ({"pack": "employees", "series": "WS·XZ"}, Missing, "no-such-series"),
        ({"fonds": "X1"}, Missing, "no-such-fonds"),
        ({"colour": "red"}, WrongUse, "bad-value"),
        ({"title": ""}, WrongUse, "not-complete"),
        ({"title": "  "}, WrongUse, "not-complete"),
    ],
)
def test_what_is_no_value_changes_nothing(
    room: Room, changes: dict[str, str], error: type[WrongUse | Missing], code: str
) -> None:
    one = filed(room, NOTICE)
    with pytest.raises(error) as told:
        corrected(room, one, **changes)
    assert told.value.code == code
    with room.home.catalogue.reading() as work:
        assert work.items.get(one.id) == one
        assert [event.verb for event in work.journal.of(one.id)] == ["filed"]


def test_values_are_kept_in_one_form_however_they_are_written(room: Room) -> None:
    one = corrected(room, filed(room, NOTICE), date=" 2024-03-06 ", retention="永久", title="  通知 ")
    assert (one.value("date"), one.value("retention"), one.title) == ("2024-03-06", "permanent", "通知")


def test_the_second_of_two_corrections_is_told_that_it_came_second(room: Room) -> None:
    one = filed(room, NOTICE)
    corrected(room, one, title="甲")
    with pytest.raises(Conflict) as told:
        corrected(room, one, title="乙")
    assert told.value.code == "changed-meanwhile"


def test_what_a_regulation_keeps_out_a_person_cannot_put_in(room: Room) -> None:
    pack = next(pack for pack in room.home.packs if pack.id == "employees")
    rule = next(rule for rule in pack.rules if rule.excludes)
    words = (rule.any or rule.all)[0]
    with pytest.raises(Refused), room.home.catalogue.writing() as work:
        one = described(work, CONTRACT, "C301", series=rule.excludes[0], title=words)
        source = scan(item_id=one.id)
        work.scans.add(source)
        [page] = work.pages.lay_out(source, 1)
        work.pages.save(page, replace(reading(), text=words, words=()))
        file_item(work, one.id, "clerk", MORNING, room.home.packs)


# -- out and in again --------------------------------------------------------------------------------------------------


def test_a_withdrawn_item_keeps_its_code_and_comes_back_to_review(room: Room) -> None:
    one = filed(room, NOTICE)
    with room.home.catalogue.writing() as work:
        out = withdraw(work, one.id, one.version, " 误扫 ", "clerk", MORNING)
        assert (out.state, out.reference_code) == (ItemState.WITHDRAWN, one.reference_code)
        back = reopen(work, one.id, out.version, "clerk", MORNING)
        again = file_item(work, back.id, "clerk", MORNING, room.home.packs)
        assert again.reference_code == one.reference_code
        reasons = [event.details.get("reason") for event in work.journal.of(one.id) if event.verb == "withdrawn"]
    assert reasons == ["误扫"]
    assert filed(room, NOTICE).reference_code.endswith("0002")


def test_nothing_is_withdrawn_without_a_reason_twice_or_by_who_saw_an_older_one(room: Room) -> None:
    one = filed(room, NOTICE)
    with room.home.catalogue.writing() as work:
        with pytest.raises(WrongUse):
            withdraw(work, one.id, one.version, "  ", "clerk", MORNING)
        with pytest.raises(Conflict):
            withdraw(work, one.id, one.version - 1, "误扫", "clerk", MORNING)
        out = withdraw(work, one.id, one.version, "误扫", "clerk", MORNING)
        with pytest.raises(Conflict):
            withdraw(work, one.id, out.version, "误扫", "clerk", MORNING)
        with pytest.raises(Conflict):
            correct(work, one.id, out.version, {"title": "甲"}, "clerk", MORNING, room.home.packs)


def test_a_files_number_is_its_own_in_every_series_of_its_kind(room: Room) -> None:
    serving = filed(room, CONTRACT, "C301")
    left = filed(room, CONTRACT, "C301", subject_key="E002", series="RS·LZ", retention="2y", title="离职申请单")
    assert [one.reference_code for one in (serving, left)] == ["C301-RS·ZZ-001-001", "C301-RS·LZ-002-001"]
