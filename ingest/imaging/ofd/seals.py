"""Decides which pictures of seals lie in an OFD's signatures: found by their shape in the DER, never believed.

Whether a signature is valid is not asked here: the seal is shown as an office program shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.domain.errors import BadScan
from ingest.imaging.ofd.geometry import Rect, rect
from ingest.imaging.ofd.package import Package, beside, child, children, said

_SEQUENCE, _SET, _OCTETS = 0x30, 0x31, 0x04
_STRINGS = (0x0C, 0x13, 0x16)
_KINDS = (b"png", b"jpg", b"jpeg", b"gif", b"bmp", b"ofd", b"tif", b"tiff", b"image/png", b"image/jpeg")
_MOST_NODES, _DEEPEST = 20_000, 12
_MOST_BYTES = 32 * 2**20
_MOST_SIGNATURES = 2_000


@dataclass(frozen=True, slots=True)
class Seal:
    """A stamp on a page: its box in millimetres, the part of the box that is seen, and its picture (b"" for none)."""

    page: str
    box: Rect
    clip: Rect | None
    content: bytes


def seals_of(package: Package, place: str) -> Iterator[Seal]:
    """Every seal that the list of signatures at `place` puts on a page."""
    try:
        listed = list(children(package.xml(place), "Signature"))[:_MOST_SIGNATURES]
    except BadScan:
        return
    for one in listed:
        yield from _of_signature(package, beside(place, one.get("BaseLoc") or ""))


def _of_signature(package: Package, place: str) -> Iterator[Seal]:
    try:
        root = package.xml(place)
    except BadScan:
        return
    signed = child(root, "SignedInfo")
    if signed is None:
        return
    stamps = list(children(signed, "StampAnnot"))
    content = _picture(package, place, [said(signed, "Seal", "BaseLoc"), said(root, "SignedValue")]) if stamps else b""
    for stamp in stamps:
        box = rect(stamp.get("Boundary"))
        if box is not None:
            yield Seal(stamp.get("PageRef") or "", box, rect(stamp.get("Clip")), content)


def _picture(package: Package, place: str, candidates: list[str]) -> bytes:
    """The picture of the seal, from the seal's own file, else from the signature that holds a copy."""
    for candidate in filter(None, candidates):
        try:
            found = picture_in(package.content(beside(place, candidate), _MOST_BYTES))
        except BadScan:
            continue
        if found:
            return found
    return b""


def picture_in(der: bytes) -> bytes:
    """The octets of the first SES_ESPictrueInfo (GB/T 38540): a sequence of a picture's kind and its bytes; or b""."""
    for kind, node in _nodes(der):
        if kind == _SEQUENCE:
            parts = list(_children(node))
            for (first, name), (second, content) in pairwise(parts):
                if first in _STRINGS and second == _OCTETS and bytes(name).lower().strip() in _KINDS:
                    return bytes(content)
    return b""


def _nodes(der: bytes) -> Iterator[tuple[int, memoryview]]:
    """Every node that holds others, outermost first; so many and so deep at most."""
    waiting, seen = [(0, memoryview(der))], 0
    while waiting and seen < _MOST_NODES:
        depth, row = waiting.pop(0)
        for kind, content in _children(row):
            seen += 1
            if kind in (_SEQUENCE, _SET) or kind & 0xE0 == 0xA0:
                yield kind, content
                if depth < _DEEPEST:
                    waiting.append((depth + 1, content))


def _children(row: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The nodes of a row; what does not fit ends it."""
    at = 0
    while at + 2 <= len(row):
        kind, length = row[at], row[at + 1]
        at += 2
        if length & 0x80:
            width = length & 0x7F
            if not 1 <= width <= 4 or at + width > len(row):
                return
            length = int.from_bytes(row[at : at + width], "big")
            at += width
        if at + length > len(row):
            return
        yield kind, row[at : at + length]
        at += length
