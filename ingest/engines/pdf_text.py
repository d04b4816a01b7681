"""Decides how the words of a sound PDF text layer become a reading: pdfplumber's words, in the order they were set.

Only pages that `soundness` let pass come here; what pdfplumber makes of them is looked at once more, because its fonts
are not pdfium's.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from index.domain.reading import Box
from ingest.engines.port import EngineReading, Seen
from ingest.engines.soundness import reads_sanely
from ingest.imaging import pdf
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.pdf import PageFacts

NAME = "pdfplumber"
#: A page with more characters is a drawing or a bomb: it is read from its picture.
MOST_CHARACTERS = 60_000
#: What pdfplumber raises on files that pdfium reads: no reason to refuse a page that can be drawn.
_BROKEN = (
    PdfminerException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


#: Finding the objects of a volume costs more than reading one of its pages.
opened = LastOpened[Any](pdfplumber.open)


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The words of a page, boxes in points, and the part of the page that is shown (its crop box)."""

    reading: EngineReading
    shown: tuple[float, float, float, float]

    def place(self, seen: Seen) -> Box:
        """The word's box as fractions of the page as it is drawn."""
        left, top, right, bottom = self.shown
        x0, x1 = (_within((x - left) / (right - left)) for x in (seen.left, seen.left + seen.width))
        y0, y1 = (_within((y - top) / (bottom - top)) for y in (seen.top, seen.top + seen.height))
        return Box(x0, y0, x1 - x0, y1 - y0)


def version() -> str:
    return str(pdfplumber.__version__)


def read(path: str, number: int, facts: PageFacts) -> PdfReading | None:
    """The words of page `number` (from 1), or None where pdfplumber sees rubbish, or nothing, after all.

    Where pdfplumber sees not one character (it does not know every way to name a font's), pdfium's stand in.
    """
    try:
        page = opened(path).pages[number - 1]
        return _read(page) if page.chars else _from_pdfium(path, number, facts)
    except _BROKEN:
        return None


def _from_pdfium(path: str, number: int, facts: PageFacts) -> PdfReading | None:
    """Runs of characters between spaces; a run goes on while its characters stand on one height."""
    characters = pdf.opened(path).characters(number)
    runs = [_run(list(group)) for blank, group in groupby(characters, lambda one: one.text.isspace()) if not blank]
    if not runs or len(characters) > MOST_CHARACTERS:
        return None
    return PdfReading(EngineReading(tuple(in_lines(runs))), (0.0, 0.0, facts.width, facts.height))


def _run(characters: list[pdf.Character]) -> Seen:
    left, top = min(one.left for one in characters), min(one.top for one in characters)
    right, bottom = max(one.right for one in characters), max(one.bottom for one in characters)
    return Seen(_plain("".join(one.text for one in characters)), left, top, right - left, bottom - top, 1.0)


def _read(page: Any) -> PdfReading | None:
    try:
        if len(page.chars) > MOST_CHARACTERS or not _stands_upright(page.chars):
            return None
        shown = _shown(page)
        once = page.dedupe_chars() if _is_set_twice(page.chars) else page
        words = once.extract_words(use_text_flow=True, x_tolerance_ratio=0.3)
        lines = tuple(in_lines(seen for seen in map(_seen, words) if _stands_on(seen, shown)))
    finally:
        page.close()
    if not reads_sanely("".join(seen.text for line in lines for seen in line)):
        return None
    return PdfReading(EngineReading(lines), shown)


def _stands_upright(chars: list[dict[str, Any]]) -> bool:
    """Whether most characters run from left to right as the page is shown; a table set sideways is turned by OCR."""
    upright = sum(char["matrix"][0] > abs(char["matrix"][1]) for char in chars)
    return bool(upright * 2 > len(chars))


def _is_set_twice(chars: list[dict[str, Any]]) -> bool:
    """Whether much of the text is printed over itself, as some programs do for bold."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars}
    return len(places) < 0.9 * len(chars)


def _shown(page: Any) -> tuple[float, float, float, float]:
    """The crop box where it makes sense, else the whole page: x0, top, x1, bottom."""
    for box in (page.cropbox, page.bbox):
        left, top, right, bottom = (float(edge) for edge in box)
        if right - left >= 1 and bottom - top >= 1:
            return left, top, right, bottom
    return 0.0, 0.0, 1.0, 1.0


def _seen(word: dict[str, Any]) -> Seen:
    left, top = float(word["x0"]), float(word["top"])
    return Seen(_plain(word["text"]), left, top, float(word["x1"]) - left, float(word["bottom"]) - top, 1.0)


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _stands_on(seen: Seen, shown: tuple[float, float, float, float]) -> bool:
    """Whether there is a word and its middle is on the part of the page that is shown."""
    x, y = seen.left + seen.width / 2, seen.top + seen.height / 2
    return bool(seen.text) and shown[0] <= x <= shown[2] and shown[1] <= y <= shown[3]


def in_lines(words: Iterable[Seen]) -> Iterator[tuple[Seen, ...]]:
    """Words that follow each other on one height and to the right are a line."""
    line: list[Seen] = []
    for seen in words:
        if line and not _continues(line[-1], seen):
            yield tuple(line)
            line = []
        line.append(seen)
    if line:
        yield tuple(line)


def _continues(last: Seen, seen: Seen) -> bool:
    overlap = min(last.top + last.height, seen.top + seen.height) - max(last.top, seen.top)
    return overlap > 0.5 * min(last.height, seen.height) and seen.left > last.left


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
