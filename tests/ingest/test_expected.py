"""The engine of a series reads its first pages already where the cover or the folder names the series exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.holdings import Page
from index.domain.looks import Look
from index.domain.rules.policy import Pack
from index.domain.separators import Cover, code_of
from ingest.actors import engine_of_page
from ingest.expected import expected_series
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper

#: A series of the school's regulation.
NOTICES = "WS·XZ"


def cover(series: str) -> Page:
    return Page("sheet", "scan", "item", 1, 1, look=Look(sign=code_of(Cover(series=series))))


def school(room: Room) -> Pack:
    return next(pack for pack in room.home.packs if pack.series_of(NOTICES))


def test_the_innermost_folder_that_names_a_series_counts(room: Room) -> None:
    pack, other = school(room), next(one for one in school(room).series if one.code != NOTICES)
    series = pack.series_of(NOTICES)
    assert series
    title = series.title["zh-Hans"]
    assert expected_series([pack], (), (other.code, title, "第三盒")) == NOTICES
    assert expected_series([pack], (), (NOTICES,)) == NOTICES
    assert expected_series([pack], (), (f"{title}的",)) == ""


def test_a_title_that_two_series_bear_names_none(room: Room) -> None:
    first, second, *_ = school(room).series
    twin = replace(school(room), series=(first, replace(second, title=first.title)))
    assert expected_series([twin], (), (first.title["zh-Hans"],)) == ""


def test_the_last_cover_before_a_page_beats_its_folder(room: Room) -> None:
    pack, other = school(room), next(one.code for one in school(room).series if one.code != NOTICES)
    assert expected_series([pack], (cover(NOTICES), cover(other)), (NOTICES,)) == other
    assert expected_series([pack], (cover(""),), (NOTICES,)) == NOTICES


@pytest.mark.parametrize(("folder", "engine"), [(NOTICES, "tesseract"), ("别的", "rapidocr")])
def test_the_engine_of_the_series_reads_what_lies_in_its_folder(room: Room, folder: str, engine: str) -> None:
    settings = room.home.settings
    ocr = settings.ocr.model_copy(update={"engine": "rapidocr", "series": {f"J101/{NOTICES}": "tesseract"}})
    room.home.__dict__["settings"] = settings.model_copy(update={"ocr": ocr})
    scan_id = room.drop(f"J101/{folder}/通知.pdf", paper("散文"))
    room.work_on("receive", scan_id)
    room.work_on("render", scan_id)
    with room.home.catalogue.reading() as work:
        [page] = work.pages.of_scan(scan_id)
        assert work.items.get(page.item_id).value("series") == ""
        assert engine_of_page(room.home, work, page) == engine
