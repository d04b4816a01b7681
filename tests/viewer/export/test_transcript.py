"""ALTO and hOCR: every word with its place in pixels and its confidence, whatever stands in the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from index.domain.holdings import Page, PageState
from index.domain.reading import Box, PageReading, Script, Stamp
from index.domain.scan import Scan, ScanState
from tests.fakes.ingest.readings import characters, reading
from viewer.export import alto, hocr
from viewer.export.transcript import Transcript

AT = datetime(2026, 11, 26, tzinfo=UTC)
SCAN = Scan("s", '卷"一&<二>.jpg'.encode(), "drop", ScanState.READ, AT, AT, sha256="ab" * 32)
PAGE = Page("p", "i", "s", 3, 1, PageState.READ, width=1000, height=1400, dpi=200, script=Script.HANT)
LABOUR = [("Labour", Box(0.1, 0.2, 0.1, 0.02)), (" <contract>", Box(0.21, 0.2, 0.1, 0.02))]
HEADING = [("勞動", Box(0.1, 0.1, 0.2, 0.02)), ("合同", Box(0.3, 0.1, 0.2, 0.02))]


def transcript(page: PageReading) -> Transcript:
    return Transcript(PAGE, page, SCAN)


BOTH = transcript(reading([HEADING, LABOUR], [Stamp("第一\n小學", Box(0.5, 0.8, 0.2, 0.1), 0.5)]))


def in_alto(page: Transcript) -> Element:
    return ElementTree.fromstring(alto.write(page))


def found(root: Element, name: str) -> list[Element]:
    return root.findall(f".//{{{alto.NAMESPACE}}}{name}")


def test_alto_is_laid_out_as_the_standard_says() -> None:
    root = in_alto(BOTH)
    assert [child.tag.rpartition("}")[2] for child in root] == ["Description", "Tags", "Layout"]
    [page], [space] = found(root, "Page"), found(root, "PrintSpace")
    assert (page.get("WIDTH"), page.get("HEIGHT"), page.get("PHYSICAL_IMG_NR")) == ("1000", "1400", "3")
    assert (page.get("LANG"), page.get("PC")) == ("zh-Hant", "0.9000")
    assert {child.tag.rpartition("}")[2] for child in space} == {"TextBlock"}
    named = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(named) == len(set(named))


def test_alto_names_the_scan_and_what_read_it() -> None:
    root = in_alto(BOTH)
    assert [one.text for one in found(root, "MeasurementUnit")] == ["pixel"]
    assert [one.text for one in found(root, "fileName")] == ['卷"一&<二>.jpg']
    assert [one.text for one in found(root, "fileIdentifier")] == [f"sha256:{'ab' * 32}"]
    assert [one.text for one in (*found(root, "softwareName"), *found(root, "softwareVersion"))] == ["fake", "1"]
    assert found(root, "Page")[0].get("PROCESSINGREFS") == found(root, "Processing")[0].get("ID")


def test_every_word_in_alto_has_its_place_in_pixels_and_its_confidence() -> None:
    first = found(in_alto(BOTH), "String")[0]
    place = {name: first.get(name) for name in ("CONTENT", "HPOS", "VPOS", "WIDTH", "HEIGHT", "WC")}
    assert place == {"CONTENT": "勞動", "HPOS": "100", "VPOS": "140", "WIDTH": "200", "HEIGHT": "28", "WC": "0.9000"}


def test_a_space_stands_in_alto_only_where_one_is_written() -> None:
    lines = [[one.get("CONTENT") or " " for one in line] for line in found(in_alto(BOTH), "TextLine")]
    assert lines == [["勞動", "合同"], ["Labour", " ", "<contract>"], ["第一 小學"]]


def test_what_a_stamp_says_is_marked_as_such_in_alto() -> None:
    root = in_alto(BOTH)
    [tag], block = found(root, "OtherTag"), found(root, "TextBlock")[-1]
    assert (tag.get("LABEL"), block.get("TAGREFS")) == ("stamp", tag.get("ID"))


def test_a_column_is_told_to_run_down_in_alto() -> None:
    column = [(char, Box(0.8, 0.1 + at * 0.03, 0.03, 0.025)) for at, char in enumerate("任免通知")]
    [line] = found(in_alto(transcript(reading([column]))), "TextLine")
    assert line.get("BASEDIRECTION") == "ttb"


@pytest.mark.parametrize("nothing", [reading([]), PageReading("", (), Script.NONE, 0, "", "", 0.0)])
def test_a_page_without_a_word_is_an_empty_print_space(nothing: PageReading) -> None:
    [space] = found(in_alto(transcript(nothing)), "PrintSpace")
    assert list(space) == []


def test_what_xml_cannot_hold_is_left_out() -> None:
    odd = transcript(reading([[("合\x00\x1b同\ufffe\ud800", Box(0, 0, 1, 1))]]))
    assert [one.get("CONTENT") for one in found(in_alto(odd), "String")] == ["合同"]
    assert [one.text for one in of_class(in_hocr(odd), "ocrx_word")] == ["合同"]


def test_a_box_on_the_edge_is_at_least_a_pixel() -> None:
    speck = transcript(reading([[("丶", Box(0.99999, 0.99999, 0.0, 0.0))]]))
    [word] = found(in_alto(speck), "String")
    assert (word.get("WIDTH"), word.get("HEIGHT")) == ("1", "1")


# -- hOCR --------------------------------------------------------------------------------------------------------------


def in_hocr(*pages: Transcript) -> Element:
    return ElementTree.fromstring(b"".join(hocr.write("題名 <&>", pages)))


def of_class(root: Element, name: str) -> list[Element]:
    return root.findall(f".//*[@class='{name}']")


def test_every_word_in_hocr_has_its_box_and_its_confidence() -> None:
    word = of_class(in_hocr(BOTH), "ocrx_word")[0]
    assert (word.text, word.get("title")) == ("勞動", "bbox 100 140 300 168; x_wconf 90")


def test_a_page_of_hocr_names_its_image_its_size_and_its_resolution() -> None:
    [page] = of_class(in_hocr(BOTH), "ocr_page")
    assert page.get("title") == ('image "卷\\"一&<二>.jpg"; bbox 0 0 1000 1400; ppageno 2; scan_res 200 200')
    assert page.get("lang") == "zh-Hant"


def test_lines_of_hocr_read_as_they_were_read() -> None:
    lines = ["".join(line.itertext()) for line in of_class(in_hocr(BOTH), "ocr_line")]
    assert lines == ["勞動合同", "Labour <contract>", "第一 小學"]


def test_cells_far_apart_are_parted_by_a_space() -> None:
    cells = [*characters("姓名", 0.1, 0.1, 0.05, 0.02), *characters("白清和", 0.6, 0.1, 0.08, 0.02)]
    page = transcript(reading([cells]))
    assert ["".join(line.itertext()) for line in of_class(in_hocr(page), "ocr_line")] == ["姓名 白清和"]
    assert [[one.get("CONTENT") or " " for one in line] for line in found(in_alto(page), "TextLine")] == [
        ["姓", "名", " ", "白", "清", "和"]
    ]


def test_pages_of_hocr_are_told_apart() -> None:
    second = replace(BOTH, page=replace(PAGE, number=4))
    named = [one.get("id") for one in in_hocr(BOTH, second).iter() if one.get("id")]
    assert len(named) == len(set(named))
