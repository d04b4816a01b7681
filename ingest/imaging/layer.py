"""Decides how the text of a page lies invisibly over its picture, so that readers find it, and select it in its order.

A run is drawn in one line, each word stretched to begin where it stands and to end where the next begins: without a gap
no reader puts a space between Han characters. The font is `glyphless`'s; here are only its measures, and no library.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from index.domain.proof.lines import Run
from index.domain.reading import Box

#: The name of the font among a page's resources.
FONT = "/Layer"
#: Units of the font; how far a character reaches above and below the line it stands on.
EM, ASCENT, DESCENT = 1000, 880, -120
WIDE, NARROW = EM, EM // 2
#: Words are drawn together as long as none of them is out of its place by more than this share of the size.
UNEVEN = 0.1
_MIDDLE = (ASCENT + DESCENT) / EM / 2
#: A word takes at least this share of the size of the writing, also where its box has no width.
LEAST_WORD = 0.1
#: What is higher than so many times its characters' width, as the square box of a seal, is set smaller in its middle.
MOST_SQUEEZED = 2.5


Extent = tuple[float, float, float, float]
"""A word in points: where it begins along its line and how long it is, where across, and how high."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The codes of characters in one file, given as they are first met; 0 is for none."""

    codes: dict[str, int] = field(default_factory=dict)

    def code(self, char: str) -> int:
        return self.codes.setdefault(char, len(self.codes) + 1)


def layer(runs: Sequence[Run], width: float, height: float, letters: Letters) -> bytes:
    """The operators that write `runs` on an upright page of `width` by `height` points."""
    written = b"\n".join(operators for run in runs if (operators := _written(run, width, height, letters)))
    return b"BT\n3 Tr\n" + written + b"\nET\n" if written else b""


def _written(run: Run, width: float, height: float, letters: Letters) -> bytes:
    words = [_extent(word.box, width, height, run.vertical) for word in run.words]
    middle, size = _level(words, run.text)
    across = middle - size * _MIDDLE if run.vertical else height - middle - size * _MIDDLE
    shown = [
        f"{_matrix(stretch, begin, across, height, run.vertical)} Tm <{_codes(chars, letters)}> Tj"
        for begin, stretch, chars in _stretched(run.pieces, _edges(words, size), size)
    ]
    return f"{FONT} {size:.2f} Tf {' '.join(shown)}".encode() if shown else b""


def _matrix(stretch: float, begin: float, across: float, height: float, vertical: bool) -> str:
    """Where a piece of a line begins, and how far it is stretched; told by Tz, pdfium would see gaps in it."""
    if vertical:  # the characters lie on their side, and the line runs down
        return f"0 {-stretch:.4f} 1 0 {across:.2f} {height - begin:.2f}"
    return f"{stretch:.4f} 0 0 1 {begin:.2f} {across:.2f}"


def _codes(chars: str, letters: Letters) -> str:
    return "".join(f"{letters.code(char):04X}" for char in chars)


def _extent(box: Box, width: float, height: float, vertical: bool) -> Extent:
    across, down = (box.x * width, box.w * width), (box.y * height, box.h * height)
    return (*down, *across) if vertical else (*across, *down)


def _level(words: Sequence[Extent], text: str) -> tuple[float, float]:
    """Where the middle of the line runs, and how large it is written: marks and specks have no say in it."""
    usual = median(high for *_, high in words)
    telling = [(low + high / 2, high) for *_, low, high in words if high >= usual / 2]
    size = median(high for _, high in telling)
    length = max(begin + long for begin, long, *_ in words) - words[0][0]
    widest = MOST_SQUEEZED * length * EM / max(sum(map(advance, text)), 1)
    return median(middle for middle, _ in telling), max(min(size, widest), 1.0)


def _edges(words: Sequence[Extent], size: float) -> list[float]:
    """Where each word begins, and where the last one ends; never back, whatever the boxes say."""
    edges = [words[0][0]]
    for begin, *_ in words[1:]:
        edges.append(max(begin, edges[-1] + LEAST_WORD * size))
    return [*edges, max(words[-1][0] + words[-1][1], edges[-1] + LEAST_WORD * size)]


def _stretched(pieces: Sequence[str], edges: Sequence[float], size: float) -> Iterator[tuple[float, float, str]]:
    """(begin, stretch, characters): each piece from where it begins to where the next does, even ones together."""
    first, chars, length = edges[0], "", 0.0
    for piece, (begin, end) in zip(pieces, pairwise(edges), strict=True):
        more = "".join(filter(str.isprintable, piece))
        longer = length + _long(more, size)
        if chars and abs(first + length * (end - first) / longer - begin) > size * UNEVEN:
            yield first, (begin - first) / length, chars
            chars, longer = "", longer - length
        first, chars, length = (first if chars else begin), chars + more, longer
    if chars:
        yield first, (edges[-1] - first) / length, chars


def _long(chars: str, size: float) -> float:
    """How long the characters are before they are stretched."""
    return sum(map(advance, chars)) * size / EM


@cache
def advance(char: str) -> int:
    """How wide a character is, in units of the font: a square for what fills one, else half of it."""
    return WIDE if unicodedata.east_asian_width(char) in ("W", "F") else NARROW
