"""Decides what day a record bears: dates known in part, and every way in which paper writes them.

Days are ISO text inside (2024-03-05), YYYYMMDD in catalogues (DA/T 22), and never invented: 2024-02-30 is no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.domain.errors import WrongUse
from index.domain.numerals import FORMAL, value_of

_FIRST_YEAR, _LAST_YEAR = 1000, 2199


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day. Raises WrongUse("bad-value") when there is no such day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not _exists(self.year, self.month, self.day):
            said = (part for part in (self.year, self.month, self.day) if part is not None)
            value = "-".join(f"{part:02d}" for part in said)
            raise WrongUse("bad-value", field="date", value=value, hint="2024-03-05")

    @property
    def iso(self) -> str:
        """2024, 2024-03 or 2024-03-05."""
        return f"{self.year:04d}" + "".join(f"-{part:02d}" for part in (self.month, self.day) if part)

    @property
    def catalogue(self) -> str:
        """YYYYMMDD, unknown parts as 00 (DA/T 22-2015)."""
        return f"{self.year:04d}{self.month or 0:02d}{self.day or 0:02d}"

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, at [start, end) in code points; `sure` (0..1) says how plainly it is written."""

    date: PartialDate
    start: int
    end: int
    sure: float


def partial_date(iso: str) -> PartialDate:
    """The date that ISO text names (2024, 2024-03, 2024-03-05); raises WrongUse("bad-value")."""
    match = _ISO.fullmatch(iso)
    if match is None:
        raise WrongUse("bad-value", field="date", value=iso, hint="2024-03-05")
    year, month, day = (int(part) if part else None for part in match.groups())
    return PartialDate(year or 0, month, day)


def academic_year(day: date, starts: tuple[int, int] = (9, 1)) -> str:
    """The school year a day lies in, such as 2024-2025; `starts` is its first month and day (SCH-12)."""
    first = day.year if (day.month, day.day) >= starts else day.year - 1
    return f"{first}-{first + 1}"


def dates_in(text: str) -> tuple[FoundDate, ...]:
    """Every date in `text`, in reading order; of overlapping readings the plainer one. Impossible days are left out."""
    found = sorted(_readings(text), key=lambda one: (-one.sure, one.start - one.end))
    kept: list[FoundDate] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def parse(text: str) -> PartialDate | None:
    """The first date in `text`, or None."""
    found = dates_in(text)
    return found[0].date if found else None


def whole(text: str) -> PartialDate | None:
    """The date that `text` is and nothing else: 2003, 2003-3, 2003/03/05, 20030305, 二〇〇三年三月, 民国92年."""
    plain = text.translate(_WIDTH).strip()
    parted = _PARTED.fullmatch(plain) or _SIGNED.fullmatch(plain) or _RUN.fullmatch(plain)
    if parted:
        year, month, day = (int(part) if part else None for part in parted.groups())
        return PartialDate(year or 0, month, day) if _exists(year or 0, month, day) else None
    return next((one.date for one in dates_in(plain) if (one.start, one.end) == (0, len(plain))), None)


def _readings(text: str) -> Iterator[FoundDate]:
    plain = text.translate(_WIDTH).translate(FORMAL)
    for pattern, sure in _FORMS:
        for match in pattern.finditer(plain):
            read = _read(match)
            if read is not None:
                yield FoundDate(read, match.start(), match.end(), sure * _wholeness(read))


def _wholeness(read: PartialDate) -> float:
    """A bare year is a weaker reading than a day: it may belong to the subject, not to the paper."""
    if read.month is None:
        return 0.62
    return 0.88 if read.day is None else 1.0


def _read(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    year = _number(parts["year"])
    if year is not None and parts.get("era"):
        year += 1911  # the first year of the Republic (民国元年) is 1912
    month, day = _month(parts.get("month")), _number(parts.get("day"))
    missed = (parts.get("month") and month is None) or (parts.get("day") and day is None)
    if year is None or missed or not _exists(year, month, day):
        return None
    return PartialDate(year, month, day)


def _month(text: str | None) -> int | None:
    if text and text[0].isalpha() and text[:3].lower() in _MONTHS:
        return _MONTHS.index(text[:3].lower()) + 1
    return _number(text)


def _number(text: str | None) -> int | None:
    """A number in digits (with look-alikes), in Chinese digits read one by one (二〇二四), or counted (二十三)."""
    bare = re.sub(r"\s", "", text or "").translate(_LOOKALIKES)
    if not bare:
        return None
    if "百" in bare:
        return value_of(bare)
    if "十" in bare:
        tens, _, ones = bare.partition("十")
        return 10 * (_CHINESE.get(tens, 1)) + _CHINESE.get(ones, 0)
    digits = "".join(str(_CHINESE.get(char, char)) for char in bare.removeprefix("初"))
    return int(digits) if digits.isdecimal() else None


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (day is not None and month is None):
        return False
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


_PARTED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_SIGNED = re.compile(r"(\d{4})年(?:(\d{1,2})月?(?:(?<=月)(\d{1,2})日?)?)?", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Code points only change one for one, so that positions stay those of the text that was given.
_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_CHINESE = {"〇": 0, "○": 0, "◯": 0, "零": 0, "元": 1, "正": 1, "—": 1, "-": 1} | {
    c: n for n, c in enumerate("一二三四五六七八九", 1)
}
_LOOKALIKES = {ord("o"): "0", ord("O"): "0", ord("l"): "1", ord("I"): "1", ord("|"): "1"} | {
    ord("Z"): "2", ord("z"): "2", ord("S"): "5", ord("B"): "8", ord("Q"): "0"} | {
    ord("廿"): "二十", ord("卅"): "三十"
}  # fmt: skip
_D = r"[0-9oOlI|ZzSBQ〇○◯]"
_C = r"[〇○◯零oO0一二三四五六七八九]"
_C_OR_DASH = r"[〇○◯零oO0一二三四五六七八九\-—]"
_DAY = rf"{_D}\s?{_D}?|[二三]?十[-—]|[初零一二三四五六七八九十廿卅]{{1,4}}"
_MONTH = rf"{_D}\s?{_D}?|[零一二三四五六七八九十元正]{{1,3}}"
# 日 as OCR has it, or lost at the end of a line.
_DAY_SIGN = r"(?:[日曰目口旦晶昌卓吕臼号號]|(?=\s*[,。;)]|\s*$))"
_MONTH_AND_DAY = rf"(?:\s{{0,3}}(?P<month>{_MONTH})\s{{0,2}}[月用丹](?:\s{{0,3}}(?P<day>{_DAY})\s{{0,2}}{_DAY_SIGN})?)?"
_ERA_YEAR = r"[0-9]{1,3}|[元〇○零一二三四五六七八九十百廿卅]{1,5}"
_YEAR = (
    rf"[12lIZz]\s?[09oOQ〇○]\s?{_D}\s?{_D}|[12]\s?[0-9]\s?{_D}\s?{_D}"
    rf"|[一二]\s?{_C}\s?{_C_OR_DASH}\s?{_C_OR_DASH}|—\s?九\s?{_C}\s?{_C}"
)
_NAME = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_SEP = r"\s?[./\\\-–—.·、。一]\s?"
_TH = r"(?:st|nd|rd|th)?"
#: No digit follows, unless an hour was set against the day (2023.2.1716:15).
_END = r"(?:(?![0-9])|(?=[0-2][0-9][::][0-5][0-9]))"


def _form(pattern: str, sure: float) -> tuple[re.Pattern[str], float]:
    return re.compile(pattern, re.IGNORECASE), sure


# The parts after the year are optional in one pattern, so that a day that does not exist spoils the whole date.
_FORMS = (
    _form(rf"(?<![0-9])(?P<year>{_YEAR})\s{{0,2}}[年牛午](?!度){_MONTH_AND_DAY}", 0.97),
    _form(rf"(?P<era>民\s?[国國])\s{{0,2}}(?P<year>{_ERA_YEAR})\s?年{_MONTH_AND_DAY}", 0.98),
    _form(rf"(?<![0-9.\-/])(?P<year>[12][0-9]{{3}}){_SEP}(?P<month>{_D}{{1,2}}){_SEP}(?P<day>{_D}{{1,2}}){_END}", 0.9),
    _form(
        rf"(?<![0-9A-Za-z.\-/])(?P<year>[12Zz][09oOQ]{_D}{_D}){_SEP}(?P<month>{_D}{{1,2}}){_SEP}(?P<day>{_D}{{1,2}})(?![0-9A-Za-z])",
        0.85,
    ),
    _form(r"(?<![0-9.\-/])(?P<year>(?:19|20)[0-9]{2})[.\-/](?P<month>0?[1-9]|1[0-2])(?![0-9\-/]|\.[0-9])", 0.6),
    _form(r"(?<!\w)(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?!\w)", 0.5),
    _form(rf"(?<![一二三四五六七八九十百千〇○零])(?P<year>[一二]{_C}{{3}})(?![一二三四五六七八九十百千〇○零年])", 0.65),
    _form(
        rf"(?<![0-9])(?P<day>[0-3]?[0-9])\s?{_TH}[\s\-.]{{0,2}}(?:day\s+)?(?:of\s+)?{_NAME}[,\s\-]{{0,3}}(?P<year>[12][0-9]{{3}}){_END}",
        0.95,
    ),
    _form(rf"(?<![a-z]){_NAME}[\s·]?(?P<day>[0-3]?[0-9])\s?{_TH}(?:,\s*|\s+)(?P<year>[12][0-9]{{3}}){_END}", 0.95),
    _form(rf"(?<![a-z]){_NAME}[,\s\-]{{0,2}}(?P<year>[12][0-9]{{3}}){_END}", 0.8),
)
