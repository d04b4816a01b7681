"""How a ready file becomes ours: nothing lost, nothing doubled, wherever it is interrupted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from index.domain.errors import BadScan, Busy
from index.domain.holdings import ItemState
from index.domain.scan import AT_REST, ScanState
from ingest import parking
from ingest.pipeline import due, sweep
from ingest.stages import receive as stage
from ingest.stages.receive import receive
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture

TEXT = "一份文件\n第一行"


class Killed(BaseException):
    """Stands for kill -9: nothing catches it."""


def at_rest(room: Room) -> None:
    """What the ledger says after everything was asked again, as a new worker does."""
    room.jobs.lose()
    for _ in range(3):
        sweep(room.home)
        room.work()
    assert list(due(room.home)) == []
    assert all(scan.state in AT_REST for scan in room.scans())


def states(room: Room) -> list[str]:
    return sorted(scan.state for scan in room.scans())


# -- twice the same ----------------------------------------------------------------------------------------------------


def test_the_same_bytes_in_one_fonds_are_a_duplicate_with_its_reason_beside_it(room: Room) -> None:
    first = room.drop("J101/甲.pdf", paper(TEXT))
    second = room.drop("J101/乙.pdf", paper(TEXT))
    room.work()
    scan = room.scan(second)
    assert (scan.state, scan.duplicate_of) == (ScanState.DUPLICATE, first)
    assert room.lies("duplicates") == ["J101/乙.pdf", "J101/乙.pdf.reason.txt"]
    reason = (room.home.folder("duplicates") / "J101/乙.pdf.reason.txt").read_text()
    assert len(reason.splitlines()) == 3 and "甲.pdf" in reason
    assert len(room.items()) == 1


def test_the_folder_of_a_number_that_the_fonds_had_before_still_leads_to_it(room: Room) -> None:
    room.drop("J101/甲.pdf", paper(TEXT))
    room.work()
    with room.home.catalogue.writing() as work:
        fonds = work.fonds.by_code("J101")
        assert fonds
        work.fonds.save(replace(fonds, code="J102", former=("J101",)))
    again = room.drop("J101/乙.pdf", paper(TEXT))
    room.work()
    assert (room.scan(again).fonds_id, room.scan(again).state) == (fonds.id, ScanState.DUPLICATE)


def test_the_same_bytes_in_another_fonds_are_another_item(room: Room) -> None:
    room.drop("J101/甲.pdf", paper(TEXT))
    room.drop("C301/甲.pdf", paper(TEXT))
    room.work()
    assert len(room.items()) == 2


def test_single_pages_of_numbered_folders_are_never_duplicates(room: Room) -> None:
    for run in ("a", "b"):
        for position, text in enumerate(("", run), start=1):
            room.drop(f"J101/{run}/{position}.jpg", picture(text), run=run, position=position)
    room.work()
    assert [item.page_count for item in room.items()] == [2, 2]
    assert states(room) == ["read"] * 4


def test_a_loose_file_is_not_the_duplicate_of_a_page_in_a_folder(room: Room) -> None:
    room.drop("J101/a/1.jpg", picture("一"), run="a", position=1)
    room.drop("J101/a/2.jpg", picture("二"), run="a", position=2)
    loose = room.drop("J101/1.jpg", picture("一"))
    room.work()
    assert room.scan(loose).state is ScanState.READ


def test_a_numbered_folder_with_the_same_pages_in_the_same_order_is_a_duplicate(room: Room) -> None:
    for run in ("a", "b"):
        for position in (1, 2):
            room.drop(f"J101/{run}/{position}.jpg", picture(str(position)), run=run, position=position)
        room.work()
    assert len(room.items()) == 1
    assert states(room) == ["duplicate", "duplicate", "read", "read"]
    parked = ["J101/b/1.jpg", "J101/b/1.jpg.reason.txt", "J101/b/2.jpg", "J101/b/2.jpg.reason.txt"]
    assert room.lies("duplicates") == parked


def test_the_same_pages_in_another_order_are_another_item(room: Room) -> None:
    for run, order in (("a", (1, 2)), ("b", (2, 1))):
        for position, text in enumerate(order, start=1):
            room.drop(f"J101/{run}/{position}.jpg", picture(str(text)), run=run, position=position)
    room.work()
    assert len(room.items()) == 2


# -- versions ----------------------------------------------------------------------------------------------------------


def test_a_longer_file_soon_under_the_same_name_is_a_newer_version_of_the_same_scan(room: Room) -> None:
    long = TEXT + "。" * 3000
    first = room.drop("J101/甲.pdf", paper(long))
    room.work()
    room.clock.pass_by(minutes=2)
    second = room.drop("J101/甲.pdf", paper(long, "第二页"))
    room.work()
    [item] = room.items()
    assert item.page_count == 2
    assert room.scan(second).state is ScanState.DUPLICATE
    with room.home.catalogue.reading() as work:
        assert [sha for sha, *_ in work.versions.of(first)] != [room.scan(first).sha256]
        assert len(work.versions.of(first)) == 2
    newer = room.scan(first)
    receive(room.home, first)
    assert room.scan(first) == newer, "its old source, moved aside long ago, is no newer version"


def test_another_paper_under_the_same_name_is_another_item(room: Room) -> None:
    room.drop("J101/scan.pdf", paper("甲" * 3000))
    room.work()
    room.drop("J101/scan.pdf", paper("乙" * 4000))
    room.work()
    assert len(room.items()) == 2
    assert room.lies("done") == ["J101/scan (2).pdf", "J101/scan.pdf"]


def test_a_file_that_grows_after_its_capture_is_read_again_as_the_same_item(room: Room) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    room.work()
    (room.home.folder("done") / "J101/甲.pdf").write_bytes(paper(TEXT, "第二页", "第三页"))
    room.jobs.ask("receive", scan_id)
    room.work()
    [item] = room.items()
    assert item.page_count == 3 and item.state is not ItemState.WITHDRAWN
    assert room.scan(scan_id).state is ScanState.READ


def test_a_touched_file_is_no_newer_version(room: Room) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    room.work()
    os.utime(room.home.folder("done") / "J101/甲.pdf", (1, 1))
    room.jobs.ask("receive", scan_id)
    room.work()
    assert len(room.cage.read) == 1
    assert room.scan(scan_id).mtime_ns == 1_000_000_000


def test_a_captured_file_that_is_emptied_keeps_what_we_hold(room: Room) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    room.work()
    (room.home.folder("done") / "J101/甲.pdf").write_bytes(b"")
    room.jobs.ask("receive", scan_id)
    room.work()
    assert room.scan(scan_id).state is ScanState.READ
    assert len(room.items()) == 1


# -- what is no paper --------------------------------------------------------------------------------------------------


def test_an_empty_file_is_quarantined(room: Room) -> None:
    scan_id = room.drop("J101/空.pdf", b"")
    room.work()
    scan = room.scan(scan_id)
    assert scan.state is ScanState.QUARANTINED and scan.reason and scan.reason.code == "empty-file"


def test_a_file_that_is_gone_before_it_was_taken_is_ignored(room: Room) -> None:
    scan_id = room.drop("J101/走.pdf", paper(TEXT))
    (room.home.folder("drop") / "J101/走.pdf").unlink()
    room.work()
    scan = room.scan(scan_id)
    assert scan.state is ScanState.IGNORED and scan.reason and scan.reason.code == "vanished"


def test_a_file_that_became_a_link_or_a_pipe_is_never_followed(room: Room) -> None:
    place = room.home.folder("drop") / "J101"
    link, pipe = room.drop("J101/链.pdf", paper(TEXT)), room.drop("J101/管.pdf", paper(TEXT))
    for name in ("链.pdf", "管.pdf"):
        (place / name).unlink()
    (place / "链.pdf").symlink_to(room.home.path / "settings.toml")
    os.mkfifo(place / "管.pdf")
    room.work()
    assert [room.scan(one).state for one in (link, pipe)] == [ScanState.IGNORED] * 2


def test_a_file_that_changes_while_it_is_copied_is_left_for_later(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    put = room.home.vault.put

    def while_written(source: int) -> object:
        (room.home.folder("drop") / "J101/甲.pdf").write_bytes(paper(TEXT, "更多"))
        return put(source)

    monkeypatch.setattr(room.home.vault, "put", while_written)
    with pytest.raises(Busy):
        receive(room.home, scan_id)
    assert room.scan(scan_id).state is ScanState.SETTLING


def test_a_refused_scan_is_refused_once(room: Room) -> None:
    scan_id = room.drop("J101/坏.pdf", paper("bad-file damaged-file"))
    room.work()
    before = room.scan(scan_id)
    stage.refuse(room.home, scan_id, BadScan("truncated-file"))
    assert room.scan(scan_id) == before


# -- kills -------------------------------------------------------------------------------------------------------------


def dies_after(original: Callable[..., object]) -> Callable[..., object]:
    def killed(*arguments: object, **named: object) -> object:
        original(*arguments, **named)
        raise Killed

    return killed


def dies_before(original: Callable[..., object]) -> Callable[..., object]:
    def killed(*arguments: object, **named: object) -> object:
        raise Killed

    return killed


POINTS = [
    (stage, "_copied", dies_after),
    (stage, "_duplicate", dies_after),
    (stage, "_take_in", dies_after),
    (stage, "park", dies_before),
    (parking, "_move", dies_before),
    (parking, "_move", dies_after),
    (parking, "_write_reason", dies_after),
    (parking, "_noted", dies_after),
    (stage, "_onward", dies_before),
]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(paper(TEXT), id="sound"),
        pytest.param(paper("bad-file damaged-file"), id="bad", marks=pytest.mark.slow),
        pytest.param(paper("已有"), id="known", marks=pytest.mark.slow),
        pytest.param(b"", id="empty", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(("where", "name", "how"), POINTS, ids=[f"{how.__name__}{name}" for _, name, how in POINTS])
def test_killed_anywhere_the_file_becomes_one_item_or_one_explained_file(
    room: Room, monkeypatch: pytest.MonkeyPatch, where: object, name: str, how: Callable[..., object], content: bytes
) -> None:
    known = room.drop("J101/已有.pdf", paper("已有"))
    room.work()
    scan_id = room.drop("J101/甲.pdf", content)
    with monkeypatch.context() as once:
        once.setattr(where, name, how(getattr(where, name)))
        with contextlib.suppress(Killed):
            room.work()
    room.jobs.ask("receive", scan_id)  # the lease of the dead is given to the next
    room.work()
    at_rest(room)
    scan = room.scan(scan_id)
    assert len(room.items()) == 1 + (scan.state is ScanState.READ)
    assert room.lies("drop") == []
    assert scan.parked is not None and (room.home.path / os.fsdecode(scan.parked)).read_bytes() == content
    assert scan.reason is None or (room.home.path / (os.fsdecode(scan.parked) + ".reason.txt")).exists()
    assert room.scan(known).state is ScanState.READ


@pytest.mark.slow
@pytest.mark.parametrize(("where", "name", "how"), [point for point in POINTS if point[1] != "_duplicate"])
def test_killed_anywhere_a_numbered_folder_becomes_one_item(
    room: Room, monkeypatch: pytest.MonkeyPatch, where: object, name: str, how: Callable[..., object]
) -> None:
    for position in (1, 2, 3):
        room.drop(f"J101/册/{position}.jpg", picture(str(position)), run="r", position=position)
    room.work(1)
    with monkeypatch.context() as once:
        once.setattr(where, name, how(getattr(where, name)))
        with pytest.raises(Killed):
            room.work()
    at_rest(room)
    [item] = room.items()
    assert item.page_count == 3
    assert [scan.position for scan in sorted(room.scans(), key=lambda scan: scan.path)] == [1, 2, 3]


def test_a_render_killed_before_the_bad_file_was_moved_moves_it_the_next_time(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_id = room.drop("J101/坏.pdf", paper("bad-file damaged-file"))
    room.work(1)
    with monkeypatch.context() as once:
        once.setattr(stage, "park", dies_before(parking.park))
        with pytest.raises(Killed):
            room.work()
    assert room.scan(scan_id).state is ScanState.QUARANTINED
    room.work_on("render", scan_id)
    assert room.lies("quarantine") == ["J101/坏.pdf", "J101/坏.pdf.reason.txt"]


def test_a_slow_worker_whose_lease_went_to_another_changes_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    copied = stage._copied

    def overtaken(*arguments: object) -> object:
        monkeypatch.setattr(stage, "_copied", copied)
        found = copied(*arguments)  # type: ignore[arg-type]
        room.work()
        return found

    monkeypatch.setattr(stage, "_copied", overtaken)
    before_items = receive(room.home, scan_id)
    assert before_items == []
    assert room.scan(scan_id).state is ScanState.READ
    assert len(room.items()) == 1


def test_a_scan_without_an_inode_is_moved_all_the_same(room: Room) -> None:
    scan_id = room.drop("J101/甲.pdf", paper(TEXT))
    with room.home.catalogue.writing() as work:
        work.scans.save(replace(work.scans.get(scan_id), inode=0))
    room.work()
    assert room.lies("done") == ["J101/甲.pdf"]
