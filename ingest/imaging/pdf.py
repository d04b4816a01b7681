"""Decides how a PDF's pages become pictures and what their text layer is worth a look for: pdfium's traps, closed here.

pdfium is not thread-safe and draws a page of 14,400 points as 3.5 GB when told to: the cage gives it one thread, and
the scale is bounded by the pixels here. A page that is one scan is drawn at that scan's own resolution.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from index.domain.errors import BadScan, Missing
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.pictures import check_size
from ingest.sandbox import Limits

#: Dots per inch at which a page is drawn for an engine, unless its own scan says better.
READING_DPI = 300
#: No page is drawn with more pixels than this (ocr.md, "safe pattern"); a large scan may be, in gray.
MOST_DRAWN = 60e6
MOST_SCANNED = 160e6
_POINTS = 72
_MOST_PICTURES_LOOKED_AT = 400
_MOST_FIELDS_LOOKED_AT = 2_000
_WRITTEN_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page is made of: points of width and height, its text layer, and the pictures on it.

    `pictured` is the share of the page under the largest picture, `dpi` that picture's resolution (0 without one),
    `gray` whether all pictures are without colour, `hidden` whether the text is invisible, as other people's OCR is,
    `filled` whether form fields have been filled in: their answers are drawn, but are not in the layer.
    """

    width: float
    height: float
    text: str
    pictured: float
    dpi: float
    gray: bool
    hidden: bool
    filled: bool = False


class Character(NamedTuple):
    """A character and its box in points, from the upper left of the page as it is shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Document:
    """An open PDF; pages are numbered from 1."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf

    def __len__(self) -> int:
        return len(self._pdf)

    def close(self) -> None:
        self._pdf.close()

    def facts(self, number: int, limits: Limits) -> PageFacts:
        """Raises BadScan("too-large") when a picture on the page is larger than allowed."""
        with self._page(number) as page:
            width, height = (_points(side) for side in page.get_size())
            with closing(page.get_textpage()) as layer:
                text: str = layer.get_text_range() if layer.count_chars() > 0 else ""
            pictures = _Pictures.on(page, limits)
            hidden = bool(text.strip()) and pictures.share > 0.5 and _is_hidden(page)
            filled = _is_filled(page, self._pdf.formenv)
            return PageFacts(width, height, text, pictures.share, pictures.dpi, pictures.gray, hidden, filled)

    def characters(self, number: int) -> list[Character]:
        """Every character of the layer with its box from the upper left, in points; none on a turned page."""
        with self._page(number) as page, closing(page.get_textpage()) as layer:
            if page.get_rotation():
                return []
            left, _, _, top = page.get_bbox()
            places = [(layer.get_text_range(at, 1), *layer.get_charbox(at)) for at in range(layer.count_chars())]
            return [Character(text, x0 - left, top - y1, x1 - left, top - y0) for text, x0, y0, x1, y1 in places]

    def draw(self, number: int, dpi: float, gray: bool, most: float = MOST_DRAWN) -> Image.Image:
        """The page as a picture of mode L or RGB, at `dpi` or as near to it as `most` pixels allow."""
        with self._page(number) as page:
            width, height = page.get_size()
            scale = drawing_scale(width, height, dpi, most)
            with closing(page.render(scale=scale, grayscale=gray, rev_byteorder=True)) as drawn:
                picture: Image.Image = drawn.to_pil()
                return picture.convert("L" if gray else "RGB") if picture.mode not in ("L", "RGB") else picture.copy()

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        if not 1 <= number <= len(self):
            raise Missing("no-such-page")
        try:
            page = self._pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise BadScan("damaged-file", problem=f"page {number}: {error}") from error
        with closing(page):
            yield page


def _open(path: str) -> Document:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise BadScan(_why_not(path, error), problem=str(error)) from error
    pdf.init_forms()  # or what was filled in is not drawn
    return Document(pdf)


def _why_not(path: str, error: pypdfium2.PdfiumError) -> str:
    """The reason a PDF does not open, by a second opinion: pdfium's is a former file's where this one has no pages."""
    try:
        with pikepdf.open(path) as pdf:
            return "damaged-file" if pdf.pages else "no-pages"
    except pikepdf.PasswordError:
        return "encrypted-file"
    except pikepdf.PdfError:
        return "encrypted-file" if error.err_code == raw.FPDF_ERR_SECURITY else "damaged-file"


#: The PDF at a path, kept open for the next page; raises BadScan (encrypted-file, damaged-file, no-pages).
opened = LastOpened(_open)


def drawing_scale(width: float, height: float, dpi: float, most: float = MOST_DRAWN) -> float:
    """Pixels a point: `dpi`, but never more than `most` pixels (ocr.md)."""
    return min(dpi / _POINTS, math.sqrt(most / (_points(width) * _points(height))))


def drawn_size(width: float, height: float, dpi: float, most: float = MOST_DRAWN) -> tuple[int, int]:
    """Pixels across and down of a page drawn at `dpi`."""
    scale = drawing_scale(width, height, dpi, most)
    return math.ceil(_points(width) * scale), math.ceil(_points(height) * scale)


def _points(side: float) -> float:
    return side if math.isfinite(side) and side >= 1 else 1.0


@dataclass(frozen=True, slots=True)
class _Pictures:
    share: float = 0.0
    dpi: float = 0.0
    gray: bool = True

    @classmethod
    def on(cls, page: Any, limits: Limits) -> _Pictures:
        """The largest picture on the page decides; strips of one scan are added up."""
        area = math.prod(_points(side) for side in page.get_size())
        share, dpi, gray = 0.0, 0.0, True
        for seen, picture in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            if seen > _MOST_PICTURES_LOOKED_AT:
                break
            left, bottom, right, top = picture.get_bounds()
            across, down = picture.get_px_size()
            check_size(max(across, 1), max(down, 1), limits)
            share += (right - left) * (top - bottom) / area
            if right > left and top > bottom:
                dpi = max(dpi, math.sqrt(across * down / ((right - left) * (top - bottom))) * _POINTS)
            gray = gray and _without_colour(picture)
        return cls(min(share, 1.0), dpi, gray)


def _without_colour(picture: Any) -> bool:
    """One bit, or eight of gray; an unknown colour space of eight bits may hold anything."""
    facts = picture.get_metadata()
    gray = facts.colorspace in (raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_CALGRAY)
    return bool(facts.bits_per_pixel == 1 or (facts.bits_per_pixel == 8 and gray))


def _is_filled(page: Any, form: Any) -> bool:
    """Whether somebody wrote into a field or chose from it; two bytes are an empty answer."""
    if form is None:
        return False
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_FIELDS_LOOKED_AT)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        try:
            written = raw.FPDFAnnot_GetFormFieldType(form, annotation) in _WRITTEN_FIELDS
            if written and raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0) > 2:
                return True
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return False


def _is_hidden(page: Any) -> bool:
    """Whether most of the text is drawn in mode 3, as an OCR layer under a scan is."""
    texts = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3))
    hidden = sum(
        raw.FPDFTextObj_GetTextRenderMode(text.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for text in texts[:500]
    )
    return bool(hidden * 2 > min(len(texts), 500))
