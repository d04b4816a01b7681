"""Decides how a page's text is told in ALTO 4, the notation of libraries and archives: one file a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from index.domain.proof.lines import Line, around
from index.domain.reading import Box
from viewer.export.transcript import Transcript, spoken

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
MEDIA_TYPE = "application/xml"


def write(page: Transcript) -> bytes:
    """The page as an ALTO file, UTF-8; places in pixels of the upright page."""
    root = Element("alto", {"xmlns": NAMESPACE, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}"})
    _describe(root, page)
    if page.stamps:
        SubElement(SubElement(root, "Tags"), "OtherTag", ID="stamp", LABEL="stamp")
    _lay_out(root, page)
    ElementTree.indent(root)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _describe(root: Element, page: Transcript) -> None:
    described = SubElement(root, "Description")
    SubElement(described, "MeasurementUnit").text = "pixel"
    source = SubElement(described, "sourceImageInformation")
    SubElement(source, "fileName").text = spoken(page.scan.name)
    SubElement(source, "fileIdentifier").text = f"sha256:{page.scan.sha256}"
    if page.reading.engine:
        step = SubElement(described, "Processing", ID="reading")
        SubElement(step, "processingCategory").text = "contentGeneration"
        settings = "; ".join(f"{name}={value}" for name, value in sorted(page.reading.settings.items()))
        SubElement(step, "processingStepSettings").text = spoken(settings)
        software = SubElement(step, "processingSoftware")
        SubElement(software, "softwareName").text = spoken(page.reading.engine)
        SubElement(software, "softwareVersion").text = spoken(page.reading.engine_version)


def _lay_out(root: Element, page: Transcript) -> None:
    width, height = page.size
    facts = {"ID": "page", "PHYSICAL_IMG_NR": str(page.page.number), "WIDTH": str(width), "HEIGHT": str(height)}
    if page.language:
        facts["LANG"] = page.language
    if page.reading.engine:
        facts |= {"PROCESSINGREFS": "reading", "PC": f"{page.reading.confidence:.4f}"}
    leaf = SubElement(SubElement(root, "Layout"), "Page", facts)
    space = SubElement(leaf, "PrintSpace", _place(page, Box(0, 0, 1, 1)))
    numbers = count(1)
    for block in page.blocks:
        _block(space, page, block, next(numbers), {})
    for stamp in page.stamps:
        _block(space, page, (stamp,), next(numbers), {"TAGREFS": "stamp"})


def _block(space: Element, page: Transcript, lines: Sequence[Line], number: int, facts: dict[str, str]) -> None:
    place = _place(page, around([line.box for line in lines]))
    block = SubElement(space, "TextBlock", {"ID": f"block{number}", **place, **facts})
    for at, line in enumerate(lines, start=1):
        direction = {"BASEDIRECTION": "ttb"} if line.runs[0].vertical else {}
        told = SubElement(block, "TextLine", {"ID": f"line{number}.{at}", **_place(page, line.box), **direction})
        told.extend(_line(page, line))


def _line(page: Transcript, line: Line) -> Iterator[Element]:
    """Words, and a space where one stands in the text or a gap parts them."""
    for ordinal, run in enumerate(line.runs):
        if ordinal:
            yield Element("SP")
        for at, (word, piece) in enumerate(zip(run.words, run.pieces, strict=True)):
            facts = {"CONTENT": spoken(piece.strip()), "WC": f"{word.confidence:.4f}", **_place(page, word.box)}
            yield Element("String", facts)
            if piece[-1:].isspace() and at < len(run.words) - 1:
                yield Element("SP")


def _place(page: Transcript, box: Box) -> dict[str, str]:
    left, top, right, bottom = page.pixels(box)
    return {"HPOS": str(left), "VPOS": str(top), "WIDTH": str(right - left), "HEIGHT": str(bottom - top)}
