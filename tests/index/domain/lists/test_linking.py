"""Only what is certain is linked; everything else is told on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.lists.entries import Entry
from index.domain.lists.linking import By, Image, Links, key, link, natural


def row(number: int, code: str = "", name: str = "", pages: str = "") -> Entry:
    said = {"title": f"第{number}件", "reference_code": code, "file_name": name, "pages": pages}
    return Entry(number, {name: value for name, value in said.items() if value})


def image(name: str, code: str = "", pages: int = 1, **more: bool) -> Image:
    return Image(f"id of {name}", f"扫描/{name}", code, pages, **more)  # type: ignore[arg-type]


def faults(links: Links) -> list[list[str]]:
    return [[fault.code for fault in entry.faults] for entry in links.entries]


@pytest.mark.parametrize("written", ["J101-WS·2024-Y-0001.tif", "J101_WS.2024_Y_0001.PDF", "j101-ws 2024-y-0001.jpg"])
def test_a_code_is_found_in_a_files_name_whatever_its_signs(written: str) -> None:
    links = link([row(2, "J101-WS·2024-Y-0001")], [image(written)], By.CODE)
    assert links.images[2].path == f"扫描/{written}" and links.left == ()


def test_a_code_that_a_cover_told_goes_before_the_files_name() -> None:
    links = link([row(2, "A-1")], [image("A-1.jpg", code="B-7"), image("scan.jpg", code="A-1")], By.CODE)
    assert links.images[2].path == "扫描/scan.jpg" and [one.path for one in links.left] == ["扫描/A-1.jpg"]


def test_by_name_the_column_of_names_counts_with_or_without_folder_and_ending() -> None:
    rows = [row(2, name=r"D:\扫描\001.tif"), row(3, name="002"), row(4, "003")]
    links = link(rows, [image("001.tif"), image("002.jpg"), image("003.pdf")], By.NAME)
    assert [links.images[number].path[-7:] for number in (2, 3, 4)] == ["001.tif", "002.jpg", "003.pdf"]


def test_by_position_images_stand_in_natural_order() -> None:
    links = link([row(2), row(3), row(4)], [image("10.jpg"), image("9.jpg")], By.POSITION)
    assert [links.images[number].path for number in (2, 3)] == ["扫描/9.jpg", "扫描/10.jpg"]
    assert faults(links) == [[], [], ["entry-no-image"]]


def test_what_is_not_certain_is_told_and_left_alone() -> None:
    rows = [row(2, "A-1"), row(3, "B-1"), row(4, "B.1"), row(5, "C-1")]
    links = link(rows, [image("A-1.jpg"), image("A_1.tif"), image("B-1.jpg")], By.CODE)
    assert faults(links) == [["entry-two-images"], ["entry-image-twice"], ["entry-image-twice"], ["entry-no-image"]]
    assert links.images == {} and len(links.left) == 3


def test_a_count_of_pages_that_differs_warns_and_links() -> None:
    links = link([row(2, "A-1", pages="3")], [image("A-1.jpg", pages=2)], By.CODE)
    assert faults(links) == [["entry-pages-differ"]] and links.entries[0].sound and 2 in links.images


def test_an_image_that_an_earlier_list_entered_is_not_left_over() -> None:
    assert link([], [image("A-1.jpg", entered=True), image("B-1.jpg")], By.CODE).left == (image("B-1.jpg"),)


@given(
    st.lists(st.text("AB-·.1", max_size=3)), st.lists(st.text("AB-_.1", max_size=3), unique=True), st.sampled_from(By)
)
def test_no_image_goes_to_two_rows_and_none_is_lost(codes: list[str], names: list[str], by: By) -> None:
    images = [image(name) for name in names]
    links = link([row(number, code) for number, code in enumerate(codes, 2)], images, by)
    linked = [one.item_id for one in links.images.values()]
    assert len(linked) == len(set(linked))
    assert sorted([*linked, *(one.item_id for one in links.left)]) == sorted(one.item_id for one in images)
    assert all(entry.number in links.images or entry.faults for entry in links.entries)


def test_an_empty_key_fits_nothing() -> None:
    assert key(" ·.") == "" and link([row(2)], [image("….jpg")], By.CODE).images == {}


def test_natural_order() -> None:
    assert sorted(["b2", "b10", "a3", "b1"], key=natural) == ["a3", "b1", "b2", "b10"]
