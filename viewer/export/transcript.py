"""Decides what a page's text is when it leaves as a file of its own: its lines with the place of every word, in pixels.

ALTO and hOCR say the same in two notations; both speak of the upright page, as wide and high as it was scanned.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.domain.holdings import Page
from index.domain.proof.lines import Line, Run, blocks_of, lines_of
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.scan import Scan
from index.ports import Work

#: Languages as XML names them.
LANGUAGES = {Script.HANS: "zh-Hans", Script.HANT: "zh-Hant", Script.LATIN: "en"}

_UNSPOKEN = frozenset([*map(chr, range(0xD800, 0xE000)), "\ufffe", "\uffff"])

Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A page, what was read on it, and the scan it is on."""

    page: Page
    reading: PageReading
    scan: Scan

    @property
    def size(self) -> tuple[int, int]:
        return max(self.page.width, 1), max(self.page.height, 1)

    @property
    def language(self) -> str:
        return LANGUAGES.get(self.page.script, "")

    @property
    def blocks(self) -> tuple[tuple[Line, ...], ...]:
        width, height = self.size
        return blocks_of(lines_of(self.reading, width / height))

    @property
    def stamps(self) -> tuple[Line, ...]:
        """What stamps say, each as a line of its own."""
        words = [Word(" ".join(one.text.split()), 0, one.box, one.confidence) for one in self.reading.stamps]
        return tuple(Line((Run((word,), (word.text,)),)) for word in words if word.text)

    def pixels(self, box: Box) -> Pixels:
        """The box in pixels of the page; at least one of them each way."""
        width, height = self.size
        left, top = round(box.x * width), round(box.y * height)
        return left, top, max(round((box.x + box.w) * width), left + 1), max(round((box.y + box.h) * height), top + 1)


def transcript_of(work: Work, page: Page) -> Transcript:
    """The page with its text; a page that has not been read yet is empty."""
    unread = PageReading("", (), Script.NONE, 0, "", "", 0.0)
    return Transcript(page, work.pages.reading(page.id) or unread, work.scans.get(page.scan_id))


def spoken(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in _UNSPOKEN))
