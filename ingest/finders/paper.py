"""Decides what of a document the finders look at: the lines of its first and last pages, each with size and place.

Descriptions stand at the beginning and the end of a document; a volume of 500 pages costs no more than one of five.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import median

from index.domain.description import Evidence
from index.domain.folding import fold, folded, join_lines
from index.domain.reading import Box, PageReading, Word
from ingest.finders.lost_zeros import with_zeros
from ingest.finders.rows import around, beside_one_another

FIRST_PAGES, LAST_PAGES = 3, 2
_SHEET, _GAP = 0.707, 0.9
"""How wide a sheet is for its height (ISO 216), and the gap, in heights of a character, that parts two cells."""
_LONGEST_PAGE = 6000
"""Characters of a page that are looked at; a page holds some 1,500."""


def plain(text: str) -> str:
    """`text` in simplified characters and half width, place for place: what the patterns are written for."""
    return "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    """One character for one, so that places stay; capitals are kept, they tell names from words."""
    sign = fold(character)
    return sign if len(sign) == 1 and sign != character.lower() else character


@dataclass(frozen=True)
class Line:
    """A line of a page (1-based). `text` is joined: without the spaces that OCR puts between Chinese characters.

    `size` is the height of its characters against the page's running text (1.0), or 0 when no boxes are known.
    """

    text: str
    page: int
    box: Box | None
    size: float
    confidence: float
    least: float = 1.0
    """The confidence of the word on it that the reader was least sure of."""
    cells: tuple[str, ...] = ()
    """What stands on it apart from each other, in forms a label and what was filled in; one where nothing does."""
    cells_least: tuple[float, ...] = ()
    """The same as `least`, of each cell."""

    @cached_property
    def plain(self) -> str:
        """The text in simplified characters and half width, place for place: what the patterns are written for."""
        return plain(self.text)

    def said(self, match: re.Match[str], group: str | int = 0) -> str:
        """What stands on the paper where `match`, found in `plain`, found its group."""
        return self.text[match.start(group) : match.end(group)]

    def least_of(self, words: str) -> float:
        """The least confidence in the cell that holds `words`; that of the line where they are broken over several."""
        held = [sure for cell, sure in zip(self.cells, self.cells_least, strict=False) if words in cell]
        return min(held, default=self.least)

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle, with room at both sides."""
        if self.box is None:
            return False
        left, right = self.box.x, 1 - self.box.x - self.box.w
        return abs(left - right) < 0.1 and min(left, right) > 0.13

    @property
    def top(self) -> float:
        """How far down the page it stands (0..1); 0 when no boxes are known."""
        return self.box.y if self.box else 0.0

    def evidence(self, rule: str = "", words: str = "") -> Evidence:
        return Evidence(words=words or self.text, page=self.page, box=self.box, rule=rule)


@dataclass(frozen=True)
class Paper:
    """A document as the finders see it: pages of lines, in order, blank pages left out."""

    pages: tuple[tuple[Line, ...], ...]

    @staticmethod
    def of(readings: Sequence[PageReading]) -> Paper:
        """The first and last written pages of `readings`."""
        written = [(number, page) for number, page in enumerate(readings, 1) if page.text.strip() and not page.blank]
        looked = [*written[:FIRST_PAGES], *written[max(FIRST_PAGES, len(written) - LAST_PAGES) :]]
        return Paper(tuple(_lines(page, number) for number, page in looked))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for page in self.pages for line in page)

    @property
    def first(self) -> tuple[Line, ...]:
        return self.pages[0] if self.pages else ()

    @cached_property
    def text(self) -> str:
        """All that is looked at, folded, pages apart."""
        return "\f".join(folded("\n".join(line.text for line in page)).text for page in self.pages)


def _lines(page: PageReading, number: int) -> tuple[Line, ...]:
    words = sorted(page.words, key=lambda word: word.start)
    rows: list[tuple[str, list[Word]]] = []
    start = at = 0
    for text in page.text[:_LONGEST_PAGE].split("\n"):
        end = start + len(text)
        first = at
        while at < len(words) and words[at].start < end:
            at += 1
        rows.append((text, words[first:at]))
        start = end + 1
    written = [with_zeros(text, held) for text, held in rows if text.strip()]
    body = _body(written)
    return tuple(_line(text, held, number, body) for text, held in beside_one_another(written))


def _cells(words: Sequence[Word]) -> Iterable[tuple[str, float]]:
    """The words in groups, as `_parted`, with their least confidence; signs that stand alone are one (租　户)."""
    spaced: list[tuple[str, float]] = []
    for cell in _parted(words):
        if len(cell[0]) == 1:
            spaced.append(cell)
            continue
        yield from _run_together(spaced)
        spaced = []
        yield cell
    yield from _run_together(spaced)


def _run_together(cells: Sequence[tuple[str, float]]) -> Iterable[tuple[str, float]]:
    if cells:
        yield "".join(text for text, _ in cells), min(least for _, least in cells)


def _parted(words: Sequence[Word]) -> Iterable[tuple[str, float]]:
    """The words in groups, parted where the gap is wider than a character is tall."""
    held: list[Word] = []
    for word in words:
        if held and (word.box.x - held[-1].box.x - held[-1].box.w) * _SHEET > _GAP * max(word.box.h, held[-1].box.h):
            yield _joined(held), min(one.confidence for one in held)
            held = []
        held.append(word)
    if held:
        yield _joined(held), min(one.confidence for one in held)


def _joined(words: Sequence[Word]) -> str:
    starts = [word.start - words[0].start for word in words]
    text = ""
    for at, word in zip(starts, words, strict=True):
        text = text.ljust(at) + word.text
    return join_lines(text).text.strip()


def _line(text: str, words: Sequence[Word], page: int, body: float) -> Line:
    size = _height(words) / body if body else 0.0
    sure = sum(word.confidence for word in words) / len(words) if words else 1.0
    least = min((word.confidence for word in words), default=1.0)
    joined = join_lines(text).text
    cells, cells_least = zip(*_cells(words), strict=True) if words else ((joined,), (least,))
    return Line(joined, page, around(word.box for word in words), size, sure, least, cells, cells_least)


def _body(rows: Iterable[tuple[str, Sequence[Word]]]) -> float:
    """The height of running text: what half of the characters are set in."""
    heights = [height for text, words in rows if words for height in [_height(words)] * len(text)]
    return median(heights) if heights else 0.0


def _height(words: Sequence[Word]) -> float:
    """The height of a line's usual characters: engines make some boxes as tall as the line, and 一 is flat."""
    return median(word.box.h for word in words) if words else 0.0
