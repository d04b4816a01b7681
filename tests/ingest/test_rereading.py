"""A page is read again in the background: what people corrected is still found, and the report says what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from index.custody import blanks, quarantine, rereading, turning
from index.custody.proofing import Rule, Typed, save
from index.domain.access import Role, permit_of
from index.domain.errors import BadScan, EngineFailed, WrongUse
from index.domain.holdings import ItemState, Page, PageState
from index.domain.proof.proofing import Standing
from index.domain.proof.rereading import Report, Scope
from index.domain.scan import Reason, ScanState
from index.domain.searching.tree import Query, Words
from index.ports import Search, Work
from ingest.pipeline import due, sweep
from ingest.reading import PageRead
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, reading

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n本次捡查从三月起。\n第一实验小学校长室\n2024年3月5日"
WRONG, RIGHT = "本次捡查从三月起。", "本次检查从三月起。"
KEY = str(NOTICE.index(WRONG))


@pytest.fixture
def page(room: Room) -> Page:
    room.drop("J101/通知.pdf", paper(NOTICE))
    room.work()
    [item] = room.items()
    assert item.state is ItemState.FILED
    return room.pages(item.id)[0]


def correct(room: Room, page: Page) -> None:
    with room.home.catalogue.writing() as work:
        typed = [Typed(KEY, WRONG, RIGHT)]
        save(work, work.pages.get(page.id), typed, "甲", room.clock.now(), Rule(two=False, below=0.85))
    room.jobs.ask("index")
    room.work()


def another_engine(room: Room, monkeypatch: pytest.MonkeyPatch, swaps: Mapping[str, str]) -> None:
    """From now on the engine reads these words otherwise."""
    before: Callable[..., PageRead] = room.cage._read_page

    def read(*asked: Any) -> PageRead:
        text = before(*asked).reading.text
        for old, new in swaps.items():
            text = text.replace(old, new)
        return PageRead(replace(reading(text), engine_version="2", confidence=0.91), 1000, 1400, 300, "image")

    monkeypatch.setattr(room.cage, "_read_page", read)


def order(room: Room, scope: Scope | None = None, engine: str = "") -> str:
    with room.home.catalogue.writing() as work:
        made = rereading.order(work, scope or Scope(), engine, "甲", room.clock.now())
    with room.home.catalogue.reading() as work:
        rereading.ask_for_more(work, room.jobs)
    return made.id


def report(room: Room, order_id: str) -> Report:
    with room.home.catalogue.reading() as work:
        return work.rereadings.reports(order_id)[0]


def found(room: Room, words: str) -> int:
    return room.home.text.search(Search(Query(Words(words)), permit_of(Role.ARCHIVIST))).total


def test_a_corrected_word_is_found_at_once_and_still_after_the_page_was_read_again(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(room, "检查从三月") == 0
    correct(room, page)
    assert found(room, "检查从三月") == 1 and found(room, "捡查") == 0
    another_engine(room, monkeypatch, {"年级组": "年级组长"})
    order_id = order(room)
    room.work()
    assert found(room, "检查从三月") == 1 and found(room, "年级组长") == 1 and found(room, "捡查") == 0
    told = report(room, order_id)
    assert (told.read, told.altered, told.changed, told.kept, told.conflicts) == (1, 1, 1, 1, 0)
    assert (told.before, told.after) == (0.98, 0.91)


def test_where_the_new_reading_is_right_the_correction_is_settled(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(room, page)
    another_engine(room, monkeypatch, {WRONG: RIGHT})
    order(room)
    room.work()
    with room.home.catalogue.reading() as work:
        assert [one.state for one in work.proofs.of(page.id)] == [Standing.SETTLED]


def test_where_it_says_something_else_the_conflict_is_shown_and_the_correction_still_found(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(room, page)
    another_engine(room, monkeypatch, {WRONG: "本次拣查从三月起。"})
    order_id = order(room)
    room.work()
    assert found(room, "检查从三月") == 1 and found(room, "拣查") == 0
    assert report(room, order_id).conflicts == 1
    with room.home.catalogue.reading() as work:
        assert work.proofs.disputed() == {page.id: 1}


def test_a_filed_item_stays_as_it_is(room: Room, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    before = room.items()
    another_engine(room, monkeypatch, {"消防": "防火"})
    order(room)
    room.work()
    [item], [scan] = room.items(), room.scans()
    assert (item.state, item.reference_code, item.description) == (
        ItemState.FILED,
        before[0].reference_code,
        before[0].description,
    )
    assert scan.state is ScanState.READ and list(due(room.home)) == []


def test_the_old_text_is_found_until_the_new_one_is_there(room: Room, page: Page) -> None:
    order(room)
    assert found(room, "捡查") == 1 and [actor for actor, _ in due(room.home)] == ["reread"]


def test_a_lost_order_is_asked_for_again(room: Room, page: Page) -> None:
    order_id = order(room)
    room.jobs.lose()
    sweep(room.home)
    room.work()
    assert report(room, order_id).read == 1 and list(due(room.home)) == []


@pytest.mark.slow
def test_many_pages_are_asked_for_in_turn(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(NOTICE, *(f"第{number}页" for number in range(2, 130))))
    room.work()
    order_id = order(room)
    assert room.jobs.waiting()["reread"] == rereading.AT_ONCE
    room.work()
    assert report(room, order_id).read == 129


@pytest.mark.parametrize(
    "failure", [BadScan("damaged-file"), EngineFailed("engine-failed", problem="gone")], ids=["final", "passing"]
)
def test_a_page_that_cannot_be_read_this_time_keeps_its_text_and_its_scan(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: object) -> PageRead:
        raise failure

    monkeypatch.setattr(room.cage, "_read_page", fail)
    order_id = order(room)
    room.work()
    assert report(room, order_id).failed == 1 and not report(room, order_id).running
    assert found(room, "捡查") == 1
    assert [scan.state for scan in room.scans()] == [ScanState.READ] and list(due(room.home)) == []


def test_a_stopped_order_reads_no_more(room: Room, page: Page) -> None:
    order_id = order(room)
    with room.home.catalogue.writing() as work:
        rereading.stop(work, order_id, "甲", room.clock.now())
    room.work()
    told = report(room, order_id)
    assert (told.read, told.waiting, told.running) == (0, 1, False) and list(due(room.home)) == []


def test_the_engine_that_was_asked_for_reads(room: Room, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []
    before = room.cage._read_page

    def read(*words: Any) -> PageRead:
        asked.append(words)
        return before(*words)

    monkeypatch.setattr(room.cage, "_read_page", read)
    order(room, engine="tesseract")
    room.work()
    assert room.home.settings.ocr.engine == "auto"
    assert any(isinstance(one, tuple) and "tesseract" in one for one in asked[0])


def test_one_page_of_an_item_is_read_again(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(NOTICE, "第二页", "第三页"))
    room.work()
    item = room.items()[-1]
    read = len(room.cage.read)
    order_id = order(room, Scope(item_id=item.id, page=2), "tesseract")
    room.work()
    assert [number for _, number in room.cage.read[read:]] == [2] and report(room, order_id).total == 1


def test_a_page_is_named_together_with_its_item(room: Room, page: Page) -> None:
    with pytest.raises(WrongUse):
        order(room, Scope(page=1))


def test_what_is_found_right_counts_no_more_as_doubtful_after_it_was_read_again(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = room.cage._read_page

    def doubtful(*words: Any) -> PageRead:
        read = before(*words)
        unsure = tuple(replace(word, confidence=0.3) for word in read.reading.words)
        return replace(read, reading=replace(read.reading, words=unsure))

    monkeypatch.setattr(room.cage, "_read_page", doubtful)
    correct(room, page)
    order(room)
    room.work()
    assert room.pages(page.item_id)[0].doubtful == NOTICE.count("\n")


def meanwhile(room: Room, monkeypatch: pytest.MonkeyPatch, act: Callable[[Work], object]) -> None:
    """While the next page is read, a person does this."""
    plain = room.cage._read_page

    def read(*asked: Any) -> PageRead:
        monkeypatch.setattr(room.cage, "_read_page", plain)
        with room.home.catalogue.writing() as work:
            act(work)
        return plain(*asked)

    monkeypatch.setattr(room.cage, "_read_page", read)


def turned(room: Room, work: Work, page: Page) -> None:
    version = work.items.get(page.item_id).version
    turning.turn(work, room.jobs, page.item_id, version, [page.id], 1, "clerk", "躺着")


def test_a_page_turned_while_it_is_read_again_stays_turned_and_the_order_waits_for_it(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(room, monkeypatch, lambda work: turned(room, work, page))
    order_id = order(room)
    room.work_on(*room.jobs.take())
    [now] = room.pages(page.item_id)
    assert (now.state, now.given_turn, report(room, order_id).waiting) == (PageState.WAITING, 1, 1)
    room.work()
    sweep(room.home)
    room.work()
    assert room.pages(page.item_id)[0].state is PageState.READ
    assert report(room, order_id).read == 1 and list(due(room.home)) == []


def test_what_a_person_says_of_a_blank_while_it_is_read_again_stands(
    room: Room, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = partial(blanks.look_at, jobs=room.jobs, item_id=page.item_id, page_ids=[page.id], blank=True, actor="clerk")
    meanwhile(room, monkeypatch, said)
    order(room)
    room.work()
    [now] = room.pages(page.item_id)
    assert (now.blank, now.given_blank) == (True, True)


def test_a_page_that_waits_is_read_first_and_its_order_served_afterwards(room: Room, page: Page) -> None:
    order_id = order(room)
    with room.home.catalogue.writing() as work:
        turned(room, work, page)
    room.work_on(*room.jobs.take())
    assert room.pages(page.item_id)[0].state is PageState.WAITING and report(room, order_id).waiting == 1
    assert "reread" not in [actor for actor, *_ in room.jobs.queue]
    room.work()
    sweep(room.home)
    room.work()
    assert report(room, order_id).read == 1


def test_a_page_that_waits_in_quarantine_holds_up_no_order(room: Room, page: Page) -> None:
    order_id = order(room)
    with room.home.catalogue.writing() as work:
        turned(room, work, page)
        source = work.scans.get(page.scan_id)
        quarantine.put_aside(work, source, Reason("poison", {"times": "4"}), room.clock.now(), "muniment")
    room.work()
    assert (report(room, order_id).failed, report(room, order_id).running) == (1, False)
