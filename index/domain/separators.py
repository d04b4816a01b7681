"""Decides what is written in the code of a separator or cover sheet, and which codes on a page are none of ours.

    MUNIMENT1 F=J101;P=school;S=WS·XZ;T=2024年会议记录;C=J101-WS·2024-Y-0001;N=12;B=陈档案 5F3A0C91

The version, the fields that are given (values percent-encoded where a mark or blank would mislead), the CRC-32 of all
before it. A separator has no fields. Codes of others, on invoices or forms, never divide anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from zlib import crc32

from index.domain.errors import WrongUse

VERSION = "MUNIMENT1"
#: Code 128 sheets that scanning programs print to part documents.
PATCHES = frozenset({"PATCH1", "PATCH2", "PATCH3", "PATCHT"})
#: What stands in print on every sheet with a sign: where a page's own text has none of it, no code need be looked for.
MAY_BE_SIGNED = re.compile(r"MUNIMENT1|PATCH")
#: Bytes of UTF-8 that one code holds, so that its squares stay large enough for a fax.
MOST_BYTES = 640
MOST_PAGES = 99_999

_KEYS = {"F": "fonds", "P": "pack", "S": "series", "K": "subject_key", "T": "title", "C": "reference_code"}
_WHOLE = re.compile(r"(?P<body>MUNIMENT1(?: (?P<fields>[^ ]+))?) (?P<sum>[0-9A-F]{8})")
#: Marks of the grammar, blanks and whatever does not print; everything else stands as it is.
_MISLEADING = re.compile(r"[%;=\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a sheet says of the document behind it; empty where it says nothing. `by` is who printed it.

    `pages` is how many the document should have, 0 when nobody counted.
    """

    fonds: str = ""
    pack: str = ""
    series: str = ""
    subject_key: str = ""
    title: str = ""
    reference_code: str = ""
    pages: int = 0
    by: str = ""

    @property
    def plain(self) -> bool:
        """Whether it only parts documents and says nothing of the next."""
        return self == Cover(by=self.by)


def code_of(cover: Cover) -> str:
    """The text of the sheet's code. Raises WrongUse("bad-value") when it says more than one code can hold."""
    fields = ";".join(_fields(cover))
    body = f"{VERSION} {fields}" if fields else VERSION
    code = f"{body} {_sum(body)}"
    if len(code.encode()) > MOST_BYTES:
        raise WrongUse("bad-value", field="title", value=cover.title, hint=f"<= {MOST_BYTES} bytes")
    return code


def _fields(cover: Cover) -> Iterator[str]:
    for key, name in _KEYS.items():
        if value := getattr(cover, name):
            yield f"{key}={_quoted(value)}"
    if cover.pages:
        yield f"N={cover.pages}"
    if cover.by:
        yield f"B={_quoted(cover.by)}"


def _quoted(value: str) -> str:
    return _MISLEADING.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), value)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _sum(body: str) -> str:
    return f"{crc32(body.encode()):08X}"


def cover_of(code: str) -> Cover | None:
    """What the text of a code says, or None when it is no separator of any kind; a patch code says nothing more."""
    if code in PATCHES:
        return Cover()
    match = _WHOLE.fullmatch(code) if len(code) <= MOST_BYTES else None
    if match is None or match["sum"] != _sum(match["body"]):
        return None
    return _said(match["fields"] or "")


def _said(fields: str) -> Cover | None:
    """The fields of a code whose sum is right; keys that a later version may add are passed over."""
    said = {key: unquote(value) for key, _, value in (field.partition("=") for field in fields.split(";"))}
    count = said.get("N", "0")
    if not (count.isascii() and count.isdecimal() and int(count) <= MOST_PAGES):
        return None
    known = {name: said[key] for key, name in _KEYS.items() if key in said}
    return Cover(**known, pages=int(count), by=said.get("B", ""))


def is_sign(code: str) -> bool:
    """Whether this text of a code parts documents."""
    return cover_of(code) is not None
