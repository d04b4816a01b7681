"""Into quarantine with a reason, out of it by a person's word, and never by a way that is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalogue.sql import SqlWork
from index.custody.quarantine import put_aside, release, retry
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Item, ItemState, PageRole
from index.domain.scan import Reason, Scan, ScanState
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, reading, scan

REASON = Reason("damaged-file", {"problem": "?"})


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ItemState.CAPTURED, ItemState.WITHDRAWN),
        (ItemState.DESCRIBED, ItemState.WITHDRAWN),
        (ItemState.REVIEW, ItemState.WITHDRAWN),
        (ItemState.FILED, ItemState.FILED),
    ],
)
def test_what_nobody_filed_is_withdrawn_with_its_scan(room: Room, state: ItemState, after: ItemState) -> None:
    one = item(state)
    source = scan(item_id=one.id)
    with room.home.catalogue.writing() as work:
        work.items.add(one)
        work.scans.add(source)
        aside = put_aside(work, source, REASON, MORNING, "muniment")
        assert (aside.state, aside.reason) == (ScanState.QUARANTINED, REASON)
        assert work.items.get(one.id).state is after
        assert [event.verb for event in work.journal.of(source.id)] == ["quarantined"]


def item_of(work: SqlWork, state: ItemState, pages: int) -> tuple[Item, Scan]:
    """An item of one scan with so many pages, read."""
    one = item(ItemState.CAPTURED)
    work.items.add(one)
    source = scan(f"J101/{one.id}.pdf".encode(), item_id=one.id)
    work.scans.add(source)
    for page in work.pages.lay_out(source, pages):
        work.pages.save(page, reading())
    return work.items.save(replace(work.items.get(one.id), state=state)), source


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ItemState.CAPTURED, ItemState.CAPTURED),
        (ItemState.DESCRIBED, ItemState.REVIEW),
        (ItemState.REVIEW, ItemState.REVIEW),
        (ItemState.FILED, ItemState.FILED),
    ],
)
def test_an_item_that_holds_more_than_a_page_of_it_is_not_lost(room: Room, state: ItemState, after: ItemState) -> None:
    with room.home.catalogue.writing() as work:
        bad, source = item_of(work, ItemState.REVIEW, 2)
        other, other_scan = item_of(work, state, 4)
        work.arrangement.lay([replace(work.pages.of_item(bad.id)[0], item_id=other.id, rank=9)])
        put_aside(work, source, REASON, MORNING, "muniment")
        assert work.items.get(bad.id).state is ItemState.WITHDRAWN
        assert (work.items.get(other.id).state, work.items.get(other.id).page_count) == (after, 5)
        for one in (bad, other):
            [event] = [event for event in work.journal.of(one.id) if event.verb == "page-quarantined"]
            assert (event.details["scan"], event.details["reason"]) == (source.id, "damaged-file")
        if state is not ItemState.FILED:
            put_aside(work, other_scan, REASON, MORNING, "muniment")
            assert work.items.get(other.id).state is ItemState.WITHDRAWN


def test_a_page_of_it_that_was_taken_out_concerns_its_item_no_more(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        bad, source = item_of(work, ItemState.REVIEW, 2)
        other, _ = item_of(work, ItemState.REVIEW, 1)
        moved = work.pages.of_item(bad.id)[0]
        work.arrangement.lay([replace(moved, item_id=other.id, role=PageRole.REMOVED)])
        put_aside(work, source, REASON, MORNING, "muniment")
        assert work.items.get(other.id).state is ItemState.REVIEW
        assert not work.journal.of(other.id)


@pytest.mark.parametrize("state", [ScanState.DUPLICATE, ScanState.IGNORED, ScanState.QUARANTINED])
def test_what_is_decided_is_not_quarantined(room: Room, state: ScanState) -> None:
    with room.home.catalogue.writing() as work, pytest.raises(Conflict):
        put_aside(work, scan(state=state), REASON, MORNING, "muniment")


def test_a_person_may_have_it_tried_again_or_let_through(room: Room) -> None:
    sources = [scan(name, ScanState.QUARANTINED, reason=REASON) for name in (b"a", b"b")]
    with room.home.catalogue.writing() as work:
        for source in sources:
            work.scans.add(source)
        tried = retry(work, room.jobs, sources[0].id, "clerk", MORNING)
        through = release(work, room.jobs, sources[1].id, "clerk", MORNING)
    assert (tried.state, tried.reason, tried.released) == (ScanState.SETTLING, None, False)
    assert (through.state, through.released) == (ScanState.SETTLING, True)
    assert room.jobs.queue == [("receive", source.id) for source in sources]


def test_only_what_lies_there_is_tried_again(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        source = scan(state=ScanState.READ)
        work.scans.add(source)
        with pytest.raises(Conflict):
            retry(work, room.jobs, source.id, "clerk", MORNING)
        with pytest.raises(Missing):
            release(work, room.jobs, "nobody", "clerk", MORNING)
    assert room.jobs.queue == []
