"""Access copies: valid PDF/A-2b whatever the scan was, its bytes untouched, its text found whole and in its place."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps

from index.domain.facing import halves
from index.domain.proof.lines import around, lines_of
from index.domain.reading import Box, PageReading
from ingest.imaging.layer import Letters, layer
from ingest.imaging.leaf import About, Leaf
from ingest.sandbox import Limits
from ingest.stages.copy import bind, write_part
from tests.fakes.ingest.readers import READERS, place_of
from tests.fakes.ingest.readings import characters, of_print, reading
from tests.paper import printed, save, save_born_digital
from tests.sheet import Line, Sheet
from tests.sheets import sheet

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ABOUT = About("关于<春季>检查的通知", "zh-Hans", NOON, "第一实验小学", "J101-0001", ("ab",))
WIDTH, HEIGHT = 210.0, 297.0
WORDS = reading([characters("劳动合同", 0.1, 0.1, 0.4, 0.03)])
SIZE = (100, 140)
Made = Callable[..., Path]


@pytest.fixture
def copied(tmp_path: Path) -> Made:
    """Copy one page: copied(path, "jpeg", frame=1, turned=0, page=reading, ...)."""

    def copy(
        scan: Path,
        format: str,
        page: PageReading | None = WORDS,
        *,
        size: tuple[float, float] = (WIDTH, HEIGHT),
        frame: int = 1,
        turned: int = 0,
        crop: Box | None = None,
    ) -> Path:
        letters, out = Letters(), tmp_path / "copy.pdf"
        lines = lines_of(page, size[0] / size[1]) if page else ()
        over = layer([run for line in lines for run in line.runs], *size, letters)
        leaf = Leaf(str(scan), format, frame, turned, *size, over, crop)
        write_part([leaf], "".join(letters.codes), str(tmp_path / "part.pdf"), Limits())
        bind([str(tmp_path / "part.pdf")], str(out), ABOUT)
        return out

    return copy


def drawing(mode: str = "RGB") -> Image.Image:
    """A page that looks different from every side: dark in its upper left, and a stroke along its right edge."""
    page = Image.new("RGB", SIZE, (240, 240, 230))
    page.paste((20, 20, 60), (10, 10, 60, 40))
    page.paste((20, 20, 60), (90, 30, 95, 130))
    return page.convert(mode, dither=Image.Dither.NONE)


def saved(image: Image.Image, path: Path, **settings: object) -> Path:
    image.save(path, **settings)  # type: ignore[arg-type]
    return path


def deep(path: Path) -> Path:
    shades = np.asarray(drawing("L")).astype(np.uint16) * 257
    return saved(Image.fromarray(shades), path)


def volume(path: Path) -> Path:
    return saved(drawing("L"), path, save_all=True, append_images=[turned(2).convert("L"), drawing("1")])


def clear(path: Path) -> Path:
    page = drawing("RGBA")
    page.putalpha(200)
    return saved(page, path)


def ruled(path: Path) -> Path:
    """A born-digital page that nobody can take as one picture."""
    return save_born_digital([Sheet("notice", (Line("劳动合同"),))], path)


SCANS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "gray.jpg": ("jpeg", lambda path: saved(drawing("L"), path)),
    "colour.jpg": ("jpeg", lambda path: saved(drawing(), path)),
    "progressive.jpg": ("jpeg", lambda path: saved(drawing(), path, progressive=True)),
    "inks.jpg": ("jpeg", lambda path: saved(drawing("CMYK"), path)),
    "one-strip.tif": ("tiff", lambda path: saved(drawing("1"), path, compression="group4", strip_size=1 << 30)),
    "strips.tif": ("tiff", lambda path: saved(drawing("1"), path, compression="group4", strip_size=100)),
    "group3.tif": ("tiff", lambda path: saved(drawing("1"), path, compression="group3")),
    "lzw.tif": ("tiff", lambda path: saved(drawing(), path, compression="tiff_lzw")),
    "jpeg.tif": ("tiff", lambda path: saved(drawing(), path, compression="jpeg")),
    "jpeg-strips.tif": ("tiff", lambda path: saved(drawing(), path, compression="jpeg", strip_size=5_000)),
    "jpeg-ycc.tif": ("tiff", lambda path: saved(drawing("YCbCr"), path, compression="jpeg", strip_size=5_000)),
    "jpeg-gray.tif": ("tiff", lambda path: saved(drawing("L"), path, compression="jpeg", strip_size=2_000)),
    "deep.tif": ("tiff", deep),
    "inks.tif": ("tiff", lambda path: saved(drawing("CMYK"), path)),
    "palette.tif": ("tiff", lambda path: saved(drawing().quantize(32), path)),
    "volume.tif": ("tiff", volume),
    "deep.png": ("png", deep),
    "clear.png": ("png", clear),
    "palette.png": ("png", lambda path: saved(drawing().quantize(32), path)),
    "bits.png": ("png", lambda path: saved(drawing("1"), path)),
    "scan.pdf": ("pdf", lambda path: save([drawing()], path)),
    "born.pdf": ("pdf", ruled),
}
EACH = pytest.mark.parametrize("name", SCANS)


def verdict(path: Path) -> list[str]:
    return [str(finding) for finding in pikepdf.pdfa.validate_written(path, "2b").findings]


@EACH
def test_the_copy_of_every_kind_of_scan_is_pdf_a_2b_and_its_words_are_found(
    name: str, copied: Made, tmp_path: Path
) -> None:
    format, make = SCANS[name]
    copy = copied(make(tmp_path / name), format)
    assert verdict(copy) == []
    assert {reader: "劳动合同" in read(copy) for reader, read in READERS.items()} == dict.fromkeys(READERS, True)


def test_a_blank_page_without_a_word_is_valid_too(copied: Made, tmp_path: Path) -> None:
    blank = saved(Image.new("L", (100, 140), 250), tmp_path / "blank.jpg")
    assert verdict(copied(blank, "jpeg", None)) == []


# -- the picture -------------------------------------------------------------------------------------------------------


def unlike(copy: Path, page: Image.Image) -> float:
    """How far the first page of the copy looks from `page`, in shades of gray."""
    with closing(pypdfium2.PdfDocument(copy)) as document, closing(document[0]) as shown:
        drawn = shown.render(scale=4).to_pil().convert("L").resize(page.size, Image.Resampling.BOX)
    return float(np.abs(np.asarray(drawn).astype(int) - np.asarray(page.convert("L")).astype(int)).mean())


BLACK_AND_WHITE = ("one-strip.tif", "strips.tif", "group3.tif", "bits.png")


@pytest.mark.parametrize("name", [name for name in SCANS if name not in ("born.pdf", "clear.png")])
def test_the_copy_looks_as_the_scan_does(name: str, copied: Made, tmp_path: Path) -> None:
    format, make = SCANS[name]
    mode = "1" if name in BLACK_AND_WHITE else "L"
    copy = copied(make(tmp_path / name), format)
    assert unlike(copy, drawing(mode)) < 6 < 12 < unlike(copy, turned(2))


def turned(quarters: int) -> Image.Image:
    """The page after so many quarter turns clockwise."""
    return drawing().rotate(-90 * quarters, expand=True)


Picture = Callable[[Path], Any]


@pytest.fixture
def picture_in() -> Iterator[Picture]:
    """The image on the first page of a copy."""
    with ExitStack() as opened:
        yield lambda copy: opened.enter_context(pikepdf.open(copy)).pages[0].Resources.XObject.Picture


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["gray.jpg", "colour.jpg", "progressive.jpg"])
def test_the_bytes_of_a_jpeg_are_inside_unchanged(name: str, copied: Made, picture_in: Picture, tmp_path: Path) -> None:
    scan = SCANS[name][1](tmp_path / name)
    assert digest(picture_in(copied(scan, "jpeg")).read_raw_bytes()) == digest(scan.read_bytes())


@pytest.mark.parametrize("name", ["deep.png", "palette.png", "bits.png", "one-strip.tif"])
def test_the_data_of_a_png_and_of_a_fax_in_one_strip_are_inside_unchanged(
    name: str, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    format, make = SCANS[name]
    scan = make(tmp_path / name)
    assert picture_in(copied(scan, format)).read_raw_bytes() in scan.read_bytes()


@pytest.mark.parametrize("name", ["jpeg.tif", "jpeg-strips.tif", "jpeg-ycc.tif", "jpeg-gray.tif"])
def test_the_strips_of_a_jpeg_in_a_tiff_are_put_together_without_being_packed_anew(
    name: str, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    scan = SCANS[name][1](tmp_path / name)
    packed = picture_in(copied(scan, "tiff"))
    assert packed.Filter == pikepdf.Name.DCTDecode
    with Image.open(scan) as opened:
        where = list(zip(opened.tag_v2[273], opened.tag_v2[279], strict=True))  # type: ignore[attr-defined]
    content, whole = scan.read_bytes(), packed.read_raw_bytes()
    assert all(content[start : start + size].rpartition(b"\xff\xda")[2][12:-2] in whole for start, size in where)


@pytest.mark.parametrize(("name", "bits"), [("deep.png", 16), ("deep.tif", 16), ("lzw.tif", 8), ("group3.tif", 1)])
def test_what_is_packed_anew_loses_no_bit(
    name: str, bits: int, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    format, make = SCANS[name]
    assert picture_in(copied(make(tmp_path / name), format)).BitsPerComponent == bits


@pytest.mark.parametrize("name", ["lzw.tif", "palette.tif", "strips.tif"])
def test_what_is_packed_anew_has_the_same_pixels(name: str, copied: Made, picture_in: Picture, tmp_path: Path) -> None:
    format, make = SCANS[name]
    scan = make(tmp_path / name)
    with Image.open(scan) as before:
        after = pikepdf.PdfImage(picture_in(copied(scan, format))).as_pil_image()
        assert ImageChops.difference(after.convert("RGB"), before.convert("RGB")).getbbox() is None


def test_every_page_of_a_volume_is_its_own(copied: Made, picture_in: Picture, tmp_path: Path) -> None:
    scan = volume(tmp_path / "volume.tif")
    assert unlike(copied(scan, "tiff", frame=1), drawing()) < 12
    assert unlike(copied(scan, "tiff", frame=2), turned(2)) < 12
    assert picture_in(copied(scan, "tiff", frame=3)).BitsPerComponent == 1


@pytest.mark.parametrize("orientation", [6, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 9) if n != 6)])
@pytest.mark.parametrize("name", ["held.jpg", "held.png", "held.tif", "fax.tif"])
def test_the_turn_in_a_header_is_done_without_touching_the_bytes(
    orientation: int, name: str, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    packing = {"compression": "group4", "strip_size": 1 << 30} if name == "fax.tif" else {}
    page = drawing("1" if name == "fax.tif" else "RGB")
    scan = saved(page, tmp_path / name, exif=exif, **packing)
    with Image.open(scan) as held:
        upright = ImageOps.exif_transpose(held).convert("L")
    size = (WIDTH, HEIGHT) if upright.height > upright.width else (HEIGHT, WIDTH)
    copy = copied(scan, {".jpg": "jpeg", ".png": "png", ".tif": "tiff"}[scan.suffix], size=size)
    assert unlike(copy, upright) < 12
    if name == "held.jpg":
        assert picture_in(copy).read_raw_bytes() == scan.read_bytes()


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_that_was_scanned_lying_is_turned_without_touching_the_bytes(
    quarters: int, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    scan = saved(turned(-quarters), tmp_path / "lying.jpg")
    copy = copied(scan, "jpeg", turned=quarters)
    assert unlike(copy, drawing()) < 12
    assert picture_in(copy).read_raw_bytes() == scan.read_bytes()
    assert verdict(copy) == []


@pytest.mark.parametrize("quarters", range(4))
def test_two_facing_pages_of_one_scan_show_a_half_each(quarters: int, copied: Made, tmp_path: Path) -> None:
    spread = Image.new("RGB", (200, 140), "white")
    spread.paste(drawing(), (0, 0))
    spread.paste(turned(2), (100, 0))
    scan = saved(spread.rotate(90 * quarters, expand=True), tmp_path / "spread.jpg")
    for crop, page in zip(halves(quarters, 0.5), (drawing(), turned(2)), strict=True):
        assert unlike(copied(scan, "jpeg", turned=quarters, crop=crop), page) < 12


def test_a_sound_profile_is_taken_along_and_any_other_is_not(copied: Made, picture_in: Picture, tmp_path: Path) -> None:
    sound = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile, space in ((sound, "/ICCBased"), (sound[:-4], "/DeviceRGB"), (b"profile", "/DeviceRGB")):
        copy = copied(saved(drawing(), tmp_path / "profiled.jpg", icc_profile=profile), "jpeg")
        told = picture_in(copy).ColorSpace
        assert str(told[0] if isinstance(told, pikepdf.Array) else told) == space
        assert verdict(copy) == []


def test_a_profile_of_colour_in_a_gray_picture_is_not_believed(
    copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    sound = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    copy = copied(saved(drawing("L"), tmp_path / "gray.jpg", icc_profile=sound), "jpeg")
    assert picture_in(copy).ColorSpace == pikepdf.Name.DeviceGray


# -- scans inside PDFs -------------------------------------------------------------------------------------------------


def wrapped(path: Path, content: bytes, **more: object) -> Path:
    """A PDF of one page of 100 by 140 points that draws `content`, with the page's picture at hand as /Scan."""
    jpeg = io.BytesIO()
    drawing("L").save(jpeg, "JPEG")
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=SIZE)
        facts = {"Width": 100, "Height": 140, "BitsPerComponent": 8, "ColorSpace": pikepdf.Name.DeviceGray}
        scan = pikepdf.Stream(document, jpeg.getvalue(), Subtype=pikepdf.Name.Image, **facts)
        scan.Filter = pikepdf.Name.DCTDecode
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan), Font=pikepdf.Dictionary(F=face))
        page.Contents = document.make_stream(content)
        for name, value in more.items():
            page[f"/{name}"] = value
        document.save(path)
    return path


SCAN = b"q 100 0 0 140 0 0 cm /Scan Do Q "


def bytes_of(path: Path) -> bytes:
    with pikepdf.open(path) as document:
        return bytes(document.pages[0].Resources.XObject.Scan.read_raw_bytes())


@pytest.mark.parametrize(
    "content",
    [SCAN, SCAN + b"BT 3 Tr /F 12 Tf 10 100 Td (somebody's reading) Tj ET", b"BT 3 Tr /F 9 Tf (a) Tj ET " + SCAN],
    ids=["alone", "text hidden over it", "text hidden under it"],
)
def test_a_scan_inside_a_pdf_is_taken_as_it_is_and_foreign_readings_are_left_behind(
    content: bytes, copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    scan = wrapped(tmp_path / "scan.pdf", content)
    copy = copied(scan, "pdf")
    assert picture_in(copy).read_raw_bytes() == bytes_of(scan)
    assert verdict(copy) == []
    assert "somebody" not in READERS["pdfium"](copy)
    assert unlike(copy, drawing()) < 12


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (SCAN + b"BT /F 12 Tf 10 100 Td (typed beside it) Tj ET", {}),
        (SCAN + SCAN, {}),
        (SCAN + b"10 10 20 20 re f", {}),
        (b"/State gs " + SCAN, {}),
        (SCAN, {"Annots": pikepdf.Array([])}),
    ],
    ids=["type", "two pictures", "a shape", "a state", "notes"],
)
def test_a_page_on_which_anything_else_could_be_seen_is_drawn(
    content: bytes, more: dict[str, object], copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    scan = wrapped(tmp_path / "scan.pdf", content, **more)
    copy = copied(scan, "pdf")
    assert picture_in(copy).read_raw_bytes() != bytes_of(scan)
    assert verdict(copy) == []


def test_a_page_that_is_turned_and_cropped_keeps_its_scan_in_its_place(
    copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    scan = wrapped(tmp_path / "a.pdf", SCAN, Rotate=90, CropBox=pikepdf.Array([0, 70, 100, 140]))
    copy = copied(scan, "pdf", size=(140.0, 200.0))
    upper_half = drawing().crop((0, 0, 100, 70)).rotate(-90, expand=True)
    assert unlike(copy, upper_half) < 12
    assert picture_in(copy).read_raw_bytes() == bytes_of(scan)


def test_a_stencil_painted_in_black_is_taken_and_in_colour_drawn(
    copied: Made, picture_in: Picture, tmp_path: Path
) -> None:
    path = tmp_path / "stencil.pdf"
    for paint, taken in ((b"", True), (b"1 0 0 rg ", False)):
        with pikepdf.new() as document:
            page = document.add_blank_page(page_size=SIZE)
            bits = drawing("1").tobytes()
            stencil = pikepdf.Stream(document, bits, Subtype=pikepdf.Name.Image, Width=100, Height=140, ImageMask=True)
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=stencil))
            page.Contents = document.make_stream(paint + SCAN)
            document.save(path)
        copy = copied(path, "pdf")
        assert (picture_in(copy).get("/BitsPerComponent", 8) == 1) is taken
        assert verdict(copy) == []
        assert unlike(copy, drawing("1")) < (12 if taken else 60)


# -- the text ----------------------------------------------------------------------------------------------------------

PHRASES = (
    *("春季消防安全检查", "各年级组", "劳动合同续签", "第12条", "2024年3月5日", "《档案管理办法》"),
    *("東華學校檔案館", "勞動契約書", "\U00020bb7野先生", "Employee Handbook", "Labour contract", "A4纸3份"),
)
PAGE = (
    "关于开展春季消防安全检查的通知",
    "各年级组:请按第12条办理劳动合同续签",
    "依《档案管理办法》于2024年3月5日执行",
    "東華學校檔案館藏勞動契約書",
    "經辦人\U00020bb7野先生(Employee Handbook)",
    "附A4纸3份 Labour contract renewal",
)


def set_in_type() -> PageReading:
    lines = [characters(text, 0.12, 0.1 + 0.05 * at, len(text) * 0.022, 0.015) for at, text in enumerate(PAGE)]
    return reading(lines)


@pytest.mark.parametrize("reader", READERS)
def test_phrases_in_both_scripts_with_rare_characters_and_english_are_found_whole(
    reader: str, copied: Made, tmp_path: Path
) -> None:
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", set_in_type(), size=(595.0, 842.0))
    found = READERS[reader](copy)
    assert [phrase for phrase in PHRASES if phrase not in found] == []


def test_what_is_selected_comes_in_the_order_of_the_reading(copied: Made, tmp_path: Path) -> None:
    left = [characters(f"左栏第{at}行", 0.1, 0.1 + 0.03 * at, 0.2, 0.02) for at in range(3)]
    right = [characters(f"右栏第{at}行", 0.6, 0.1 + 0.03 * at, 0.2, 0.02) for at in range(3)]
    page = reading([*left, *right])
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", page, size=(595.0, 842.0))
    assert READERS["pdfium"](copy).split() == page.text.split()


def test_a_printed_sheet_is_selected_as_it_was_read(copied: Made, tmp_path: Path) -> None:
    print_ = printed(sheet("contract", 7, "hant"), 72)
    copy = copied(saved(print_.image, tmp_path / "a.jpg"), "jpeg", of_print(print_), size=(595.0, 842.0))
    assert "".join(READERS["pdfium"](copy).split()) == "".join(of_print(print_).text.split())


@pytest.mark.parametrize("words", ["劳动合同续签", "2024年3月5日", "Handbook"])
def test_a_word_is_found_where_it_stands_on_the_page(words: str, copied: Made, tmp_path: Path) -> None:
    page = set_in_type()
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", page, size=(595.0, 842.0))
    start = page.text.index(words)
    own = around([word.box for word in page.words if start <= word.start < start + len(words)])
    expected = own.x * 595, own.y * 842, (own.x + own.w) * 595, (own.y + own.h) * 842
    assert place_of(copy, words) == pytest.approx(expected, abs=2.0)


def test_a_column_from_top_to_bottom_is_found_and_stands_in_its_place(copied: Made, tmp_path: Path) -> None:
    column = [(char, Box(0.8, 0.1 + at * 0.03, 0.03, 0.028)) for at, char in enumerate("任免通知")]
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", reading([column]), size=(595.0, 842.0))
    assert {reader: "任免通知" in READERS[reader](copy) for reader in READERS if reader != "pdfminer"} == {
        reader: True for reader in READERS if reader != "pdfminer"
    }
    x, w = 0.8 * 595, 0.03 * 595
    assert place_of(copy, "任免通知") == pytest.approx((x, 84.2, x + w, 0.218 * 842), abs=2.0)


@pytest.mark.parametrize("reader", READERS)
def test_lines_that_lean_are_found_whole(reader: str, copied: Made, tmp_path: Path) -> None:
    """Over the paper the layer stays level: pdftotext takes a line that climbs apart."""
    lines = [characters(text, 0.12, 0.1 + 0.05 * at, len(text) * 0.022, 0.015) for at, text in enumerate(PAGE)]
    leaning = [[(word, replace(box, y=box.y + box.x * 0.06)) for word, box in line] for line in lines]
    found = READERS[reader](copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", reading(leaning), size=(595.0, 842.0)))
    assert [phrase for phrase in PHRASES if phrase not in found] == []


def test_a_heading_whose_characters_stand_apart_is_found_whole(copied: Made, tmp_path: Path) -> None:
    spaced = [(char, Box(0.2 + at * 0.1, 0.1, 0.04, 0.03)) for at, char in enumerate("任免通知")]
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", reading([spaced]), size=(595.0, 842.0))
    assert {reader: read(copy).strip() for reader, read in READERS.items()} == dict.fromkeys(READERS, "任免通知")


def test_cells_far_apart_are_not_run_together(copied: Made, tmp_path: Path) -> None:
    cells = [*characters("姓名", 0.1, 0.1, 0.05, 0.02), *characters("白清和", 0.6, 0.1, 0.08, 0.02)]
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", reading([cells]), size=(595.0, 842.0))
    for read in READERS.values():
        assert read(copy).split() == ["姓名", "白清和"]


def test_what_no_reader_could_show_is_left_out(copied: Made, tmp_path: Path) -> None:
    page = reading([[("合\x00同\ue000\u200b", Box(0.1, 0.1, 0.2, 0.03))]])
    copy = copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg", page)
    assert (READERS["pdfium"](copy).strip(), verdict(copy)) == ("合同", [])


# -- what it says of itself --------------------------------------------------------------------------------------------


def test_the_copy_says_what_it_is(copied: Made, tmp_path: Path) -> None:
    with pikepdf.open(copied(saved(drawing(), tmp_path / "a.jpg"), "jpeg")) as copy:
        with copy.open_metadata() as told:
            assert told["dc:title"] == ABOUT.title and told["dc:creator"] == [ABOUT.creator]
            assert (told["dc:identifier"], told["dc:source"]) == ("J101-0001", "sha256:ab")
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "B")
        assert str(copy.Root.Lang) == "zh-Hans"
        assert copy.Root.ViewerPreferences.DisplayDocTitle


def test_pages_are_bound_in_their_order(tmp_path: Path) -> None:
    scan = saved(drawing(), tmp_path / "a.jpg")
    parts = []
    for number in range(3):
        leaves = [Leaf(str(scan), "jpeg", 1, 0, 100.0 + number, 140.0 + at, b"") for at in range(2)]
        parts.append(str(tmp_path / f"part{number}.pdf"))
        write_part(leaves, "", parts[-1], Limits())
    bind(parts, str(tmp_path / "whole.pdf"), ABOUT)
    with pikepdf.open(tmp_path / "whole.pdf") as whole:
        sizes = [tuple(map(float, page.mediabox[2:])) for page in whole.pages]
    assert sizes == [(100.0 + number, 140.0 + at) for number in range(3) for at in range(2)]
    assert verdict(tmp_path / "whole.pdf") == []


def test_the_same_pages_give_the_same_bytes(copied: Made, tmp_path: Path) -> None:
    scan = saved(drawing(), tmp_path / "a.jpg")
    once = copied(scan, "jpeg").read_bytes()
    assert copied(scan, "jpeg").read_bytes() == once
