"""What people did to pages holds while work goes on: pages are read as turned, what was split or joined stays so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.custody import blanks, facing, joining, moving, quarantine, splitting, turning
from index.custody.verifying import verify
from index.domain.access import Role, permit_of
from index.domain.folding import folded
from index.domain.holdings import Item, ItemState, Page, PageState
from index.domain.reading import Box
from index.domain.scan import Reason
from index.domain.searching.tree import Query, Section, Words
from index.ports import Search, Selection
from ingest.pipeline import due, sweep
from ingest.reading import Given, PageRead
from ingest.stages.index import bring_up_to_date, rebuild
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture
from tests.ingest.test_actors import NOTICE, PROSE, run_of


def captured(room: Room, *pages: str, name: str = "J101/散文.pdf") -> Item:
    room.drop(name, paper(*pages))
    room.work()
    return room.items()[-1]


def given(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[Given]:
    """Whatever the cage is told of a page that people decided."""
    told: list[Given] = []
    plain = room.cage._read_page

    def listening(*asked: Any) -> PageRead:
        told.append(asked[-1])
        return plain(*asked)

    monkeypatch.setattr(room.cage, "_read_page", listening)
    return told


def page(room: Room, item: Item, number: int) -> Page:
    return next(one for one in room.pages(item.id) if one.number == number)


def test_a_turned_page_is_read_that_way_once_and_its_item_waits_for_a_person(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = captured(room, PROSE, "第二页")
    told, target = given(room, monkeypatch), page(room, item, 2)
    with room.home.catalogue.writing() as work:
        turning.turn(work, room.jobs, item.id, item.version, [target.id], 1, "clerk", "")
    room.work()
    assert told == [Given(None, 1, False)]
    assert page(room, item, 2).state is PageState.READ
    assert room.items()[0].state is ItemState.REVIEW
    assert list(due(room.home)) == []


def test_the_index_follows_a_page_that_waits_to_be_read_again(room: Room) -> None:
    item = captured(room, PROSE, "第二页")
    target = page(room, item, 2)
    with room.home.catalogue.writing() as work:
        turning.turn(work, room.jobs, item.id, item.version, [target.id], 1, "clerk", "")
    assert page(room, item, 2).state is PageState.WAITING
    bring_up_to_date(room.home)
    assert room.home.text.versions()[target.id] == page(room, item, 2).version
    archivist = permit_of(Role.ARCHIVIST)
    assert room.home.text.search(Search(Query(Words("第二页")), archivist)).total == 1
    rebuild(room.home, lambda done, of: None)
    assert target.id in room.home.text.versions()
    whole = verify(room.home.catalogue, room.home.vault, room.home.text, Selection(archivist), lambda done, of: None)
    assert whole.ok and whole.checked["pages"] == 2


def test_a_turned_page_is_read_although_the_message_was_lost(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    item = captured(room, PROSE)
    told = given(room, monkeypatch)
    with room.home.catalogue.writing() as work:
        turning.turn(work, room.jobs, item.id, item.version, [page(room, item, 1).id], 2, "clerk", "")
    room.jobs.lose()
    sweep(room.home)
    room.work()
    assert told == [Given(None, 2, False)]


def test_a_page_turned_while_it_is_read_is_read_again_the_way_it_was_turned(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = captured(room, PROSE)
    target, told = page(room, item, 1), given(room, monkeypatch)
    reading_it = room.cage._read_page

    def turned_meanwhile(*asked: Any) -> PageRead:
        monkeypatch.setattr(room.cage, "_read_page", reading_it)
        with room.home.catalogue.writing() as work:
            version = work.items.get(item.id).version
            turning.turn(work, room.jobs, item.id, version, [target.id], 1, "clerk", "")
        return reading_it(*asked)

    monkeypatch.setattr(room.cage, "_read_page", turned_meanwhile)
    with room.home.catalogue.writing() as work:
        turning.turn(work, room.jobs, item.id, item.version, [target.id], 1, "clerk", "")
    room.work()
    assert [one.turned for one in told] == [1, 2]
    assert page(room, item, 1).state is PageState.READ


def test_what_was_split_off_is_described_and_never_filed_by_itself(room: Room) -> None:
    item = captured(room, PROSE, NOTICE)
    with room.home.catalogue.writing() as work:
        _, made = splitting.split_off(work, room.jobs, item.id, item.version, 2, 2, "clerk", room.clock.now(), "")
    room.work()
    with room.home.catalogue.reading() as work:
        new, left = work.items.get(made.id), work.items.get(item.id)
    assert (new.state, new.title) == (ItemState.REVIEW, "关于开展2024年春季消防安全检查的通知")
    assert (new.page_count, left.page_count) == (1, 1)
    assert set(room.home.text.versions()) == {page(room, one, 1).id for one in (new, left)}
    assert list(due(room.home)) == []


def test_a_late_page_goes_where_its_folder_went_by_joining(room: Room) -> None:
    into = captured(room, PROSE)
    run_of(room, PROSE + "二", PROSE + "三")
    room.work()
    folder = next(one for one in room.items() if one.run)
    with room.home.catalogue.writing() as work:
        joining.join(work, into.id, into.version, folder.id, folder.version, "clerk", "")
    run_of(room, PROSE + "四", start=3)
    room.work()
    joined = next(one for one in room.items() if one.id == into.id)
    assert (joined.state, joined.page_count) == (ItemState.REVIEW, 4)
    assert len(room.home.text.versions()) == 4


def test_a_joined_record_is_found_by_the_code_it_bore_through_every_joining(room: Room) -> None:
    old, between, into = captured(room, PROSE), captured(room, PROSE + "二"), captured(room, NOTICE)
    with room.home.catalogue.writing() as work:
        coded = work.items.save(replace(old, reference_code="J101-WS·2024-D30-0042"))
        joining.join(work, between.id, between.version, coded.id, coded.version, "clerk", "同一份")
        between = work.items.get(between.id)
        joining.join(work, into.id, into.version, between.id, between.version, "clerk", "同一份")
    bring_up_to_date(room.home)
    archivist = permit_of(Role.ARCHIVIST)
    for section in (Section.CODE, Section.ANYWHERE):
        found = room.home.text.search(Search(Query(Words("d30-0042", section)), archivist))
        assert {hit.item_id for hit in found.hits} == {into.id}
    rebuild(room.home, lambda done, of: None)
    assert room.home.text.search(Search(Query(Words("d30-0042")), archivist)).total == 1


def test_the_description_stands_with_every_page_and_answers_for_the_first(room: Room) -> None:
    run_of(room, NOTICE, PROSE)
    room.work()
    item = next(one for one in room.items() if one.run)
    archivist = permit_of(Role.ARCHIVIST)
    title = folded(item.title).text
    titled = room.home.text.search(Search(Query(Words(title, Section.TITLE)), archivist))
    plain = room.home.text.search(Search(Query(Words(title)), archivist))
    assert (titled.total, plain.total) == (2, 1)


def test_halves_are_read_each_by_itself_and_found_instead_of_the_whole(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = captured(room, PROSE)
    whole, told = page(room, item, 1), given(room, monkeypatch)
    with room.home.catalogue.writing() as work:
        facing.part(work, room.jobs, item.id, item.version, whole.id, "clerk", "")
    room.work()
    assert [one.crop for one in told] == [Box(0.0, 0.0, 0.5, 1.0), Box(0.5, 0.0, 0.5, 1.0)]
    halves = {one.id for one in room.pages(item.id)}
    assert set(room.home.text.versions()) == halves and whole.id not in halves


def test_a_page_that_is_not_blank_after_all_is_read_whatever_it_looks_like(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = captured(room, PROSE, "blank")
    told, blank = given(room, monkeypatch), page(room, item, 2)
    assert blank.blank
    with room.home.catalogue.writing() as work:
        blanks.look_at(work, room.jobs, item.id, [blank.id], False, "clerk")
    room.work()
    assert told == [Given(None, None, True)] and not page(room, item, 2).blank


def test_a_newer_version_of_a_scan_numbers_the_items_its_pages_went_to(room: Room) -> None:
    item = captured(room, PROSE, "第二页", "第三页", name="J101/卷.pdf")
    other = captured(room, PROSE + "别的", name="J101/别.pdf")
    third = page(room, item, 3)
    with room.home.catalogue.writing() as work:
        moving.move_to(work, item.id, item.version, [third.id], other.id, other.version, "clerk", "")
    (room.home.folder("done") / "J101/卷.pdf").write_bytes(paper(PROSE, "新的第二页"))
    room.jobs.ask("receive", third.scan_id)
    room.work()
    with room.home.catalogue.reading() as work:
        counts = [work.items.get(one.id).page_count for one in (item, other)]
    assert counts == [2, 1]
    assert set(room.home.text.versions()) == {page.id for one in (item, other) for page in room.pages(one.id)}


def test_the_number_printed_on_a_page_is_kept_with_its_look(room: Room) -> None:
    item = captured(room, PROSE + "\n— 1 —", PROSE + "\n第 2 页 共 3 页")
    assert [one.look.printed for one in room.pages(item.id)] == ["1", "2/3"]


def test_pages_of_one_picture_each_keep_their_look_when_they_are_moved(room: Room) -> None:
    room.drop("J101/甲.jpg", picture(PROSE + "\n— 7 —"))
    room.work()
    [item] = room.items()
    one = page(room, item, 1)
    with room.home.catalogue.writing() as work:
        work.arrangement.lay([replace(one, rank=40)])
        assert work.pages.get(one.id).look == one.look


def test_a_page_that_came_from_a_bad_scan_takes_its_new_item_only_to_a_person(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(PROSE, "第二页"))
    other = captured(room, NOTICE, "附件", name="J101/通知.pdf")
    volume = room.items()[0]
    with room.home.catalogue.writing() as work:
        moved = page(room, volume, 2)
        moving.move_to(work, volume.id, volume.version, [moved.id], other.id, other.version, "clerk", "并入")
        source = work.scans.get(moved.scan_id)
        quarantine.put_aside(work, source, Reason("poison", {"times": "4"}), room.clock.now(), "muniment")
    sweep(room.home)
    room.work()
    assert [one.state for one in room.items()] == [ItemState.WITHDRAWN, ItemState.FILED]
    assert room.items()[1].page_count == 3 and list(due(room.home)) == []
