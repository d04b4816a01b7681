"""Decides what a file is by its first bytes, and whether its name says something else.

What is captured stands in CAPTURED (`openers.py` opens it), a ZIP is a batch of files; everything else is only named,
so that a clerk understands the refusal.
"""

from __future__ import annotations

import zipfile

from index.domain.errors import BadScan

CAPTURED = ("tiff", "jpeg", "jpeg2000", "png", "webp", "heic", "avif", "gif", "bmp", "pdf", "ofd")
#: A container that is unpacked: its files are captured, it is not.
BATCH = "zip"
HEAD_BYTES = 4_096

_NAMED = {
    "tif": "tiff",
    "tiff": "tiff",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "jpe": "jpeg",
    "jfif": "jpeg",
    "mpo": "jpeg",
    "jp2": "jpeg2000",
    "jpx": "jpeg2000",
    "jpf": "jpeg2000",
    "j2k": "jpeg2000",
    "j2c": "jpeg2000",
    "jpc": "jpeg2000",
    "png": "png",
    "webp": "webp",
    "heic": "heic",
    "heif": "heic",
    "avif": "avif",
    "gif": "gif",
    "bmp": "bmp",
    "dib": "bmp",
    "pdf": "pdf",
    "ofd": "ofd",
    "zip": "zip",
}
_SIGNATURES = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc/xls"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS", "postscript"),
    (b"8BPS", "psd"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
#: Brands of the box `ftyp`: HEVC pictures, AV1 pictures; anything else is a film.
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})
#: What a ZIP is by an entry of its directory; the first that is there decides.
_INSIDE = (
    ("OFD.xml", "ofd"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("META-INF/MANIFEST.MF", "jar"),
    ("Index/Document.iwa", "pages"),
    ("index.xml", "pages"),
    ("doc.kml", "kmz"),
    ("[Content_Types].xml", "office"),
)
#: A directory of more entries is not looked through: such a ZIP is refused by its number of entries anyway.
_MOST_ENTRIES = 200_000
UNKNOWN = "?"


def format_of(head: bytes) -> str:
    """One of CAPTURED, BATCH, or a word for what else it is, or UNKNOWN. `head`: the first HEAD_BYTES of the file.

    A ZIP is only told from an OFD or a document of an office program by what is inside: see `format_inside`.
    """
    for mark, format in _SIGNATURES:
        if head.startswith(mark):
            return format
    if head.startswith(_ZIPS):
        return BATCH  # asked first: the head of a PDF may stand in it, packed as it is
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head.startswith(b"BM") and _is_bitmap(head):
        return "bmp"
    return "text" if _reads_as_text(head) else UNKNOWN


def _of_brands(head: bytes) -> str:
    """By the brands of the box `ftyp`: the major one, then those it is compatible with."""
    length = min(int.from_bytes(head[:4], "big"), len(head), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length, 4))]
    if any(brand in _AVIF for brand in brands):
        return "avif"
    return "heic" if any(brand in _HEIC for brand in brands) else "mp4"


def _is_bitmap(head: bytes) -> bool:
    """Two letters are no signature: the length of the second header must be one that exists."""
    return int.from_bytes(head[14:18], "little") in (12, 16, 40, 52, 56, 64, 108, 124)


def _reads_as_text(head: bytes) -> bool:
    """UTF-8 (a character may be cut at the end) without control characters."""
    try:
        words = head[:-3].decode() if len(head) == HEAD_BYTES else head.decode()
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n\f" for char in words)


def captured_format(head: bytes, name: str, path: str = "") -> str:
    """The format of a file that can be captured under this name, or BATCH; `path` is looked into where it is a ZIP.

    Raises BadScan: wrong-name, unknown-format, or damaged-file where a picture's name stands over unknown bytes.
    """
    found, named = format_of(head), _NAMED.get(name.rpartition(".")[2].lower())
    if found == BATCH and path:
        found = format_inside(path)
    if named and found == UNKNOWN:
        raise BadScan("damaged-file", problem="no such format")
    if named and found != named and {named, found} != {"heic", "avif"}:
        raise BadScan("wrong-name", named=named, found=found)
    if found not in (*CAPTURED, BATCH):
        raise BadScan("unknown-format", found=found)
    return found


def format_inside(path: str) -> str:
    """What a ZIP is: an OFD, an office document by name, else a batch. Only its directory is read, in the cage."""
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist()[:_MOST_ENTRIES])
            kind = container.read("mimetype")[:80].decode("latin-1") if _says_what_it_is(container) else ""
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        return BATCH  # the reader of batches says what is wrong with it
    if "opendocument" in kind:
        return f"opendocument {kind.rpartition('.')[2][:24]}"
    lower = {name.lower().lstrip("/") for name in names}
    return next((format for name, format in _INSIDE if name.lower() in lower), BATCH)


def _says_what_it_is(container: zipfile.ZipFile) -> bool:
    """OpenDocument and EPUB keep their type in a first small entry that is not packed."""
    first = container.NameToInfo.get("mimetype")
    return first is not None and first.file_size <= 200 and first.compress_type == zipfile.ZIP_STORED
