"""Decides when a page of a PDF is nothing but one scan, and takes that scan out of it as it is.

Scanners and copiers wrap each picture into a page, often with somebody's OCR hidden under it, which is left behind. A
page on which anything else is drawn, or whose picture PDF/A does not allow as it is, is not taken: it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Name, Object, Page, Pdf, Stream

from ingest.imaging import colours
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.pictures import check_size
from ingest.imaging.placing import Matrix, then, turned
from ingest.sandbox import Limits

#: More than a scan's page says; a drawing is not looked at to its end.
_MOST_OPERATORS = 20_000
#: Operators that draw nothing by themselves.
_QUIET = frozenset(
    [
        *("w", "J", "j", "M", "d", "ri", "i", "G", "RG", "K", "CS", "SC", "SCN", "BMC", "EMC", "MP", "DP"),
        *("BT", "ET", "Tf", "Tm", "Td", "TD", "T*", "Tc", "Tw", "Tz", "TL", "Ts"),
    ]
)
_SHOWING = frozenset(["Tj", "TJ", "'", '"'])
_HIDDEN = 3
_PACKINGS = {Name.DCTDecode, Name.CCITTFaxDecode, Name.FlateDecode, Name.JBIG2Decode, Name.RunLengthDecode}
_KEPT = ("/Width", "/Height", "/BitsPerComponent", "/Decode", "/DecodeParms")
_NOT_TAKEN = ("/SMask", "/Mask", "/OC", "/Alternates", "/F")

Taken = tuple[Object, Matrix]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

#: The PDF at a path, kept open for the next page.
opened = LastOpened[Pdf](pikepdf.open)


def taken(target: Pdf, path: str, number: int, limits: Limits) -> Taken | None:
    """The scan that page `number` (from 1) consists of, with the matrix that lays it there; None where it is more."""
    page = opened(path).pages[number - 1]
    if "/Annots" in page or (found := _only_picture(page)) is None:
        return None
    picture, matrix = found
    copied = _copied(target, picture, limits)
    return (copied, _on_the_page(matrix, page)) if copied is not None else None


def _only_picture(page: Page) -> tuple[Object, Matrix] | None:
    """The one picture that is drawn, and where; None as soon as anything else could be seen."""
    drawn = list(islice(_drawn(page), 2))
    if len(drawn) != 1 or not drawn[0].name:
        return None
    only = drawn[0]
    picture = page.Resources.XObject[only.name]
    is_stencil = bool(picture.get("/ImageMask", False))
    return (picture, only.matrix) if picture.Subtype == Name.Image and (only.black or not is_stencil) else None


class _Drawn(NamedTuple):
    """Something seen: a picture by its name, or whatever else (no name); `black` where stencils are painted so."""

    name: str
    matrix: Matrix
    black: bool


@dataclass(slots=True)
class _State:
    """What an operator may change, as far as it matters here."""

    matrix: Matrix = _IDENTITY
    mode: int = 0
    black: bool = True


def _drawn(page: Page) -> Iterator[_Drawn]:
    state, saved = _State(), list[_State]()
    for count, (operands, operator) in enumerate(_instructions(page)):
        match operator:
            case "q":
                saved.append(replace(state))
            case "Q":
                state = saved.pop() if saved else state
            case "cm":
                state.matrix = then(_numbers(operands), state.matrix)
            case "Tr":
                state.mode = int(operands[0])
            case "g" | "rg":
                state.black = not any(operands)
            case "k" | "cs" | "sc" | "scn":
                state.black = False
            case "Do":
                yield _Drawn(str(operands[0]), state.matrix, state.black)
            case word if not _is_quiet(word, state.mode) or count > _MOST_OPERATORS:
                yield _Drawn("", state.matrix, state.black)


def _instructions(page: Page) -> Iterator[tuple[Sequence[Any], str]]:
    return ((list(one.operands), str(one.operator)) for one in pikepdf.parse_content_stream(page))


def _is_quiet(operator: str, mode: int) -> bool:
    return operator in _QUIET or (operator in _SHOWING and mode == _HIDDEN)


def _numbers(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _on_the_page(matrix: Matrix, page: Page) -> Matrix:
    """From points to fractions of what is shown of the page, turned as the page says."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    shown = (left, right, bottom, top) if left < right and bottom < top else (right, left, top, bottom)
    x0, x1, y0, y1 = shown
    laid = then(matrix, (1 / (x1 - x0), 0, 0, 1 / (y1 - y0), -x0 / (x1 - x0), -y0 / (y1 - y0)))
    return turned(laid, int(page.get("/Rotate", 0)) // 90)


def _copied(target: Pdf, picture: Object, limits: Limits) -> Object | None:
    """The picture with nothing but what makes it one, or None where PDF/A would not have it so."""
    if any(key in picture for key in _NOT_TAKEN):
        return None
    check_size(int(picture.Width), int(picture.Height), limits)
    packings, space = _packings(picture), _space(target, picture.get("/ColorSpace", Name.DeviceGray))
    if space is None or not packings <= _PACKINGS:
        return None
    copy = target.copy_foreign(picture)
    for key in list(copy.keys()):
        if key not in _KEPT and key not in ("/Filter", "/Length"):
            del copy[key]
    copy.Type, copy.Subtype, copy.ColorSpace = Name.XObject, Name.Image, space
    copy.BitsPerComponent = 1 if picture.get("/ImageMask", False) else int(picture.BitsPerComponent)
    return copy


def _packings(picture: Object) -> set[Object]:
    packing = picture.get("/Filter", Array([]))
    return set(packing) if isinstance(packing, Array) else {packing}


def _space(target: Pdf, space: Object) -> Object | None:
    """Gray, RGB, a palette of either, or its profile where that is sound; None for what PDF/A would not have."""
    if space in (Name.DeviceGray, Name.DeviceRGB):
        return space
    if not isinstance(space, Array):
        return None
    if space[0] == Name.ICCBased:
        return colours.space(target, int(space[1].N), space[1].read_bytes())
    if space[0] == Name.Indexed and (base := _space(target, space[1])) is not None:
        shades = space[3]
        table = shades.read_bytes() if isinstance(shades, Stream) else bytes(shades)
        return Array([Name.Indexed, base, int(space[2]), target.make_indirect(Stream(target, table))])
    return None
