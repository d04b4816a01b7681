"""Decides how an OFD (GB/T 33190: pages of XML in a ZIP) becomes pages: our own reader, run in the cage alone.

What is read: pages with their templates, layers, blocks and composed graphics; text with its places, paths, pictures;
annotations, and the pictures of seals in the signatures. Not: fonts that lie in the file (a font of the machine stands
in), shadings and patterns (one colour), films, sounds, attachments, JBIG2 pictures; `not_shown` says which a page has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from index.domain.errors import BadScan
from index.domain.reading import Box
from ingest.engines.port import Seen
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.ofd import drawing, marks
from ingest.imaging.ofd.book import Book, opened_book
from ingest.imaging.ofd.geometry import Rect
from ingest.imaging.ofd.marks import Picture, Text
from ingest.imaging.paper import Kind, PageOutline, Sheet
from ingest.sandbox import Limits

READING_DPI = 300
#: The resolution of a scan that fills the page is believed inside these bounds.
_LEAST_DPI, _MOST_DPI = 150, 400
_MILLIMETRES = 25.4
_MOSTLY = 0.5

opened: LastOpened[Book] = LastOpened(opened_book)


@dataclass(frozen=True, slots=True)
class Page:
    """A page laid flat: its box in millimetres and what stands on it."""

    sheet: marks.Sheet

    @property
    def box(self) -> Rect:
        return self.sheet.box

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that are part of what the page says, in the order of painting."""
        return tuple(one for one in self.sheet.marks if isinstance(one, Text) and not one.decoration)

    @property
    def pictured(self) -> float:
        """The share of the page under its largest picture."""
        return max((_area(one) for one in self.pictures), default=0.0) / (self.box.w * self.box.h)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(one for one in self.sheet.marks if isinstance(one, Picture) and not one.seal)

    def place(self, seen: Seen) -> Box:
        """A box in millimetres of the page as fractions of it."""
        left, right = (_within((x - self.box.x) / self.box.w) for x in (seen.left, seen.left + seen.width))
        top, bottom = (_within((y - self.box.y) / self.box.h) for y in (seen.top, seen.top + seen.height))
        return Box(left, top, right - left, bottom - top)


def page(path: str, number: int, limits: Limits) -> Page:
    """Page `number` (from 1). Raises BadScan, Missing("no-such-page")."""
    return Page(opened(path).sheet(number))


def outlines(path: str, limits: Limits) -> tuple[PageOutline, ...]:
    """Every page in order; each is laid flat once, so that a broken one is refused before anything is captured."""
    book = opened(path)
    if len(book) > limits.pages:
        raise BadScan("too-many-pages", pages=len(book), limit=limits.pages)
    return tuple(_outline(book, number) for number in range(1, len(book) + 1))


def _outline(book: Book, number: int) -> PageOutline:
    from ingest.engines.ofd_text import read

    one = Page(book.sheet(number))
    across, down = drawing.size_of(one.box, READING_DPI)
    kind = Kind.TEXT if read(one) is not None else Kind.SCAN
    return PageOutline(number, across, down, _dpi(one.box, READING_DPI), kind)


def sheet(path: str, number: int, limits: Limits, dpi: float = 0.0) -> Sheet:
    """Page `number` drawn: at `dpi`, else at its scan's resolution where one fills it, else at 300."""
    one = page(path, number, limits)
    dpi = dpi or _scan_dpi(one)
    image, hidden = drawing.draw(one.sheet, dpi, limits, _first_page)
    return Sheet(image, _dpi(one.box, dpi), Kind.SCAN, not_shown=",".join(sorted(hidden)))


def _first_page(content: bytes) -> marks.Sheet:
    """The page of a seal that is an OFD itself."""
    book = opened_book(content)
    try:
        return book.sheet(1)
    finally:
        book.close()


def _dpi(box: Rect, dpi: float) -> int:
    return max(1, round(drawing.scale_of(box, dpi) * _MILLIMETRES))


def _scan_dpi(one: Page) -> float:
    """The resolution of the largest picture, where it fills the page."""
    largest = max(one.pictures, key=_area, default=None)
    if largest is None or one.pictured < _MOSTLY:
        return READING_DPI
    size = _pixels(largest.content)
    return min(max(math.sqrt(size / _area(largest)) * _MILLIMETRES, _LEAST_DPI), _MOST_DPI) if size else READING_DPI


def _pixels(content: bytes) -> int:
    """How many pixels a picture says it has; 0 for one that says nothing."""
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG", "BMP", "TIFF", "GIF"]) as picture:
            return picture.width * picture.height
    except (OSError, ValueError, SyntaxError):
        return 0


def _area(picture: Picture) -> float:
    """Square millimetres under a picture."""
    return abs(picture.matrix.a * picture.matrix.d - picture.matrix.b * picture.matrix.c)


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
