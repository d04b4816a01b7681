"""Decides which pages a PDF has, and how each becomes a sheet: a scan at its own resolution, all else at 300 dpi."""

from __future__ import annotations

from index.domain.errors import BadScan
from ingest.engines.soundness import is_sound
from ingest.imaging import pdf
from ingest.imaging.paper import Kind, PageOutline, Sheet
from ingest.imaging.pixels import SHOWN_SIDE, is_large
from ingest.sandbox import Limits

_MOSTLY = 0.5


def outlines(path: str, limits: Limits) -> tuple[PageOutline, ...]:
    """Every page in order; raises BadScan (too-many-pages, encrypted-file, damaged-file, no-pages, too-large)."""
    document = pdf.opened(path)
    if len(document) > limits.pages:
        raise BadScan("too-many-pages", pages=len(document), limit=limits.pages)
    return tuple(_outline(document, number, limits) for number in range(1, len(document) + 1))


def _outline(document: pdf.Document, number: int, limits: Limits) -> PageOutline:
    facts = document.facts(number, limits)
    dpi = scan_dpi(facts)
    width, height = pdf.drawn_size(facts.width, facts.height, dpi, _most(facts))
    return PageOutline(number, width, height, drawn_dpi(facts, dpi), _kind(facts))


def sheet(path: str, number: int, limits: Limits) -> Sheet:
    """Page `number` drawn, a large one in gray with a smaller copy in colour; raises BadScan or Missing."""
    document = pdf.opened(path)
    facts = document.facts(number, limits)
    dpi, without_colour = scan_dpi(facts), facts.pictured > 0 and facts.gray
    size = pdf.drawn_size(facts.width, facts.height, dpi, _most(facts))
    large = is_large(size)
    image = document.draw(number, dpi, gray=without_colour or large, most=_most(facts))
    shown = dpi * SHOWN_SIDE / max(size)
    colour = document.draw(number, shown, gray=False) if large and not without_colour else None
    return Sheet(image, drawn_dpi(facts, dpi), _kind(facts), colour)


def _most(facts: pdf.PageFacts) -> float:
    """A scan may have more pixels than a page that is drawn from lines, which has no resolution of its own."""
    return pdf.MOST_SCANNED if facts.pictured >= _MOSTLY else pdf.MOST_DRAWN


def _kind(facts: pdf.PageFacts) -> Kind:
    return Kind.TEXT if is_sound(facts) else Kind.SCAN


def scan_dpi(facts: pdf.PageFacts) -> float:
    """The resolution of the scan that fills the page, within reason; 300 for everything else."""
    if facts.pictured < _MOSTLY or not facts.dpi:
        return pdf.READING_DPI
    return min(max(facts.dpi, 150), 400)


def drawn_dpi(facts: pdf.PageFacts, dpi: float) -> int:
    return max(1, round(pdf.drawing_scale(facts.width, facts.height, dpi, _most(facts)) * 72))
