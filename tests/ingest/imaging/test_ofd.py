"""An OFD is shown as it was meant and read from its own text; what cannot be shown is said; nothing in it bites."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from index.domain.errors import BadScan, Missing
from index.domain.reading import Script
from ingest.engines.own_text import OwnText, own_text, picture_of
from ingest.imaging import ofd as reader
from ingest.imaging.ofd import content as contents
from ingest.imaging.ofd import package as packages
from ingest.imaging.ofd.geometry import Matrix, distances
from ingest.imaging.ofd.outline import figures
from ingest.imaging.ofd.seals import picture_in
from ingest.imaging.paper import Kind, Sheet
from ingest.sandbox import Limits
from ingest.stages.recognise import ReadingHints, ReadingSettings, read_page
from ingest.stages.render import lay_out
from tests.fakes.ingest.imaging.ofds import (
    NAMESPACE,
    annotated,
    composed,
    ofd,
    package,
    page,
    path,
    picture,
    png,
    seal_der,
    text,
)

LIMITS = Limits()
Laid = Callable[[bytes], str]
RED = '<ofd:FillColor Value="255 0 0"/>'
SHADED = (
    "<ofd:FillColor><ofd:AxialShd><ofd:Segment><ofd:Color Value='1 2 3'/></ofd:Segment></ofd:AxialShd></ofd:FillColor>"
)
#: Pixels a millimetre at this resolution: places on the paper are places in the picture.
DPI = 254


@pytest.fixture
def laid(tmp_path: Path) -> Iterator[Laid]:
    def lay(content: bytes) -> str:
        reader.opened.let_go()
        place = tmp_path / "a.ofd"
        place.write_bytes(content)
        return str(place)

    yield lay
    reader.opened.let_go()


def drawn(laid: Laid, content: bytes) -> Sheet:
    return reader.sheet(laid(content), 1, LIMITS, DPI)


def pixel(sheet: Sheet, x: float, y: float) -> tuple[int, int, int]:
    """The colour at so many millimetres."""
    found = sheet.image.getpixel((round(x * DPI / 25.4), round(y * DPI / 25.4)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def ink(sheet: Sheet, box: tuple[float, float, float, float]) -> float:
    """The share of dark pixels in a box of millimetres."""
    edges = [round(edge * DPI / 25.4) for edge in box]
    part = sheet.image.crop((edges[0], edges[1], edges[2], edges[3])).convert("L")
    return sum(part.histogram()[:128]) / (part.width * part.height)


def words(laid: Laid, content: bytes) -> OwnText:
    found = own_text(laid(content), "ofd", 1, LIMITS)
    assert found is not None
    return found


# -- what it is ----------------------------------------------------------------------------------------------------


def test_it_is_captured_with_its_pages_in_millimetres(laid: Laid) -> None:
    content = ofd(page(text("第一页", 20, 30)), page(text("第二页", 20, 30), box="0 0 297 420"))
    layout = lay_out(laid(content), "a.ofd", LIMITS)
    assert layout.format == "ofd"
    assert [(one.number, one.width, one.height, one.kind) for one in layout.pages] == [
        (1, 2480, 3508, Kind.TEXT),
        (2, 3508, 4961, Kind.TEXT),
    ]


def test_a_page_without_a_size_has_that_of_its_document(laid: Laid) -> None:
    [only] = lay_out(laid(ofd(page(text("通知", 20, 30), box=""))), "a.ofd", LIMITS).pages
    assert (only.width, only.height) == (2480, 3508)


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 -5 9", "0 0 1e12 9", "nan nan nan nan", "x", "0 0 99999999 1"])
def test_a_size_that_no_paper_has_is_not_believed(box: str, laid: Laid) -> None:
    [only] = lay_out(laid(ofd(page(text("通知", 20, 30), box=box))), "a.ofd", LIMITS).pages
    assert (only.width, only.height) == (2480, 3508)


def test_read_as_a_page_with_text_of_its_own(laid: Laid, tmp_path: Path) -> None:
    place = laid(ofd(page(text("关于开展消防检查的通知", 20, 30))))
    read = read_page(place, "ofd", 1, ReadingHints(), str(tmp_path), ReadingSettings(), LIMITS)
    assert (read.reading.text, read.reading.engine, read.kind) == ("关于开展消防检查的通知", "ofd", Kind.TEXT)
    assert read.reading.script is Script.HANS
    with Image.open(tmp_path / "page.jpg") as shown, Image.open(tmp_path / "thumb.jpg") as small:
        assert shown.size == (read.width, read.height) and max(small.size) == 320


# -- its text ------------------------------------------------------------------------------------------------------


def test_words_stand_where_they_are_drawn(laid: Laid) -> None:
    content = ofd(
        page(text("姓名", 20, 30), text("张三", 60, 30), text("Date 2024", 20, 50, code='X="0" Y="5" DeltaX="g 8 2.5"'))
    )
    own, sheet = words(laid, content), drawn(laid, content)
    assert own.text == "姓名 张三\nDate 2024"
    assert [word.text for word in own.words] == ["姓名", "张三", "Date", "2024"]
    for word in own.words:
        x, y, w, h = word.box.x * 210, word.box.y * 297, word.box.w * 210, word.box.h * 297
        assert ink(sheet, (x, y, x + w, y + h)) > 0.08, word
    first = own.words[0].box
    assert (first.x * 210, first.w * 210) == pytest.approx((20, 10), abs=0.5)
    assert (first.y + first.h) * 297 == pytest.approx(30, abs=1.5)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1 2 3", [1, 2, 3, 3]),
        ("g 3 2.5 1", [2.5, 2.5, 2.5, 1]),
        ("2", [2, 2, 2, 2]),
        ("", []),
        ("x", []),
        ("g", []),
        ("g 99999 1", [1, 1, 1, 1]),
    ],
)
def test_the_shorthand_of_distances(said: str, found: list[float]) -> None:
    assert distances(said, 4) == found


def test_columns_of_characters_are_read_downwards(laid: Laid) -> None:
    column = text("自上而下", 100, 20, code='X="0" Y="5" DeltaX="0 0 0" DeltaY="g 3 6"')
    assert words(laid, ofd(page(column))).text.replace("\n", "") == "自上而下"


def test_a_form_is_read_with_its_answers_in_place(laid: Laid) -> None:
    form = page(text("姓名", 20, 30), text("部门", 20, 50))
    content = ofd(page(text("张三", 40, 30), text("财务科", 40, 50), template="9"), templates={"9": form})
    assert words(laid, content).text == "姓名 张三\n部门 财务科"


def test_a_watermark_is_drawn_and_not_read(laid: Laid) -> None:
    mark = annotated("Watermark", "0 0 210 297", text("机密水印", 60, 150, 20))
    content = ofd(page(text("通知", 20, 30)), annotations={0: mark})
    assert words(laid, content).text == "通知"
    assert ink(drawn(laid, content), (60, 130, 150, 155)) > 0.05


def test_what_a_person_wrote_on_it_is_read(laid: Laid) -> None:
    note = annotated("Stamp", "10 100 100 50", text("已阅", 20, 20))
    own = words(laid, ofd(page(text("通知", 20, 30)), annotations={0: note}))
    assert own.text == "通知\n已阅" and own.words[1].box.y * 297 == pytest.approx(115, abs=2)


@pytest.mark.parametrize("more", ['Alpha="0"', 'Visible="false"'])
def test_text_hidden_under_a_scan_is_not_believed(more: str, laid: Laid) -> None:
    content = ofd(
        page(picture("7", "0 0 210 297"), text("别人的识别结果" * 40, 10, 30, more=more)),
        media={"7": png("white", (827, 1170))},
    )
    path = laid(content)
    assert own_text(path, "ofd", 1, LIMITS) is None
    assert lay_out(path, "a.ofd", LIMITS).pages[0].kind is Kind.SCAN


def test_text_that_is_rubbish_or_sideways_is_read_from_the_picture(laid: Laid) -> None:
    rubbish = ofd(page(text("&#xE001;&#xE002;&#xE003;&#xE004;", 20, 30)))
    sideways = ofd(page(text("横着的表格", 0, 5, more='CTM="0 1 -1 0 50 0"')))
    assert own_text(laid(rubbish), "ofd", 1, LIMITS) is None
    assert own_text(laid(sideways), "ofd", 1, LIMITS) is None


@pytest.mark.slow
def test_a_scan_is_drawn_at_its_own_resolution(laid: Laid) -> None:
    content = ofd(page(picture("7", "0 0 210 297")), media={"7": png("white", (1654, 2339))})
    assert reader.sheet(laid(content), 1, LIMITS).dpi == 200


# -- its picture ---------------------------------------------------------------------------------------------------


def test_paths_are_filled_and_stroked(laid: Laid) -> None:
    square = path("M 10 10 L 50 10 L 50 50 L 10 50 C", more='Fill="true" Stroke="false"', inside=RED)
    line = path("M 100 100 L 180 100", more='LineWidth="2"')
    sheet = drawn(laid, ofd(page(square, line)))
    assert pixel(sheet, 30, 30) == (255, 0, 0) and pixel(sheet, 60, 30) == (255, 255, 255)
    assert pixel(sheet, 140, 100) == (0, 0, 0) and pixel(sheet, 140, 103) == (255, 255, 255)


def test_a_fill_without_a_colour_is_clear(laid: Laid) -> None:
    sheet = drawn(laid, ofd(page(path("M 10 10 L 50 10 L 50 50 L 10 50 C", more='Fill="true"'))))
    assert pixel(sheet, 30, 30) == (255, 255, 255)


@pytest.mark.parametrize(
    ("rule", "turn", "hole"), [("Even-Odd", "same", True), ("NonZero", "same", False), ("NonZero", "other", True)]
)
def test_holes_are_left_open_by_either_rule(rule: str, turn: str, hole: bool, laid: Laid) -> None:
    inner = "M 25 25 L 40 25 L 40 40 L 25 40 C" if turn == "same" else "M 25 25 L 25 40 L 40 40 L 40 25 C"
    both = path(
        f"M 10 10 L 50 10 L 50 50 L 10 50 C {inner}", more=f'Fill="true" Stroke="false" Rule="{rule}"', inside=RED
    )
    sheet = drawn(laid, ofd(page(both)))
    assert pixel(sheet, 15, 15) == (255, 0, 0)
    assert pixel(sheet, 32, 32) == ((255, 255, 255) if hole else (255, 0, 0))


def test_curves_and_arcs_pass_where_they_should() -> None:
    [bow] = figures("M 0 0 Q 10 20 20 0")
    assert max(y for _, y in bow.points) == pytest.approx(10, abs=0.1)
    [wave] = figures("M 0 0 B 0 10 20 10 20 0")
    assert max(y for _, y in wave.points) == pytest.approx(7.5, abs=0.1)
    [half] = figures("M 0 0 A 10 10 0 0 1 20 0")
    assert min(y for _, y in half.points) == pytest.approx(-10, abs=0.2)
    assert all((x - 10) ** 2 + y**2 == pytest.approx(100, abs=0.5) for x, y in half.points)


@pytest.mark.parametrize(
    "said", ["", "M", "L 1 1", "M 1", "M 1 1 Z 3", "M 1 1 L x y", "M 1e999 1 L 2 2", "M 0 0 A 0 0 0 0 0 0 0"]
)
def test_a_path_that_cannot_be_read_ends_there(said: str) -> None:
    assert all(len(one.points) > 1 for one in figures(said))


def test_colours_come_from_layers_and_rest_on_others(laid: Laid) -> None:
    parameters = (
        '<ofd:DrawParams><ofd:DrawParam ID="20" Relative="21"/>'
        '<ofd:DrawParam ID="21" Relative="20" LineWidth="3"><ofd:StrokeColor Value="0 0 255"/></ofd:DrawParam>'
        "</ofd:DrawParams>"
    )
    content = ofd(page(path("M 10 50 L 190 50"), layer='DrawParam="20"'), resources=parameters)
    assert pixel(drawn(laid, content), 100, 51) == (0, 0, 255)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("128", (128, 128, 128)),
        ("0 255 0", (0, 255, 0)),
        ("0 255 255 0", (255, 0, 0)),
        ("rubbish", (0, 0, 0)),
        ("999 -5 0", (255, 0, 0)),
    ],
)
def test_gray_light_and_inks(said: str, found: tuple[int, int, int], laid: Laid) -> None:
    square = path(
        "M 10 10 L 50 10 L 50 50 L 10 50 C",
        more='Fill="true" Stroke="false"',
        inside=f'<ofd:FillColor Value="{said}"/>',
    )
    assert pixel(drawn(laid, ofd(page(square))), 30, 30) == found


def test_pictures_lie_in_their_box_or_as_their_matrix_says(laid: Laid) -> None:
    plain = picture("7", "10 10 40 20")
    placed = picture("7", "100 100 100 100", more='CTM="40 0 0 20 5 5"')
    sheet = drawn(laid, ofd(page(plain, placed), media={"7": png("red")}))
    assert pixel(sheet, 30, 20) == (255, 0, 0) and pixel(sheet, 30, 35) == (255, 255, 255)
    assert pixel(sheet, 120, 115) == (255, 0, 0) and pixel(sheet, 102, 102) == (255, 255, 255)


def test_a_picture_is_seen_inside_its_box_alone(laid: Laid) -> None:
    sheet = drawn(laid, ofd(page(picture("7", "10 10 20 20", more='CTM="100 0 0 100 0 0"')), media={"7": png("red")}))
    assert pixel(sheet, 20, 20) == (255, 0, 0) and pixel(sheet, 60, 60) == (255, 255, 255)


def test_what_is_half_transparent_lets_the_paper_through(laid: Laid) -> None:
    square = path("M 10 10 L 50 10 L 50 50 L 10 50 C", more='Fill="true" Stroke="false" Alpha="128"', inside=RED)
    clear = picture("7", "100 100 40 40")
    sheet = drawn(laid, ofd(page(square, clear), media={"7": png((0, 0, 255, 0), mode="RGBA")}))
    red, green, _ = pixel(sheet, 30, 30)
    assert red == 255 and 120 < green < 135
    assert pixel(sheet, 120, 120) == (255, 255, 255)


def test_a_composed_graphic_is_drawn_where_it_is_put(laid: Laid) -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="30" Width="20" Height="20"><ofd:Content>'
        + path("M 0 0 L 20 0 L 20 20 L 0 20 C", "0 0 20 20", 'Fill="true" Stroke="false"', RED)
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    sheet = drawn(laid, ofd(page(composed("30", "50 50 40 40", 'CTM="2 0 0 2 0 0"')), resources=unit))
    assert pixel(sheet, 85, 85) == (255, 0, 0) and pixel(sheet, 95, 95) == (255, 255, 255)


def test_turned_text_is_drawn_turned(laid: Laid) -> None:
    downwards = text("横横横横", 0, 5, more='CTM="0 1 -1 0 50 0"').replace('Boundary="0 0.0', 'Boundary="50 50')
    sheet = drawn(laid, ofd(page(downwards)))
    assert ink(sheet, (85, 50, 100, 75)) > 0.02 and ink(sheet, (105, 50, 200, 100)) == 0


def test_letters_wider_than_their_place_are_squeezed_into_it(laid: Laid) -> None:
    word = text("WWWW", 20, 30, 10, code='X="0" Y="10" DeltaX="g 3 4"')
    alone = text("W.", 20, 60, 10, code='X="0" Y="10" DeltaX="4"')
    sheet = drawn(laid, ofd(page(word, alone)))
    assert ink(sheet, (20, 52, 24, 59)) > 0.1 and ink(sheet, (24.3, 50, 40, 58)) == 0
    assert ink(sheet, (32, 22, 42, 30)) > 0.1


def test_a_seal_is_printed_over_the_text(laid: Laid) -> None:
    content = ofd(page(path("M 20 50 L 90 50", more='LineWidth="4"')), seals=[(0, "40 40 20 20", png("red"))])
    sheet = drawn(laid, content)
    assert pixel(sheet, 50, 43) == (255, 0, 0) and pixel(sheet, 50, 50) == (0, 0, 0)
    assert sheet.not_shown == ""


def test_a_seal_may_be_an_ofd_itself_and_that_no_more(laid: Laid) -> None:
    innermost = ofd(page(box="0 0 40 40"), seals=[(0, "0 0 40 40", png("red"))])
    square = path("M 0 0 L 40 0 L 40 40 L 0 40 C", "0 0 40 40", 'Fill="true" Stroke="false"', RED)
    seal = ofd(page(square, box="0 0 40 40"), seals=[(0, "0 0 40 40", innermost)])
    sheet = drawn(laid, ofd(page(), seals=[(0, "40 40 20 20", seal)]))
    assert pixel(sheet, 50, 50) == (255, 0, 0)


# -- what cannot be shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        (ofd(page(), seals=[(0, "40 40 20 20", b"no picture")]), "seal"),
        (ofd(page(picture("7", "0 0 9 9"))), "picture"),
        (ofd(page(picture("7", "0 0 9 9")), media={"7": b"\x97JB2\r\n\x1a\n"}), "picture"),
        (ofd(page(composed("77", "0 0 9 9"))), "picture"),
        (
            ofd(page(text("字", 20, 30, inside="<ofd:CGTransform><ofd:Glyphs>5</ofd:Glyphs></ofd:CGTransform>"))),
            "glyphs",
        ),
        (ofd(page(path("M 0 0 L 9 9 L 0 9 C", more='Fill="true"', inside=SHADED))), "shading"),
        (ofd(page(), attached=True), "attachment"),
        (ofd(page("<ofd:Video/>")), "film"),
    ],
)
def test_what_is_not_shown_is_named(content: bytes, hidden: str, laid: Laid) -> None:
    assert drawn(laid, content).not_shown == hidden


def test_it_is_kept_with_the_reading(laid: Laid, tmp_path: Path) -> None:
    place = laid(ofd(page(text("通知", 20, 30)), attached=True))
    read = read_page(place, "ofd", 1, ReadingHints(), str(tmp_path), ReadingSettings(), LIMITS)
    assert read.reading.settings["not_shown"] == "attachment"
    assert picture_of(place, "ofd", 1, LIMITS).not_shown == "attachment"


def test_the_picture_of_a_seal_is_found_by_its_shape() -> None:
    assert picture_in(seal_der(b"bytes")) == b"bytes"
    assert picture_in(seal_der(b"bytes", b"svg")) == b""
    assert picture_in(seal_der(b"bytes")[:20]) == b"" and picture_in(b"") == b"" and picture_in(b"\x30\x84") == b""


# -- hostile -------------------------------------------------------------------------------------------------------


def refused(laid: Laid, content: bytes, limits: Limits = LIMITS) -> str:
    began = time.monotonic()
    with pytest.raises(BadScan) as told:
        place = laid(content)
        layout = lay_out(place, "a.ofd", limits)
        reader.sheet(place, len(layout.pages), limits)
    assert time.monotonic() - began < 20
    return told.value.code


def test_a_package_without_its_root_is_no_ofd(laid: Laid) -> None:
    assert refused(laid, package({"Doc_0/Document.xml": "<a/>"})) == "wrong-name"


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("OFD.xml", "no xml"),
        (
            "OFD.xml",
            f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Nowhere.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        ),
        ("Doc_0/Document.xml", "<a"),
        ("Doc_0/Pages/Page_0/Content.xml", ""),
        ("Doc_0/Pages/Page_0/Content.xml", "<a>" * 600 + "</a>" * 600),
    ],
)
def test_a_package_whose_bones_are_broken(place: str, content: str, laid: Laid) -> None:
    assert refused(laid, ofd(page(), more={place: content})) == "damaged-file"


def test_a_document_without_pages(laid: Laid) -> None:
    assert refused(laid, ofd()) == "no-pages"


def test_a_page_that_is_missing_is_told_at_once(laid: Laid) -> None:
    content = ofd(page(), page()).replace(b"Page_1/Content.xml", b"Page_9/Content.xml")
    assert refused(laid, content) == "damaged-file"


def test_more_pages_than_allowed(laid: Laid) -> None:
    assert refused(laid, ofd(page(), page()), Limits(pages=1)) == "too-many-pages"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    ],
)
def test_entities_and_outside_files_are_not_unfolded(declared: str, laid: Laid) -> None:
    evil = page(text("&x;", 20, 30)).partition("?>")[2]
    assert refused(laid, ofd(page(), more={"Doc_0/Pages/Page_0/Content.xml": declared + evil})) == "damaged-file"


def test_a_page_of_hundreds_of_megabytes_is_not_unpacked(laid: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_XML", 100_000)
    assert refused(laid, ofd(page(" " * 200_000))) == "damaged-file"


def test_places_outside_of_the_package_lead_nowhere(laid: Laid) -> None:
    content = ofd(page(picture("40", "0 0 9 9")), resources=(
        '<ofd:MultiMedias><ofd:MultiMedia ID="40" Type="Image"><ofd:MediaFile>../../../../etc/passwd</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias>"
    ))  # fmt: skip
    assert drawn(laid, content).not_shown == "picture"


def test_graphics_that_hold_themselves_end(laid: Laid) -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="30" Width="9" Height="9"><ofd:Content>'
        + composed("30", "0 0 9 9")
        + path("M 0 0 L 9 9")
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    assert drawn(laid, ofd(page(composed("30", "0 0 9 9")), resources=unit)).image.mode == "RGB"


@pytest.mark.slow
def test_graphics_that_multiply_are_a_bomb(laid: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_MARKS", 20_000)
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{at}" Width="9" Height="9"><ofd:Content>'
        + composed(str(at + 1), "0 0 9 9") * 12
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for at in range(30, 40)
    )
    bomb = ofd(
        page(composed("30", "0 0 9 9")), resources=f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"
    )
    assert refused(laid, bomb) == "damaged-file"


def test_a_template_that_calls_itself_is_drawn_once(laid: Laid) -> None:
    form = page(text("表头", 20, 30), template="9")
    own = words(laid, ofd(page(text("内容", 60, 60), template="9"), templates={"9": form}))
    assert own.text == "表头\n内容"


@pytest.mark.parametrize(
    "more",
    [
        'Font="nobody"',
        'Font=""',
        'CTM="1 2 3"',
        'CTM="0 0 0 0 0 0"',
        'CTM="1e5 0 0 1e5 0 0"',
        'HScale="-3"',
        'CharDirection="17"',
    ],
)
def test_a_text_that_is_out_of_joint_hides_no_page(more: str, laid: Laid) -> None:
    odd = text("字", 90, 90, more=more).replace('Font="5" ', "" if "Font" in more else 'Font="5" ')
    content = ofd(page(text("通知", 20, 30), odd))
    assert "通知" in words(laid, content).text
    assert ink(drawn(laid, content), (20, 25, 30, 31)) > 0.08


def test_a_picture_larger_than_allowed_is_not_decoded(laid: Laid) -> None:
    content = ofd(page(picture("7", "0 0 9 9")), media={"7": png("red", (200, 200))})
    sheet = reader.sheet(laid(content), 1, Limits(pixels=10_000), DPI)
    assert sheet.not_shown == "picture"


def test_a_locked_package_is_told(laid: Laid) -> None:
    assert refused(laid, ofd(page(), more={"Encryptions.xml": "<a/>"})) == "encrypted-file"


def test_a_package_that_breaks_off(laid: Laid) -> None:
    content = ofd(page(text("通知", 20, 30)))
    assert refused(laid, content[: len(content) // 2]) in ("truncated-file", "damaged-archive", "wrong-name")


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there(number: int, laid: Laid) -> None:
    with pytest.raises(Missing):
        reader.sheet(laid(ofd(page())), number, LIMITS)


def test_a_matrix_undone_is_none() -> None:
    there = Matrix(2, 0.5, -1, 3, 10, 20)
    back = there.inverse()
    assert back is not None
    assert there.then(back).at(3, 4) == pytest.approx((3, 4))
    assert Matrix(1, 2, 2, 4).inverse() is None
