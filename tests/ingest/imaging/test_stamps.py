"""Seals are told from letterheads and stains, and a round one's name is unrolled into a line."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.imaging.stamps import seals_on

DPI = 200
RED = (200, 40, 45)


def mm(length: float) -> int:
    return round(length / 25.4 * DPI)


def sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", (mm(210), mm(297)), (248, 244, 230))
    return page, ImageDraw.Draw(page)


def ring(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, marks: int = 8) -> None:
    """A round seal: a ring, a star's blot, and blocks in place of characters along the upper arc."""
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=mm(1.1))
    pen.ellipse((x - mm(4), y - mm(4), x + mm(4), y + mm(4)), fill=RED)
    for at in range(marks):
        angle = math.radians(-200 + 220 * at / (marks - 1))
        cx, cy = x + 0.76 * radius * math.cos(angle), y + 0.76 * radius * math.sin(angle)
        pen.ellipse((cx - mm(1.8), cy - mm(1.8), cx + mm(1.8), cy + mm(1.8)), fill=RED)


def test_a_round_seal_is_found_and_its_name_unrolled() -> None:
    page, pen = sheet()
    ring(pen, mm(140), mm(200), mm(20))
    (seal,) = seals_on(page, DPI)
    assert (seal.box.x, seal.box.y) == pytest.approx((120 / 210, 180 / 297), abs=0.01)
    assert (seal.box.w, seal.box.h) == pytest.approx((40 / 210, 40 / 297), abs=0.01)
    written = np.asarray(seal.lines[0]) < 128
    inked = np.diff(np.concatenate([[0], written.any(axis=0).astype(int), [0]]))
    assert int((inked == 1).sum()) == 8
    assert written.shape[1] > 6 * written.shape[0]


def test_a_square_seal_is_kept_as_it_stands() -> None:
    page, pen = sheet()
    pen.rectangle((mm(100), mm(200), mm(130), mm(230)), outline=RED, width=mm(1))
    pen.rectangle((mm(106), mm(206), mm(124), mm(224)), fill=RED)
    (seal,) = seals_on(page, DPI)
    assert len(seal.lines) == 1
    assert seal.lines[0].size == pytest.approx((mm(30), mm(30)), abs=6)


def test_a_line_below_the_star_is_a_line_of_its_own() -> None:
    page, pen = sheet()
    ring(pen, mm(140), mm(200), mm(20))
    pen.rectangle((mm(132), mm(208), mm(148), mm(212)), fill=RED)
    (seal,) = seals_on(page, DPI)
    assert len(seal.lines) == 2


@pytest.mark.parametrize("what", ["letterhead", "ruled line", "speck", "gray page", "yellow stain"])
def test_other_red_things_are_no_seals(what: str) -> None:
    page, pen = sheet()
    match what:
        case "letterhead":
            for at in range(8):
                pen.rectangle((mm(30 + 18 * at), mm(30), mm(44 + 18 * at), mm(44)), fill=RED)
        case "ruled line":
            pen.rectangle((mm(25), mm(60), mm(185), mm(61)), fill=RED)
        case "speck":
            pen.ellipse((mm(50), mm(50), mm(54), mm(54)), fill=RED)
        case "yellow stain":
            pen.ellipse((mm(50), mm(50), mm(90), mm(90)), fill=(225, 205, 150))
        case _:
            ring(pen, mm(140), mm(200), mm(20))
            page = page.convert("L")
    assert seals_on(page, DPI) == ()


def test_a_page_full_of_red_marks_is_looked_at_once() -> None:
    page, pen = sheet()
    for x in range(0, page.width, mm(4)):
        for y in range(0, page.height, mm(4)):
            pen.ellipse((x, y, x + mm(1), y + mm(1)), fill=RED)
    began = time.process_time()
    assert seals_on(page, DPI) == ()
    floor = time.process_time() - began
    began = time.process_time()
    np.asarray(page.convert("L")).mean()
    assert floor < 200 * max(time.process_time() - began, 0.005)
