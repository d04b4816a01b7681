"""Decides what is shown of a match: the stretch of the page's own text, a snippet around it, the boxes on the image.

The leaves of a query are folded; spans are in the text as it stands, line breaks and all. Nothing here is escaped:
what shows a snippet escapes its parts. No Whoosh: the same rule of matching as the index (`matching.pattern`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import NamedTuple
from unicodedata import east_asian_width

import numpy as np

from index.domain.reading import Box, Place, Stamp, Word
from index.domain.searching.tree import Section, Wild, Words
from index.text.folding import traced
from index.text.matching import standing

_ELLIPSIS = "…"
#: Words whose boxes overlap by this much of the lower one's height stand on one line.
_SAME_LINE = 0.5
#: Boxes on one line join over a gap of at most this many of their heights.
_GAP = 2.5


Sides = tuple[float, float, float, float]
"""x, y, width, height of a box: a plain tuple, as a page has thousands."""
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom of one."""


class Span(NamedTuple):
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
    [spans] = mark_all([text], leaves, [section])
    return spans


def mark_all(
    texts: Sequence[str], leaves: Sequence[Words | Wild], sections: Sequence[Section]
) -> list[tuple[Span, ...]]:
    """As `mark` says of each of these texts, each of its section: folded and looked through as one, which is cheap."""
    pages = traced(texts)
    found = [(leaf, *span) for leaf in leaves for span in standing(pages.text, leaf)]
    starts = np.array([start for _, start, _ in found], dtype=np.int64)
    places = np.searchsorted(pages.starts, starts, side="right") - 1
    first = pages.origins[starts] - pages.begins[places]
    last = pages.origins[np.array([end for _, _, end in found], dtype=np.int64) - 1] + 1 - pages.begins[places]
    spans: list[list[Span]] = [[] for _ in texts]
    for (leaf, _, _), place, start, end in zip(found, places.tolist(), first.tolist(), last.tolist(), strict=True):
        if leaf.section in {sections[place], Section.ANYWHERE}:
            spans[place].append(Span(start, end))
    return [tuple(_merged(sorted(of_text))) for of_text in spans]


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
    """One box for each part of a match that stands on a line of its own, as fractions of the page image.

    `words` stand in the order of the text.
    """
    return tuple(box for span in spans for box in _lines(_slices(words, span)))


def boxes_at(text: str, spans: Sequence[Span], places: Sequence[Sequence[Place]]) -> tuple[Box, ...]:
    """The same, where the places of the words on each span are known already, and `text` is the page's."""
    return tuple(
        box for span, on_span in zip(spans, places, strict=True) for box in _lines(_parts(text, on_span, span))
    )


def stamped(stamps: Sequence[Stamp], leaves: Sequence[Words | Wild]) -> tuple[Box, ...]:
    """The boxes of the seals whose text matches: its characters have no places of their own."""
    return tuple(stamp.box for stamp in stamps if mark(stamp.text, leaves))


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
    if "\n" not in text:
        return text
    pieces = text.split("\n")
    joined = pieces[0]
    for before, after in pairwise(pieces):
        close = _is_wide(before[-1:]) or _is_wide(after[:1])
        joined += after if close else f" {after}"
    return joined


def _is_wide(character: str) -> bool:
    return bool(character) and east_asian_width(character) in "WF"


def _slices(words: Sequence[Word], span: Span) -> Iterator[Sides]:
    """The part of each word's box that lies in the span."""
    first = bisect_right(words, span.start, key=lambda word: word.start)
    for word in takewhile(lambda word: word.start < span.end, words[max(0, first - 1) :]):
        if span.start < word.start + len(word.text):
            box = word.box
            yield _slice(word.text, word.start, span, (box.x, box.y, box.w, box.h))


def _parts(text: str, places: Iterable[Place], span: Span) -> Iterator[Sides]:
    """The same of the words at these places of the text."""
    for start, length, x, y, w, h in places:
        within = span.start <= start and start + length <= span.end
        yield (x, y, w, h) if within else _slice(text[start : start + length], start, span, (x, y, w, h))


def _slice(word: str, start: int, span: Span, sides: Sides) -> Sides:
    """The part of a word that lies in the span; it stands at `start` of the text."""
    x, y, w, h = sides
    left, until = _room(word[: max(0, span.start - start)]), _room(word[: span.end - start])
    whole = _room(word)
    return x + w * left / whole, y, w * (until - left) / whole, h


def _room(word: str) -> int:
    """A wide character takes twice the room of a narrow one."""
    return sum(2 if _is_wide(character) else 1 for character in word)


def _lines(parts: Iterable[Sides]) -> Iterator[Box]:
    """The parts of a match, those beside each other on a line put together."""
    line: Edges | None = None
    for x, y, w, h in parts:
        part = (x, y, x + w, y + h)
        if line and _adjoins(line, part):
            line = _around(line, part)
            continue
        if line:
            yield _box(line)
        line = part
    if line:
        yield _box(line)


def _box(edges: Edges) -> Box:
    left, top, right, bottom = edges
    return Box(left, top, right - left, bottom - top)


def _adjoins(line: Edges, part: Edges) -> bool:
    """Whether two boxes, one read after the other, stand beside each other on a line."""
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = line, part
    lower, other = bottom - top, other_bottom - other_top
    if other < lower:
        lower = other
    shared = (bottom if bottom < other_bottom else other_bottom) - (top if top > other_top else other_top)
    reach = _GAP * lower
    return shared >= _SAME_LINE * lower and other_left - right <= reach and left - other_right <= reach


def _around(one: Edges, other: Edges) -> Edges:
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = one, other
    return (
        left if left < other_left else other_left,
        top if top < other_top else other_top,
        right if right > other_right else other_right,
        bottom if bottom > other_bottom else other_bottom,
    )
