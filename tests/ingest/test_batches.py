"""Every captured scan belongs to a batch: what came through one place on one day of the room, without any ceremony."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.domain.batch import Batch, BatchState
from index.domain.scan import ScanState
from ingest import intake
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture


def batch_of(room: Room, scan_id: str) -> Batch:
    with room.home.catalogue.reading() as work:
        return work.batches.get(room.scan(scan_id).batch_id or "")


def test_what_comes_through_one_folder_on_one_day_is_one_batch(room: Room) -> None:
    scans = [room.drop(f"J101/会议记录/{name}", paper(name)) for name in ("a.pdf", "b.pdf", "下/c.pdf")]
    other = [room.drop("J101/d.pdf", paper("d")), room.drop("C301/会议记录/e.pdf", paper("e"))]
    room.work()
    batches = {batch_of(room, one).id for one in scans}
    assert len(batches) == 1 and len({*batches, *(batch_of(room, one).id for one in other)}) == 3
    batch = batch_of(room, scans[0])
    assert (batch.title, batch.place, batch.code) == ("会议记录", "J101/会议记录", "20261123-1")
    assert batch.fonds_id == room.scan(scans[0]).fonds_id and batch.state is BatchState.OPEN


def test_the_next_day_is_the_next_batch_by_the_rooms_own_midnight(room: Room) -> None:
    first = room.drop("J101/x/a.pdf", paper("a"))
    room.work()
    room.clock.pass_by(hours=14, minutes=29)  # 23:59 in Shanghai
    same = room.drop("J101/x/b.pdf", paper("b"))
    room.work()
    room.clock.pass_by(minutes=2)
    next_day = room.drop("J101/x/c.pdf", paper("c"))
    room.work()
    assert batch_of(room, first) == batch_of(room, same)
    assert batch_of(room, next_day).code == "20261124-1"


def test_a_numbered_folder_is_one_batch_and_so_are_its_later_pages(room: Room) -> None:
    run = [room.drop(f"J101/x/00{n}.jpg", picture(str(n)), run="run", position=n) for n in (1, 2)]
    room.work()
    later = room.drop("J101/x/003.jpg", picture("3"), run="run", position=3)
    room.work()
    assert len({batch_of(room, one).id for one in (*run, later)}) == 1


def test_what_is_checked_takes_nothing_more_in(room: Room) -> None:
    first = room.drop("J101/x/a.pdf", paper("a"))
    room.work()
    with room.home.catalogue.writing() as work:
        work.batches.save(replace(batch_of(room, first), state=BatchState.CHECKED))
    second, third = room.drop("J101/x/b.pdf", paper("b")), room.drop("J101/x/c.pdf", paper("c"))
    room.work()
    assert batch_of(room, second) == batch_of(room, third) != batch_of(room, first)
    assert batch_of(room, second).key == batch_of(room, first).key


def test_a_duplicate_or_refused_file_is_in_no_batch(room: Room) -> None:
    room.drop("J101/x/a.pdf", paper("a"))
    again, empty = room.drop("J101/y/again.pdf", paper("a")), room.drop("J101/z/empty.pdf", b"")
    room.work()
    assert [(room.scan(one).state, room.scan(one).batch_id) for one in (again, empty)] == [
        (ScanState.DUPLICATE, None),
        (ScanState.QUARANTINED, None),
    ]
    with room.home.catalogue.reading() as work:
        assert len(work.batches.listed()[0]) == 1


def test_received_twice_it_stays_in_its_batch(room: Room) -> None:
    one = room.drop("J101/x/a.pdf", paper("a"))
    room.work()
    before = batch_of(room, one)
    room.work_on("receive", one)
    with room.home.catalogue.reading() as work:
        assert batch_of(room, one) == before and work.batches.listed(key=before.key)[1] == 1
        assert [event.verb for event in work.journal.of(before.id)] == ["batch-opened"]


def test_the_folder_that_somebody_pointed_at_is_a_batch(room: Room, tmp_path: Path) -> None:
    for name in ("a.pdf", "下/b.pdf"):
        (tmp_path / "扫描" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "扫描" / name).write_bytes(paper(name))
    (tmp_path / "c.pdf").write_bytes(paper("c"))
    scans = intake.take(room.home, [tmp_path / "扫描", tmp_path / "c.pdf"], None, "school")
    room.work()
    first, second, loose = (batch_of(room, one) for one in scans)
    assert first == second != loose
    assert (first.title, loose.title) == ("扫描", tmp_path.name)
