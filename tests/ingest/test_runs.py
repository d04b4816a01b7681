"""When a folder is one item, as a table of names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.runs import could_be_page, goes_on, is_single_page, numbered, run_of


def names(*text: str) -> list[bytes]:
    return [one.encode() for one in text]


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        (["1.jpg", "2.jpg", "10.jpg"], ["1.jpg", "2.jpg", "10.jpg"]),
        (["p10.tif", "p9.tif", "p1.tif"], ["p1.tif", "p9.tif", "p10.tif"]),
        (["IMG_0002.JPG", "img_0001.jpg"], ["img_0001.jpg", "IMG_0002.JPG"]),
        (["第1页 (2).png", "第1页 (3).png"], None),
        (["扫描-001.png", "扫描-002.jpg"], ["扫描-001.png", "扫描-002.jpg"]),
        (["2024-001.jpg", "2024-002.jpg"], ["2024-001.jpg", "2024-002.jpg"]),
        (["1.jpg"], None),
        ([], None),
        (["1.jpg", "2.pdf"], None),
        (["1.jpg", "a.jpg"], None),
        (["a1.jpg", "b2.jpg"], None),
        (["1.jpg", "01.jpg"], None),
        (["1.jpg", "1.png"], None),
        (["a\n1.jpg", "a\n2.jpg"], ["a\n1.jpg", "a\n2.jpg"]),
    ],
)
def test_a_run_is_one_family_of_numbers(given: Sequence[str], ordered: Sequence[str] | None) -> None:
    found = run_of(names(*given), lambda name: True)
    assert found == (None if ordered is None else names(*ordered))


def test_a_volume_among_the_pages_makes_it_no_run() -> None:
    assert run_of(names("1.tif", "2.tif"), lambda name: name != b"2.tif") is None


@pytest.mark.parametrize(
    ("run", "more", "on"),
    [
        (["p1.jpg", "p2.jpg"], ["p3.jpg"], True),
        (["p1.jpg", "p2.jpg"], ["p9.jpg", "p5.jpg"], True),
        (["p2.jpg", "p3.jpg"], ["p1.jpg"], False),
        (["p1.jpg", "p3.jpg"], ["p2.jpg"], False),
        (["p1.jpg", "p2.jpg"], ["p2.jpg"], False),
        (["p1.jpg", "p2.jpg"], ["q3.jpg"], False),
        (["p1.jpg", "p2.jpg"], ["p3.pdf"], False),
    ],
)
def test_only_later_numbers_of_the_same_family_go_on(run: Sequence[str], more: Sequence[str], on: bool) -> None:
    assert goes_on(names(*run), names(*more)) is on


def test_names_that_are_no_text_are_numbered_all_the_same() -> None:
    assert numbered([b"\xff2.jpg", b"\xff1.jpg"]) == [b"\xff1.jpg", b"\xff2.jpg"]
    assert could_be_page(b"\xff1.TIFF") and not could_be_page(b"1.jpg.txt")


def test_a_pipe_a_link_and_what_is_gone_are_no_pages(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "1.jpg")
    (tmp_path / "real.jpg").write_bytes(b"\xff\xd8\xff\xd9")
    (tmp_path / "2.jpg").symlink_to(tmp_path / "real.jpg")
    assert [is_single_page(os.fsencode(tmp_path / name)) for name in ("1.jpg", "2.jpg", "3.jpg", "real.jpg")] == [
        False,
        False,
        False,
        True,
    ]
