"""Decides what a file is by its first bytes, and whether its name says something else.

TIFF, JPEG, PNG and PDF are captured; everything else is only named, so that a clerk understands the refusal.
"""

from __future__ import annotations

from index.domain.errors import BadScan

CAPTURED = ("tiff", "jpeg", "png", "pdf")
HEAD_BYTES = 4_096

_NAMED = {
    "tif": "tiff",
    "tiff": "tiff",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "jpe": "jpeg",
    "jfif": "jpeg",
    "png": "png",
    "pdf": "pdf",
}
_SIGNATURES = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc/xls"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\0\0\0\x0cjP  ", "jpeg 2000"),
    (b"\xff\x4f\xff\x51", "jpeg 2000"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS", "postscript"),
    (b"8BPS", "psd"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
UNKNOWN = "?"


def format_of(head: bytes) -> str:
    """One of CAPTURED, or a word for what else it is, or UNKNOWN. `head` is the first HEAD_BYTES of the file."""
    for mark, format in _SIGNATURES:
        if head.startswith(mark):
            return format
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "mp4"
    return "text" if _reads_as_text(head) else UNKNOWN


def _reads_as_text(head: bytes) -> bool:
    """UTF-8 (a character may be cut at the end) without control characters."""
    try:
        words = head[:-3].decode() if len(head) == HEAD_BYTES else head.decode()
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n\f" for char in words)


def captured_format(head: bytes, name: str) -> str:
    """The format of a file that can be captured under this name.

    Raises BadScan: wrong-name, unknown-format, or damaged-file where a picture's name stands over unknown bytes.
    """
    found, named = format_of(head), _NAMED.get(name.rpartition(".")[2].lower())
    if named and found == UNKNOWN:
        raise BadScan("damaged-file", problem="no such format")
    if named and found != named:
        raise BadScan("wrong-name", named=named, found=found)
    if found not in CAPTURED:
        raise BadScan("unknown-format", found=found)
    return found
