"""Decides which pages are read from their own text instead of their picture, by format.

Such a page needs no engine: its words stand in the file, with their places. Its picture is only looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from index.domain.reading import Word
from ingest.engines import ofd_text, pdf_text
from ingest.engines.joining import joined
from ingest.engines.soundness import is_sound
from ingest.imaging import ofd, pdf
from ingest.imaging.pdf_pages import drawn_dpi
from ingest.sandbox import Limits

#: A page that is read from its own text needs no more pixels than a screen has.
TEXT_DPI = 120


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text of a page as its file has it, its words in place, and who took it out."""

    text: str
    words: tuple[Word, ...]
    engine: str
    version: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a page that has its own text, its dots per inch, and what it cannot show (see `paper.Sheet`)."""

    picture: Image.Image
    dpi: int
    not_shown: str = ""


@dataclass(frozen=True, slots=True)
class _Document:
    """How a format gives its own text (None where a page has none that is sound), and its picture."""

    text: Callable[[str, int, Limits], OwnText | None]
    picture: Callable[[str, int, Limits], Shown]


def own_text(path: str, format: str, number: int, limits: Limits) -> OwnText | None:
    """The text of page `number` (from 1), or None where it is read from its picture. Raises BadScan, Missing."""
    return _DOCUMENTS[format].text(path, number, limits) if format in _DOCUMENTS else None


def picture_of(path: str, format: str, number: int, limits: Limits) -> Shown:
    """What is shown of a page that has its own text."""
    return _DOCUMENTS[format].picture(path, number, limits)


def _pdf_text(path: str, number: int, limits: Limits) -> OwnText | None:
    facts = pdf.opened(path).facts(number, limits)
    layer = pdf_text.read(path, number, facts) if is_sound(facts) else None
    return OwnText(*joined(layer.reading, layer.place), pdf_text.NAME, pdf_text.version()) if layer else None


def _pdf_picture(path: str, number: int, limits: Limits) -> Shown:
    document = pdf.opened(path)
    dpi = drawn_dpi(document.facts(number, limits), TEXT_DPI)
    return Shown(document.draw(number, TEXT_DPI, gray=False), dpi)


def _ofd_text(path: str, number: int, limits: Limits) -> OwnText | None:
    page = ofd.page(path, number, limits)
    reading = ofd_text.read(page)
    if reading is None:
        return None
    return OwnText(*joined(reading, page.place), ofd_text.NAME, ofd_text.VERSION)


def _ofd_picture(path: str, number: int, limits: Limits) -> Shown:
    sheet = ofd.sheet(path, number, limits, TEXT_DPI)
    return Shown(sheet.image, sheet.dpi, sheet.not_shown)


_DOCUMENTS = {"pdf": _Document(_pdf_text, _pdf_picture), "ofd": _Document(_ofd_text, _ofd_picture)}
