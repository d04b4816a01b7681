"""Decides which reader opens which format: a new format is a module with `outlines` and `sheet`, and a row here."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from index.domain.errors import BadScan
from ingest.imaging.paper import PageOutline, Sheet
from ingest.sandbox import Limits

#: Modules are loaded when a file of theirs is opened: who captures TIFF never pays for pdfium.
_OPENERS = {
    **dict.fromkeys(("tiff", "jpeg", "jpeg2000", "png", "webp", "heic", "avif", "gif", "bmp"), "pictures"),
    "pdf": "pdf_pages",
    "ofd": "ofd",
}


class Opener(Protocol):
    """What a reader of a format can do. Both raise BadScan with the reason why the file cannot be captured."""

    def outlines(self, path: str, limits: Limits) -> tuple[PageOutline, ...]:
        """Every page in order, at least one; nothing is decoded that need not be."""

    def sheet(self, path: str, number: int, limits: Limits) -> Sheet:
        """Page `number` (from 1) as a picture for reading; raises Missing("no-such-page")."""


def opener_of(format: str) -> Opener:
    """The reader of a format that `captured_format` found. Raises BadScan("unknown-format")."""
    if format not in _OPENERS:
        raise BadScan("unknown-format", found=format)
    return cast(Opener, import_module(f"ingest.imaging.{_OPENERS[format]}"))
