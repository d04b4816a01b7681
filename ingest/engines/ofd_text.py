"""Decides how the texts of an OFD's page become a reading: characters that follow each other are words, words lines.

A page whose text is hidden under a scan, sideways or rubbish is read from its picture, as with a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.engines.pdf_text import in_lines
from ingest.engines.port import EngineReading, Seen
from ingest.engines.soundness import LEAST_BESIDE_A_SCAN, MOSTLY_PICTURE, reads_sanely
from ingest.imaging.ofd import Page
from ingest.imaging.ofd.marks import Text

NAME = "ofd"
VERSION = "1"
#: A gap wider than this share of a character's height parts two words.
_GAP = 0.3
#: Of a character's height, so much lies above the base line and below it.
_ABOVE, _BELOW = 0.86, 0.14


def read(page: Page) -> EngineReading | None:
    """The words of the page with their boxes in millimetres, or None where its text cannot be trusted."""
    texts = [one for one in page.texts if one.glyphs]
    seen = [one for one in texts if one.alpha > 0]
    written = "".join(glyph.char for one in seen for glyph in one.glyphs)
    if not reads_sanely(written) or _length(seen) * 2 < _length(texts) or not _stands_upright(seen):
        return None
    if page.pictured >= MOSTLY_PICTURE and len("".join(written.split())) < LEAST_BESIDE_A_SCAN:
        return None
    words = [word for one in _in_order(seen) for word in _words(one)]
    return EngineReading(tuple(in_lines(words)))


def _in_order(texts: list[Text]) -> list[Text]:
    """As they were set; where a form is filled in over its template, by their places: a label, then its answer."""
    if not any(one.template for one in texts) or all(one.template for one in texts):
        return texts
    return [one for row in _rows(texts) for one in sorted(row, key=lambda text: _start(text)[0])]


def _rows(texts: list[Text]) -> Iterator[list[Text]]:
    """Texts whose base lines are nearer to each other than half a character are on one row."""
    row: list[Text] = []
    for one in sorted(texts, key=lambda text: _start(text)[1]):
        if row and _start(one)[1] - _start(row[-1])[1] > 0.5 * min(_height(one), _height(row[-1])):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _start(text: Text) -> tuple[float, float]:
    return text.matrix.at(text.glyphs[0].x, text.glyphs[0].y)


def _height(text: Text) -> float:
    return text.size * text.matrix.scale


def _length(texts: Iterable[Text]) -> int:
    return sum(len(one.glyphs) for one in texts)


def _stands_upright(texts: list[Text]) -> bool:
    upright = _length(one for one in texts if one.matrix.upright and not one.turned)
    return upright * 2 > _length(texts)


def _words(text: Text) -> Iterator[Seen]:
    """Runs of characters without a space or a gap between them, each with the box around it."""
    run: list[Seen] = []
    for seen in _characters(text):
        if run and (not seen.text or _is_apart(run[-1], seen)):
            yield _joined(run)
            run = []
        if seen.text:
            run.append(seen)
    if run:
        yield _joined(run)


def _characters(text: Text) -> Iterator[Seen]:
    """Each character with its box on the page; "" for one that is blank."""
    for glyph, after in [*pairwise(text.glyphs), (text.glyphs[-1], None)]:
        advance = glyph.advance or text.size * (1.0 if ord(glyph.char) > 0x2E7F else 0.5)
        width = min(advance, text.size) if after is not None else advance
        corners = [
            text.matrix.at(x, y)
            for x in (glyph.x, glyph.x + max(width, 0.05 * text.size))
            for y in (glyph.y - _ABOVE * text.size, glyph.y + _BELOW * text.size)
        ]
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
        char = glyph.char if glyph.char.isprintable() and not glyph.char.isspace() else ""
        yield Seen(char, left, top, right - left, bottom - top, 1.0)


def _is_apart(last: Seen, seen: Seen) -> bool:
    """Whether there is room for a word's space between two characters, or they do not stand side by side."""
    gap = seen.left - (last.left + last.width)
    beside = min(last.top + last.height, seen.top + seen.height) - max(last.top, seen.top)
    return gap > _GAP * last.height or gap < -last.width or beside < 0.5 * min(last.height, seen.height)


def _joined(run: list[Seen]) -> Seen:
    left, top = min(one.left for one in run), min(one.top for one in run)
    right, bottom = max(one.left + one.width for one in run), max(one.top + one.height for one in run)
    return Seen("".join(one.text for one in run), left, top, right - left, bottom - top, 1.0)
