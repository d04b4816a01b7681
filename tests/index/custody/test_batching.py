"""What people do with a batch: each step journalled, nothing closed unfinished, nobody signs for themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.custody import batching
from index.custody.batching import Rules
from index.custody.replacing import replace_page
from index.domain.batch import Batch, BatchState, Mark, Verdict
from index.domain.errors import Conflict, Missing, MunimentError, Refused, WrongUse
from index.domain.proof.quality import Bounds
from index.domain.proof.sampling import Portion, drawn
from tests.fakes.config.homes import Room, room_after, room_at
from tests.fakes.ingest.cage import paper

RULES = Rules(Bounds(), Portion(5.0, 3), 95.0)
FIRST, SECOND = "first", "second"


def captured(room: Room, files: int = 6, at: int = 0) -> Batch:
    """So many files of one page each through J101/x; their batch."""
    scans = [room.drop(f"J101/x/{at + n:02}.pdf", paper(f"第{at + n}页的文字")) for n in range(files)]
    room.work()
    with room.home.catalogue.reading() as work:
        return work.batches.get(work.scans.get(scans[0]).batch_id or "")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Room]:
    made = room_at(tmp_path / "home")
    yield made
    made.home.catalogue.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room in which six files of one page each came in; `shelved` is their batch."""
    made = room_after(captured, tmp_path / "home")
    yield made
    made.home.catalogue.close()


def shelved(room: Room) -> Batch:
    with room.home.catalogue.reading() as work:
        return work.batches.get(room.scans()[0].batch_id or "")


def now(room: Room, batch: Batch) -> Batch:
    with room.home.catalogue.reading() as work:
        return work.batches.get(batch.id)


def marks(room: Room, batch: Batch) -> dict[str, Mark]:
    with room.home.catalogue.reading() as work:
        return {mark.page_id: mark for mark in work.batches.marks([batch.id])[batch.id]}


def draw(room: Room, batch: Batch) -> Batch:
    with room.home.catalogue.writing() as work:
        return batching.draw(work, batch.id, RULES.portion, FIRST)


def judge(room: Room, batch: Batch, page_id: str, verdict: Verdict = Verdict.GOOD, reason: str = "") -> Mark:
    with room.home.catalogue.writing() as work:
        return batching.judge(work, batch.id, page_id, verdict, reason, FIRST, room.clock.now())


def check(room: Room, batch: Batch, note: str = "", who: str = FIRST) -> Batch:
    version = now(room, batch).version
    with room.home.catalogue.writing() as work:
        return batching.check(work, batch.id, version, note, who, room.clock.now(), RULES)


def sign(room: Room, batch: Batch, who: str = SECOND) -> Batch:
    version = now(room, batch).version
    with room.home.catalogue.writing() as work:
        return batching.sign(work, batch.id, version, who, room.clock.now())


def reopen(room: Room, batch: Batch) -> Batch:
    version = now(room, batch).version
    with room.home.catalogue.writing() as work:
        return batching.reopen(work, batch.id, version, "漏页", SECOND)


def describe(room: Room, batch: Batch, **said: str) -> Batch:
    version = now(room, batch).version
    with room.home.catalogue.writing() as work:
        return batching.describe(work, batch.id, version, said, FIRST)


def looked_at(room: Room, batch: Batch) -> Batch:
    """The sample drawn and every page of it good."""
    batch = draw(room, batch)
    for page_id in marks(room, batch):
        judge(room, batch, page_id)
    return now(room, batch)


def verbs(room: Room, batch: Batch) -> list[tuple[str, str]]:
    with room.home.catalogue.reading() as work:
        return [(event.actor, event.verb) for event in work.journal.of(batch.id)]


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(MunimentError) as error:
        deed()
    return error.value.code


def test_one_checks_and_another_signs_and_the_journal_says_so(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    assert check(room, batch).state is BatchState.CHECKED
    signed = sign(room, batch)
    assert (signed.state, signed.checked_by, signed.signed_by) == (BatchState.SIGNED, FIRST, SECOND)
    assert verbs(room, batch) == [
        ("muniment", "batch-opened"),
        (FIRST, "sample-drawn"),
        *[(FIRST, "page-judged")] * 3,
        (FIRST, "batch-checked"),
        (SECOND, "batch-signed"),
    ]


def test_the_sample_is_the_one_that_the_seed_draws(room: Room) -> None:
    batch = draw(room, shelved(room))
    with room.home.catalogue.reading() as work:
        pages = [one.page.id for one in work.batches.pages([batch.id])]
    assert sorted(marks(room, batch)) == list(drawn(batch.seed, pages, 3))
    assert draw(room, batch) == batch


@pytest.mark.slow
def test_pages_that_come_later_are_drawn_from_and_what_was_said_stays(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    before = marks(room, batch)
    captured(room, files=74, at=10)
    assert refused(lambda: check(room, batch)) == "sample-open"
    batch = draw(room, batch)
    after = marks(room, batch)
    assert len(after) == 4 and before.items() <= after.items()
    assert [one.among for one in batch.drawings] == [6, 74] and [one.size for one in batch.drawings] == [3, 1]


def test_a_page_judged_before_the_draw_keeps_its_verdict_when_it_is_drawn(bare: Room) -> None:
    batch = captured(bare, files=3)
    with bare.home.catalogue.reading() as work:
        page_id = work.batches.pages([batch.id])[0].page.id
    judge(bare, batch, page_id, Verdict.BAD, "歪斜")
    draw(bare, batch)
    mark = marks(bare, batch)[page_id]
    assert (mark.drawing, mark.verdict, mark.reason) == (1, Verdict.BAD, "歪斜")


def test_nothing_is_drawn_while_pages_are_still_read(bare: Room) -> None:
    scan = bare.drop("J101/x/a.pdf", paper("a"))
    bare.work(times=2)
    with bare.home.catalogue.reading() as work:
        batch = work.batches.get(bare.scan(scan).batch_id or "")
    assert refused(lambda: draw(bare, batch)) == "still-reading"


def test_a_check_is_not_closed_before_every_drawn_page_was_looked_at(room: Room) -> None:
    batch = shelved(room)
    assert refused(lambda: check(room, batch)) == "sample-open"
    for page_id in list(marks(room, draw(room, batch)))[:-1]:
        judge(room, batch, page_id)
    assert refused(lambda: check(room, batch)) == "sample-open"


@pytest.mark.parametrize("expected", ["5", "7"])
def test_what_does_not_come_out_even_is_explained_before_the_check_is_closed(room: Room, expected: str) -> None:
    batch = looked_at(room, shelved(room))
    describe(room, batch, expected_pages=expected)
    assert refused(lambda: check(room, batch)) == "note-missing"
    assert refused(lambda: check(room, batch, " ")) == "note-missing"
    assert check(room, batch, "封面 不扫").note == "封面 不扫"


def test_a_bad_page_needs_its_reason_and_is_to_be_scanned_again(room: Room) -> None:
    batch = draw(room, shelved(room))
    page_id = next(iter(marks(room, batch)))
    assert refused(lambda: judge(room, batch, page_id, Verdict.BAD, "  ")) == "bad-page-without-reason"
    assert judge(room, batch, page_id, Verdict.BAD, "边缘  缺失").reason == "边缘 缺失"
    with room.home.catalogue.reading() as work:
        assert batching.figures_of(work, batch, RULES.bounds).rescans == (page_id,)
    assert judge(room, batch, page_id).reason == ""


@pytest.mark.parametrize("closed", [False, True])
def test_a_rescan_comes_into_the_batch_of_the_page_it_replaces_while_that_is_open(room: Room, closed: bool) -> None:
    batch = looked_at(room, shelved(room))
    page_id = next(iter(marks(room, batch)))
    judge(room, batch, page_id, Verdict.BAD, "歪斜")
    if closed:
        check(room, batch, "已通知重扫")
    again = room.drop("J101/重扫/a.pdf", paper("重新扫描的一页"))
    room.work()
    with room.home.catalogue.writing() as work:
        item, other = work.items.get(work.pages.get(page_id).item_id), work.items.get(room.scan(again).item_id or "")
        replace_page(work, item.id, item.version, page_id, other.id, other.version, FIRST, "歪斜")
        found = batching.figures_of(work, batch, RULES.bounds)
    assert (room.scan(again).batch_id == batch.id) != closed
    assert (found.pages, found.removed, found.rescans) == (5 if closed else 6, 1, ())


def test_a_page_of_another_batch_is_not_judged_here(room: Room) -> None:
    batch = shelved(room)
    with pytest.raises(Missing):
        judge(room, batch, "no-such-page")


@pytest.mark.parametrize("who", [FIRST, "scanner"])
def test_nobody_signs_what_they_had_a_hand_in(room: Room, who: str) -> None:
    batch = looked_at(room, shelved(room))
    describe(room, batch, operator="scanner")
    check(room, batch)
    with pytest.raises(Refused) as refusal:
        sign(room, batch, who)
    assert refusal.value.code == "second-person"
    assert now(room, batch).state is BatchState.CHECKED


def test_whoever_marked_a_page_that_another_checked_cannot_sign(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    check(room, batch, who="third")
    assert refused(lambda: sign(room, batch, FIRST)) == "second-person"


def test_a_page_that_changed_after_the_check_stops_the_signature(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    check(room, batch)
    with room.home.catalogue.writing() as work:
        scan = work.scans.get(work.batches.pages([batch.id])[0].page.scan_id)
        work.scans.save(replace(scan, sha256="f" * 64))
    assert refused(lambda: sign(room, batch)) == "batch-changed"
    reopen(room, batch)
    check(room, batch)
    assert sign(room, batch).state is BatchState.SIGNED


def test_opened_again_it_keeps_its_marks_and_says_why_it_was(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    check(room, batch)
    sign(room, batch)
    again = reopen(room, batch)
    assert again.is_open and not again.signed_by and len(marks(room, batch)) == 3
    with room.home.catalogue.reading() as work:
        (*_, event) = work.journal.of(batch.id)
    assert (event.verb, event.details["reason"], event.details["signed_by"]) == ("batch-reopened", "漏页", SECOND)


def test_nothing_is_changed_in_a_batch_that_is_closed(room: Room) -> None:
    batch = looked_at(room, shelved(room))
    check(room, batch)
    page_id = next(iter(marks(room, batch)))
    for deed in (
        lambda: describe(room, batch, title="别的"),
        lambda: judge(room, batch, page_id),
        lambda: draw(room, batch),
        lambda: check(room, batch),
    ):
        assert refused(deed) == "batch-state"


def test_a_sheet_is_filled_in_and_the_journal_keeps_what_stood_there(room: Room) -> None:
    batch = shelved(room)
    filled = describe(room, batch, title=" 会议  记录 ", expected_pages="120", operator="老王")
    assert (filled.title, filled.expected_pages, filled.operator) == ("会议 记录", 120, "老王")
    assert describe(room, batch, title="会议 记录", expected_pages="120", operator="老王") == filled
    with room.home.catalogue.reading() as work:
        (*_, event) = work.journal.of(batch.id)
    assert event.details["before"] == {"title": "x", "operator": "", "expected_pages": None}
    assert describe(room, batch, expected_pages="").expected_pages is None


@pytest.mark.parametrize("said", ["-1", "0", "十", "1.5", "1e9", "99999999", "١٢"])
def test_a_number_of_pages_is_a_number(room: Room, said: str) -> None:
    batch = shelved(room)
    with pytest.raises(WrongUse):
        describe(room, batch, expected_pages=said)


def test_two_people_at_one_sheet_do_not_overwrite_each_other(room: Room) -> None:
    batch = shelved(room)
    describe(room, batch, title="甲")
    with room.home.catalogue.writing() as work, pytest.raises(Conflict) as conflict:
        batching.describe(work, batch.id, batch.version, {"title": "乙"}, SECOND)
    assert conflict.value.code == "batch-changed-meanwhile"
