"""Decides how the picture of a page goes into a PDF: as its own bytes where a PDF can hold them, else as its pixels.

A JPEG, the data of a PNG, a fax of one strip and the picture that a page of a PDF consists of are taken as they are.
What a PDF cannot hold is packed anew without loss. Only what is no picture, a page set in type or pieced together, is
drawn: that is always right, while not every page of another PDF may stand in a PDF/A.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import pikepdf
from pikepdf import Object, Pdf

from ingest.imaging import repacked, untouched
from ingest.imaging.placing import UPRIGHT, Matrix
from ingest.sandbox import Limits
from ingest.stages.render import render_page

#: What odd bytes raise on the way into a PDF; the page could be decoded when it was read, so it is packed anew then.
_ODD = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error, zlib.error),
    pikepdf.PdfError,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a PDF, and the matrix that lays it upright on its page."""

    image: Object
    matrix: Matrix


def embedded(target: Pdf, path: str, format: str, frame: int, limits: Limits) -> Picture:
    """Page `frame` (from 1) of the scan at `path` as an image of `target`; raises BadScan."""
    try:
        taken = untouched.taken(target, path, format, frame, limits)
    except _ODD:
        taken = None
    return Picture(*taken) if taken else _drawn(target, path, format, frame, limits)


def _drawn(target: Pdf, path: str, format: str, frame: int, limits: Limits) -> Picture:
    sheet = render_page(path, format, frame, limits)
    return Picture(repacked.packed(target, sheet.image, lossy=format == "pdf"), UPRIGHT)
