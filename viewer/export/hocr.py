"""Decides how an item's text is told in hOCR: one XHTML file, page after page, a box and a confidence each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape

from index.domain.proof.lines import Line, around
from index.domain.reading import Box
from viewer.export.transcript import Transcript, spoken

MEDIA_TYPE = "application/xhtml+xml"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="UTF-8"/>
<title>{title}</title>
<meta name="ocr-system" content="Muniment"/>
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_line ocrx_word"/>
</head>
<body>
"""


def write(title: str, pages: Iterable[Transcript]) -> Iterator[bytes]:
    """The file in pieces, a page each: a volume is never held in memory as a whole."""
    yield _HEAD.format(title=escape(spoken(title))).encode()
    for page in pages:
        told: bytes = ElementTree.tostring(_page(page), encoding="utf-8", xml_declaration=False)
        yield told + b"\n"
    yield b"</body>\n</html>\n"


def _page(page: Transcript) -> Element:
    number, name = page.page.number, spoken(page.scan.name).replace("\\", "\\\\").replace('"', '\\"')
    facts = [f'image "{name}"', _bbox(page, Box(0, 0, 1, 1)), f"ppageno {number - 1}"]
    if page.page.dpi:
        facts.append(f"scan_res {page.page.dpi} {page.page.dpi}")
    leaf = Element("div", {"class": "ocr_page", "id": f"page_{number}", "title": "; ".join(facts)})
    if page.language:
        leaf.set("lang", page.language)
    leaf.text = "\n"
    for ordinal, block in enumerate([*page.blocks, *((stamp,) for stamp in page.stamps)], start=1):
        _block(leaf, page, block, f"{number}_{ordinal}")
    return leaf


def _block(leaf: Element, page: Transcript, lines: Sequence[Line], name: str) -> None:
    title = _bbox(page, around([line.box for line in lines]))
    block = SubElement(leaf, "div", {"class": "ocr_carea", "id": f"block_{name}", "title": title})
    block.text = block.tail = "\n"
    for at, line in enumerate(lines, start=1):
        told = SubElement(
            block, "span", {"class": "ocr_line", "id": f"line_{name}_{at}", "title": _bbox(page, line.box)}
        )
        told.tail = "\n"
        told.extend(_words(page, line))


def _words(page: Transcript, line: Line) -> Iterator[Element]:
    for run in line.runs:
        for word, piece in zip(run.words, run.pieces, strict=True):
            facts = f"{_bbox(page, word.box)}; x_wconf {round(word.confidence * 100)}"
            told = Element("span", {"class": "ocrx_word", "title": facts})
            told.text = spoken(piece.strip())
            told.tail = " " if piece[-1:].isspace() or (word is run.words[-1] and run is not line.runs[-1]) else None
            yield told


def _bbox(page: Transcript, box: Box) -> str:
    return "bbox {} {} {} {}".format(*page.pixels(box))
