"""People turn, move, split, join, take out, part and replace pages: told why, none lost or doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event

from index.catalogue.sql import SqlWork
from index.custody import blanks, facing, joining, moving, removing, replacing, splitting, turning, undoing
from index.custody.filing import file_item
from index.custody.withdrawing import reopen
from index.domain.description import Evidence, Value
from index.domain.errors import Conflict, Missing, MunimentError, Refused, WrongUse
from index.domain.holdings import Item, ItemState, Page, PageRole, PageState
from index.domain.looks import Look
from index.domain.reading import Box
from index.domain.scan import ScanState
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, reading, scan
from tests.index.custody.test_filing import NOTICE, fonds


@dataclass(frozen=True)
class Shelf:
    """A room with a volume of five pages in review, and verbs as a clerk says them: by page numbers."""

    room: Room

    def volume(self, *texts: str, state: ItemState = ItemState.REVIEW, code: str = "J101", **look: object) -> str:
        """An item of one scan, a page for each text, read."""
        with self.room.home.catalogue.writing() as work:
            made = item(ItemState.DESCRIBED, NOTICE, fonds_id=fonds(work, code))
            work.items.add(made)
            source = scan(f"{code}/{made.id}.pdf".encode(), ScanState.READ, item_id=made.id)
            work.scans.add(source)
            for page, text in zip(work.pages.lay_out(source, len(texts)), texts, strict=True):
                read = reading(text, blank=not text, turned=0)
                work.pages.save(replace(page, look=Look(**look)), replace(read, words=()))  # type: ignore[arg-type]
            made = work.items.get(made.id)
            if state is ItemState.FILED:
                file_item(work, made.id, "clerk", MORNING, self.room.home.packs)
            elif state is not made.state:
                work.items.save(replace(made, state=state))
        return made.id

    def item(self, item_id: str) -> Item:
        with self.room.home.catalogue.reading() as work:
            return work.items.get(item_id)

    def version(self, item_id: str) -> int:
        return self.item(item_id).version

    def texts(self, item_id: str) -> str:
        """The pages that count, in their order: one letter each."""
        with self.room.home.catalogue.reading() as work:
            pages = work.pages.of_item(item_id)
            assert [page.number for page in pages] == list(range(1, len(pages) + 1))
            assert work.items.get(item_id).page_count == len(pages)
            return "".join(work.pages.reading(page.id).text if self._read(work, page) else "?" for page in pages)  # type: ignore[union-attr]

    @staticmethod
    def _read(work: SqlWork, page: Page) -> bool:
        return work.pages.reading(page.id) is not None

    def ids(self, item_id: str, *numbers: int) -> list[str]:
        return [page.id for page in self.room.pages(item_id) if page.number in numbers]

    def all(self, item_id: str, role: PageRole) -> Sequence[Page]:
        with self.room.home.catalogue.reading() as work:
            return [page for page in work.arrangement.of_item(item_id) if page.role is role]

    def verbs(self, item_id: str) -> list[str]:
        with self.room.home.catalogue.reading() as work:
            return [event.verb for event in work.journal.of(item_id)]


@pytest.fixture
def shelf(room: Room) -> Shelf:
    return Shelf(room)


@pytest.fixture
def volume(shelf: Shelf) -> str:
    return shelf.volume(*"甲乙丙丁戊")


# -- moving ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "to", "after"),
    [
        ([2], 1, "乙甲丙丁戊"),
        ([2], 5, "甲丙丁戊乙"),
        ([1], 3, "乙丙甲丁戊"),
        ([1, 3], 1, "甲丙乙丁戊"),
        ([4, 5], 2, "甲丁戊乙丙"),
        ([3], 3, "甲乙丙丁戊"),
        ([3], 99, "甲乙丁戊丙"),
        ([3], -1, "丙甲乙丁戊"),
    ],
)
def test_pages_are_moved_within_their_item(shelf: Shelf, volume: str, numbers: list[int], to: int, after: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        moving.move(work, volume, shelf_version(work, volume), shelf.ids(volume, *numbers), to, "clerk", "")
    assert shelf.texts(volume) == after


def shelf_version(work: SqlWork, item_id: str) -> int:
    return work.items.get(item_id).version


def test_evidence_follows_the_page_it_stands_on(shelf: Shelf, volume: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        one = work.items.get(volume)
        on = {"title": Value("题", 0.9, Evidence("题", 1, Box(0, 0, 1, 1)))}
        one = work.items.save(replace(one, description={**one.description, **on}))
        moved = moving.move(work, volume, one.version, shelf.ids(volume, 1), 4, "clerk", "")
        assert moved.description["title"].evidence and moved.description["title"].evidence.page == 4
        gone = removing.take_out(work, volume, moved.version, shelf.ids(volume, 1), "clerk", "")
    assert gone.description["title"].evidence and gone.description["title"].evidence.box is None


def test_pages_go_to_another_item_of_the_same_fonds(shelf: Shelf, volume: str) -> None:
    other = shelf.volume(*"子丑")
    with shelf.room.home.catalogue.writing() as work:
        versions = shelf_version(work, volume), shelf_version(work, other)
        ids = shelf.ids(volume, 2, 3)
        moving.move_to(work, volume, versions[0], ids, other, versions[1], "clerk", "")
    assert (shelf.texts(volume), shelf.texts(other)) == ("甲丁戊", "子丑乙丙")
    assert "moved" in shelf.verbs(volume) and "moved" in shelf.verbs(other)
    foreign = shelf.volume("寅", code="C301")
    with shelf.room.home.catalogue.writing() as work, pytest.raises(Refused) as told:
        versions = shelf_version(work, volume), shelf_version(work, foreign)
        moving.move_to(work, volume, versions[0], shelf.ids(volume, 1), foreign, versions[1], "clerk", "")
    assert told.value.code == "other-fonds"


# -- turning -----------------------------------------------------------------------------------------------------------


def test_a_turned_page_waits_to_be_read_that_way_although_its_scan_is_closed(shelf: Shelf, volume: str) -> None:
    ids = shelf.ids(volume, 1, 3)
    with shelf.room.home.catalogue.writing() as work:
        turned = turning.turn(work, shelf.room.jobs, volume, shelf_version(work, volume), ids, 1, "clerk", "")
        turning.turn(work, shelf.room.jobs, volume, turned.version, ids[:1], 2, "clerk", "")
    pages = [page for page in shelf.room.pages(volume) if page.id in ids]
    assert [(page.given_turn, page.state) for page in pages] == [(3, PageState.WAITING), (1, PageState.WAITING)]
    assert shelf.room.jobs.queue == [("recognise", ids[0]), ("recognise", ids[1])]
    with shelf.room.home.catalogue.reading() as work:
        assert set(work.pages.waiting(volume)) == set(ids)
    assert shelf.item(volume).state is ItemState.DESCRIBED  # it is described again, and never filed by itself


# -- splitting and joining ---------------------------------------------------------------------------------------------


def test_split_off_pages_are_an_item_of_their_own(shelf: Shelf, volume: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        version = shelf_version(work, volume)
        left, made = splitting.split_off(work, shelf.room.jobs, volume, version, 3, 5, "clerk", MORNING, "")
    assert (shelf.texts(volume), shelf.texts(made.id)) == ("甲乙", "丙丁戊")
    assert (made.state, made.fonds_id) == (ItemState.CAPTURED, left.fonds_id)
    assert ("describe", made.id) in shelf.room.jobs.queue
    with shelf.room.home.catalogue.reading() as work:
        assert [one.id for one in work.scans.of_item(made.id)] == [one.id for one in work.scans.of_item(volume)]


def test_a_joined_item_is_withdrawn_keeps_its_code_and_points_to_where_its_pages_are(shelf: Shelf) -> None:
    first, second = shelf.volume("甲"), shelf.volume(*"乙丙", state=ItemState.FILED)
    code = shelf.item(second).reference_code
    with shelf.room.home.catalogue.writing() as work:
        versions = shelf_version(work, first), shelf_version(work, second)
        with pytest.raises(WrongUse):
            joining.join(work, first, versions[0], second, versions[1], "clerk", "")
        joining.join(work, first, versions[0], second, versions[1], "clerk", "同一份文件")
    assert (shelf.texts(first), shelf.texts(second)) == ("甲乙丙", "")
    gone = shelf.item(second)
    assert (gone.state, gone.reference_code, gone.joined_to) == (ItemState.WITHDRAWN, code, first)
    with shelf.room.home.catalogue.writing() as work:
        assert joining.follow(work, gone).id == first
        assert work.items.old_codes() == {first: [code]}
        with pytest.raises(Conflict) as told:
            reopen(work, second, gone.version, "clerk", MORNING)
    assert told.value.code == "joined-away"
    assert shelf.item(shelf.volume("子", state=ItemState.FILED)).reference_code != code


def test_pages_are_back_together_after_splitting_and_joining(shelf: Shelf, volume: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        version = shelf_version(work, volume)
        left, made = splitting.split_off(work, shelf.room.jobs, volume, version, 4, 5, "clerk", MORNING, "")
        joining.join(work, volume, left.version, made.id, made.version, "clerk", "")
    assert shelf.texts(volume) == "甲乙丙丁戊"


# -- out and back ------------------------------------------------------------------------------------------------------


def test_what_is_taken_out_is_kept_and_comes_back_to_its_place(shelf: Shelf, volume: str) -> None:
    ids = shelf.ids(volume, 2, 4)
    with shelf.room.home.catalogue.writing() as work:
        out = removing.take_out(work, volume, shelf_version(work, volume), ids, "clerk", "重复")
        assert out.page_count == 3
        out = moving.move(work, volume, out.version, shelf.ids(volume, 3), 1, "clerk", "")
    assert shelf.texts(volume) == "丙甲戊"
    assert {page.id for page in shelf.all(volume, PageRole.REMOVED)} == set(ids)
    with shelf.room.home.catalogue.writing() as work:
        removing.put_back(work, volume, shelf_version(work, volume), ids, "clerk", "")
    assert sorted(shelf.texts(volume)) == sorted("甲乙丙丁戊")


def test_the_last_page_stays(shelf: Shelf) -> None:
    single = shelf.volume("甲")
    other = shelf.volume("乙")
    with shelf.room.home.catalogue.writing() as work:
        version, ids = shelf_version(work, single), shelf.ids(single, 1)
        for attempt in (
            lambda: removing.take_out(work, single, version, ids, "clerk", ""),
            lambda: splitting.split_off(work, shelf.room.jobs, single, version, 1, 9, "clerk", MORNING, ""),
            lambda: moving.move_to(work, single, version, ids, other, shelf_version(work, other), "clerk", ""),
        ):
            with pytest.raises(Refused) as told:
                attempt()
            assert told.value.code == "last-page"


# -- two facing pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("right_first", "order"), [(False, [1, 2]), (True, [2, 1])])
def test_facing_pages_are_parted_and_put_together_again(shelf: Shelf, right_first: bool, order: list[int]) -> None:
    volume = shelf.volume(*"甲乙丙", spread=0.48)
    [spread] = shelf.ids(volume, 2)
    with shelf.room.home.catalogue.writing() as work:
        version = shelf_version(work, volume)
        parted = facing.part(work, shelf.room.jobs, volume, version, spread, "clerk", "", right_first=right_first)
    pages = shelf.room.pages(volume)
    assert [page.part for page in pages] == [0, *order, 0] and parted.page_count == 4
    left = next(page for page in pages if page.part == 1)
    assert left.crop == Box(0.0, 0.0, 0.48, 1.0) and left.state is PageState.WAITING and left.given_turn == 0
    assert len(shelf.room.jobs.queue) == 2
    with shelf.room.home.catalogue.writing() as work:
        facing.unpart(work, volume, parted.version, pages[2].id, "clerk", "")
    assert shelf.texts(volume) == "甲乙丙"
    with shelf.room.home.catalogue.writing() as work:
        facing.part(work, shelf.room.jobs, volume, shelf_version(work, volume), spread, "clerk", "")
    again = shelf.room.pages(volume)
    assert {page.id for page in again} == {page.id for page in pages}


@contextmanager
def counted(room: Room) -> Iterator[list[str]]:
    """The statements that the catalogue runs meanwhile."""
    engine, statements = room.home.catalogue.__dict__["_engine"], list[str]()

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.slow
def test_a_stack_of_facing_pages_is_parted_as_one_change_and_undone_as_one(shelf: Shelf) -> None:
    volume, facing_pages = shelf.volume(*"甲" * 200, spread=0.48), range(1, 201)
    ids = shelf.ids(volume, *facing_pages)
    with counted(shelf.room) as statements, shelf.room.home.catalogue.writing() as work:
        facing.part_all(work, shelf.room.jobs, volume, shelf_version(work, volume), ids, "clerk", "", right_first=True)
    assert len(statements) < 200 * 7
    pages = shelf.room.pages(volume)
    assert [page.part for page in pages] == [2, 1] * 200
    assert [page.frame for page in pages] == [frame for frame in facing_pages for _ in "ab"]
    with shelf.room.home.catalogue.reading() as work:
        [parted] = [one for one in work.journal.of(volume) if one.verb == "parted"]
        assert parted.details["gutter"] == 0.48 and len(json.dumps(parted.details)) < 200 * 3 * 80
    with shelf.room.home.catalogue.writing() as work:
        undoing.undo(work, shelf.room.jobs, volume, shelf_version(work, volume), "clerk")
    assert shelf.texts(volume) == "甲" * 200 and [page.id for page in shelf.room.pages(volume)] == ids


def test_pages_that_part_in_different_places_are_parted_where_each_does(shelf: Shelf, volume: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        first, _, third, *_ = work.pages.of_item(volume)
        work.pages.save(replace(first, look=Look(spread=0.45)), reading("甲", turned=0))
        work.pages.save(replace(third, look=Look(spread=0.55)), reading("丙", turned=0))
        ids = [third.id, first.id]
        facing.part_all(work, shelf.room.jobs, volume, shelf_version(work, volume), ids, "clerk", "")
        pages = work.pages.of_item(volume)
        [told] = [one.details["gutter"] for one in work.journal.of(volume)]
    assert [(page.frame, page.part) for page in pages] == [(1, 1), (1, 2), (2, 0), (3, 1), (3, 2), (4, 0), (5, 0)]
    assert told == [0.45, 0.55]


def test_a_half_is_not_parted_again_and_a_gutter_at_the_edge_is_none(shelf: Shelf, volume: str) -> None:
    [one] = shelf.ids(volume, 1)
    with shelf.room.home.catalogue.writing() as work:
        with pytest.raises(WrongUse):
            facing.part(work, shelf.room.jobs, volume, shelf_version(work, volume), one, "clerk", "", gutter=0.02)
        parted = facing.part(work, shelf.room.jobs, volume, shelf_version(work, volume), one, "clerk", "")
        [half] = [page.id for page in work.pages.of_item(volume) if page.part == 1]
        with pytest.raises(Missing):
            facing.part(work, shelf.room.jobs, volume, parted.version, half, "clerk", "")


def test_the_whole_cannot_come_back_while_a_half_stands_elsewhere(shelf: Shelf, volume: str) -> None:
    other = shelf.volume("子")
    with shelf.room.home.catalogue.writing() as work:
        [one] = shelf.ids(volume, 1)
        facing.part(work, shelf.room.jobs, volume, shelf_version(work, volume), one, "clerk", "")
        first, second = [page.id for page in work.pages.of_item(volume) if page.part]
        versions = shelf_version(work, volume), shelf_version(work, other)
        moving.move_to(work, volume, versions[0], [second], other, versions[1], "clerk", "")
        with pytest.raises(WrongUse) as told:
            facing.unpart(work, volume, shelf_version(work, volume), first, "clerk", "")
    assert told.value.code == "half-elsewhere"


# -- rescans -----------------------------------------------------------------------------------------------------------


def test_a_rescan_takes_the_place_of_a_page_which_is_kept(shelf: Shelf) -> None:
    volume, rescan = shelf.volume(*"甲乙丙", state=ItemState.FILED), shelf.volume("新")
    code, [old] = shelf.item(volume).reference_code, shelf.ids(volume, 2)
    with shelf.room.home.catalogue.writing() as work:
        versions = shelf_version(work, volume), shelf_version(work, rescan)
        replacing.replace_page(work, volume, versions[0], old, rescan, versions[1], "clerk", "模糊，重扫")
        events = [event for event in work.journal.of(volume) if event.verb == "replaced"]
    assert shelf.texts(volume) == "甲新丙" and shelf.item(volume).reference_code == code
    assert [page.id for page in shelf.all(volume, PageRole.REMOVED)] == [old]
    assert shelf.item(rescan).joined_to == volume
    assert [(event.actor, event.details["pages"], event.details["reason"]) for event in events] == [
        ("clerk", [2], "模糊，重扫")
    ]


def test_only_a_single_page_replaces_a_page(shelf: Shelf, volume: str) -> None:
    many = shelf.volume(*"子丑")
    with shelf.room.home.catalogue.writing() as work, pytest.raises(Refused) as told:
        versions = shelf_version(work, volume), shelf_version(work, many)
        replacing.replace_page(work, volume, versions[0], shelf.ids(volume, 1)[0], many, versions[1], "clerk", "")
    assert told.value.code == "not-one-page"


# -- blank pages -------------------------------------------------------------------------------------------------------


def test_a_person_says_whether_a_page_is_blank_and_a_reading_does_not_unsay_it(shelf: Shelf) -> None:
    volume = shelf.volume("甲", "", "")
    truly, faint = shelf.ids(volume, 2, 3)
    with shelf.room.home.catalogue.writing() as work:
        blanks.look_at(work, shelf.room.jobs, volume, [truly], True, "clerk")
        blanks.look_at(work, shelf.room.jobs, volume, [faint], False, "clerk")
    assert shelf.room.jobs.queue == [("recognise", faint)]
    with shelf.room.home.catalogue.writing() as work:
        page = work.pages.get(faint)
        assert (page.blank, page.state) == (False, PageState.WAITING)
        work.pages.save(page, replace(reading("", blank=True), words=()))
        assert not work.pages.get(faint).blank and work.pages.get(truly).blank


# -- undoing -----------------------------------------------------------------------------------------------------------


def changes(shelf: Shelf, work: SqlWork, item_id: str) -> dict[str, object]:
    ids, version = shelf.ids(item_id, 2), shelf_version(work, item_id)
    jobs = shelf.room.jobs
    return {
        "moved": lambda: moving.move(work, item_id, version, ids, 4, "clerk", ""),
        "turned": lambda: turning.turn(work, jobs, item_id, version, ids, 1, "clerk", ""),
        "taken-out": lambda: removing.take_out(work, item_id, version, ids, "clerk", ""),
        "parted": lambda: facing.part(work, jobs, item_id, version, ids[0], "clerk", ""),
    }


@pytest.mark.parametrize("verb", ["moved", "turned", "taken-out", "parted"])
def test_the_last_change_is_undone(shelf: Shelf, volume: str, verb: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        changed = changes(shelf, work, volume)[verb]()  # type: ignore[operator]
        event = undoing.undoable(work, changed)
        assert event and event.verb == verb
        undone = undoing.undo(work, shelf.room.jobs, volume, changed.version, "clerk")
        assert undoing.undoable(work, undone) is None
    assert shelf.texts(volume) == "甲乙丙丁戊"
    assert all(page.given_turn is None for page in shelf.room.pages(volume))


def test_nothing_is_undone_once_something_else_followed(shelf: Shelf, volume: str) -> None:
    with shelf.room.home.catalogue.writing() as work:
        moved = moving.move(work, volume, shelf_version(work, volume), shelf.ids(volume, 1), 2, "clerk", "")
        later = work.items.save(replace(moved, confidence=0.5))
        with pytest.raises(Conflict) as told:
            undoing.undo(work, shelf.room.jobs, volume, later.version, "clerk")
    assert told.value.code == "nothing-to-undo"


# -- what holds for all ------------------------------------------------------------------------------------------------


def test_who_saw_an_older_item_a_withdrawn_one_or_gives_no_reason_changes_nothing(shelf: Shelf) -> None:
    filed = shelf.volume(*"甲乙", state=ItemState.FILED)
    out = shelf.volume(*"甲乙", state=ItemState.WITHDRAWN)
    for item_id, older, reason, code in (
        (filed, 1, "错页", "changed-meanwhile"),
        (filed, 0, "  ", "reason-needed"),
        (out, 0, "错页", "wrong-state"),
    ):
        with shelf.room.home.catalogue.writing() as work:
            version = shelf_version(work, item_id) - older
            with pytest.raises(MunimentError) as told:
                moving.move(work, item_id, version, shelf.ids(item_id, 1), 2, "clerk", reason)
        assert told.value.code == code and shelf.texts(item_id) == "甲乙"


def test_a_page_of_another_item_is_none_of_this_one(shelf: Shelf, volume: str) -> None:
    other = shelf.volume("子")
    with shelf.room.home.catalogue.writing() as work, pytest.raises(Missing):
        moving.move(work, volume, shelf_version(work, volume), shelf.ids(other, 1), 2, "clerk", "")


def test_the_index_follows(shelf: Shelf, volume: str) -> None:
    from ingest.stages.index import bring_up_to_date

    home = shelf.room.home
    bring_up_to_date(home)
    taken = shelf.ids(volume, 2)
    with home.catalogue.writing() as work:
        out = removing.take_out(work, volume, shelf_version(work, volume), taken, "clerk", "")
    bring_up_to_date(home)
    assert set(home.text.versions()) == {page.id for page in shelf.room.pages(volume)}
    with home.catalogue.writing() as work:
        removing.put_back(work, volume, out.version, taken, "clerk", "")
    bring_up_to_date(home)
    assert {page.id: page.version for page in shelf.room.pages(volume)} == dict(home.text.versions())
