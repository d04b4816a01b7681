"""Every way in which scanners, phones and offices pack a picture comes out as the page that went in."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image

from index.domain.errors import BadScan
from ingest.imaging import pictures, pixels
from ingest.sandbox import Limits
from ingest.stages.render import lay_out, render_page
from tests.fakes.ingest.imaging.tiffs import INKS, PALETTE, RGB, WHITE_IS_ZERO, Writer

LIMITS = Limits()
Kept = Callable[[bytes, str], str]


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    yield
    pictures.opened.let_go()


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    def keep(content: bytes, name: str) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return keep


def saved(image: Image.Image, format: str, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **settings)
    return out.getvalue()


def page(mode: str = "L", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """White paper with a black block left above and a gray one right below, unlike from every side."""
    made = Image.new("L", size, 255)
    made.paste(0, (8, 8, 40, 24))
    made.paste(120, (60, 40, 90, 60))
    return made.convert(mode)


def read(kept: Kept, content: bytes, name: str, number: int = 1) -> Image.Image:
    path = kept(content, name)
    layout = lay_out(path, name, LIMITS)
    sheet = render_page(path, layout.format, number, LIMITS)
    outline = layout.pages[number - 1]
    assert sheet.image.mode in ("L", "RGB") and sheet.image.size == (outline.width, outline.height)
    return sheet.image


def far(image: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pages in gray levels."""
    return float(np.abs(np.asarray(image.convert("L"), np.int16) - np.asarray(other.convert("L"), np.int16)).mean())


#: 32 x 16 pixels, black left and white right, packed by an arithmetic coder (ISO/IEC 10918-1, SOF9).
ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU"
    "FRUVDA8XGBYUGBIUFRT/yQALCAAQACABAREA/8wABgAQEAX/2gAIAQEAAD8A/wDu3VQXXdmmgkD/2Q=="
)


# -- TIFF ----------------------------------------------------------------------------------------------------------

GRAY_WAYS = ["raw", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits", "zstd", "lzma", "jpeg", "lerc"]
MODES = ["L", "RGB", "RGBA", "CMYK", "P", "LA", "YCbCr", "LAB"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("way", GRAY_WAYS)
def test_every_packing_of_a_tiff_in_every_colour(mode: str, way: str, kept: Kept) -> None:
    if way == "jpeg" and mode == "P":
        way = "packbits"  # a palette cannot be packed as JPEG
    image = page_in_lab() if mode == "LAB" else page("RGB").quantize(16) if mode == "P" else page("RGB").convert(mode)
    content = saved(image, "TIFF", compression=None if way == "raw" else way)
    assert far(read(kept, content, "a.tif"), page()) < (6 if way == "jpeg" or mode == "LAB" else 2)


def page_in_lab() -> Image.Image:
    from PIL import ImageCms

    rgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    found = ImageCms.profileToProfile(page("RGB"), rgb, lab, outputMode="LAB")
    assert found is not None
    return found


@pytest.mark.parametrize("way", ["raw", "group3", "group4", "tiff_lzw", "packbits", "tiff_adobe_deflate", "zstd"])
def test_every_packing_of_a_black_and_white_tiff(way: str, kept: Kept) -> None:
    content = saved(page().convert("1"), "TIFF", compression=None if way == "raw" else way)
    assert far(read(kept, content, "a.tif"), page().convert("1")) == 0


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("tile", [0, 32])
@pytest.mark.parametrize("deflate", [False, True])
def test_tiles_and_strips_of_either_byte_order_and_size(
    order: Literal["<", ">"], big: bool, tile: int, deflate: bool, kept: Kept
) -> None:
    content = Writer(order=order, big=big, tile=tile, deflate=deflate).write(np.asarray(page()))
    assert far(read(kept, content, "a.tif"), page()) == 0


@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("tile", [0, 32])
@pytest.mark.parametrize("deflate", [False, True])
def test_colour_in_planes_and_in_pixels(planar: bool, tile: int, deflate: bool, kept: Kept) -> None:
    colours = np.asarray(page("RGB")).copy()
    colours[8:24, 8:40] = (200, 30, 40)
    content = Writer(planar=planar, tile=tile, deflate=deflate, photometric=RGB).write(colours)
    assert read(kept, content, "a.tif").getpixel((20, 16)) == (200, 30, 40)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("photometric", [WHITE_IS_ZERO, 1])
def test_every_depth_of_gray(bits: int, photometric: int, kept: Kept) -> None:
    top = 2**bits - 1
    samples = np.round(np.asarray(page(), np.float64) / 255 * top).astype(np.uint16 if bits == 16 else np.uint8)
    if photometric == WHITE_IS_ZERO:
        samples = (top - samples).astype(samples.dtype)
    content = Writer(bits=bits, photometric=photometric).write(samples)
    expected = page().point(lambda value: round(value / 255 * top) / top * 255)
    assert far(read(kept, content, "a.tif"), expected) < 2


def test_sixteen_bits_of_colour(kept: Kept) -> None:
    samples = np.asarray(page("RGB"), np.uint16) * 257
    assert far(read(kept, Writer(bits=16, photometric=RGB).write(samples), "a.tif"), page()) < 2


def test_inks_of_a_printer(kept: Kept) -> None:
    content = Writer(photometric=INKS).write(np.asarray(page("RGB").convert("CMYK")))
    assert far(read(kept, content, "a.tif"), page()) < 2


def test_a_palette_of_four_bits(kept: Kept) -> None:
    shades = [round(at * 65_535 / 15) for at in range(16)]
    samples = (np.asarray(page()) // 17).astype(np.uint8)
    content = Writer(bits=4, photometric=PALETTE).write(samples, [(320, 3, shades * 3)])
    assert far(read(kept, content, "a.tif"), page()) < 2


def test_a_volume_of_pages_packed_differently(kept: Kept) -> None:
    one, two = page(), page("RGB", (80, 120))
    two.encoderinfo = {"compression": "jpeg"}
    content = saved(one, "TIFF", save_all=True, append_images=[two, page("L", (50, 40))], compression="tiff_lzw")
    path = kept(content, "v.tif")
    assert [(one.width, one.height) for one in lay_out(path, "v.tif", LIMITS).pages] == [(96, 64), (80, 120), (50, 40)]
    assert read(kept, content, "v.tif", 3).size == (50, 40)


def test_a_packing_that_nobody_here_unpacks_is_named(kept: Kept) -> None:
    content = bytearray(Writer().write(np.asarray(page())))
    at = content.find(bytes((3, 1, 3, 0, 1, 0, 0, 0, 1, 0)))
    content[at + 8 : at + 10] = (34_661).to_bytes(2, "little")
    with pytest.raises(BadScan) as told:
        read(kept, bytes(content), "a.tif")
    assert (told.value.code, told.value.details) == ("unknown-format", {"found": "TIFF, JBIG"})


def test_pixels_that_nobody_here_reads_are_no_damage(kept: Kept) -> None:
    with pytest.raises(BadScan) as told:
        read(kept, Writer(bits=8, photometric=8).write(np.zeros((8, 8, 5), np.uint8)), "a.tif")
    assert (told.value.code, told.value.details) == ("unknown-format", {"found": "TIFF, an unusual kind"})


# -- JPEG and the others -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{}, {"progressive": True}, {"subsampling": 2}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg(mode: str, settings: dict[str, object], kept: Kept) -> None:
    content = saved(page("RGB").convert(mode), "JPEG", quality=92, **settings)
    assert far(read(kept, content, "a.jpg"), page()) < 4


def test_a_jpeg_of_an_arithmetic_coder(kept: Kept) -> None:
    image = read(kept, ARITHMETIC, "a.jpg")
    assert image.size == (32, 16) and (image.getpixel((3, 3)), image.getpixel((28, 12))) == (0, 255)


def test_inks_without_adobes_mark_are_as_they_stand(kept: Kept) -> None:
    content = saved(page("RGB").convert("CMYK"), "JPEG", quality=95)
    at = content.find(b"\xff\xee")
    bare = content[:at] + content[at + 2 + int.from_bytes(content[at + 2 : at + 4], "big") :]
    turned = Image.eval(page("RGB").convert("CMYK"), lambda value: 255 - value).convert("RGB")
    assert b"Adobe" not in bare and far(read(kept, bare, "a.jpg"), turned) < 4


def test_of_several_pictures_in_one_jpeg_the_first_is_the_page(kept: Kept) -> None:
    content = saved(page("RGB"), "MPO", save_all=True, append_images=[page("RGB", (40, 40))])
    path = kept(content, "a.jpg")
    layout = lay_out(path, "a.jpg", LIMITS)
    assert (layout.format, len(layout.pages)) == ("jpeg", 1)
    assert far(read(kept, content, "a.jpg"), page()) < 4


@pytest.mark.parametrize(
    ("format", "name", "settings", "found"),
    [
        ("JPEG2000", "a.jp2", {}, "jpeg2000"),
        ("JPEG2000", "a.j2k", {"no_jp2": True}, "jpeg2000"),
        ("JPEG2000", "a.jpx", {"irreversible": True, "quality_layers": [4]}, "jpeg2000"),
        ("JPEG2000", "tiled.jp2", {"tile_size": (32, 32)}, "jpeg2000"),
        ("PNG", "a.png", {}, "png"),
        ("WEBP", "a.webp", {"lossless": True}, "webp"),
        ("WEBP", "b.webp", {"quality": 90}, "webp"),
        ("AVIF", "a.avif", {"quality": 90}, "avif"),
        ("GIF", "a.gif", {}, "gif"),
        ("BMP", "a.bmp", {}, "bmp"),
    ],
)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_other_formats(
    mode: str, format: str, name: str, settings: dict[str, object], found: str, kept: Kept
) -> None:
    content = saved(page(mode), format, **settings)
    assert lay_out(kept(content, name), name, LIMITS).format == found
    assert far(read(kept, content, name), page()) < 6


@pytest.mark.parametrize(
    ("format", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png"), ("AVIF", "a.avif")]
)
def test_of_an_animation_the_first_picture_is_the_page(format: str, name: str, kept: Kept) -> None:
    content = saved(page("RGB"), format, save_all=True, append_images=[Image.new("RGB", (96, 64))], duration=100)
    assert len(lay_out(kept(content, name), name, LIMITS).pages) == 1
    assert far(read(kept, content, name), page()) < 8


@pytest.mark.parametrize(
    ("format", "name"),
    [("JPEG2000", "a.jp2"), ("WEBP", "a.webp"), ("GIF", "a.gif"), ("BMP", "a.bmp"), ("AVIF", "a.avif")],
)
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_what_breaks_off_is_told(format: str, name: str, share: float, kept: Kept) -> None:
    content = saved(Image.effect_noise((200, 150), 60), format)
    with pytest.raises(BadScan) as told:
        read(kept, content[: int(len(content) * share)], name)
    assert told.value.code == "truncated-file"


# -- HEIC ----------------------------------------------------------------------------------------------------------


def heic() -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(page("RGB")).save(out, quality=90)
    return out.getvalue()


def test_a_phones_picture_is_captured_where_its_decoder_is_there(kept: Kept) -> None:
    content = heic()
    path = kept(content, "IMG_0001.HEIC")
    assert lay_out(path, "IMG_0001.HEIC", LIMITS).format == "heic"
    assert far(read(kept, content, "a.heic"), page()) < 6


def test_without_it_the_refusal_says_what_to_do(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    content = heic()
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(BadScan) as told:
        read(kept, content, "a.heic")
    assert told.value.code == "needs-heic"
    assert "JPEG" in told.value.sentence("zh-Hans") and "pillow-heif" in told.value.sentence("zh-Hans")


# -- large pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "name"), [("JPEG", "a.jpg"), ("TIFF", "a.tif"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_a_large_page_is_read_in_gray_and_shown_in_colour(
    format: str, name: str, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "LARGE", 5_000)
    monkeypatch.setattr(pixels, "SHOWN_SIDE", 24)
    image = page("RGB")
    image.paste((220, 20, 20), (8, 8, 40, 24))
    path = kept(saved(image, format), name)
    sheet = render_page(path, lay_out(path, name, LIMITS).format, 1, LIMITS)
    assert sheet.image.mode == "L" and sheet.image.size == (96, 64)
    assert sheet.colour is not None and sheet.colour.mode == "RGB" and 24 <= max(sheet.colour.size) <= 48
    red, green, _ = sheet.colour.getpixel((sheet.colour.width // 4, sheet.colour.height // 4))  # type: ignore[misc]
    assert red > 150 and green < 90


def test_a_large_page_is_upright_in_both(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "LARGE", 5_000)
    monkeypatch.setattr(pixels, "SHOWN_SIDE", 24)
    exif = Image.Exif()
    exif[274] = 6
    path = kept(saved(page("RGB"), "JPEG", exif=exif), "a.jpg")
    sheet = render_page(path, "jpeg", 1, LIMITS)
    assert sheet.image.size == (64, 96)
    assert sheet.colour is not None and sheet.colour.width < sheet.colour.height


def test_deep_pages_are_turned_band_by_band_without_a_seam(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = np.linspace(-3.0, 9.0, 100 * 100, dtype=np.float32).reshape(100, 100)
    path = kept(saved(Image.fromarray(samples), "TIFF"), "deep.tif")
    whole = np.asarray(render_page(path, "tiff", 1, LIMITS).image)
    monkeypatch.setattr(pixels, "_BAND", 700)
    banded = np.asarray(render_page(path, "tiff", 1, LIMITS).image)
    assert (whole == banded).all() and banded.min() == 0 and banded.max() == 255


def test_a_heavy_jpeg_2000_is_decoded_coarser(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_DECODED", 40_000)
    path = kept(saved(page("RGB"), "JPEG2000"), "a.jp2")
    sheet = render_page(path, "jpeg2000", 1, LIMITS)
    assert sheet.image.size == (48, 32) and far(sheet.image, page().resize((48, 32))) < 8
    assert sheet.dpi == lay_out(path, "a.jp2", LIMITS).pages[0].dpi // 2
