"""What becomes of the drop folder, look by look: no thread, no waiting, a clock in the hand."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from watchdog.events import DirMovedEvent, FileClosedEvent, FileCreatedEvent, FileMovedEvent

from index.domain.errors import Busy
from index.domain.scan import Scan, ScanState
from ingest import runs, settling, watch
from ingest.watch import Watcher
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture

PAPER = paper("一份文件")


class Steady:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Watched:
    """A drop folder under a watcher."""

    room: Room
    steady: Steady
    watcher: Watcher

    def lay(self, path: str | bytes, content: bytes = PAPER, *, told: bool = True) -> bytes:
        """Write a file; `told` is whether an event of its end came through."""
        below = self.room.lay(path, content)
        if told:
            self.watcher.ended(os.path.join(self.watcher.root, below))
        return below

    def look(self, seconds: float = 0.0) -> None:
        """Some seconds later, one look; then whatever is ready is received."""
        self.steady.at += seconds
        self.watcher.look_at_everything()

    def place(self, path: str) -> str:
        return str(self.room.home.folder("drop") / path)

    @property
    def asked(self) -> list[Scan]:
        return [self.room.scan(ask[1]) for ask in self.room.jobs.queue if ask[0] == "receive"]

    @property
    def names(self) -> list[str]:
        return [scan.name for scan in self.asked]

    def states(self) -> dict[str, str]:
        return {scan.shown_path: scan.state.value for scan in self.room.scans()}


@pytest.fixture
def watched(room: Room) -> Watched:
    steady = Steady()
    return Watched(room, steady, Watcher(room.home, steady))


# -- ready -------------------------------------------------------------------------------------------------------------


def test_a_file_whose_writer_closed_it_is_ready_at_once(watched: Watched) -> None:
    watched.lay("J101/甲.pdf")
    watched.look()
    assert watched.names == ["甲.pdf"]


def test_without_an_event_a_file_is_ready_when_it_stood_still_for_five_seconds(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", told=False)
    watched.look()
    watched.look(4.9)
    assert watched.names == [] and watched.states() == {"J101/甲.pdf": "seen"}
    watched.look(0.2)
    assert watched.names == ["甲.pdf"]


def test_a_file_that_grows_begins_to_stand_still_anew(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", told=False)
    watched.look()
    watched.lay("J101/甲.pdf", paper("一份文件", "第二页"), told=False)
    watched.look(4)
    watched.look(4)
    assert watched.names == []
    watched.look(1.1)
    assert watched.names == ["甲.pdf"]


def test_a_file_that_was_closed_and_is_written_again_has_not_ended(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", PAPER[:20])
    watched.look()
    watched.lay("J101/甲.pdf", PAPER[:25], told=False)
    watched.look(1)
    assert watched.names == []


def test_a_file_whose_end_is_missing_waits_for_it_beyond_the_settle_time(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", PAPER[:-5])
    watched.look()
    watched.look(20)
    assert watched.names == []
    watched.lay("J101/甲.pdf", PAPER)
    watched.look(0.5)
    assert watched.names == ["甲.pdf"]


def test_a_file_whose_end_never_comes_is_taken_as_it_is_after_the_patience(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", PAPER[:-5])
    watched.look()
    assert watched.watcher.look_at_everything() <= 5.0 * settling.PATIENCE
    watched.look(5.0 * settling.PATIENCE)
    assert watched.names == ["甲.pdf"]


def test_an_empty_file_ends_in_quarantine_after_the_patience(watched: Watched) -> None:
    watched.lay("J101/空.jpg", b"")
    watched.look()
    watched.look(29)
    assert watched.names == []
    watched.look(2)
    watched.room.work()
    assert watched.states() == {"J101/空.jpg": "quarantined"}


def test_a_network_folder_is_given_thirty_seconds(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIMENT_WATCH__NETWORK", "true")
    watched.lay("J101/甲.pdf", told=False)
    watched.look()
    watched.look(29)
    assert watched.names == []
    watched.look(2)
    assert watched.names == ["甲.pdf"]


def test_the_next_look_comes_when_the_first_file_may_be_ready(watched: Watched) -> None:
    assert watched.watcher.look_at_everything() == 60.0
    watched.lay("J101/甲.pdf", told=False)
    assert watched.watcher.look_at_everything() == 5.0


def test_looking_again_and_again_hands_a_file_over_once(watched: Watched) -> None:
    watched.lay("J101/甲.pdf")
    for _ in range(5):
        watched.look(10)
    assert watched.room.jobs.calls["receive"] == 1


# -- events ------------------------------------------------------------------------------------------------------------


def test_events_of_an_end_make_ready_and_others_only_wake(watched: Watched) -> None:
    bell = watch._Bell(watched.watcher)
    for name in ("甲", "乙", "丙", "丁"):
        watched.lay(f"J101/{name}.pdf", told=False)
    bell.on_any_event(FileClosedEvent(watched.place("J101/甲.pdf")))
    bell.on_any_event(FileMovedEvent(watched.place("J101/x.part"), watched.place("J101/乙.pdf")))
    bell.on_any_event(FileMovedEvent("", watched.place("J101/丙.pdf")))
    bell.on_any_event(FileCreatedEvent(watched.place("J101/丁.pdf")))
    watched.look()
    assert sorted(watched.names) == sorted(["甲.pdf", "乙.pdf", "丙.pdf"])


def test_a_folder_that_was_moved_in_whole_has_ended_to_its_last_leaf(watched: Watched) -> None:
    watched.lay("J101/箱/册/甲.pdf", told=False)
    watch._Bell(watched.watcher).on_any_event(DirMovedEvent("", watched.place("J101/箱")))
    watched.look()
    assert watched.names == ["甲.pdf"]


def test_a_file_moved_out_of_the_folder_is_no_end_of_anything(watched: Watched) -> None:
    watched.lay("J101/甲.pdf", told=False)
    watch._Bell(watched.watcher).on_any_event(FileMovedEvent(watched.place("J101/乙.pdf"), ""))
    watched.look()
    assert watched.names == []


# -- what is no paper --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["甲.pdf.part", "~$甲.pdf", ".甲.pdf", "甲.TMP", "Thumbs.db", "@eaDir/甲.pdf", "甲.pdf.reason.txt"]
)
def test_unfinished_and_foreign_names_are_ignored_with_the_reason(watched: Watched, name: str) -> None:
    watched.lay(f"J101/{name}")
    watched.look()
    watched.look(100)
    [scan] = watched.room.scans()
    assert scan.state is ScanState.IGNORED and scan.reason and scan.reason.code == "temporary-name"
    assert watched.names == []


def test_links_pipes_and_sockets_are_ignored_with_the_reason(watched: Watched) -> None:
    folder = watched.room.home.folder("drop") / "J101"
    (folder / "链.pdf").symlink_to(watched.room.home.path / "settings.toml")
    (folder / "链夹").symlink_to(watched.room.home.path)
    (folder / "断.pdf").symlink_to("/nowhere/at/all")
    os.mkfifo(folder / "管.pdf")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(os.path.relpath(folder / "口.pdf"))
        watched.look()
        watched.look(100)
    reasons = {scan.name: scan.reason.code for scan in watched.room.scans() if scan.reason}
    assert reasons == dict.fromkeys(["链.pdf", "链夹", "断.pdf", "管.pdf", "口.pdf"], "special-file")
    assert watched.names == []


def test_a_file_that_can_no_longer_be_looked_at_stops_nothing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.lay("J101/甲.pdf")
    watched.lay("J101/乙.pdf")
    looked = settling.look

    def refused(path: bytes, *more: object) -> object:
        if path.endswith("甲.pdf".encode()):
            raise PermissionError(13, "Permission denied")
        return looked(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "look", refused)
    watched.look()
    assert watched.names == ["乙.pdf"]


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [b"a\nb.pdf", b"x" * 251 + b".pdf", "关于消防安全的通知.pdf".encode("gbk"), b"\xff\xfe.pdf", "表情🙂.pdf".encode()],
)
def test_names_of_any_bytes_are_captured(watched: Watched, name: bytes) -> None:
    below = watched.lay(b"J101/" + name)
    watched.look()
    watched.room.work()
    [scan] = watched.room.scans()
    assert (scan.path, scan.state) == (below, ScanState.READ)
    assert os.listdir(os.fsencode(watched.room.home.folder("done") / "J101")) == [name]


@pytest.mark.parametrize("seconds", [15_000_000_000, -1_000_000_000])
def test_a_time_beyond_what_a_database_counts_is_no_trouble(watched: Watched, seconds: int) -> None:
    watched.lay("J101/甲.pdf")
    os.utime(watched.place("J101/甲.pdf"), ns=(0, seconds * 10**9))
    watched.look()
    watched.room.work()
    assert watched.states() == {"J101/甲.pdf": "read"}


# -- folders -----------------------------------------------------------------------------------------------------------


def test_the_first_folder_names_the_fonds_and_deeper_ones_are_hints(watched: Watched) -> None:
    watched.lay("J101/行政/2024/甲.pdf")
    watched.lay("杂物/乙.pdf")
    watched.lay("丙.pdf")
    watched.look()
    told = {scan.name: (scan.fonds_id is not None, scan.hints) for scan in watched.asked}
    assert told == {"甲.pdf": (True, ("行政", "2024")), "乙.pdf": (False, ("杂物",)), "丙.pdf": (False, ())}


def test_a_numbered_leaf_folder_becomes_one_run_once_it_stands_still(watched: Watched) -> None:
    for number in (10, 9, 1):
        watched.lay(f"J101/册/p{number}.jpg", picture(str(number)))
    watched.look()
    watched.look(9)
    assert watched.names == []
    watched.look(1.1)
    assert watched.names == ["p1.jpg", "p9.jpg", "p10.jpg"]
    assert len({scan.run for scan in watched.asked}) == 1 and watched.asked[0].run
    assert [scan.position for scan in watched.asked] == [1, 2, 3]


@pytest.mark.slow
def test_late_pages_join_their_run_in_the_order_of_their_numbers(watched: Watched) -> None:
    for number in range(1, 9):
        watched.lay(f"J101/册/p{number}.jpg", picture(str(number)))
    watched.look()
    watched.look(11)
    watched.room.work()
    for number in (9, 10):
        watched.lay(f"J101/册/p{number}.jpg", picture(str(number)))
    watched.look(60)
    watched.look(11)
    watched.room.work()
    [item] = watched.room.items()
    with watched.room.home.catalogue.reading() as work:
        assert [scan.name for scan in work.scans.of_item(item.id)] == [f"p{number}.jpg" for number in range(1, 11)]


@pytest.mark.slow
def test_another_run_below_the_folder_is_not_gone_on_with(watched: Watched) -> None:
    for folder in ("册/内", "册"):
        for number in (1, 2) if folder == "册/内" else (3, 4):
            watched.lay(f"J101/{folder}/{number}.jpg", picture(f"{folder}{number}"))
        watched.look()
        watched.look(11)
        watched.room.work()
        os.rmdir(watched.place("J101/册/内")) if folder == "册/内" else None
    assert [item.page_count for item in watched.room.items()] == [2, 2]


def test_a_run_that_begins_again_is_another_item(watched: Watched) -> None:
    for round_ in ("甲", "乙"):
        for number in (1, 2):
            watched.lay(f"J101/册/{number}.jpg", picture(f"{round_}{number}"))
        watched.look()
        watched.look(11)
        watched.room.work()
    assert [item.page_count for item in watched.room.items()] == [2, 2]


@pytest.mark.parametrize(
    "others",
    [{"说明.pdf": PAPER}, {"深/1.jpg": picture("一")}, {"x3.jpg": picture("三")}],
    ids=["another file", "a folder", "another family"],
)
def test_a_folder_with_other_things_in_it_is_loose_files_with_hints(watched: Watched, others: dict[str, bytes]) -> None:
    for name, content in {"p1.jpg": picture("一页"), "p2.jpg": picture("二页"), **others}.items():
        watched.lay(f"J101/册/{name}", content)
    watched.look()
    watched.look(11)
    assert {scan.run for scan in watched.asked if not scan.hints[1:]} == {None}
    assert {scan.hints[0] for scan in watched.asked} == {"册"}


def test_numbered_images_in_the_folder_of_the_fonds_itself_are_loose(watched: Watched) -> None:
    watched.lay("J101/1.jpg", picture("一"))
    watched.lay("J101/2.jpg", picture("二"))
    watched.look()
    assert {scan.run for scan in watched.asked} == {None} and len(watched.asked) == 2


def test_a_page_that_is_still_written_keeps_its_folder_waiting(watched: Watched) -> None:
    watched.lay("J101/册/1.jpg", picture("一"))
    watched.lay("J101/册/2.jpg", picture("二")[:-2])
    watched.look()
    watched.look(15)
    assert watched.names == []
    watched.lay("J101/册/2.jpg", picture("二"))
    watched.look(1)
    watched.look(11)
    assert watched.names == ["1.jpg", "2.jpg"]


# -- coming and going --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_burst_of_300_files_is_handed_over_in_one_look(watched: Watched) -> None:
    for number in range(300):
        watched.lay(f"J101/{number}.pdf", paper(str(number)))
    watched.look()
    assert len(watched.names) == 300


def test_a_file_that_goes_between_the_listing_and_the_look_is_nobody(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.lay("J101/甲.pdf")
    looked = settling.look

    def too_late(path: bytes, *more: object) -> object:
        os.unlink(path)
        return looked(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "look", too_late)
    watched.look()
    assert watched.room.scans() == []


@pytest.mark.parametrize(("room_of", "where"), [(watch, "end_parses"), (runs, "frames")])
def test_a_file_that_goes_while_its_end_is_read_stops_nothing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, room_of: object, where: str
) -> None:
    asked: Callable[[bytes], object] = getattr(room_of, where)

    def too_late(path: bytes) -> object:
        os.unlink(path)
        return asked(path)

    monkeypatch.setattr(room_of, where, too_late)
    for number in (1, 2):
        watched.lay(f"J101/册/{number}.jpg", picture(str(number)))
    watched.look()
    watched.look(11)
    watched.look(11)
    watched.room.work()
    assert "ignored" in watched.states().values() and set(watched.states().values()) <= {"ignored", "read"}


def test_a_working_name_that_is_renamed_leaves_no_open_row(watched: Watched) -> None:
    watched.lay("J101/scan0000.pdf", told=False)
    watched.look()
    os.rename(watched.place("J101/scan0000.pdf"), watched.place("J101/通知.pdf"))
    watched.look(10)
    watched.look(10)
    watched.room.work()
    assert watched.states() == {"J101/scan0000.pdf": "ignored", "J101/通知.pdf": "read"}


def test_the_same_name_again_after_its_capture_is_a_new_scan(watched: Watched) -> None:
    for text in ("甲" * 900, "乙" * 1500):
        watched.lay("J101/scan.pdf", paper(text))
        watched.look()
        watched.room.work()
    assert [scan.state for scan in watched.room.scans()] == [ScanState.READ] * 2
    assert len(watched.room.items()) == 2


def test_another_file_under_the_name_before_the_first_was_moved_loses_neither(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.lay("J101/scan.pdf", paper("甲" * 900))
    watched.look()
    with monkeypatch.context() as killed:
        killed.setattr("ingest.stages.receive.park", lambda home, scan: scan)
        watched.room.work_on("receive", watched.asked[0].id)
    watched.room.lay("J101/新.tmp", paper("乙" * 1500))
    os.replace(watched.place("J101/新.tmp"), watched.place("J101/scan.pdf"))
    watched.watcher.ended(os.fsencode(watched.place("J101/scan.pdf")))
    watched.look()
    watched.room.work()
    assert len(watched.room.items()) == 2
    assert [scan.state for scan in watched.room.scans()] == [ScanState.READ] * 2


def test_bytes_that_change_after_their_capture_are_a_newer_version(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.lay("J101/甲.pdf")
    watched.look()
    watched.room.work()
    place = watched.room.home.folder("done") / "J101/甲.pdf"
    place.write_bytes(paper("一份文件", "第二页"))
    watched.look()
    assert watched.names == [], "somebody may still be writing"
    os.utime(place, (1_700_000_000, 1_700_000_000))
    watched.look(10)
    watched.room.work()
    [item] = watched.room.items()
    assert item.page_count == 2
    watched.look(10)
    assert watched.names == []


def test_what_was_captured_long_ago_is_not_looked_at_any_more(watched: Watched) -> None:
    watched.lay("J101/甲.pdf")
    watched.look()
    watched.room.work()
    place = watched.room.home.folder("done") / "J101/甲.pdf"
    place.write_bytes(paper("别的"))
    os.utime(place, (1_700_000_000, 1_700_000_000))
    watched.room.clock.pass_by(hours=2)
    watched.look(10)
    assert watched.names == []


def test_a_new_watcher_goes_on_where_the_old_one_was_killed(watched: Watched) -> None:
    watched.lay("J101/甲.pdf")
    watched.lay("J101/坏.pdf", paper("bad-file damaged-file"))
    watched.lay("J101/未.pdf", paper("另一份"), told=False)
    watched.look()
    watched.room.jobs.lose()
    again = Watched(watched.room, watched.steady, Watcher(watched.room.home, watched.steady))
    again.look()
    again.look(6)
    assert sorted(again.names) == sorted(["甲.pdf", "坏.pdf", "未.pdf"])
    again.room.work()
    again.look()
    assert sorted(again.states().values()) == ["quarantined", "read", "read"]
    assert again.names == []


def test_a_busy_catalogue_puts_the_look_off(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> object:
        raise Busy("busy")

    watched.lay("J101/甲.pdf")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(watched.room.home.catalogue, "writing", busy)
        assert watched.watcher._look_safely() == 5.0
    watched.look(6)
    assert watched.names == ["甲.pdf"]
