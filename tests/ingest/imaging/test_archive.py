"""What comes out of a ZIP, and what keeps it shut."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.domain.errors import BadScan, DiskFull
from ingest.imaging.archive import Caps, Unpacked, unpack
from tests.fakes.ingest.imaging.zipped import boasting, locked, zipped, zipped_in, zipped_link, zipped_twice

CAPS = Caps(files=100, total_bytes=10 * 2**20, file_bytes=5 * 2**20, ratio=200)


def unpacked(tmp_path: Path, content: bytes, caps: Caps = CAPS) -> tuple[Unpacked, ...]:
    (tmp_path / "batch.zip").write_bytes(content)
    (tmp_path / "out").mkdir()
    return unpack(str(tmp_path / "batch.zip"), str(tmp_path / "out"), caps)


def refusal(tmp_path: Path, content: bytes, caps: Caps = CAPS) -> BadScan:
    with pytest.raises(BadScan) as told:
        unpacked(tmp_path, content, caps)
    return told.value


def names(found: tuple[Unpacked, ...]) -> list[str]:
    return [one.path.decode() for one in found]


def test_every_file_comes_out_under_a_number_with_its_path_told(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped({"会议/a.pdf": b"first", "b.pdf": b"second", "空/": b""}))
    assert names(found) == ["b.pdf", "会议/a.pdf"]
    assert [(tmp_path / "out" / one.place).read_bytes() for one in found] == [b"second", b"first"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_the_bytes_of_chinese_windows_are_read(encoding: str, tmp_path: Path) -> None:
    assert names(unpacked(tmp_path, zipped_in(encoding, {"会议记录/一.pdf": b"a"}))) == ["会议记录/一.pdf"]


def test_names_that_are_no_text_keep_their_bytes(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped_in("latin-1", {"\xff\xfe.pdf": b"a"}))
    assert found[0].path == b"\xff\xfe.pdf"


def test_backslashes_part_folders_too(tmp_path: Path) -> None:
    assert names(unpacked(tmp_path, zipped_in("ascii", {"a\\b.pdf": b"a"}))) == ["a/b.pdf"]


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped_twice("a.pdf", b"first", b"second"))
    assert names(found) == ["a.pdf", "a (2).pdf"]
    assert sorted((tmp_path / "out" / one.place).read_bytes() for one in found) == [b"first", b"second"]


def test_a_file_with_the_name_of_a_folder_is_numbered(tmp_path: Path) -> None:
    assert names(unpacked(tmp_path, zipped({"a": b"1", "a/b": b"2"}))) == ["a (2)", "a/b"]


def test_an_overlong_name_keeps_its_ending(tmp_path: Path) -> None:
    [name] = names(unpacked(tmp_path, zipped({"长" * 120 + ".pdf": b"1"})))
    assert name.endswith(".pdf") and len(name.encode()) <= 200


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/a.pdf", "a/../../b.pdf", "C:\\a.pdf", "..\\a.pdf", "a/" * 40 + "b"])
def test_a_path_that_leaves_the_zip_keeps_it_shut(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped({"ok.pdf": b"1", name: b"2"})).code == "unsafe-archive"
    assert os.listdir(tmp_path / "out") == []


def test_a_link_is_left_inside_and_told(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped_link("a.pdf", "/etc/passwd"))
    assert [(one.path.decode(), one.place != "", one.why) for one in found] == [
        ("a.pdf", False, "special-file"),
        ("旁边.pdf", True, ""),
    ]


def test_what_programs_leave_behind_stays_inside(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped({"__MACOSX/a.pdf": b"1", ".DS_Store": b"2", "Thumbs.db": b"3", "a.pdf": b"4"}))
    assert {one.path.decode() for one in found if one.why == "temporary-name"} == {
        "__MACOSX/a.pdf",
        ".DS_Store",
        "Thumbs.db",
    }


def test_a_zip_inside_is_told_and_an_ofd_is_none(tmp_path: Path) -> None:
    inner = {
        "b.zip": zipped({"c.pdf": b"1"}),
        "d.ofd": zipped({"OFD.xml": b"<OFD/>"}),
        "e.docx": zipped({"word/document.xml": b""}),
    }
    found = unpacked(tmp_path, zipped(inner))
    assert [(one.path.decode(), one.why) for one in found] == [
        ("b.zip", "archive-in-archive"),
        ("d.ofd", ""),
        ("e.docx", ""),
    ]


def test_a_password_keeps_it_shut(tmp_path: Path) -> None:
    assert refusal(tmp_path, locked(zipped({"a.pdf": b"1"}))).code == "encrypted-file"


def test_a_zip_without_a_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped({"空/": b""})).code == "empty-archive"


def test_more_files_than_allowed(tmp_path: Path) -> None:
    told = refusal(tmp_path, zipped({str(number): b"" for number in range(101)}))
    assert (told.code, told.details) == ("too-many-in-archive", {"files": 101, "limit": 100})


@pytest.mark.parametrize("caps", [Caps(9, 999_999, 5 * 2**20, 200), Caps(9, 10 * 2**20, 999_999, 200)])
def test_more_bytes_than_allowed_in_all_or_in_one(caps: Caps, tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped({"a": bytes(1_000_000)}), caps).code == "too-much-in-archive"


def test_a_bomb_is_known_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.imaging.archive._RATIO_MATTERS", 1_000_000)
    assert refusal(tmp_path, zipped({"a": bytes(2_000_000)})).code == "too-much-in-archive"


def test_a_directory_that_says_less_than_comes_out_is_held_to_its_word(tmp_path: Path) -> None:
    assert refusal(tmp_path, boasting(zipped({"a": bytes(1_000_000)}), 10)).code == "damaged-archive"
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) <= 10


def test_a_damaged_zip(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": os.urandom(10_000)}))
    content[200:210] = bytes(10)
    assert refusal(tmp_path, bytes(content)).code == "damaged-archive"


def test_a_full_disk_is_no_fault_of_the_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        f_bavail, f_frsize = 0, 4096

    monkeypatch.setattr(os, "statvfs", lambda folder: Full)
    with pytest.raises(DiskFull):
        unpacked(tmp_path, zipped({"a": b"1"}))
