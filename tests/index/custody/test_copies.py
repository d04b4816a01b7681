from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.custody.copies import can_be_copied, copy_of
from index.domain.errors import BadScan
from index.domain.holdings import Item, ItemState, Page, PageState

ITEM = Item("i1", ItemState.FILED, datetime(2026, 11, 26, tzinfo=UTC))
PAGES = [Page(f"p{number}", "i1", "s1", number, number, PageState.READ, key="a:1") for number in (1, 2)]


def test_the_same_item_has_the_same_copy(tmp_path: Path) -> None:
    assert copy_of(tmp_path, ITEM, PAGES) == copy_of(tmp_path, ITEM, list(PAGES))


@pytest.mark.parametrize(
    ("item", "pages"),
    [
        (replace(ITEM, version=2), PAGES),
        (ITEM, PAGES[::-1]),
        (ITEM, PAGES[:1]),
        (ITEM, [replace(PAGES[0], version=2), PAGES[1]]),
        (ITEM, [replace(PAGES[0], key="b:1"), PAGES[1]]),
        (ITEM, [replace(PAGES[0], turned=1), PAGES[1]]),
    ],
    ids=["description", "order", "a page less", "read anew or corrected", "another scan", "turned"],
)
def test_what_changes_an_item_makes_its_copy_another(item: Item, pages: list[Page], tmp_path: Path) -> None:
    assert copy_of(tmp_path, item, pages).pdf != copy_of(tmp_path, ITEM, PAGES).pdf


def test_why_it_could_not_be_made_is_told_once(tmp_path: Path) -> None:
    copy = copy_of(tmp_path, ITEM, PAGES)
    assert copy.refused() is None
    copy.refuse(BadScan("took-too-long", seconds=120))
    told = copy.refused()
    assert told is not None and (told.code, told.details) == ("took-too-long", {"seconds": "120"})
    assert copy.refused() is None


def test_copies_of_the_item_as_it_was_are_outlived_and_nothing_else(tmp_path: Path) -> None:
    copy, before = copy_of(tmp_path, ITEM, PAGES), copy_of(tmp_path, ITEM, PAGES[:1])
    for path in (copy.pdf, before.pdf, before.refusal, tmp_path / "page.jpg"):
        path.touch()
    assert set(copy.outlived()) == {before.pdf, before.refusal}


def test_an_item_can_be_copied_when_all_its_pages_are_read() -> None:
    assert can_be_copied(PAGES)
    assert not can_be_copied([*PAGES, replace(PAGES[0], state=PageState.WAITING)])
    assert not can_be_copied([])
