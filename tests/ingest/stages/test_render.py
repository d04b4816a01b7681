from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from index.domain.errors import BadScan, Missing
from ingest.imaging import pdf, pictures
from ingest.imaging.paper import Kind
from ingest.sandbox import Limits
from ingest.stages.render import lay_out, render_page
from tests.fakes.ingest.imaging.zipped import zipped

LIMITS = Limits()
Kept = Callable[[bytes, str], str]


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    yield
    pdf.opened.let_go()
    pictures.opened.let_go()


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    def keep(content: bytes, name: str = "scan") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return keep


def saved(image: Image.Image, format: str, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **settings)
    return out.getvalue()


def sheet(width: int = 120, height: int = 80, mode: str = "L") -> Image.Image:
    return Image.effect_noise((width, height), 60).convert(mode)


def volume(pages: int, **settings: object) -> bytes:
    sheets = [sheet(100 + page, 80) for page in range(pages)]
    return saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], **settings)


def document(
    pages: int = 1,
    content: bytes = b"",
    size: tuple[float, float] = (595, 842),
    lock: pikepdf.Encryption | bool = False,
) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        page = made.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=made.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                    )
                )
            )
        )
        page.Contents = made.make_stream(content)
    made.save(out, encryption=lock)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def refusal(path: str, name: str, limits: Limits = LIMITS) -> BadScan:
    with pytest.raises(BadScan) as told:
        layout = lay_out(path, name, limits)
        render_page(path, layout.format, 1, limits)
    return told.value


# -- what is captured ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "format"),
    [(saved(sheet(), "TIFF"), "tiff"), (saved(sheet(), "JPEG"), "jpeg"), (saved(sheet(), "PNG"), "png")],
)
def test_a_picture_is_one_page(content: bytes, format: str, kept: Kept) -> None:
    layout = lay_out(kept(content, "scan"), "scan", LIMITS)
    assert (layout.format, [(p.number, p.width, p.height, p.kind) for p in layout.pages]) == (
        format,
        [(1, 120, 80, Kind.IMAGE)],
    )


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_a_volume_has_its_pages_in_order(compression: str | None, kept: Kept) -> None:
    path = kept(volume(4, compression=compression), "v.tif")
    layout = lay_out(path, "v.tif", LIMITS)
    assert [page.width for page in layout.pages] == [100, 101, 102, 103]
    assert render_page(path, "tiff", 3, LIMITS).image.size == (102, 80)


@pytest.mark.parametrize("compression", ["group3", "group4"])
def test_a_fax_is_a_gray_page(compression: str, kept: Kept) -> None:
    path = kept(saved(sheet().convert("1"), "TIFF", compression=compression), "fax.tif")
    assert render_page(path, lay_out(path, "fax.tif", LIMITS).format, 1, LIMITS).image.mode == "L"


def test_the_pixels_of_a_fax_become_square(kept: Kept) -> None:
    path = kept(saved(Image.new("1", (204, 98), 1), "TIFF", compression="group4", dpi=(204, 98)), "fax.tif")
    page = render_page(path, "tiff", 1, LIMITS)
    assert (page.image.size, page.dpi) == ((204, 204), 204)


def test_a_reduced_copy_inside_a_tiff_is_no_page(kept: Kept) -> None:
    small = sheet(10, 10)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    path = kept(saved(sheet(), "TIFF", save_all=True, append_images=[small]), "v.tif")
    assert len(lay_out(path, "v.tif", LIMITS).pages) == 1


@pytest.mark.parametrize(("said", "believed"), [((300, 300), 300), ((1, 1), 70), ((9999, 9999), 70)])
def test_a_resolution_is_believed_within_reason(said: tuple[int, int], believed: int, kept: Kept) -> None:
    path = kept(saved(sheet(), "JPEG", dpi=said), "s.jpg")
    assert lay_out(path, "s.jpg", LIMITS).pages[0].dpi == believed


def test_the_turn_in_a_photographs_header_is_applied(kept: Kept) -> None:
    exif = Image.Exif()
    exif[274] = 6
    path = kept(saved(sheet(120, 80, "RGB"), "JPEG", exif=exif), "photo.jpg")
    assert render_page(path, "jpeg", 1, LIMITS).image.size == (80, 120)


def ramp(mode: str, dtype: type, top: float) -> bytes:
    return saved(Image.fromarray(np.linspace(0, top, 100, dtype=dtype).reshape(10, 10)), "TIFF")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ramp("I;16", np.uint16, 65_535), "16 bits"),
        (ramp("I", np.int32, 65_535), "32 bits"),
        (ramp("F", np.float32, 1.0), "floats to one"),
        (ramp("F", np.float32, 255.0), "floats to 255"),
    ],
)
def test_deep_pictures_become_gray_without_losing_their_range(content: bytes, name: str, kept: Kept) -> None:
    image = render_page(kept(content, "deep.tif"), "tiff", 1, LIMITS).image
    assert (image.mode, image.getextrema()) == ("L", (0, 255))


def test_what_is_transparent_is_paper(kept: Kept) -> None:
    path = kept(saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"), "clear.png")
    assert render_page(path, "png", 1, LIMITS).image.getpixel((4, 4)) == (255, 255, 255)


def test_cmyk_becomes_colour(kept: Kept) -> None:
    path = kept(saved(Image.new("CMYK", (9, 9), (0, 0, 0, 0)), "JPEG"), "print.jpg")
    assert render_page(path, "jpeg", 1, LIMITS).image.mode == "RGB"


def test_a_pdf_page_with_text_is_told_from_a_scan(kept: Kept) -> None:
    text = b"BT /F1 12 Tf 72 700 Td (An agreement made between the parties) Tj ET"
    assert lay_out(kept(document(content=text), "a.pdf"), "a.pdf", LIMITS).pages[0].kind is Kind.TEXT
    assert lay_out(kept(document(), "b.pdf"), "b.pdf", LIMITS).pages[0].kind is Kind.SCAN


def test_the_outline_of_a_pdf_page_is_what_is_drawn(kept: Kept) -> None:
    path = kept(document(size=(200.3, 300.7)), "a.pdf")
    outline, drawn = lay_out(path, "a.pdf", LIMITS).pages[0], render_page(path, "pdf", 1, LIMITS)
    assert (outline.width, outline.height) == drawn.image.size


@pytest.mark.slow
def test_a_wall_map_in_a_pdf_is_drawn_within_bounds(kept: Kept) -> None:
    width, height = render_page(kept(document(size=(14_400, 14_400)), "map.pdf"), "pdf", 1, LIMITS).image.size
    assert width * height <= 61e6


# -- what is refused -------------------------------------------------------------------------------


def test_an_empty_file(kept: Kept) -> None:
    assert refusal(kept(b"", "a.pdf"), "a.pdf").code == "empty-file"


@pytest.mark.parametrize(("format", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("TIFF", "a.tif")])
@pytest.mark.parametrize("share", [0.4, 0.8, 0.98])
def test_a_picture_that_breaks_off(format: str, name: str, share: float, kept: Kept) -> None:
    content = saved(sheet(400, 300), format)
    assert refusal(kept(content[: int(len(content) * share)], name), name).code == "truncated-file"


def test_a_pdf_that_breaks_off(kept: Kept) -> None:
    assert refusal(kept(document(3)[:400], "a.pdf"), "a.pdf").code == "truncated-file"


def test_a_locked_pdf(kept: Kept) -> None:
    locked = document(lock=pikepdf.Encryption(user="secret", owner="secret"))
    assert refusal(kept(locked, "a.pdf"), "a.pdf").code == "encrypted-file"


def test_a_pdf_that_only_forbids_printing_is_no_locked_one(kept: Kept) -> None:
    guarded = document(lock=pikepdf.Encryption(user="", owner="secret"))
    assert len(lay_out(kept(guarded, "a.pdf"), "a.pdf", LIMITS).pages) == 1


def test_a_pdf_without_a_page(kept: Kept) -> None:
    assert refusal(kept(document(0), "a.pdf"), "a.pdf").code == "no-pages"


def test_words_that_call_themselves_a_pdf(kept: Kept) -> None:
    told = refusal(kept("只是文字".encode(), "a.pdf"), "a.pdf")
    assert (told.code, told.details) == ("wrong-name", {"named": "pdf", "found": "text"})


def test_a_picture_under_another_pictures_name(kept: Kept) -> None:
    path = kept(saved(sheet(), "PNG"), "a.jpg")
    assert refusal(path, "a.JPG").details == {"named": "jpeg", "found": "png"}
    assert lay_out(path, "", LIMITS).format == "png"


def test_noise_under_a_pictures_name(kept: Kept) -> None:
    assert refusal(kept(bytes(range(256)), "a.jpg"), "a.jpg").code == "damaged-file"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"8BPS", "psd"),
        (b"Rar!", "rar"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "mp4"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "xlsx"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0), "opendocument text"),
        ("通知".encode(), "text"),
        (b"\0\x01\x02", "?"),
    ],
)
def test_another_format_is_named(content: bytes, found: str, kept: Kept) -> None:
    told = refusal(kept(content, "scan"), "scan")
    assert (told.code, told.details) == ("unknown-format", {"found": found})


def test_a_picture_that_would_fill_the_memory(kept: Kept) -> None:
    assert refusal(kept(png_claiming(30_000, 30_000), "bomb.png"), "bomb.png").code == "too-large"


def test_a_file_over_the_limit(kept: Kept) -> None:
    limits = Limits(file_bytes=100)
    assert refusal(kept(saved(sheet(), "PNG"), "a.png"), "a.png", limits).code == "too-large"


def test_more_pages_than_allowed(kept: Kept) -> None:
    limits = Limits(pages=2)
    assert refusal(kept(volume(3), "a.tif"), "a.tif", limits).code == "too-many-pages"
    assert refusal(kept(document(3), "a.pdf"), "a.pdf", limits).details == {"pages": 3, "limit": 2}


def test_a_tiff_directory_that_points_to_itself_is_read_once(kept: Kept) -> None:
    content = bytearray(saved(sheet(), "TIFF"))
    directory = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, directory)[0]
    struct.pack_into("<I", content, directory + 2 + 12 * entries, directory)
    assert len(lay_out(kept(bytes(content), "loop.tif"), "loop.tif", LIMITS).pages) == 1


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there(number: int, kept: Kept) -> None:
    picture, volume = kept(saved(sheet(), "PNG"), "a.png"), kept(document(), "a.pdf")
    for path, format in ((picture, "png"), (volume, "pdf")):
        with pytest.raises(Missing):
            render_page(path, format, number, LIMITS)


def test_a_zip_is_told_apart_by_what_is_inside_and_has_no_pages(kept: Kept) -> None:
    path = kept(zipped({"a.pdf": document()}), "批.zip")
    assert (lay_out(path, "批.zip", LIMITS).format, lay_out(path, "批.zip", LIMITS).pages) == ("zip", ())
    assert refusal(kept(zipped({"word/document.xml": b""}), "b.zip"), "b.zip").code == "wrong-name"


@pytest.mark.parametrize("packing", [0, 8])
def test_a_pdf_inside_does_not_make_a_zip_a_pdf(packing: int, kept: Kept) -> None:
    assert lay_out(kept(zipped({"a.pdf": document()}, packing), "a"), "a", LIMITS).format == "zip"
