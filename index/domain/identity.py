"""Decides what things are called: opaque ids that sort by time, and reference codes (档号) in their grammars.

A reference code is a description, never a key: it is stored as parts and rendered when shown (DA/T 22-2015 5.4,
DA/T 13-2022). `-` joins levels, `·` joins codes of one level.
"""

from __future__ import annotations

import os
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from index.domain.errors import WrongUse

DAT22 = "dat22-2015"
DAT13_ITEM = "dat13-2022-item"
DAT13_VOLUME = "dat13-2022-volume"
DAT13_LEGACY = "dat13-1994"

ITEM_WIDTH = {DAT22: 4, DAT13_ITEM: 4, DAT13_VOLUME: 3, DAT13_LEGACY: 3}
"""Digits an item number is padded to when it is assigned; codes read from paper keep their own."""


def new_id(at: datetime | None = None) -> str:
    """A UUIDv7 as text; later ids sort after earlier ones to a quarter of a microsecond (RFC 9562, method 3)."""
    nanoseconds = time.time_ns() if at is None else int(at.timestamp() * 1_000_000) * 1000
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = (rest << 12) // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | random))


@dataclass(frozen=True, slots=True)
class ReferenceCode:
    """The parts of a reference code; an empty part is a level the code does not use.

    `retention` is Y, D30, D10 ...; numbers keep the zeros they were written with.
    """

    fonds: str
    category: str = ""
    sub_categories: tuple[str, ...] = ()
    year: int | None = None
    retention: str = ""
    organisation: str = ""
    catalogue_number: str = ""
    file_number: str = ""
    item_number: str = ""

    @property
    def series(self) -> str:
        """The series code: category and sub-categories, such as WS or ZY·YH·SF."""
        return "·".join((self.category, *self.sub_categories))


def numbered(code: ReferenceCode, number: int, grammar: str = DAT22) -> ReferenceCode:
    """`code` with this item number, padded as the grammar pads it."""
    return replace(code, item_number=f"{number:0{ITEM_WIDTH[grammar]}d}")


def class_key(code: ReferenceCode) -> str:
    """Names the lowest class, in which item numbers start again at 1 (DA/T 22-2015 5.4)."""
    year = "" if code.year is None else str(code.year)
    parts = (code.fonds, code.series, year, code.retention, code.organisation, code.catalogue_number, code.file_number)
    return "|".join(parts)


def render(code: ReferenceCode, grammar: str = DAT22, organisations: Mapping[str, str] | None = None) -> str:
    """The code as `grammar` writes it; `organisations` maps codes (BGS) to the names DA/T 13-2022 writes (办公室).

    Raises WrongUse("bad-reference-code") when the grammar has no place for a part: nothing is dropped silently.
    """
    text = _WRITERS[grammar](_named(code, grammar, organisations or {}))
    if parse(text, grammar, organisations) != code:
        raise WrongUse("bad-reference-code", given=text, grammar=grammar)
    return text


def parse(text: str, grammar: str = DAT22, organisations: Mapping[str, str] | None = None) -> ReferenceCode:
    """The parts of `text`; raises WrongUse("bad-reference-code")."""
    match = _PATTERNS[grammar].fullmatch(text) if grammar in _PATTERNS else None
    series = _series(match.groupdict().get("series") or "") if match else None
    if match is None or series is None:
        raise WrongUse("bad-reference-code", given=text, grammar=grammar)
    found = {name: value or "" for name, value in match.groupdict().items() if name != "series"}
    return _coded(replace(series, **found), grammar, organisations or {})  # type: ignore[arg-type]


def _series(text: str) -> ReferenceCode | None:
    """The parts between the marks `·`, in the order of DA/T 13-2022; None when one of them has no place."""
    match = _SERIES.fullmatch(text)
    if match is None:
        return ReferenceCode("") if not text else None
    category, subs, year, retention, organisation = (match[name] or "" for name in _SERIES_PARTS)
    if organisation and not (year or retention):
        return None
    sub_categories = tuple(subs.split("·")[1:])
    return ReferenceCode("", category, sub_categories, int(year) if year else None, retention, organisation)


def _named(code: ReferenceCode, grammar: str, organisations: Mapping[str, str]) -> ReferenceCode:
    if grammar not in (DAT13_ITEM, DAT13_VOLUME):
        return code
    return replace(code, organisation=organisations.get(code.organisation, code.organisation))


def _coded(code: ReferenceCode, grammar: str, organisations: Mapping[str, str]) -> ReferenceCode:
    if grammar not in (DAT13_ITEM, DAT13_VOLUME):
        return code
    codes = {name: short for short, name in organisations.items()}
    return replace(code, organisation=codes.get(code.organisation, code.organisation))


def _joined(mark: str, *parts: object) -> str:
    return mark.join(str(part) for part in parts if part not in ("", None))


def _write_dat22(code: ReferenceCode) -> str:
    series = _joined("·", code.series, code.year)
    return _joined("-", code.fonds, series, code.retention, code.organisation, code.item_number)


def _write_dat13(code: ReferenceCode) -> str:
    series = _joined("·", code.series, code.year, code.retention, code.organisation)
    return _joined("-", code.fonds, series, code.file_number, code.item_number)


def _write_legacy(code: ReferenceCode) -> str:
    return _joined("-", code.fonds, code.catalogue_number, code.file_number, code.item_number)


_WRITERS: dict[str, Callable[[ReferenceCode], str]] = {
    DAT22: _write_dat22,
    DAT13_ITEM: _write_dat13,
    DAT13_VOLUME: _write_dat13,
    DAT13_LEGACY: _write_legacy,
}

# A four-digit part after the category is a year, never a sub-category; projects have two or three (KJ·KY·01).
# A category that the standard gives no letters for keeps its name (征集, 寄存 of a municipal archive).
_CATEGORY = r"(?:[A-Z]{2}|[\u3400-\u9fff]{2})"
_SERIES = re.compile(
    rf"(?P<category>{_CATEGORY})"
    r"(?P<subs>(?:·(?:[A-Z]{2,6}|[0-9]{2,3}))*)(?:·(?P<year>[12][0-9]{3}))?"
    r"(?:·(?P<retention>Y|D[0-9]{1,3}))?(?:·(?P<organisation>[A-Z0-9\u3400-\u9fff]{2,20}))?"
)
_SERIES_PARTS = ("category", "subs", "year", "retention", "organisation")
# Four characters is the usual form (DA/T 13-2022); a room may have named its fonds otherwise before.
_FONDS = r"(?P<fonds>[A-Za-z0-9]{1,16})"
_SERIES_PART = r"(?P<series>[^-]+)"

_PATTERNS = {
    # The retention segment is left out only where the period is not yet set (serving staff).
    DAT22: re.compile(
        rf"{_FONDS}-(?P<series>{_CATEGORY}[^-]*·[12][0-9]{{3}})(?:-(?P<retention>Y|D[0-9]{{1,3}}))?"
        r"(?:-(?P<organisation>(?!D[0-9])[A-Z][A-Z0-9]{1,2}))?-(?P<item_number>[0-9]{4})"
    ),
    DAT13_ITEM: re.compile(rf"{_FONDS}-{_SERIES_PART}-(?P<item_number>[0-9]{{3,6}})"),
    DAT13_VOLUME: re.compile(
        rf"{_FONDS}-{_SERIES_PART}-(?P<file_number>[0-9]{{3,6}})(?:-(?P<item_number>[0-9]{{3,6}}))?"
    ),
    DAT13_LEGACY: re.compile(
        rf"{_FONDS}-(?P<catalogue_number>[0-9]{{1,4}})-(?P<file_number>[0-9]{{1,6}})(?:-(?P<item_number>[0-9]{{1,6}}))?"
    ),
}
