"""The catalogue leaves through the browser within the reader's rights, and that it left is journalled."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from index.domain.errors import Passing
from index.ports import Found, Search
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import Room


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def titles(text: str) -> set[str]:
    return {row[4] for row in rows(text)}


def test_a_reader_takes_what_a_reader_may_read(held: Room, enter: Enter) -> None:
    mine = titles(enter("reader").get("/export/item-catalogue?format=csv").text)
    all_of_it = titles(enter("archivist").get("/export/item-catalogue?format=csv").text)
    hidden = {held.item(name).title for name in ("contract", "transfer")}
    assert all_of_it - mine == hidden and not mine & hidden


def test_an_administrator_takes_nothing(enter: Enter) -> None:
    assert enter("administrator").get("/export/item-catalogue?format=csv").status_code == 403


def test_a_fonds_and_a_year_are_a_selection(held: Room, enter: Enter) -> None:
    year = held.item("notice").value("date")[:4]
    found = rows(enter("archivist").get(f"/export/item-catalogue?format=csv&fonds=J101&year={year}").text)
    assert found and all(row[1].startswith(f"J101-WS·{year}") for row in found)


def test_a_search_is_a_selection(held: Room, enter: Enter) -> None:
    title = held.item("notice").title
    assert titles(enter("archivist").get("/export/item-catalogue", params={"format": "csv", "q": title}).text) == {
        title
    }


class Lacking:
    """An index that cannot look through everything, or cannot be asked at all."""

    def __init__(self, lacking: Mapping[str, Any] | None) -> None:
        self._lacking = lacking

    def search(self, search: Search) -> Found:
        if self._lacking is None:
            raise Passing("index-damaged")
        return Found(0, (), {}, **self._lacking)


@pytest.mark.parametrize("lacking", [{"missing": ("J101",)}, {"cut_short": True}])
def test_a_catalogue_that_would_lack_items_is_refused(held: Room, enter: Enter, lacking: Mapping[str, Any]) -> None:
    held.home.__dict__["text"] = Lacking(lacking)
    answer = enter("archivist").get("/export/item-catalogue", params={"format": "csv", "q": "通知"})
    assert answer.status_code == 400 and "会有遗漏" in answer.text
    assert rows(enter("archivist").get("/export/item-catalogue?format=csv").text)


def test_without_the_index_a_search_selects_by_description_as_it_is_read(held: Room, enter: Enter) -> None:
    close(held.home)
    held.home.__dict__["text"] = Lacking(None)
    title = held.item("notice").title
    for query in (f"题名:“{title}”", f"{title} -无此词语"):
        told = enter("archivist").get("/export/item-catalogue", params={"format": "csv", "q": query})
        assert titles(told.text) == {title}


def test_an_unknown_fonds_or_format_is_told(enter: Enter) -> None:
    assert enter("archivist").get("/export/item-catalogue?fonds=X999").status_code == 404
    assert enter("archivist").get("/export/item-catalogue?format=doc").status_code == 400


@pytest.mark.parametrize(("format", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")])
def test_each_format_comes_as_a_file_with_a_name(enter: Enter, format: str, begins: bytes) -> None:
    answer = enter("archivist").get(f"/export/item-catalogue?format={format}&fonds=J101")
    assert answer.content.startswith(begins)
    assert "attachment" in answer.headers["content-disposition"]
    assert f"-J101.{format}" in answer.headers["content-disposition"]


def test_the_page_for_printing_has_a_cover_for_each_catalogue(enter: Enter) -> None:
    page = enter("archivist").get("/export/item-catalogue?format=print").text
    assert page.count('class="cover"') == page.count("<table") == 5
    assert "第一实验小学" in page and "题名" in page


def test_an_empty_selection_is_said_to_be_empty(enter: Enter) -> None:
    assert "没有已归档的文件" in enter("archivist").get("/export/item-catalogue?format=print&year=1900").text


def test_what_was_taken_is_journalled(held: Room, enter: Enter) -> None:
    enter("reader").get("/export/item-catalogue?format=csv&fonds=J101")
    with held.home.catalogue.reading() as work:
        (event,) = work.journal.of("item-catalogue")
    assert (event.actor, event.verb, event.details["items"], event.details["format"]) == (
        "reader",
        "exported",
        4,
        "csv",
    )
