"""Decides what pages a file has, or why it cannot be captured, and gives each page as a picture.

Runs in the cage. The bytes are believed, not the name; sizes and numbers are checked before anything is decoded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from index.domain.errors import BadScan
from ingest.imaging.ends import end_parses
from ingest.imaging.formats import BATCH, HEAD_BYTES, captured_format
from ingest.imaging.openers import opener_of
from ingest.imaging.paper import PageOutline, Sheet
from ingest.sandbox import Limits

#: Formats whose decoder tells every missing byte: what it decodes whole is whole, whatever stands behind it.
_PROVEN_BY_DECODING = ("jpeg", "png", "webp", "gif", "bmp", "heic", "avif")


@dataclass(frozen=True, slots=True)
class Layout:
    """A file that can be captured: `format` is one of `formats.CAPTURED` with its `pages` in order, or BATCH."""

    format: str
    pages: tuple[PageOutline, ...]


def lay_out(path: str, name: str, limits: Limits) -> Layout:
    """The pages of the file at `path` that was dropped as `name` ("" when its name no longer matters).

    A ZIP has no pages: it is unpacked. Raises BadScan: empty-file, too-large, wrong-name, unknown-format,
    encrypted-file, truncated-file, damaged-file, too-many-pages, no-pages, needs-heic.
    """
    _check_bytes(path, limits)
    with open(path, "rb") as file:
        format = captured_format(file.read(HEAD_BYTES), name, path)
    if format == BATCH:
        return Layout(format, ())
    try:
        pages = opener_of(format).outlines(path, limits)
    except BadScan as refusal:
        if refusal.code == "damaged-file" and end_parses(os.fsencode(path)) is False:
            raise BadScan("truncated-file", **refusal.details) from refusal
        raise
    if end_parses(os.fsencode(path)) is False:
        _prove_whole(path, format, limits)
    return Layout(format, pages)


def render_page(path: str, format: str, number: int, limits: Limits) -> Sheet:
    """Page `number` (from 1) as a picture for reading; raises BadScan or Missing("no-such-page")."""
    return opener_of(format).sheet(path, number, limits)


def _check_bytes(path: str, limits: Limits) -> None:
    size = os.stat(path).st_size
    if size == 0:
        raise BadScan("empty-file")
    if size > limits.file_bytes:
        raise BadScan("too-large", size=f"{size / 2**20:.0f} MiB", limit=f"{limits.file_bytes / 2**20:.0f} MiB")


def _prove_whole(path: str, format: str, limits: Limits) -> None:
    """Its end does not parse; a picture may still decode to its last line, with something foreign behind it."""
    if format not in _PROVEN_BY_DECODING:
        raise BadScan("truncated-file")
    opener_of(format).sheet(path, 1, limits)
