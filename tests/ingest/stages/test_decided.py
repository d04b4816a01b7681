"""What a person decided of a page is no hint: its half, its turn, and that something faint stands on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from index.domain.reading import Box, Script
from ingest.engines.port import EngineReading
from ingest.imaging.paper import Kind, Sheet
from ingest.stages.recognise import PageRead, ReadingHints, ReadingSettings, draw_page, read_sheet
from tests.fakes.ingest.engines.scripted import ScriptedEngine, line, reading

SETTINGS = ReadingSettings()


def spread() -> Image.Image:
    """Two facing pages: lines on both, a black block besides on the right one."""
    page = Image.new("L", (1600, 1100), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.load_default(size=26)
    for row in range(120, 1000, 50):
        pen.text((100, row), "This lease is made between the parties", fill=0, font=face)
        pen.text((900, row), "and the tenant pays what was agreed upon", fill=0, font=face)
    pen.rectangle((1000, 300, 1400, 500), fill=0)
    return page


class Seeing(ScriptedEngine):
    """Sees by itself which way up a page stands."""

    @property
    def needs_script(self) -> bool:
        return False


def read(image: Image.Image, hints: ReadingHints, folder: Path) -> PageRead:
    doubtful = reading(line("通知", confidence=0.2))
    engine = ScriptedEngine(dict.fromkeys(Script, doubtful), turns=2)
    return read_sheet(Sheet(image, 150, Kind.IMAGE), hints, engine, str(folder), SETTINGS)


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_a_page_stands_as_a_person_turned_it(tmp_path: Path, turned: int) -> None:
    found = read(spread(), ReadingHints(given_turn=turned), tmp_path)
    assert (found.reading.turned, found.reading.text) == (turned, "通知")
    upright = (1600, 1100) if turned % 2 == 0 else (1100, 1600)
    assert (found.width, found.height) == upright


def test_what_an_engine_read_another_way_up_lies_where_it_is_seen(tmp_path: Path) -> None:
    """An engine that sees by itself that the text stands on its head reads it so; the page stays as it was turned."""
    sheet, hints, words = Sheet(spread(), 150, Kind.IMAGE), ReadingHints(given_turn=0), (line("通知", top=100.0),)
    found = {}
    for turned in (0, 2):
        engine = Seeing(dict.fromkeys(Script, EngineReading(words, turned)))
        found[turned] = read_sheet(sheet, hints, engine, str(tmp_path), SETTINGS).reading
    assert [reading.turned for reading in found.values()] == [0, 0]
    [here], [there] = (reading.words for reading in found.values())
    assert (there.box.x, there.box.y) == pytest.approx((1 - here.box.x - here.box.w, 1 - here.box.y - here.box.h))


def test_a_half_is_read_and_shown_alone(tmp_path: Path) -> None:
    found = read(spread(), ReadingHints(crop=Box(0.5, 0.0, 0.5, 1.0), given_turn=0), tmp_path)
    assert (found.width, found.height) == (800, 1100)
    with Image.open(tmp_path / "page.jpg") as shown:
        assert shown.getpixel((400, 400)) < 60  # type: ignore[operator]
        assert shown.getpixel((50, 130)) > 200  # type: ignore[operator]


def test_a_half_is_drawn_again_as_it_was_read(tmp_path: Path) -> None:
    from ingest.sandbox import Limits

    spread().save(tmp_path / "a.png")
    crop = Box(0.0, 0.0, 0.5, 1.0)
    draw_page(str(tmp_path / "a.png"), "png", 1, Kind.IMAGE, 1, str(tmp_path), Limits(), crop)
    with Image.open(tmp_path / "page.jpg") as shown:
        assert shown.size == (1100, 800)


def test_a_page_that_looks_blank_is_read_when_a_person_says_so(tmp_path: Path) -> None:
    empty = Image.new("L", (800, 1100), 250)
    assert read(empty, ReadingHints(), tmp_path).reading.blank
    told = read(empty, ReadingHints(written=True), tmp_path)
    assert (told.reading.blank, told.reading.text) == (False, "通知")


def test_a_blank_page_is_turned_too(tmp_path: Path) -> None:
    found = read(Image.new("L", (800, 1100), 250), ReadingHints(given_turn=1), tmp_path)
    assert (found.reading.blank, found.reading.turned, found.width) == (True, 1, 1100)
