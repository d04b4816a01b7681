"""Decides what is shown of a match: the stretch of the page's own text, a snippet around it, the boxes on the image.

The leaves of a query are folded; spans are in the text as it stands, line breaks and all. Nothing here is escaped:
what shows a snippet escapes its parts. No Whoosh: the same rule of matching as the index (`matching.pattern`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from index.domain.query import Section, Wild, Words
from index.domain.reading import Box, Word
from index.text.folding import traced
from index.text.matching import pattern

_ELLIPSIS = "…"
#: Words whose boxes overlap by this much of the lower one's height stand on one line.
_SAME_LINE = 0.5
#: Boxes on one line join over a gap of at most this many of their heights.
_GAP = 2.5


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end] of the page, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of the page's text on one line, as (words, whether marked)."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.parts)


def mark(text: str, leaves: Sequence[Words | Wild], section: Section = Section.ANYWHERE) -> tuple[Span, ...]:
    """Where the folded `leaves` stand in `text`, which is a page's, or this section's of its description.

    Overlapping matches become one span, in order.
    """
    page = traced(text)
    sought = [leaf for leaf in leaves if leaf.section in {section, Section.ANYWHERE}]
    found = (match.span() for leaf in sought for match in pattern(leaf).finditer(page.text))
    return tuple(_merged(sorted(Span(*page.origin(*span)) for span in found)))


def snippet(text: str, spans: Sequence[Span], width: int = 60) -> Snippet:
    """About `width` characters of `text` where most of `spans` stand together; its beginning if there are none."""
    start, end = _window(text, spans, width)
    shown = [span for span in spans if span.start < end and span.end > start]
    parts = [(_ELLIPSIS, False)] if start else []
    at = start
    for span in shown:
        parts += [(_line(text[at : span.start]), False), (_line(text[span.start : min(span.end, end)]), True)]
        at = min(span.end, end)
    parts.append((_line(text[at:end]), False))
    if end < len(text.rstrip()):
        parts.append((_ELLIPSIS, False))
    return Snippet(tuple(part for part in parts if part[0]))


def boxes(words: Sequence[Word], spans: Sequence[Span]) -> tuple[Box, ...]:
    """One box for each part of a match that stands on a line of its own, as fractions of the page image."""
    return tuple(box for span in spans for box in _lines(_parts(words, span)))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    open_span: Span | None = None
    for span in spans:
        if open_span and span.start < open_span.end:
            open_span = Span(open_span.start, max(open_span.end, span.end))
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def _window(text: str, spans: Sequence[Span], width: int) -> tuple[int, int]:
    """The stretch with the most spans, a third of its width before the first of them."""
    if not spans:
        return 0, min(width, len(text))
    first = max(spans, key=lambda span: (_within(spans, span.start, width), -span.start))
    start = max(0, first.start - width // 3)
    if len(text) - start < width:
        start = max(0, len(text) - width)
    return start, min(len(text), max(start + width, first.end))


def _within(spans: Sequence[Span], start: int, width: int) -> int:
    return sum(start <= span.start and span.end <= start + width * 2 // 3 for span in spans)


def _line(text: str) -> str:
    """Without the line breaks inside Chinese, and with a space for the others."""
    pieces = text.split("\n")
    joined = pieces[0]
    for before, after in pairwise(pieces):
        close = _is_wide(before[-1:]) or _is_wide(after[:1])
        joined += after if close else f" {after}"
    return joined


def _is_wide(character: str) -> bool:
    return bool(character) and east_asian_width(character) in "WF"


def _parts(words: Sequence[Word], span: Span) -> Iterator[Box]:
    """The part of each word's box that lies in the span."""
    for word in words:
        start = max(span.start, word.start) - word.start
        end = min(span.end, word.start + len(word.text)) - word.start
        if start < end:
            yield _slice(word, start, end)


def _slice(word: Word, start: int, end: int) -> Box:
    """Characters start:end of a word; a wide character takes twice the room of a narrow one."""
    room = [2 if _is_wide(character) else 1 for character in word.text]
    whole = sum(room)
    box = word.box
    left, taken = sum(room[:start]) / whole, sum(room[start:end]) / whole
    return Box(box.x + box.w * left, box.y, box.w * taken, box.h)


def _lines(parts: Iterable[Box]) -> Iterator[Box]:
    line: Box | None = None
    for part in parts:
        if line and _adjoins(line, part):
            line = _around(line, part)
            continue
        if line:
            yield line
        line = part
    if line:
        yield line


def _adjoins(line: Box, part: Box) -> bool:
    """Whether two boxes, one read after the other, stand beside each other on a line."""
    lower = min(line.h, part.h)
    shared = min(line.y + line.h, part.y + part.h) - max(line.y, part.y)
    gap = max(part.x - (line.x + line.w), line.x - (part.x + part.w))
    return shared >= _SAME_LINE * lower and gap <= _GAP * lower


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    right, low = max(one.x + one.w, other.x + other.w), max(one.y + one.h, other.y + other.h)
    return Box(x, y, right - x, low - y)
