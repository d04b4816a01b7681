"""Where a source lies afterwards: in the folder of its state, under its own name if it can be, with its reason."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from index.domain.sentences.all import SENTENCES
from ingest import intake, parking
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper

BAD = paper("bad-file damaged-file")


def test_the_reason_stands_beside_the_file_in_three_languages(room: Room) -> None:
    room.drop("J101/坏.pdf", BAD)
    room.work()
    told = (room.home.folder("quarantine") / "J101/坏.pdf.reason.txt").read_text()
    assert told.splitlines() == [SENTENCES["damaged-file"][language] for language in ("zh-Hans", "zh-Hant", "en")]


def test_the_same_name_again_lies_beside_the_first(room: Room) -> None:
    for number in range(3):
        room.drop("J101/坏.pdf", BAD + b"%d" % number)
        room.work()
    names = [name for name in room.lies("quarantine") if not name.endswith(".txt")]
    assert names == ["J101/坏 (2).pdf", "J101/坏 (3).pdf", "J101/坏.pdf"]
    assert len(room.lies("quarantine")) == 6


@pytest.mark.parametrize("name", [b"x" * 251 + b".pdf", "件".encode() * 85, b"a." + b"b" * 253])
def test_a_name_of_255_bytes_makes_room_for_its_number_and_reason(room: Room, name: bytes) -> None:
    for number in range(3):
        room.drop(b"J101/" + name, BAD + b"%d" % number)
        room.work()
    folder = os.fsencode(room.home.folder("quarantine") / "J101")
    lying = os.listdir(folder)
    assert len(lying) == 6 and all(len(one) <= 255 for one in lying)
    contents = {
        Path(os.fsdecode(os.path.join(folder, one))).read_bytes() for one in lying if not one.endswith(b".reason.txt")
    }
    assert contents == {BAD + b"%d" % number for number in range(3)}


def test_a_reason_never_lies_over_a_file_of_that_name(room: Room) -> None:
    quarantine = room.home.folder("quarantine") / "J101"
    quarantine.mkdir()
    (quarantine / "坏.pdf.reason.txt").write_text("somebody's own")
    room.drop("J101/坏.pdf", BAD)
    room.work()
    assert (quarantine / "坏.pdf.reason.txt").read_text() == "somebody's own"
    assert (quarantine / "坏 (2).pdf").exists() and (quarantine / "坏 (2).pdf.reason.txt").exists()


def test_a_file_with_the_name_of_a_folder_is_in_nobodys_way(room: Room) -> None:
    room.drop("J101/册", paper("一"))
    room.work()
    scan_id = room.drop("J101/册/甲.pdf", paper("二"))
    room.work()
    assert room.lies("done") == sorted(["J101/册", f"{scan_id}/甲.pdf"])


def test_a_path_that_grows_too_long_by_its_folder_is_shortened(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    make = os.makedirs

    def too_long(path: bytes, **how: bool) -> None:
        if path.endswith("深".encode()):
            raise OSError(errno.ENAMETOOLONG, "File name too long")
        make(path, **how)

    scan_id = room.drop("J101/深/甲.pdf", paper("二"))
    monkeypatch.setattr(os, "makedirs", too_long)
    room.work()
    assert room.lies("done") == [f"{scan_id}/甲.pdf"]


def test_across_file_systems_it_is_copied_compared_and_only_then_taken_away(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_device(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "rename", other_device)
    room.drop("J101/甲.pdf", paper("一"))
    room.work()
    assert room.lies("done") == ["J101/甲.pdf"] and room.lies("drop") == []


def test_a_copy_that_differs_leaves_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"1")
    monkeypatch.setattr(parking, "digest", lambda place: place.name)
    parking._move_across(os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b"))
    assert (tmp_path / "a").exists()


def test_what_came_by_ingest_is_never_moved_and_its_reason_is_in_quarantine(room: Room, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(BAD)
    [scan_id] = intake.take(room.home, [tmp_path / "坏.pdf"], None, None)
    room.work()
    assert (tmp_path / "坏.pdf").read_bytes() == BAD
    assert room.lies("quarantine") == [f"ingest/{scan_id}.reason.txt"]
