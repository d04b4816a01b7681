"""A page that people touched and that cannot be read since keeps its text; nobody asks for it without end."""

from __future__ import annotations

from typing import Any

import pytest

from index.custody import blanks, facing, turning
from index.domain.errors import BadScan, EngineFailed
from index.domain.facing import quarter_turned_box
from index.domain.holdings import Item, ItemState, Page, PageState
from index.domain.reading import PageReading
from index.domain.scan import ScanState
from ingest.pipeline import due, sweep
from ingest.reading import PageRead
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper
from tests.ingest.test_actors import NOTICE, PROSE

FAILURES = pytest.mark.parametrize(
    ("failure", "code"),
    [(BadScan("took-too-long", seconds="90"), "took-too-long"), (EngineFailed("engine-failed", problem="?"), "poison")],
    ids=["final", "passing"],
)


def captured(room: Room, *pages: str) -> Item:
    room.drop("J101/卷.pdf", paper(*pages))
    room.work()
    [item] = room.items()
    return item


def failing(room: Room, monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def fail(*_: object) -> PageRead:
        raise failure

    monkeypatch.setattr(room.cage, "_read_page", fail)


def turn(room: Room, item: Item, page: Page) -> None:
    with room.home.catalogue.writing() as work:
        version = work.items.get(item.id).version
        turning.turn(work, room.jobs, item.id, version, [page.id], 1, "clerk", "躺着")


def reading_of(room: Room, page: Page) -> PageReading:
    with room.home.catalogue.reading() as work:
        found = work.proofs.machine(page.id)
    assert found
    return found


def unreadable(room: Room, item: Item) -> list[tuple[object, object]]:
    with room.home.catalogue.reading() as work:
        events = [event.details for event in work.journal.of(item.id) if event.verb == "unreadable"]
    return [(details["page"], details["reason"]) for details in events]


@FAILURES
@pytest.mark.parametrize(("text", "state"), [(NOTICE, ItemState.FILED), (PROSE, ItemState.REVIEW)])
def test_its_text_stays_and_stands_as_it_was_turned(
    room: Room, monkeypatch: pytest.MonkeyPatch, failure: Exception, code: str, text: str, state: ItemState
) -> None:
    item = captured(room, text, "第二页")
    page = room.pages(item.id)[1]
    before = reading_of(room, page)
    failing(room, monkeypatch, failure)
    turn(room, item, page)
    room.work()
    sweep(room.home)
    room.work()
    now, after = room.pages(item.id)[1], reading_of(room, page)
    assert (now.state, now.turned, now.width, now.height) == (PageState.READ, 1, page.height, page.width)
    assert (after.text, after.turned, after.confidence) == (before.text, 1, before.confidence)
    assert [word.box for word in after.words] == [quarter_turned_box(word.box, 1) for word in before.words]
    assert room.cage.drawn == [(2, 1)] and unreadable(room, item) == [(2, code)]
    assert room.items()[0].state is state and [scan.state for scan in room.scans()] == [ScanState.READ]
    assert list(due(room.home)) == [] and not room.jobs.queue


@FAILURES
def test_a_half_that_never_had_a_text_says_why_it_has_none(
    room: Room, monkeypatch: pytest.MonkeyPatch, failure: Exception, code: str
) -> None:
    item = captured(room, PROSE)
    failing(room, monkeypatch, failure)
    with room.home.catalogue.writing() as work:
        facing.part(work, room.jobs, item.id, item.version, room.pages(item.id)[0].id, "clerk", "")
    room.work()
    sweep(room.home)
    room.work()
    halves = room.pages(item.id)
    assert [(half.state, half.confidence, half.blank) for half in halves] == [(PageState.READ, 0.0, False)] * 2
    assert [reading_of(room, half).settings for half in halves] == [{"unread": code}] * 2
    assert room.items()[0].state is ItemState.REVIEW and list(due(room.home)) == []


def test_what_is_not_blank_after_all_and_cannot_be_read_is_no_sure_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = captured(room, PROSE, "blank")
    blank = room.pages(item.id)[1]
    failing(room, monkeypatch, BadScan("took-too-long"))
    with room.home.catalogue.writing() as work:
        blanks.look_at(work, room.jobs, item.id, [blank.id], False, "clerk")
    room.work()
    now = room.pages(item.id)[1]
    assert (now.state, now.blank, now.confidence) == (PageState.READ, False, 0.0)
    assert list(due(room.home)) == []


def test_whoever_turns_it_again_meanwhile_has_it_tried_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    item = captured(room, PROSE)
    page = room.pages(item.id)[0]
    plain = room.cage._read_page

    def fail(*_: Any) -> PageRead:
        monkeypatch.setattr(room.cage, "_read_page", plain)
        turn(room, item, page)
        raise BadScan("took-too-long")

    monkeypatch.setattr(room.cage, "_read_page", fail)
    turn(room, item, page)
    room.work()
    assert room.pages(item.id)[0].given_turn == 2 and unreadable(room, item) == []
    assert list(due(room.home)) == []
