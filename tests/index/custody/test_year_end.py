"""From the interim cabinet to the shelf: volumes made, sealed, opened; a year closed and locked; what comes late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from index.custody.assembling import close_year, describe, proposals, put_in, take_out, unseal
from index.custody.closing import reopen, standing, standings
from index.custody.correcting import correct
from index.custody.relating import part, relate
from index.custody.shelving import add_place, shelve
from index.custody.withdrawing import withdraw
from index.domain.arranging.closing import Due
from index.domain.arranging.places import PlaceKind, address
from index.domain.arranging.stages import Stage, stage_of
from index.domain.arranging.volumes import Kind, extent
from index.domain.errors import Conflict, Missing, MunimentError, Refused, WrongUse
from index.domain.holdings import Item
from index.domain.identity import DAT13_LEGACY, DAT13_VOLUME
from index.domain.placing.relations import Bond
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.year_end import ARCHIVIST, AUGUST, School, waiting


@pytest.fixture
def school(room: Room) -> School:
    return School(room)


def closed(school: School, year: str = "2024", today: date = AUGUST, series: str = "WS·XZ") -> None:
    with school.room.home.catalogue.writing() as work:
        fonds = school.fonds(work).id
        packs, who = school.room.home.packs, "archivist"
        close_year(work, ARCHIVIST, packs, fonds, series, year, who, MORNING, today)


# -- stages ------------------------------------------------------------------------------------------------------------


def test_an_item_goes_from_the_interim_cabinet_to_its_shelf(school: School) -> None:
    one = school.file()
    with school.room.home.catalogue.reading() as work:
        assert work.places.get(one.location_id or "").kind is PlaceKind.INTERIM
    assert stage_of(one) is Stage.FILED
    volume = school.seal(school.assemble([one]))
    assert stage_of(school.get(one)) is Stage.ARRANGED
    with school.room.home.catalogue.writing() as work:
        room = add_place(work, PlaceKind.ROOM, "1", "库房", None, "archivist")
        cabinet = add_place(work, PlaceKind.CABINET, "03", "", room.id, "archivist")
        shelf = add_place(work, PlaceKind.SHELF, "2", "", cabinet.id, "archivist")
        shelved = shelve(work, volume, shelf.id, "archivist", MORNING)
        assert address(shelf, work.places.all(), shelved.slot) == "1-03-2-001"
        assert [event.verb for event in work.journal.of(volume.id)][-1] == "shelved"
    one = school.get(one)
    assert (stage_of(one), one.location_id) == (Stage.SHELVED, shelf.id)


def test_what_is_not_sealed_or_has_no_place_is_not_shelved(school: School) -> None:
    draft = school.assemble([school.file()])
    with school.room.home.catalogue.writing() as work, pytest.raises(Refused, match="sealed"):
        shelve(work, draft, work.places.interim().id, "archivist", MORNING)
    sealed = school.seal(draft)
    with school.room.home.catalogue.writing() as work, pytest.raises(Refused, match="interim"):
        shelve(work, sealed, work.places.interim().id, "archivist", MORNING)
    with school.room.home.catalogue.writing() as work, pytest.raises(Missing):
        shelve(work, sealed, "nowhere", "archivist", MORNING)


def test_two_volumes_never_stand_in_one_slot(school: School) -> None:
    one, other = (school.seal(school.assemble([school.file()])) for _ in range(2))
    with school.room.home.catalogue.writing() as work:
        room = add_place(work, PlaceKind.ROOM, "1", "", None, "archivist")
        cabinet = add_place(work, PlaceKind.CABINET, "1", "", room.id, "archivist")
        shelve(work, one, cabinet.id, "archivist", MORNING, slot="001")
    with school.room.home.catalogue.writing() as work, pytest.raises(Conflict, match="001"):
        shelve(work, other, cabinet.id, "archivist", MORNING, slot="001")


@pytest.mark.parametrize(
    ("kind", "inside"), [(PlaceKind.SHELF, None), (PlaceKind.SHELF, "room"), (PlaceKind.BOX, None)]
)
def test_a_shelf_needs_a_cabinet(school: School, kind: PlaceKind, inside: str | None) -> None:
    with school.room.home.catalogue.writing() as work:
        room = add_place(work, PlaceKind.ROOM, "1", "", None, "archivist")
        with pytest.raises(Refused):
            add_place(work, kind, "1", "", room.id if inside else None, "archivist")
        with pytest.raises(Conflict):
            add_place(work, PlaceKind.ROOM, "1", "", None, "archivist")


# -- volumes -----------------------------------------------------------------------------------------------------------


def test_a_volume_gives_its_items_new_codes_and_the_old_ones_still_lead_to_them(school: School) -> None:
    items = [school.file(title=f"通知之{n}") for n in range(3)]
    before = school.codes(items)
    volume = school.seal(school.assemble([items[2], items[0]]))
    assert volume.reference_code == "J101-WS·2024·D10·行政-001"
    assert school.codes(items) == [
        "J101-WS·2024·D10·行政-001-002",
        "J101-WS·2024-D10-XZ-0002",
        "J101-WS·2024·D10·行政-001-001",
    ]
    assert [school.get(code).id for code in before] == [one.id for one in items]
    with school.room.home.catalogue.reading() as work:
        assert work.items.old_codes()[items[0].id] == [before[0]]


def test_a_box_leaves_the_codes_of_its_items_as_they_are(school: School) -> None:
    items = [school.file() for _ in range(2)]
    before = school.codes(items)
    box = school.seal(school.assemble(items, Kind.BOX))
    assert (box.number, school.codes(items)) == (1, before)


@pytest.mark.parametrize(
    ("grammar", "codes"),
    [
        (DAT13_VOLUME, ["J101-WS·2024·D10·行政-0001", "J101-WS·2024·D10·行政-001-001"]),
        (DAT13_LEGACY, ["J101-WS·2024·D10·行政-0001", "J101-001-001-001"]),
    ],
)
def test_in_a_volume_fonds_an_item_bears_the_item_form_until_it_is_bound(
    school: School, grammar: str, codes: list[str]
) -> None:
    with school.room.home.catalogue.writing() as work:
        work.fonds.save(replace(school.fonds(work), grammar=grammar))
    one = school.file()
    school.seal(school.assemble([one]))
    assert [one.reference_code, school.get(one).reference_code] == codes


def test_one_volume_holds_one_class(school: School) -> None:
    short, long = school.file(), school.file(retention="30y")
    with pytest.raises(Refused, match="one class"):
        school.assemble([short, long])
    school.assemble([short])
    with pytest.raises(Refused, match="already"):
        school.assemble([short])


def test_a_draft_changes_and_a_sealed_volume_does_not(school: School) -> None:
    first, second, third = (school.file() for _ in range(3))
    draft = school.assemble([first])
    with school.room.home.catalogue.writing() as work:
        put_in(work, draft, [second.id, third.id], "archivist")
        assert take_out(work, school.shelf(work), draft, [second.id], "archivist")
    sealed = school.seal(draft)
    with school.room.home.catalogue.writing() as work, pytest.raises(Conflict, match="sealed"):
        put_in(work, sealed, [second.id], "archivist")
    with school.room.home.catalogue.writing() as work:
        assert [line.item_id for line in work.contents.versions(sealed.id)[0].lines] == [first.id, third.id]


def test_an_opened_volume_keeps_its_number_and_what_leaves_it_is_loose_under_a_new_code(school: School) -> None:
    first, second = school.file(), school.file()
    sealed = school.seal(school.assemble([first, second]))
    with school.room.home.catalogue.writing() as work:
        with pytest.raises(WrongUse):
            unseal(work, sealed, " ", "archivist")
        opened = unseal(work, sealed, "漏订一页", "archivist")
        assert stage_of(work.items.get(first.id)) is Stage.FILED
        take_out(work, school.shelf(work), opened, [first.id], "archivist")
    again = school.seal(opened)
    assert (again.number, again.reference_code) == (1, sealed.reference_code)
    assert school.codes([first, second]) == ["J101-WS·2024-D10-XZ-0003", "J101-WS·2024·D10·行政-001-001"]
    assert school.get("J101-WS·2024-D10-XZ-0001").id == first.id
    with school.room.home.catalogue.reading() as work:
        versions = work.contents.versions(sealed.id)
        assert [len(one.lines) for one in versions] == [2, 1]


def test_a_draft_of_which_everything_is_taken_is_none_any_more(school: School) -> None:
    one = school.file()
    draft = school.assemble([one])
    with school.room.home.catalogue.writing() as work:
        assert take_out(work, school.shelf(work), draft, [one.id], "archivist") is None
    with school.room.home.catalogue.reading() as work, pytest.raises(Missing):
        work.volumes.get(draft.id)


def test_numbers_of_volumes_have_no_gap_where_a_draft_was_dissolved(school: School) -> None:
    one, other = school.file(), school.file()
    draft, kept = school.assemble([one]), school.assemble([other])
    with school.room.home.catalogue.writing() as work:
        take_out(work, school.shelf(work), draft, [one.id], "archivist")
    assert school.seal(kept).number == 1


def test_a_withdrawn_item_leaves_its_volume_and_its_list(school: School) -> None:
    first, second = school.file(), school.file()
    volume = school.seal(school.assemble([first, second]))
    with school.room.home.catalogue.writing() as work:
        one = work.items.get(first.id)
        withdraw(work, one.id, one.version, "误扫", "archivist", MORNING)
        newest = work.contents.newest(volume.id)
        assert newest and [line.item_id for line in newest.lines] == [second.id]


def test_the_note_sheet_of_a_sealed_volume_can_be_written(school: School) -> None:
    volume = school.seal(school.assemble([school.file()]))
    with school.room.home.catalogue.writing() as work:
        said = describe(work, volume, "archivist", situation="第3页缺损", checked_by="archivist", checked_on=AUGUST)
        assert (said.situation, said.checked_on, said.assembled_by) == ("第3页缺损", AUGUST, "archivist")
        with pytest.raises(WrongUse):
            describe(work, said, "archivist", title=" ")
        with pytest.raises(Conflict):
            describe(work, volume, "somebody", situation="late")


def test_how_much_a_volume_holds_is_reckoned_from_its_items(school: School) -> None:
    items = [school.file(date=day, pages=n) for n, day in ((2, "2024-03-05"), (3, "2024"), (1, "2024-11"))]
    told = extent(items, [2, 3, 1])
    assert (told.items, told.pages, told.span) == (3, 6, "20240101-20241231")


# -- proposals ---------------------------------------------------------------------------------------------------------


def test_volumes_are_proposed_by_period_and_topic_within_a_limit_of_pages(school: School) -> None:
    small = [school.file(pages=60, doc_type="通知") for _ in range(4)]
    report = school.file(pages=10, doc_type="报告")
    kept = school.file(pages=5, retention="permanent", doc_type="通知")
    thick = school.file(pages=300, doc_type="总结")
    superior = school.file(pages=1, doc_type="通知", creator="市教育局")
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.VOLUME)
    together = [set(one.item_ids) for one in found]
    assert together == [
        {kept.id},
        {one.id for one in small[:3]},
        {small[3].id},
        {report.id},
        {thick.id},
        {superior.id},
    ]
    assert found[1].title == "第一实验小学2024年行政通知" or found[1].title.endswith("2024年行政通知")
    assert found[-1].title == "市教育局2024年行政通知"


def test_boxes_hold_consecutive_numbers_whatever_they_are_about(school: School) -> None:
    items = [school.file(pages=150, doc_type=kind) for kind in ("通知", "报告", "通知", "总结")]
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.BOX)
    assert [list(one.item_ids) for one in found] == [[one.id for one in items[:2]], [one.id for one in items[2:]]]


def set_of(school: School, bond: Bond, one: Item, other: Item) -> None:
    with school.room.home.catalogue.writing() as work:
        relate(work, one.id, other.id, bond, "archivist", MORNING)


def test_a_volume_keeps_a_reply_with_its_request_and_an_original_with_its_translation(school: School) -> None:
    request = school.file(pages=20, doc_type="请示")
    full = school.file(pages=190, doc_type="请示")
    original, other = school.file(doc_type="通知", language="en"), school.file(doc_type="通知")
    reply = school.file(pages=30, doc_type="批复", creator="市教育局")
    translation, sheet = school.file(doc_type="说明"), school.file(doc_type="表格")
    set_of(school, Bond.REPLY, reply, request)
    set_of(school, Bond.TRANSLATION, translation, original)
    set_of(school, Bond.ATTACHMENT, sheet, reply)
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.VOLUME)
    together = [[one.id for one in (reply, sheet, request)], [full.id], [translation.id, original.id, other.id]]
    assert sorted(list(one.item_ids) for one in found) == sorted(together)
    assert not any(one.apart for one in found)


def test_a_set_longer_than_a_volume_stands_alone(school: School) -> None:
    request, reply, other = (school.file(pages=pages, doc_type="请示") for pages in (150, 120, 10))
    set_of(school, Bond.REPLY, reply, request)
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.VOLUME)
    assert [list(one.item_ids) for one in found] == [[reply.id, request.id], [other.id]]


def test_a_box_ends_before_a_set_that_would_be_parted_and_leaves_the_order_of_numbers(school: School) -> None:
    items = [school.file(pages=pages) for pages in (250, 100, 120, 10, 10)]
    set_of(school, Bond.REPLY, items[2], items[1])
    set_of(school, Bond.REPLY, items[4], items[0])
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.BOX)
    assert [list(one.item_ids) for one in found] == [[items[0].id], [one.id for one in items[1:]]]


def test_what_cannot_go_into_the_same_volume_is_named(school: School) -> None:
    """Of another period: a volume holds one."""
    request, reply = school.file(), school.file(retention="permanent")
    set_of(school, Bond.REPLY, reply, request)
    with school.room.home.catalogue.reading() as work:
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.VOLUME)
    assert [(one.item_ids, one.apart) for one in found] == [((reply.id,), (request.id,)), ((request.id,), (reply.id,))]


def test_a_denied_relation_binds_nothing(school: School) -> None:
    request, reply = school.file(doc_type="请示"), school.file(doc_type="批复")
    set_of(school, Bond.REPLY, reply, request)
    with school.room.home.catalogue.writing() as work:
        part(work, work.relations.of(reply.id)[0].id, "archivist")
        found = proposals(work, ARCHIVIST, school.shelf(work), Kind.VOLUME)
    assert [one.item_ids for one in found] == [(request.id,), (reply.id,)]


# -- the year ----------------------------------------------------------------------------------------------------------


def test_the_documents_of_2024_are_overdue_on_the_first_of_september_2025(school: School) -> None:
    school.file(date="2024-05-06")
    with school.room.home.catalogue.reading() as work:
        on = [standings(work, ARCHIVIST, school.room.home.packs, date(2025, *day))[0] for day in ((8, 31), (9, 1))]
    assert [(one.due, one.days_left) for one in on] == [(Due.SOON, 0), (Due.OVERDUE, -1)]
    assert on[0].closing_day == date(2025, 8, 31)


def test_the_list_says_what_is_still_open_by_series_year_and_department(school: School) -> None:
    school.file()
    school.file(retention="unset")
    school.assemble([school.file()])
    with school.room.home.catalogue.writing() as work:
        waiting(work)
        waiting(work, series="JX", date="2024-10-10", retention="10y")
        [first, teaching] = sorted(
            standings(work, ARCHIVIST, school.room.home.packs, AUGUST), key=lambda one: one.of.series, reverse=True
        )
    assert (first.of.series, first.department, first.words) == ("WS·XZ", "XZ", "2024")
    tally = first.tally
    assert (tally.filed, tally.waiting, tally.loose, tally.drafts, tally.unset) == (3, 1, 2, 1, 1)
    assert (teaching.words, teaching.tally.filed, teaching.tally.waiting) == ("2024-2025", 0, 1)


def test_closing_assembles_seals_and_locks(school: School) -> None:
    items = [school.file() for _ in range(3)]
    draft = school.assemble([items[0]])
    closed(school)
    with school.room.home.catalogue.reading() as work:
        volumes = work.volumes.listed(school.fonds(work).id, "WS·XZ", "2024")
        one = standing(work, ARCHIVIST, school.room.home.packs, draft.fonds_id, "WS·XZ", "2024", AUGUST)
    assert all(volume.sealed for volume in volumes) and len(volumes) == 2
    assert {stage_of(school.get(item)) for item in items} == {Stage.ARRANGED}
    assert (one.due, one.of.closed_by) == (Due.CLOSED, "archivist")
    with pytest.raises(Conflict):
        closed(school)
    with school.room.home.catalogue.writing() as work, pytest.raises(Conflict):
        unseal(work, volumes[0], "又改", "archivist")


@pytest.mark.parametrize(
    ("values", "today", "error"),
    [({}, date(2024, 12, 31), "year-running"), ({"retention": "unset"}, AUGUST, "class-not-ready")],
)
def test_a_year_that_is_not_ready_stays_open(
    school: School, values: Mapping[str, str], today: date, error: str
) -> None:
    school.file(1, "J101", **values)
    with pytest.raises(Refused) as told:
        closed(school, today=today)
    assert told.value.code == error
    with school.room.home.catalogue.writing() as work:
        waiting(work)
    with pytest.raises(MunimentError):
        closed(school)


def test_a_school_year_is_not_over_in_july(school: School) -> None:
    school.file(series="JX", date="2024-10-10")
    with pytest.raises(Refused) as told:
        closed(school, series="JX", today=date(2025, 7, 31))
    assert "2024-2025" in told.value.sentence("en")
    closed(school, series="JX", today=date(2025, 9, 1))


def test_what_comes_after_closing_is_filed_and_flagged(school: School) -> None:
    school.file()
    closed(school)
    late = school.file()
    assert late.late and late.reference_code.endswith("-0002") and stage_of(late) is Stage.FILED
    with school.room.home.catalogue.reading() as work:
        told = [event for event in work.journal.of(late.id) if event.verb == "filed"]
        assert told[0].details["late"] is True
    assert not school.file(date="2025-01-01").late


def test_nothing_leaves_a_closed_year_by_a_correction_and_a_title_may_still_be_mended(school: School) -> None:
    one = school.file()
    closed(school)
    one = school.get(one)
    for change in ({"retention": "30y"}, {"series": "WS·DZ"}, {"date": "2023-03-05"}):
        with pytest.raises(Conflict), school.room.home.catalogue.writing() as work:
            correct(work, one.id, one.version, change, "clerk", MORNING, school.room.home.packs)
    with school.room.home.catalogue.writing() as work:
        done = correct(work, one.id, one.version, {"title": "改正的题名"}, "clerk", MORNING, school.room.home.packs)
        newest = work.contents.newest(one.volume_id or "")
        assert newest and newest.version == 2 and newest.lines[0].title == "改正的题名"
    assert done.reference_code == one.reference_code and stage_of(done) is Stage.ARRANGED


def test_a_closed_year_is_opened_with_a_reason_and_then_its_volumes(school: School) -> None:
    school.file()
    closed(school)
    with school.room.home.catalogue.writing() as work:
        fonds = school.fonds(work).id
        with pytest.raises(WrongUse):
            reopen(work, fonds, "WS·XZ", "2024", "", "archivist")
        with pytest.raises(Missing):
            reopen(work, fonds, "WS·XZ", "1999", "漏了", "archivist")
        reopen(work, fonds, "WS·XZ", "2024", "漏归一份", "archivist")
        [volume] = work.volumes.listed(fonds, "WS·XZ", "2024")
        unseal(work, volume, "漏归一份", "archivist")
    school.file()
    closed(school)
