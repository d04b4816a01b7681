"""Decides how a sheet is set in type on A4: sizes, places, red letterhead, ruled tables, the round stamp."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.furniture import chop, figure, grid
from tests.sheet import Block, Chop, Figure, Form, Grid, Line, Sheet, Signed, Table

FONTS = Path("/usr/share/fonts/opentype/noto")
FAMILY = {"hans": "SC", "hant": "TC", "latin": "SC"}
INK, RED = (28, 28, 30), (205, 30, 35)
NEVER_FIRST = ",。、;:?!)》」』”’〕】%…,.;:!?)"
MARGIN, TOP, BOTTOM = 25.0, 24.0, 30.0
_ROUGH = 72
"""Dots an inch at which a page is set to see what it holds."""

#: kind -> (points, bold, red, centred)
LOOK = {
    "letterhead": (30.0, True, True, True),
    "number": (12.0, False, False, True),
    "title": (20.0, True, False, True),
    "heading": (13.0, True, False, False),
    "note": (11.0, False, False, True),
    "line": (12.0, False, False, False),
    "right": (12.0, False, False, False),
    "small": (9.5, False, False, False),
    "body": (12.0, False, False, False),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed run of characters and its box (x, y, w, h) as fractions of the page."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet fresh from the press: the RGB picture and every line on it, in reading order."""

    image: Image.Image
    lines: tuple[Placed, ...]

    def boxes(self, words: str) -> tuple[tuple[float, float, float, float], ...]:
        """Where `words` stand within single lines; widths are shared evenly among the characters of a line."""
        return tuple(_part(line, words) for line in self.lines if words in line.text)


def _part(line: Placed, words: str) -> tuple[float, float, float, float]:
    x, y, w, h = line.box
    each = w / len(line.text)
    return (x + each * line.text.index(words), y, each * len(words), h)


@cache
def font_path(face: str, script: str, bold: bool = False) -> tuple[Path, int]:
    """The font's file and its number within the collection."""
    path = FONTS / f"Noto{face.title()}CJK-{'Bold' if bold else 'Regular'}.ttc"
    names = (ImageFont.truetype(path, 10, index=number).getname()[0] or "" for number in range(5))
    return path, next(number for number, name in enumerate(names) if name.endswith(FAMILY[script]))


@cache
def _font(face: str, script: str, bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    path, number = font_path(face, script, bold)
    return ImageFont.truetype(path, pixels, index=number, layout_engine=ImageFont.Layout.BASIC)


def printed(sheet: Sheet, dpi: int = 200) -> Printed:
    """The sheet set in type, before any ageing."""
    press = Press(sheet, dpi)
    for block in sheet.blocks:
        press.set(block)
    if sheet.number is not None:
        press.foot(f"— {sheet.number} —")
    return Printed(press.image, tuple(press.lines))


def paged(sheet: Sheet) -> tuple[Sheet, ...]:
    """The sheet's blocks on as many sides as they need, numbered when there are several."""
    sides: list[list[Block]] = [[]]
    press = Press(sheet, _ROUGH)
    for block in sheet.blocks:
        press.set(block)
        if press.full and sides[-1]:
            press = Press(sheet, _ROUGH)
            press.set(block)
            sides.append([])
        sides[-1].append(block)
    several = len(sides) > 1
    return tuple(
        replace(sheet, blocks=tuple(side), number=number if several else sheet.number)
        for number, side in enumerate(sides, 1)
    )


class Press:
    """One page being set; `y` is where the next line begins, in pixels."""

    def __init__(self, sheet: Sheet, dpi: int) -> None:
        self.dpi, self.script, self.face = dpi, sheet.script, sheet.face
        self.image = Image.new("RGB", (self.mm(210), self.mm(297)), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.left, self.right = self.mm(MARGIN), self.mm(210 - MARGIN)
        self.y = self.mm(TOP)
        self.lines: list[Placed] = []

    def mm(self, length: float) -> int:
        return round(length / 25.4 * self.dpi)

    def font(self, points: float, bold: bool = False) -> ImageFont.FreeTypeFont:
        return _font(self.face, self.script, bold, round(points / 72 * self.dpi))

    @property
    def full(self) -> bool:
        """Whether what was set last no longer stands on the page."""
        return self.y > self.mm(297 - BOTTOM)

    def set(self, block: Block) -> None:
        match block:
            case Line():
                self.paragraph(block)
            case Table(rows):
                self.table(rows)
            case Form(fields):
                self.form(fields)
            case Signed():
                self.signed(block)
            case Grid(rows):
                grid(self, rows)
            case Figure(kind, millimetres):
                figure(self, kind, millimetres)
            case Chop(lines):
                chop(self, lines)

    def put(
        self, x: float, text: str, font: ImageFont.FreeTypeFont, fill: tuple[int, int, int] = INK, down: int = 0
    ) -> None:
        """Print one run at (x, self.y + down) and remember where it stands."""
        y = self.y + down
        self.pen.text((x, y), text, font=font, fill=fill)
        x0, y0, x1, y1 = font.getbbox(text)
        width, height = self.image.size
        box = ((x + x0) / width, (y + y0) / height, (x1 - x0) / width, (y1 - y0) / height)
        self.lines.append(Placed(text, box))

    def wrapped(self, text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
        """The text in lines of at most this width."""
        return list(_broken(text, font, width, 0))

    def paragraph(self, line: Line) -> None:
        points, bold, red, centred = LOOK[line.kind]
        font = self.font(points, bold)
        if line.kind == "letterhead":
            font = self.font(min(points, points * (self.right - self.left) / font.getlength(line.text)), bold)
        indent = 2 * font.size if line.kind == "body" and self.script != "latin" else 0
        for count, text in enumerate(_broken(line.text, font, self.right - self.left, indent)):
            if self.full:
                return
            x = (self.image.width - font.getlength(text)) / 2 if centred else self.left + (0 if count else indent)
            x = self.right - font.getlength(text) if line.kind == "right" else x
            self.put(x, text, font, RED if red else INK)
            self.y += round(font.size * 1.65)
        self.y += round(font.size * (0.6 if centred else 0.1))
        if line.kind == "number":
            self.pen.line((self.left, self.y, self.right, self.y), fill=RED, width=self.mm(0.6))
            self.y += self.mm(8)

    def table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        font = self.font(11)
        step, high, top = (self.right - self.left) // len(rows[0]), round(font.size * 2.2), self.y
        for row in rows:
            for column, cell in enumerate(row):
                x = self.left + step * column + (step - font.getlength(cell)) / 2
                self.put(x, cell, font, down=round((high - font.size) / 3))
            self.y += high
        for count in range(len(rows) + 1):
            self.pen.line((self.left, top + count * high, self.left + step * len(rows[0]), top + count * high), INK, 2)
        for column in range(len(rows[0]) + 1):
            self.pen.line((self.left + step * column, top, self.left + step * column, self.y), INK, 2)
        self.y += self.mm(6)

    def form(self, fields: tuple[tuple[str, str], ...]) -> None:
        font = self.font(12)
        half = (self.right - self.left) // 2
        for count, (label, value) in enumerate(fields):
            x = self.left + half * (count % 2)
            self.put(x, label + ":", font)
            start = x + font.getlength(label + ":") + self.mm(1)
            self.put(start, value, font)
            under = self.y + round(font.size * 1.4)
            self.pen.line((start, under, x + half - self.mm(6), under), INK, 1)
            if count % 2 or count == len(fields) - 1:
                self.y += round(font.size * 2.3)
        self.y += self.mm(3)

    def signed(self, block: Signed) -> None:
        font = self.font(12)
        self.y = min(self.y + self.mm(10), self.mm(297 - BOTTOM - 20))
        x = self.right - max(font.getlength(block.issuer), font.getlength(block.day)) - self.mm(6)
        if block.stamped:
            self.stamp(round(x + self.mm(22)), round(self.y + font.size), block.issuer)
        for text in (block.issuer, block.day):
            self.put(x, text, font)
            self.y += round(font.size * 1.9)

    def foot(self, text: str) -> None:
        font = self.font(10.5)
        self.y = self.mm(297 - 20)
        self.put((self.image.width - font.getlength(text)) / 2, text, font)

    def stamp(self, x: int, y: int, words: str) -> None:
        """A round red seal: a ring, a star, the words along the upper arc; half transparent."""
        radius = self.mm(19)
        seal = Image.new("RGBA", (2 * radius, 2 * radius), (0, 0, 0, 0))
        pen = ImageDraw.Draw(seal)
        red = (*RED, 150)
        pen.ellipse((2, 2, 2 * radius - 3, 2 * radius - 3), outline=red, width=self.mm(1))
        pen.polygon(list(_star(radius)), fill=red)
        for text, angle in _along_arc(words):
            seal.alpha_composite(self.leaning(text, angle, radius, red))
        self.image.paste(seal.convert("RGB"), (x - radius, y - radius), seal.getchannel("A"))

    def leaning(self, text: str, angle: float, radius: int, red: tuple[int, int, int, int]) -> Image.Image:
        """One character of a seal, turned about the seal's centre."""
        sheet = Image.new("RGBA", (2 * radius, 2 * radius), (0, 0, 0, 0))
        font = self.font(13, bold=True)
        ImageDraw.Draw(sheet).text((radius, self.mm(4.5)), text, font=font, fill=red, anchor="mm")
        return sheet.rotate(-angle, Image.Resampling.BILINEAR)


def _star(radius: int) -> Iterator[tuple[float, float]]:
    for corner in range(10):
        length = radius * (0.30 if corner % 2 == 0 else 0.115)
        turn = math.pi * (corner / 5 - 0.5)
        yield radius + length * math.cos(turn), radius + length * math.sin(turn)


def _along_arc(words: str) -> Iterator[tuple[str, float]]:
    span = min(250.0, 26.0 * len(words))
    for place, text in enumerate(words):
        yield text, -span / 2 + span * place / max(1, len(words) - 1)


def _broken(text: str, font: ImageFont.FreeTypeFont, width: float, indent: float) -> Iterator[str]:
    """The lines of a paragraph: broken anywhere between Han characters, at spaces in Latin, and at newlines."""
    line, room = "", width - indent
    for word in _breakable(text):
        too_long = line and word not in NEVER_FIRST and font.getlength(line + word.rstrip()) > room
        if too_long or word == "\n":
            yield line.rstrip()
            line, room = "", width
        line += word.strip("\n") if line else word.strip()
    if line.strip():
        yield line.rstrip()


def _breakable(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if letter.isascii() and not letter.isspace():
            word += letter
            continue
        if word:
            yield word
        word = ""
        yield letter
    if word:
        yield word
