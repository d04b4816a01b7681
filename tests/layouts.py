"""Decides where the lines of sample pages stand: pages as boxes without a picture, in the order a person reads them.

    two_columns(Random(3)).pieces      lines of one word each, in reading order
    two_columns(Random(3)).rulings     the lines ruled on it

Boxes are a little larger than the writing and waver, as detectors draw them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from ingest.engines.port import Line, Seen
from ingest.imaging.rulings import NO_RULINGS, Ruling, Rulings, rulings_of
from tests.sheet import paragraphs

WIDTH, HEIGHT = 1654, 2339
LEFT, RIGHT, TOP, FOOT = 190, 1464, 200, 2150
#: How far a box reaches beyond the writing, in ems.
SLACK = 0.12


@dataclass(frozen=True, slots=True)
class Layout:
    """A page: its pieces in reading order, and its ruled lines."""

    pieces: tuple[Line, ...]
    rulings: Rulings = NO_RULINGS


def is_set_down(seen: Seen) -> bool:
    """Whether the characters stand one below the other."""
    return seen.height > 1.5 * seen.width


class Setter:
    """Sets lines one after the other; `em` is the size of a character in pixels."""

    def __init__(self, chance: Random, em: float = 33.0) -> None:
        self.chance, self.em = chance, em
        self.lean = chance.uniform(-0.0035, 0.0035)
        self.pieces: list[Line] = []
        self.across: list[Ruling] = []
        self.down: list[Ruling] = []

    def layout(self) -> Layout:
        return Layout(tuple(self.pieces), rulings_of(self.across, self.down))

    def put(self, text: str, x: float, y: float, em: float = 0.0, tall: bool = False) -> float:
        """One piece with its upper left corner at (x, y); returns its width, or its height where it is `tall`."""
        em = em or self.em
        length = sum(1.0 if ord(char) > 255 else 0.52 for char in text) * em
        wide, high = (em, length) if tall else (length, em)
        slack, waver = SLACK * em, 0.05 * em
        left, top, right, bottom = (
            edge + self.chance.uniform(-waver, waver)
            for edge in (x - slack, y - slack - self.lean * x, x + wide + slack, y + high + slack - self.lean * x)
        )
        self.pieces.append((Seen(text, left, top, right - left, bottom - top, 0.98),))
        return length

    def centred(self, text: str, y: float, em: float, left: float = LEFT, right: float = RIGHT) -> None:
        self.put(text, (left + right - len(text) * em) / 2, y, em)

    def words(self, count: int) -> str:
        """That many characters of our samples' prose, marks of sentences among them."""
        source = "".join(self.chance.sample(paragraphs("plain"), 3))
        while len(source) < count + 10:
            source += source
        start = self.chance.randrange(len(source) - count)
        return source[start : start + count]

    def bare_words(self, least: int, most: int) -> str:
        """A few characters without marks, as cells hold them."""
        source = "".join(char for char in self.words(120) if char.isalpha())
        return source[: self.chance.randint(least, most)]

    def column(self, left: float, right: float, top: float, bottom: float, lead: float = 1.6) -> float:
        """Paragraphs down a column; returns where the next line would stand."""
        fits, y = int((right - left) / self.em), top
        while y + self.em <= bottom:
            lines = self.chance.randint(2, 9)
            for number in range(lines):
                if y + self.em > bottom:
                    break
                indent = 2 if number == 0 else 0
                count = self.chance.randint(2, fits) if number == lines - 1 else fits - indent
                self.put(self.words(count), left + indent * self.em, y)
                y += lead * self.em
        return y

    def page_number(self) -> None:
        dressed = self.chance.choice(("— 12 —", "第3页 共5页", "- 3 -", "3/12", "17"))
        self.put(dressed, WIDTH / 2 - 60, HEIGHT - 120, 0.8 * self.em)


def _columns(chance: Random, count: int) -> Layout:
    setter = Setter(chance, chance.choice((26.0, 30.0, 33.0)))
    gutter = chance.uniform(1.3, 2.5) * setter.em
    width = (RIGHT - LEFT - gutter * (count - 1)) / count
    top = TOP
    if chance.random() < 0.8:
        setter.centred(setter.bare_words(6, 14), top, 2 * setter.em)
        top += round(4 * setter.em)
    if chance.random() < 0.4:
        setter.centred(setter.bare_words(4, 8), top, setter.em)
        top += round(2 * setter.em)
    foot = chance.uniform(0.5, 1) * (FOOT - top) + top
    leads = [chance.choice((1.45, 1.6))] * count if chance.random() < 0.5 else [1.5 + 0.07 * n for n in range(count)]
    for number in range(count):
        left = LEFT + number * (width + gutter)
        down = chance.uniform(0, 0.7) * setter.em if chance.random() < 0.5 else 0.0
        ends = foot - chance.uniform(0.0, 0.8) * (foot - top) if number == count - 1 else foot
        setter.column(left, left + width, top + down, max(ends, top + 4 * setter.em), leads[number])
    setter.page_number()
    return setter.layout()


def two_columns(chance: Random) -> Layout:
    """Running text in two columns, most under a headline; the last column may end early."""
    return _columns(chance, 2)


def three_columns(chance: Random) -> Layout:
    return _columns(chance, 3)


def columns_around_a_heading(chance: Random) -> Layout:
    """Two columns, a heading or a figure across, and two columns again."""
    setter = Setter(chance)
    middle = chance.uniform(0.4, 0.6) * (FOOT - TOP) + TOP
    half = (RIGHT - LEFT) / 2 - setter.em
    for top, bottom in ((TOP, middle), (middle + 6 * setter.em, FOOT)):
        setter.column(LEFT, LEFT + half, top, bottom)
        setter.column(RIGHT - half, RIGHT, top, bottom)
        if bottom == middle:
            setter.centred(setter.bare_words(8, 14), middle + 2 * setter.em, 1.5 * setter.em)
    return setter.layout()


def ruled_table(chance: Random) -> Layout:
    """A title, a ruled table, a line of text below; some cells have several lines, the first of some rows spans two."""
    setter = Setter(chance, 28.0)
    setter.centred(setter.bare_words(6, 12) + "登记表", TOP, 44)
    widths = [chance.uniform(0.7, 1.6) for _ in range(chance.randint(3, 6))]
    edges = [LEFT + (RIGHT - LEFT) * sum(widths[:n]) / sum(widths) for n in range(len(widths) + 1)]
    y, rows = TOP + 90.0, [TOP + 90.0]
    for _ in range(chance.randint(6, 14)):
        y = _row_of_table(setter, edges, y)
        rows.append(y)
    setter.across = [Ruling(row, edges[0], edges[-1]) for row in rows]
    setter.down = [Ruling(edge, rows[0], rows[-1]) for edge in edges]
    setter.put(setter.words(24), LEFT, y + 60)
    setter.page_number()
    return setter.layout()


def _row_of_table(setter: Setter, edges: Sequence[float], top: float) -> float:
    """The cells of one row, each line centred or at the left; returns the row's lower edge."""
    chance, em = setter.chance, setter.em
    cells = []
    for left, right in pairwise(edges):
        fits = max(2, int((right - left - em) / em))
        lines = chance.choice((0, 1, 1, 1, 1, 2, 3)) if fits >= 4 else 1
        cells.append([setter.bare_words(min(2, fits), fits) for _ in range(lines)])
    high = (max(len(cell) for cell in cells) * 1.4 + 1.0) * em
    for cell, left in zip(cells, edges, strict=False):
        y = top + (high - len(cell) * 1.4 * em) / 2
        for text in cell:
            setter.put(text, left + em / 2, y)
            y += 1.4 * em
    return top + high


def open_table(chance: Random) -> Layout:
    """A list without ruled lines: numbers, titles of every length, dates, pages."""
    setter = Setter(chance, 28.0)
    setter.centred("卷内文件目录", TOP, 44)
    starts = (LEFT, LEFT + 4 * setter.em, LEFT + 13 * setter.em, RIGHT - 12 * setter.em, RIGHT - 3 * setter.em)
    y = TOP + 110.0
    for number in range(chance.randint(8, 24)):
        cells = (
            str(number + 1),
            f"临档发〔{chance.randint(1980, 2020)}〕{chance.randint(1, 99)}号",
            setter.bare_words(4, 18),
            f"{chance.randint(1980, 2020)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
            str(chance.randint(1, 200)),
        )
        for text, x in zip(cells, starts, strict=True):
            setter.put(text, x, y)
        y += chance.choice((1.7, 2.2)) * setter.em
    return setter.layout()


def form(chance: Random) -> Layout:
    """Labels and values, two pairs to a row, some values missing; paragraphs below, signatures at the foot."""
    setter = Setter(chance)
    setter.centred(setter.bare_words(4, 8) + "登记表", TOP, 50)
    labels, y = (
        ("姓名", "性别", "出生年月", "部门", "职务", "档号", "保管期限", "归档日期", "联系电话", "备注"),
        TOP + 120.0,
    )
    for number, label in enumerate(labels):
        x = LEFT if number % 2 == 0 else (LEFT + RIGHT) / 2
        wide = setter.put(label + ":", x, y)
        if chance.random() < 0.85:
            setter.put(setter.bare_words(1, 9), x + wide + 0.8 * setter.em, y)
        y += number % 2 * 2.3 * setter.em
    y = setter.column(LEFT, RIGHT, y + setter.em, y + chance.uniform(6, 20) * setter.em)
    for label in ("填表人:", "审核人:"):
        y += 2.4 * setter.em
        setter.put(label, LEFT, y)
        if chance.random() < 0.5:
            setter.put(setter.bare_words(2, 3), LEFT + 8 * setter.em, y)
    setter.page_number()
    return setter.layout()


def letter(chance: Random) -> Layout:
    """Salutation, running text, the signature block at the right."""
    setter = Setter(chance)
    setter.centred(setter.bare_words(6, 12) + "的函", TOP, 46)
    setter.put(setter.bare_words(5, 9) + ":", LEFT, TOP + 120)
    y = setter.column(LEFT, RIGHT, TOP + 180, TOP + chance.uniform(500, 1300))
    y += 2 * setter.em
    for text in ("临江市档案馆", "二〇〇三年五月六日"):
        setter.put(text, RIGHT - 12 * setter.em, y)
        y += 1.8 * setter.em
    setter.put("(此件公开发布)", LEFT + 2 * setter.em, y + setter.em)
    setter.put("抄送:" + setter.bare_words(8, 20), LEFT, FOOT - 70)
    setter.put(setter.bare_words(5, 9), LEFT, FOOT - 10)
    setter.put("2003年5月7日印发", RIGHT - 9 * setter.em, FOOT - 10)
    setter.page_number()
    return setter.layout()


def contents(chance: Random) -> Layout:
    """A table of contents: titles with leaders, page numbers at the right."""
    setter = Setter(chance, 30.0)
    setter.centred("目 录", TOP, 50)
    y = TOP + 120.0
    for number in range(chance.randint(10, 26)):
        title = f"第{number + 1}章 " + setter.bare_words(4, 16)
        wide = setter.put(title, LEFT + chance.choice((0, 2)) * setter.em, y)
        if chance.random() < 0.4:
            setter.put("…" * int((RIGHT - LEFT - wide) / setter.em - 9), LEFT + wide + 4 * setter.em, y)
        setter.put(str(3 * number + 1), RIGHT - 2 * setter.em, y)
        y += 1.9 * setter.em
    return setter.layout()


def notes_in_the_margin(chance: Random) -> Layout:
    """Running text with a note of a few short lines beside it, in smaller writing."""
    setter = Setter(chance)
    right = RIGHT - 9 * setter.em
    setter.column(LEFT, right, TOP, FOOT - 200)
    y = TOP + chance.uniform(100, 900)
    for _ in range(chance.randint(3, 5)):
        setter.put(setter.bare_words(6, 8), right + 1.5 * setter.em, y, 0.75 * setter.em)
        y += 1.1 * setter.em
    return setter.layout()


def english_columns(chance: Random) -> Layout:
    """English, ragged at the right, in two columns with a narrow strip between them."""
    setter = Setter(chance, 28.0)
    setter.put("THE REGISTER OF THE PARISH", LEFT, TOP, 50)
    words = " ".join(paragraphs("english")).split()
    half = (RIGHT - LEFT) / 2 - 0.5 * setter.em
    for left in (LEFT, RIGHT - half):
        y = TOP + 100.0
        while y < FOOT:
            ends = half * (chance.uniform(0.3, 0.9) if chance.random() < 0.12 else 1)
            line, start = "", chance.randrange(len(words) - 30)
            for word in words[start:]:
                if (len(line) + len(word) + 1) * 0.52 * setter.em > ends:
                    break
                line += word + " "
            setter.put(line.strip(), left, y)
            y += 1.35 * setter.em
    return setter.layout()


def table_across_columns(chance: Random) -> Layout:
    """Two columns above and below a ruled table that reaches across both."""
    setter = Setter(chance, 28.0)
    half, y = (RIGHT - LEFT) / 2 - setter.em, TOP + chance.uniform(300, 900)
    for left in (LEFT, RIGHT - half):
        setter.column(left, left + half, TOP, y - 60)
    edges = [LEFT + (RIGHT - LEFT) * part for part in (0, 0.1, 0.5, 0.75, 1)]
    rows = [y]
    for _ in range(chance.randint(3, 7)):
        rows.append(_row_of_table(setter, edges, rows[-1]))
    setter.across = [Ruling(row, edges[0], edges[-1]) for row in rows]
    setter.down = [Ruling(edge, rows[0], rows[-1]) for edge in edges]
    for left in (LEFT, RIGHT - half):
        setter.column(left, left + half, rows[-1] + 60, FOOT)
    return setter.layout()


def ruled_form(chance: Random) -> Layout:
    """A form in a grid whose columns differ from row to row; the last rows hold paragraphs beside their labels."""
    setter = Setter(chance, 28.0)
    setter.centred("干部履历表", TOP, 50)
    y, right = TOP + 100.0, float(RIGHT)
    setter.across.append(Ruling(y, LEFT, right))
    for _ in range(chance.randint(3, 7)):
        cells = chance.choice((2, 4, 6))
        edges = [LEFT + (right - LEFT) * number / cells for number in range(cells + 1)]
        for number, left in enumerate(edges[:-1]):
            if number % 2 == 0 or chance.random() < 0.8:
                setter.put(setter.bare_words(2, 5 if cells > 2 else 12), left + 12, y + 16)
        setter.down += [Ruling(edge, y, y + 60) for edge in edges]
        y += 60
        setter.across.append(Ruling(y, LEFT, right))
    for _ in range(chance.randint(1, 3)):
        lines = chance.randint(3, 8)
        high, side = lines * 1.5 * setter.em + 40, LEFT + 150.0
        setter.put(setter.bare_words(2, 4), LEFT + 12, y + high / 2)
        setter.column(side + 14, right - 10, y + 20, y + high)
        setter.down += [Ruling(edge, y, y + high) for edge in (LEFT, side, right)]
        y += high
        setter.across.append(Ruling(y, LEFT, right))
    return setter.layout()


def pairs_in_threes(chance: Random) -> Layout:
    """Labels and values, three pairs to a row, without any ruled line, each pair as the engine joined it or not."""
    setter = Setter(chance, 30.0)
    setter.centred("借阅登记", TOP, 48)
    y = TOP + 110.0
    for _ in range(chance.randint(4, 12)):
        for third in range(3):
            x = LEFT + third * (RIGHT - LEFT) / 3
            label, value = setter.bare_words(2, 4) + ":", setter.bare_words(2, 6)
            if chance.random() < 0.5:
                setter.put(label + value, x, y)
            else:
                setter.put(value, x + setter.put(label, x, y) + setter.em, y)
        y += chance.choice((1.7, 2.0, 2.4)) * setter.em
    return setter.layout()


def wrapped_list(chance: Random) -> Layout:
    """A list without ruled lines whose titles run over several lines; more air stands between its entries."""
    setter = Setter(chance, 28.0)
    setter.centred("归档文件目录", TOP, 44)
    title, day = LEFT + 4 * setter.em, RIGHT - 10 * setter.em
    fits, y = int((day - title) / setter.em) - 1, TOP + 110.0
    for number in range(chance.randint(5, 12)):
        setter.put(str(number + 1), LEFT, y)
        lines = chance.randint(1, 3)
        setter.put(setter.bare_words(fits - 1, fits) if lines > 1 else setter.bare_words(5, fits), title, y)
        setter.put(f"{chance.randint(1980, 2020)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日", day, y)
        for line in range(1, lines):
            y += 1.35 * setter.em
            setter.put(setter.bare_words(3, fits) if line == lines - 1 else setter.bare_words(fits, fits), title, y)
        y += 2.3 * setter.em
    return setter.layout()


def framed_box(chance: Random) -> Layout:
    """Running text in two columns, a box in a frame at the foot of the second."""
    setter = Setter(chance, 30.0)
    half = (RIGHT - LEFT) / 2 - setter.em
    setter.column(LEFT, LEFT + half, TOP, FOOT)
    box = chance.uniform(0.5, 0.8) * (FOOT - TOP) + TOP
    left = RIGHT - half
    setter.column(left, RIGHT, TOP, box - 40)
    setter.column(left + setter.em, RIGHT - setter.em, box + 25, FOOT - 10)
    setter.across = [Ruling(y, left - 5, RIGHT + 5) for y in (box, FOOT + 20.0)]
    setter.down = [Ruling(x, box, FOOT + 20.0) for x in (left - 5, RIGHT + 5)]
    return setter.layout()


def clauses_in_columns(chance: Random) -> Layout:
    """Numbered clauses in columns: most lines are short, full ones let their last mark hang out of the column."""
    setter = Setter(chance, 29.0)
    count = chance.choice((2, 3))
    width = (RIGHT - LEFT - 1.6 * setter.em * (count - 1)) / count
    fits = int(width / setter.em)
    for column in range(count):
        left, y, number = LEFT + column * (width + 1.6 * setter.em), float(TOP), 1
        while y < FOOT:
            if chance.random() < 0.5:
                setter.put(f"({number})" + setter.bare_words(3, fits - 4) + chance.choice((";", "。", "")), left, y)
                number += 1
            else:
                setter.put(setter.words(fits) + chance.choice(("", ",")), left, y)
                y += 1.55 * setter.em
                setter.put(setter.bare_words(1, fits - 2) + "。", left, y)
            y += 1.55 * setter.em
    return setter.layout()


def journal(chance: Random) -> Layout:
    """Two or three columns between a running head and a running foot, each with pieces at both ends."""
    setter = Setter(chance, 27.0)
    setter.put("档案工作", LEFT, 130)
    setter.put(f"2003年第{chance.randint(1, 12)}期", RIGHT - 6 * setter.em, 130)
    count = chance.choice((2, 3))
    width = (RIGHT - LEFT - 2 * setter.em * (count - 1)) / count
    for number in range(count):
        left = LEFT + number * (width + 2 * setter.em)
        setter.column(left, left + width, TOP, FOOT - 40, 1.5)
    setter.put(str(chance.randint(10, 99)), LEFT, FOOT + 10)
    setter.put("本刊编辑部", RIGHT - 6 * setter.em, FOOT + 10)
    return setter.layout()


def vertical(chance: Random) -> Layout:
    """Columns of characters from the top down, read from right to left; the page's number at the foot."""
    setter = Setter(chance, 34.0)
    x = RIGHT - setter.em
    if chance.random() < 0.7:
        setter.put(setter.bare_words(6, 12), x, TOP + 60, 1.4 * setter.em, tall=True)
        x -= 2.6 * setter.em
    fits = int((FOOT - TOP) / setter.em)
    while x > LEFT:
        last = chance.random() < 0.2
        setter.put(setter.words(chance.randint(3, fits) if last else fits), x, TOP, tall=True)
        x -= 1.7 * setter.em
    setter.page_number()
    return setter.layout()


def vertical_tiers(chance: Random) -> Layout:
    """Vertical text in two tiers, under a headline set across."""
    setter = Setter(chance, 30.0)
    setter.centred(setter.bare_words(6, 12), TOP, 55)
    middle = (TOP + FOOT) / 2
    for top, bottom in ((TOP + 110, middle - 30), (middle + 30, FOOT)):
        x, fits = RIGHT - setter.em, int((bottom - top) / setter.em)
        while x > LEFT:
            last = chance.random() < 0.15
            setter.put(setter.words(chance.randint(3, fits) if last else fits), x, top, tall=True)
            x -= 1.7 * setter.em
    return setter.layout()


LAYOUTS: Mapping[str, Callable[[Random], Layout]] = {
    made.__name__: made
    for made in (
        two_columns,
        three_columns,
        columns_around_a_heading,
        ruled_table,
        open_table,
        form,
        letter,
        contents,
        english_columns,
        table_across_columns,
        ruled_form,
        pairs_in_threes,
        wrapped_list,
        framed_box,
        clauses_in_columns,
        journal,
        notes_in_the_margin,
        vertical,
        vertical_tiers,
    )
}
