"""Decides how an access copy is made: each page's untouched picture with its text invisibly over it, as PDF/A-2b.

Runs in the cage, a few pages a call: a volume of 5,000 pages needs the memory and the time of some, and is bound in the
end from its parts, whose pictures are copied from file to file without being unpacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from pikepdf import Dictionary, Object, ObjectStreamMode, Pdf

from ingest.imaging import glyphless, pdf, pdf_scan, pictures, untouched
from ingest.imaging.archival import declare
from ingest.imaging.embedding import Picture, embedded
from ingest.imaging.layer import FONT
from ingest.imaging.leaf import About, Leaf
from ingest.imaging.placing import operator, scaled, turned, within
from ingest.sandbox import Limits


def write_part(leaves: Sequence[Leaf], letters: str, out: str, limits: Limits) -> None:
    """Some pages as a PDF at `out`; `letters` are the characters of their layers, in the order of their codes."""
    with Pdf.new() as part:
        font = glyphless.font(part, letters) if letters else None
        pictures_of: dict[tuple[str, int], Picture] = {}
        for leaf in leaves:
            key = leaf.path, leaf.frame
            if key not in pictures_of:  # two facing pages of one scan share its picture
                pictures_of[key] = embedded(part, leaf.path, leaf.format, leaf.frame, limits)
            _add(part, leaf, pictures_of[key], font)
        part.save(out)
    _let_go()


def _add(part: Pdf, leaf: Leaf, picture: Picture, font: Object | None) -> None:
    matrix = within(turned(picture.matrix, leaf.turned), leaf.left, leaf.right)
    page = part.add_blank_page(page_size=(round(leaf.width, 2), round(leaf.height, 2)))
    page.Resources = Dictionary(XObject=Dictionary(Picture=picture.image))
    if leaf.layer:
        page.Resources.Font = Dictionary({FONT: font})
    drawn = b"q\n" + operator(scaled(matrix, leaf.width, leaf.height)) + b"\n/Picture Do\nQ\n"
    page.Contents = part.make_stream(drawn + leaf.layer)


def bind(parts: Sequence[str], out: str, about: About) -> None:
    """The parts' pages in one archival PDF at `out`."""
    with ExitStack() as stack:
        whole = stack.enter_context(Pdf.new())
        for path in parts:
            whole.pages.extend(stack.enter_context(Pdf.open(path)).pages)
        declare(whole, about)
        whole.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


def _let_go() -> None:
    """Close what was kept open for a next page."""
    for kept in (untouched.opened, pdf_scan.opened, pictures.opened, pdf.opened):
        kept.let_go()
