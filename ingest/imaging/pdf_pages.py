"""Decides which pages a PDF has, and how each becomes a sheet: a scan at its own resolution, all else at 300 dpi."""

from __future__ import annotations

from index.domain.errors import BadScan
from ingest.engines.soundness import is_sound
from ingest.imaging import pdf
from ingest.imaging.paper import Kind, PageOutline, Sheet
from ingest.sandbox import Limits


def outlines(path: str, limits: Limits) -> tuple[PageOutline, ...]:
    """Every page in order; raises BadScan (too-many-pages, encrypted-file, damaged-file, no-pages, too-large)."""
    document = pdf.opened(path)
    if len(document) > limits.pages:
        raise BadScan("too-many-pages", pages=len(document), limit=limits.pages)
    return tuple(_outline(document, number, limits) for number in range(1, len(document) + 1))


def _outline(document: pdf.Document, number: int, limits: Limits) -> PageOutline:
    facts = document.facts(number, limits)
    dpi = scan_dpi(facts)
    width, height = pdf.drawn_size(facts.width, facts.height, dpi)
    return PageOutline(number, width, height, drawn_dpi(facts, dpi), _kind(facts))


def sheet(path: str, number: int, limits: Limits) -> Sheet:
    """Page `number` drawn; raises BadScan or Missing("no-such-page")."""
    document = pdf.opened(path)
    facts = document.facts(number, limits)
    dpi = scan_dpi(facts)
    image = document.draw(number, dpi, gray=facts.pictured > 0 and facts.gray)
    return Sheet(image, drawn_dpi(facts, dpi), _kind(facts))


def _kind(facts: pdf.PageFacts) -> Kind:
    return Kind.TEXT if is_sound(facts) else Kind.SCAN


def scan_dpi(facts: pdf.PageFacts) -> float:
    """The resolution of the scan that fills the page, within reason; 300 for everything else."""
    if facts.pictured < 0.5 or not facts.dpi:
        return pdf.READING_DPI
    return min(max(facts.dpi, 150), 400)


def drawn_dpi(facts: pdf.PageFacts, dpi: float) -> int:
    return max(1, round(pdf.drawing_scale(facts.width, facts.height, dpi) * 72))
