"""RapidOCR through our port: every way up, lines that run downwards, single lines, and what it does when it breaks."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

from index.domain.errors import EngineFailed
from index.domain.reading import Script
from ingest.engines import rapid
from ingest.engines.judging import quarter_turned
from ingest.engines.port import Arrangement, EngineReading
from ingest.engines.rapid import Rapid
from tests.typeset import font_path

pytestmark = pytest.mark.slow
LINES = (
    "关于印发档案管理办法的通知",
    "各科室应当在每年六月底前完成上一年度归档",
    "Records 2024 GB/T 33190",
    "借阅须经主管批准，不得涂改",
)


@cache
def face(pixels: int) -> ImageFont.FreeTypeFont:
    path, number = font_path("serif", "hans")
    return ImageFont.truetype(path, pixels, index=number, layout_engine=ImageFont.Layout.BASIC)


@cache
def across() -> Image.Image:
    page = Image.new("L", (900, 420), 250)
    for at, text in enumerate(LINES):
        ImageDraw.Draw(page).text((40, 40 + 90 * at), text, 20, face(36))
    return page


@cache
def downwards() -> Image.Image:
    page = Image.new("L", (420, 900), 250)
    for at, text in enumerate(line for line in LINES if line[0] != "R"):
        for row, char in enumerate(text):
            ImageDraw.Draw(page).text((330 - 110 * at, 40 + 40 * row), char, 20, face(36))
    return page


def read(page: Image.Image, arrangement: Arrangement = Arrangement.COLUMN) -> EngineReading:
    return Rapid().read(page, 200, Script.NONE, arrangement)


def texts(reading: EngineReading) -> list[str]:
    return ["".join(word.text for word in line) for line in reading.lines]


def has_all(reading: EngineReading, lines: tuple[str, ...]) -> bool:
    plain = {text.replace(",", "，").replace(" ", "") for text in texts(reading)}
    return {line.replace(" ", "") for line in lines} <= plain


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_read_whichever_way_it_lies(quarters: int) -> None:
    reading = read(quarter_turned(across(), quarters))
    assert reading.turned == -quarters % 4
    assert has_all(reading, LINES)


def test_boxes_lie_on_the_picture_as_turned() -> None:
    straight, turned = read(across()), read(quarter_turned(across(), 3))
    (first,) = [word for word in straight.words if word.text == "印"]
    (again,) = [word for word in turned.words if word.text == "印"]
    assert (again.left, again.top) == pytest.approx((first.left, first.top), abs=6)
    assert (again.width, again.height) == pytest.approx((first.width, first.height), abs=6)


def test_every_han_character_lies_on_its_own_ink() -> None:
    (line,) = [line for line in read(across()).lines if line[0].text == "关"]
    assert [word.left for word in line] == pytest.approx([40 + 36 * at for at in range(13)], abs=6)
    assert all(30 < word.height < 42 for word in line)


def test_columns_of_han_stay_upright() -> None:
    reading = read(downwards())
    assert reading.turned == 0
    assert has_all(reading, tuple(line for line in LINES if line[0] != "R"))
    assert all(word.height < 60 for word in reading.words)


def test_a_line_cut_out_is_not_looked_for() -> None:
    crop = across().crop((30, 30, 520, 90))
    assert texts(read(crop, Arrangement.LINE)) == [LINES[0]]


def test_a_strip_without_a_margin_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid.Models, "detect", lambda models, gray: np.zeros((0, 4, 2), np.float32))
    assert texts(read(across().crop((38, 38, 510, 82)))) == [LINES[0]]
    assert read(across()).lines == ()


def test_nothing_is_read_on_nothing() -> None:
    empty = Image.new("L", (600, 400), 250)
    assert read(empty).lines == ()
    assert Rapid().turns_to_upright(empty, 200) is None


def test_small_print_is_looked_at_again_larger() -> None:
    page = Image.new("L", (1654, 2339), 250)
    for at in range(40):
        ImageDraw.Draw(page).text((120, 120 + 40 * at), LINES[at % 4], 20, face(16))
    assert len(read(page).lines) >= 40


def test_an_engine_that_breaks_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ONNXRuntimeError("out of cheese")

    monkeypatch.setattr(rapid, "_read", broken)
    with pytest.raises(EngineFailed) as told:
        read(across())
    assert told.value.code == "engine-failed"


def test_it_says_what_it_is() -> None:
    assert Rapid().name == "rapidocr"
    assert not Rapid().needs_script
    assert "PP-OCR" in Rapid().version()


def test_turning_quads_is_turning_the_picture() -> None:
    quads = np.array([[(10, 20), (60, 20), (60, 40), (10, 40)]], np.float32)
    for quarters in range(4):
        turned = rapid._turned(quads, (100, 200), quarters)
        mark = Image.new("L", (200, 100))
        mark.paste(255, (10, 20, 60, 40))
        left, top, right, bottom = quarter_turned(mark, quarters).getbbox() or (0, 0, 0, 0)
        assert turned[0][0].tolist() == [left, top]
        assert turned[0][2].tolist() == [right, bottom]
