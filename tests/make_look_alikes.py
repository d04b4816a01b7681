"""Decides which characters are known to be misread as which: measured on our own readers, written to look_alikes.txt.

Run by hand when a reader changes: `python tests/make_look_alikes.py` (some minutes). The everyday characters of GB 2312
and what codes are written in stand in random order on small, aged pages, so that no reader can guess by the words.
What a character was misread as is counted on folded text, as queries and pages are compared. What people have long
known to be alike is kept in that file by hand, above the measured lines.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from index.domain.folding import folded
from index.domain.proof.alignment import swaps
from index.domain.reading import Script
from ingest.imaging.paper import Kind, Sheet
from ingest.stages.recognise import ReadingHints, ReadingSettings, engine_of, read_sheet
from tests import sheet as paper
from tests.paper import render

Counts = Counter[tuple[str, str]]
"""(meant, read) -> how often."""
Poor = tuple[str, Image.Image, int]
"""What stands on a page, the page as scanned, its dpi."""

_ROWS, _CELLS = range(0xB0, 0xD8), range(0xA1, 0xFF)
_CODES = "0123456789ABCDEFGHJKLMNPQRSTWXYZ-()"
#: Of each reader: the age and the scanner's dpi, poor enough that one character in four is misread.
_POOR = {"rapidocr": ("noisy", 85), "tesseract": ("noisy", 130)}
_A_PAGE = 1_100
_TARGET = Path(__file__).parent.parent / "index" / "domain" / "look_alikes.txt"
_MEASURED = "# Measured by tests/make_look_alikes.py"
_HEADING = _MEASURED + " on {signs:,} characters by each of {readers}.\n"


def everyday() -> str:
    """The characters of level 1 of GB 2312."""
    codes = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return "".join(code.decode("gb2312", "ignore") for code in codes)


def shuffled(seed: int) -> str:
    """Every everyday character once, among them the signs of codes, one in ten."""
    dice = random.Random(seed)
    signs = list(everyday())
    dice.shuffle(signs)
    return "".join(sign + (dice.choice(_CODES) if dice.random() < 0.1 else "") for sign in signs)


def measured(engine: str) -> Counts:
    """What `engine` takes for what."""
    counts: Counts = Counter()
    settings = ReadingSettings(engine=engine)
    reader = engine_of(settings)
    hints = ReadingHints(Script.HANS, given_turn=0)
    with tempfile.TemporaryDirectory() as folder:
        for meant, image, dpi in _pages(engine):
            read = read_sheet(Sheet(image, dpi, Kind.IMAGE), hints, reader, folder, settings).reading.text
            counts += Counter((swap.meant, swap.read) for swap in swaps(folded(read).text, folded(meant).text))
    return counts


def _pages(engine: str) -> Iterator[Poor]:
    signs, (age, dpi) = shuffled(seed=0), _POOR[engine]
    for at in range(0, len(signs), _A_PAGE):
        meant = signs[at : at + _A_PAGE]
        aged = render(paper.Sheet("prose", (paper.Line(meant, "body"),)), age, at, dpi)
        yield meant, aged.convert("RGB"), dpi


def lines(counts: Counts) -> Iterator[str]:
    """One line for each character meant: it, and what it was read as with the number of times, most often first."""
    read: dict[str, list[str]] = {}
    for (meant, other), count in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1])):
        if meant.isalnum() and other.isalnum():
            read.setdefault(meant, []).append(f"{other}{count}")
    yield from (f"{meant} {' '.join(others)}" for meant, others in read.items())


def write() -> None:
    """The measured lines anew; what stands above them stays."""
    by_hand = _TARGET.read_text(encoding="utf-8").split(_MEASURED)[0]
    counts = sum(map(measured, _POOR), Counts())
    heading = _HEADING.format(signs=len(shuffled(seed=0)), readers=", ".join(_POOR))
    _TARGET.write_text(by_hand + heading + "\n".join(lines(counts)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
