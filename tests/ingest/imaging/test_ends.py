from __future__ import annotations

import io
import os
import struct
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ingest.imaging.ends import end_parses, frames
from tests.fakes.ingest.imaging.zipped import zipped


def picture(format: str, **settings: object) -> bytes:
    noise = Image.frombytes("L", (64, 64), os.urandom(64 * 64))
    out = io.BytesIO()
    noise.save(out, format, **settings)
    return out.getvalue()


def volume(pages: int) -> bytes:
    sheets = [Image.new("1", (80, 60), page % 2) for page in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    return out.getvalue()


def document() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def parses(folder: Path, content: bytes) -> bool | None:
    path = folder / "scan"
    path.write_bytes(content)
    return end_parses(os.fsencode(path))


WHOLE = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "tiff": picture("TIFF"),
    "tiff in strips": picture("TIFF", compression="tiff_lzw"),
    "big tiff": picture("TIFF", big_tiff=True),
    "volume": volume(5),
    "pdf": document(),
    "gif": picture("GIF"),
    "bmp": picture("BMP"),
    "webp": picture("WEBP"),
    "avif": picture("AVIF"),
    "jp2": picture("JPEG2000"),
    "j2k": picture("JPEG2000", no_jp2=True),
    "zip": zipped({"a.pdf": document(), "b": os.urandom(4_000)}),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_parses(name: str, tmp_path: Path) -> None:
    assert parses(tmp_path, WHOLE[name]) is True


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_still_being_written_does_not(name: str, share: float, tmp_path: Path) -> None:
    content = WHOLE[name]
    assert parses(tmp_path, content[: int(len(content) * share)]) is False


@pytest.mark.parametrize("name", ["jpeg", "png", "pdf"])
def test_padding_behind_the_end_is_forgiven(name: str, tmp_path: Path) -> None:
    assert parses(tmp_path, WHOLE[name] + b"\0" * 512) is True


def test_an_empty_file_has_not_arrived(tmp_path: Path) -> None:
    assert parses(tmp_path, b"") is False


def test_an_unknown_format_is_not_judged(tmp_path: Path) -> None:
    assert parses(tmp_path, b"8BPS and so on") is None


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_directory_that_points_to_itself_ends_the_chain(order: str, tmp_path: Path) -> None:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    assert parses(tmp_path, mark + struct.pack(order + "IHI", 8, 0, 8)) is True


def test_a_claim_of_a_million_entries_costs_nothing(tmp_path: Path) -> None:
    assert parses(tmp_path, b"II+\0" + struct.pack("<HHQQ", 8, 0, 16, 2**62)) is False


def test_a_name_of_any_bytes_can_be_asked(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), "\u626b\u63cf.jpg".encode("gbk"))
    with open(path, "wb") as scan:
        scan.write(WHOLE["jpeg"])
    assert end_parses(path) is True


def test_a_zip_with_a_comment_ends_behind_it(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": b"1"}))
    struct.pack_into("<H", content, len(content) - 2, 5)
    assert parses(tmp_path, bytes(content) + b"hello") is True
    assert parses(tmp_path, bytes(content) + b"hell") is False


def test_a_bitmap_that_says_no_length_is_not_judged(tmp_path: Path) -> None:
    content = bytearray(picture("BMP"))
    struct.pack_into("<I", content, 2, 0)
    assert parses(tmp_path, bytes(content)) is None


@pytest.mark.parametrize(("format", "pages"), [("JPEG", 1), ("WEBP", 1), ("JPEG2000", 1), ("BMP", 1), ("PDF", 0)])
def test_how_many_pages_a_picture_says_it_has(format: str, pages: int, tmp_path: Path) -> None:
    (tmp_path / "scan").write_bytes(picture(format))
    assert frames(os.fsencode(tmp_path / "scan")) == pages
