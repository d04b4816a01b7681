"""Decides what a second engine's opinion is worth: it reads the doubtful lines alone, and agreement becomes confidence.

The lines are set below each other on one strip, so that the other engine starts once a page. Nobody's text is replaced:
which of two engines is right where they differ is not to be seen from their own confidence (ocr.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image

from index.domain.folding import fold
from index.domain.reading import Script
from ingest.engines.calibration import Opinion
from ingest.engines.port import Arrangement, EngineReading, Line, OcrEngine

#: A line is doubtful when one of its words is less sure than this (as its engine says it).
DOUBTFUL = 0.8
#: More doubtful lines than this are a bad page; another look at all of it would cost as much as reading it.
MOST_LINES = 24
_AIR = 0.6


@dataclass(frozen=True, slots=True)
class Band:
    """A doubtful line's box on the page, and the row of the strip it is set at; pixels."""

    line: int
    box: tuple[int, int, int, int]
    at: int

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


def opinions(reading: EngineReading, image: Image.Image, dpi: int, script: Script, other: OcrEngine) -> Opinions:
    """What `other` says of every word of the doubtful lines; ALONE for the rest."""
    bands = list(_bands(reading.lines, image))
    if not bands:
        return {}
    heard = other.read(_strip(image, bands), dpi, script, Arrangement.BAND)
    return {
        (band.line, at): opinion
        for band in bands
        for at, opinion in enumerate(_compared(reading.lines[band.line], _heard_in(band, heard)))
    }


Opinions = dict[tuple[int, int], Opinion]
"""(number of the line, number of the word in it) -> whether the other engine read the same."""


def _bands(lines: Sequence[Line], image: Image.Image) -> Iterator[Band]:
    at = 0
    doubtful = [number for number, line in enumerate(lines) if any(word.confidence < DOUBTFUL for word in line)]
    for number in doubtful[:MOST_LINES]:
        band = Band(number, _extent(lines[number], image), at)
        yield band
        at += band.height


def _extent(line: Line, image: Image.Image) -> tuple[int, int, int, int]:
    """The line's box with air around it: left, top, right, bottom."""
    top, bottom = min(word.top for word in line), max(word.top + word.height for word in line)
    left, right = min(word.left for word in line), max(word.left + word.width for word in line)
    air = (bottom - top) * _AIR
    within = max(0.0, left - air), max(0.0, top - air), min(image.width, right + air), min(image.height, bottom + air)
    return round(within[0]), round(within[1]), round(within[2]), round(within[3])


def _strip(image: Image.Image, bands: Sequence[Band]) -> Image.Image:
    width = max(band.box[2] - band.box[0] for band in bands)
    strip = Image.new("L", (width, bands[-1].at + bands[-1].height), 255)
    for band in bands:
        strip.paste(image.crop(band.box), (0, band.at))
    return strip


def _heard_in(band: Band, heard: EngineReading) -> str:
    """What was read on the band, line for line: neighbours that the band's air took along stand above or below."""
    middle = band.at + band.height / 2
    near = [line for line in heard.lines if line and _covers(line, middle)]
    return "".join(word.text for line in near for word in line)


def _covers(line: Line, row: float) -> bool:
    return min(word.top for word in line) <= row <= max(word.top + word.height for word in line)


def _compared(line: Line, heard: str) -> Iterator[Opinion]:
    """Word for word, by the longest common parts of both readings; script and width of a sign do not matter."""
    ours = "".join(fold(word.text) for word in line)
    same = [False] * len(ours)
    for block in SequenceMatcher(None, ours, fold(heard), autojunk=False).get_matching_blocks():
        same[block.a : block.a + block.size] = [True] * block.size
    at = 0
    for word in line:
        length = len(fold(word.text))
        yield Opinion.AGREED if all(same[at : at + length]) else Opinion.DIFFERED
        at += length
