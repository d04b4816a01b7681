"""Decides what pages a file has, or why it cannot be captured, and gives each page as a picture.

Runs in the cage. The bytes are believed, not the name; sizes and numbers are checked before anything is decoded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from index.domain.errors import BadScan
from ingest.engines.soundness import is_sound
from ingest.imaging import pdf, pictures
from ingest.imaging.ends import end_parses
from ingest.imaging.formats import HEAD_BYTES, captured_format
from ingest.imaging.paper import Kind, PageOutline, Sheet
from ingest.sandbox import Limits


@dataclass(frozen=True, slots=True)
class Layout:
    """A file that can be captured: `format` is tiff, jpeg, png or pdf, `pages` in order."""

    format: str
    pages: tuple[PageOutline, ...]


def lay_out(path: str, name: str, limits: Limits) -> Layout:
    """The pages of the file at `path` that was dropped as `name` ("" when its name no longer matters).

    Raises BadScan: empty-file, too-large, wrong-name, unknown-format, encrypted-file, truncated-file, damaged-file,
    too-many-pages, no-pages.
    """
    _check_bytes(path, limits)
    with open(path, "rb") as file:
        format = captured_format(file.read(HEAD_BYTES), name)
    try:
        pages = _pdf_outlines(path, limits) if format == "pdf" else pictures.outlines(path, limits)
    except BadScan as refusal:
        if refusal.code == "damaged-file" and not end_parses(os.fsencode(path)):
            raise BadScan("truncated-file", **refusal.details) from refusal
        raise
    if not end_parses(os.fsencode(path)):
        _prove_whole(path, format, limits)
    return Layout(format, pages)


def render_page(path: str, format: str, number: int, limits: Limits) -> Sheet:
    """Page `number` (from 1) as a picture for reading; raises BadScan or Missing("no-such-page")."""
    if format != "pdf":
        return pictures.sheet(path, number, limits)
    document = pdf.opened(path)
    facts = document.facts(number, limits)
    dpi = scan_dpi(facts)
    kind = Kind.TEXT if is_sound(facts) else Kind.SCAN
    image = document.draw(number, dpi, gray=facts.pictured > 0 and facts.gray)
    return Sheet(image, drawn_dpi(facts, dpi), kind)


def scan_dpi(facts: pdf.PageFacts) -> float:
    """The resolution of the scan that fills the page, within reason; 300 for everything else."""
    if facts.pictured < 0.5 or not facts.dpi:
        return pdf.READING_DPI
    return min(max(facts.dpi, 150), 400)


def drawn_dpi(facts: pdf.PageFacts, dpi: float) -> int:
    return max(1, round(pdf.drawing_scale(facts.width, facts.height, dpi) * 72))


def _check_bytes(path: str, limits: Limits) -> None:
    size = os.stat(path).st_size
    if size == 0:
        raise BadScan("empty-file")
    if size > limits.file_bytes:
        raise BadScan("too-large", size=f"{size / 2**20:.0f} MiB", limit=f"{limits.file_bytes / 2**20:.0f} MiB")


def _prove_whole(path: str, format: str, limits: Limits) -> None:
    """Its end does not parse; a picture may still decode to its last line, with something foreign behind it."""
    if format not in ("jpeg", "png"):
        raise BadScan("truncated-file")
    pictures.sheet(path, 1, limits)


def _pdf_outlines(path: str, limits: Limits) -> tuple[PageOutline, ...]:
    document = pdf.opened(path)
    if len(document) > limits.pages:
        raise BadScan("too-many-pages", pages=len(document), limit=limits.pages)
    return tuple(_pdf_outline(document, number, limits) for number in range(1, len(document) + 1))


def _pdf_outline(document: pdf.Document, number: int, limits: Limits) -> PageOutline:
    facts = document.facts(number, limits)
    dpi = scan_dpi(facts)
    width, height = pdf.drawn_size(facts.width, facts.height, dpi)
    return PageOutline(number, width, height, drawn_dpi(facts, dpi), Kind.TEXT if is_sound(facts) else Kind.SCAN)
