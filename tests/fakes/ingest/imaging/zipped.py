"""Decides what ZIPs look like in tests: as programs write them, and as nobody should."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files, names in UTF-8 as modern programs write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def zipped_in(encoding: str, files: Mapping[str, bytes]) -> bytes:
    """A ZIP whose names are bare bytes in this encoding, as Windows programs wrote them for long."""
    stand_ins = {f"{at:0{len(name.encode(encoding))}}": name for at, name in enumerate(files)}
    content = zipped({stand_in: files[name] for stand_in, name in stand_ins.items()})
    for stand_in, name in stand_ins.items():
        content = content.replace(stand_in.encode(), name.encode(encoding))
    return content


def zipped_twice(name: str, first: bytes, second: bytes) -> bytes:
    """Two files of one name, which the format does not forbid."""
    other = "x" * len(name)
    return zipped({name: first, other: second}, zipfile.ZIP_STORED).replace(other.encode(), name.encode())


def zipped_link(name: str, target: str) -> bytes:
    """A ZIP with a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, target)
        made.writestr("旁边.pdf", b"%PDF-1.4\n%%EOF")
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """The ZIP with the bit set that says that its entries have a password."""
    marked = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", marked, at + place)[0]
            struct.pack_into("<H", marked, at + place, flags | 1)
            at = marked.find(mark, at + 4)
    return bytes(marked)


def boasting(content: bytes, size: int) -> bytes:
    """The ZIP whose directory says that its first file unpacks to so many bytes."""
    marked = bytearray(content)
    struct.pack_into("<I", marked, marked.find(b"PK\x01\x02") + 24, size)
    return bytes(marked)
