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

from index.domain.lines import Run

#: The name of the font among a page's resources.
FONT = "/Layer"
#: Units of the font; how far a character reaches above and below the line it stands on.
EM, ASCENT, DESCENT = 1000, 880, -120
WIDE, NARROW = EM, EM // 2
#: What is higher than so many times its characters' width, as the square box of a seal, is set smaller in its middle.
MOST_SQUEEZED = 2.5


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
    box = run.box
    across, down = box.w * width, box.h * height
    if run.vertical:
        size = max(across, 1.0)
        place = f"0 -1 1 0 {box.x * width + size * -DESCENT / EM:.2f} {(1 - box.y) * height:.2f} Tm"
        begins, length = [word.box.y * height for word in run.words], down
    else:
        # The highest word tells the size: on a leaning line the box around all is taller than any character.
        natural = sum(map(advance, run.text)) / EM
        size = max(min(max(word.box.h for word in run.words) * height, MOST_SQUEEZED * across / natural), 1.0)
        middle = (1 - box.y - box.h / 2) * height
        place = f"1 0 0 1 {box.x * width:.2f} {middle - size * (ASCENT + DESCENT) / EM / 2:.2f} Tm"
        begins, length = [word.box.x * width for word in run.words], across
    shown = b" ".join(_stretched(run.pieces, [*begins, begins[0] + length], size, letters))
    return f"{FONT} {size:.2f} Tf {place} ".encode() + shown if shown else b""


def _stretched(pieces: Sequence[str], edges: Sequence[float], size: float, letters: Letters) -> Iterator[bytes]:
    """Each piece, as wide as from where it begins to where the next does."""
    for piece, (begin, end) in zip(pieces, pairwise(edges), strict=True):
        chars = [char for char in piece if char.isprintable()]
        if chars:
            natural = sum(map(advance, chars)) * size / EM
            codes = "".join(f"{letters.code(char):04X}" for char in chars)
            yield f"{max(end - begin, 0.01) / natural * 100:.2f} Tz <{codes}> Tj".encode()


@cache
def advance(char: str) -> int:
    """How wide a character is, in units of the font: a square for what fills one, else half of it."""
    return WIDE if unicodedata.east_asian_width(char) in ("W", "F") else NARROW
