"""Files that somebody points at: the same way in, and they stay where they are."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from index.domain.scan import ScanState
from ingest import intake
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside"


def taken(room: Room, *paths: Path, fonds: str = "J101") -> list[str]:
    with room.home.catalogue.reading() as work:
        found = work.fonds.by_code(fonds)
    ids = intake.take(room.home, paths, found.id if found else None, None)
    room.work()
    return ids


def test_the_same_path_with_the_same_bytes_takes_up_its_old_row(room: Room, outside: Path) -> None:
    (outside / "a.pdf").write_bytes(paper("一"))
    first = taken(room, outside / "a.pdf")
    os.utime(outside / "a.pdf", (1, 1))
    assert taken(room, outside / "a.pdf") == first
    assert len(room.scans()) == 1 and len(room.cage.read) == 1
    assert (outside / "a.pdf").exists()


def test_another_paper_under_the_same_path_is_another_item(room: Room, outside: Path) -> None:
    (outside / "scan.pdf").write_bytes(paper("甲" * 900))
    taken(room, outside / "scan.pdf")
    (outside / "scan.pdf").write_bytes(paper("乙" * 900))
    taken(room, outside / "scan.pdf")
    assert len(room.items()) == 2


def test_the_same_file_for_another_fonds_is_another_item(room: Room, outside: Path) -> None:
    (outside / "a.pdf").write_bytes(paper("一"))
    taken(room, outside / "a.pdf")
    taken(room, outside / "a.pdf", fonds="C301")
    assert len({item.fonds_id for item in room.items()}) == 2


def test_a_mended_file_is_tried_again_under_its_row(room: Room, outside: Path) -> None:
    (outside / "a.pdf").write_bytes(paper("bad-file damaged-file"))
    first = taken(room, outside / "a.pdf")
    assert taken(room, outside / "a.pdf") == first and room.scan(first[0]).state is ScanState.QUARANTINED
    assert room.lies("quarantine") == [f"ingest/{first[0]}.reason.txt"]
    (outside / "a.pdf").write_bytes(paper("好"))
    assert taken(room, outside / "a.pdf") == first
    assert room.scan(first[0]).state is ScanState.READ
    assert room.lies("quarantine") == []


def test_folders_are_walked_and_their_names_are_hints(room: Room, outside: Path) -> None:
    (outside / "行政/2024").mkdir(parents=True)
    (outside / "行政/a.pdf").write_bytes(paper("一"))
    (outside / "行政/2024/b.pdf").write_bytes(paper("二"))
    taken(room, outside / "行政")
    assert {scan.name: scan.hints for scan in room.scans()} == {"a.pdf": ("行政",), "b.pdf": ("行政", "2024")}


@pytest.mark.parametrize(
    ("given", "fonds", "hints"),
    [("", "J101", ("行政",)), ("J101", "J101", ("行政",)), ("C301", "C301", ("J101", "行政"))],
)
def test_a_folder_called_as_a_fonds_gives_it_and_hints_at_nothing_else(
    room: Room, outside: Path, given: str, fonds: str, hints: tuple[str, ...]
) -> None:
    (outside / "J101/行政").mkdir(parents=True)
    (outside / "J101/行政/a.pdf").write_bytes(paper("一"))
    taken(room, outside / "J101", fonds=given)
    [scan] = room.scans()
    with room.home.catalogue.reading() as work:
        assert work.fonds.get(scan.fonds_id or "").code == fonds
    assert scan.hints == hints


def test_a_numbered_leaf_folder_is_one_item(room: Room, outside: Path) -> None:
    for number in (2, 10, 1):
        (outside / f"{number}.jpg").write_bytes(picture(str(number)))
    taken(room, outside)
    [item] = room.items()
    with room.home.catalogue.reading() as work:
        assert [scan.name for scan in work.scans.of_item(item.id)] == ["1.jpg", "2.jpg", "10.jpg"]


def test_a_folder_of_links_and_pipes_hangs_nobody(room: Room, outside: Path) -> None:
    os.mkfifo(outside / "1.jpg")
    os.mkfifo(outside / "2.jpg")
    (outside / "3.jpg").symlink_to("/nowhere/at/all")
    taken(room, outside)
    assert {scan.state for scan in room.scans()} == {ScanState.IGNORED}


def test_names_that_are_no_text_are_taken(room: Room, outside: Path) -> None:
    place = os.fsencode(outside) + b"/\xb5\xb5\xb0\xb8.pdf"
    with open(place, "wb") as opened:
        opened.write(paper("一"))
    [scan_id] = taken(room, outside)
    assert room.scan(scan_id).path == place and room.scan(scan_id).state is ScanState.READ


def test_waiting_ends_when_every_file_is_explained(room: Room, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, content in {"a": paper("一"), "b": paper("一"), "c": paper("bad-file damaged-file")}.items():
        (outside / name).write_bytes(content)
    ids = intake.take(room.home, [outside], None, None)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: room.work(3))
    assert intake.wait(room.home, ids, lambda done, all: told.append((done, all))) == ids
    assert told[-1] == (3, 3) and told == sorted(told)
