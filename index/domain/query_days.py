"""Decides which days a person means: one date, a stretch from one to another, an open end, or one told from today.

Ends are included, also by 以前 and 之后: a page too many is seen at once, one too few never. Only "<", ">", 早于 and
晚于 leave the end itself out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from index.domain.dates import PartialDate, whole
from index.domain.folding import folded
from index.domain.numerals import NUMERALS, value_of
from index.domain.query import Dated

#: Longer than any way to say it; keeps the patterns below from long texts.
_LONGEST = 48

_NUMBER = rf"\d{{1,4}}|[{NUMERALS}]{{1,5}}"
_BEGINS = re.compile(r"(?:自|从|since|from)\s?")
_UNTIL = re.compile(r"(?P<date>.+?)\s?(?:年?及?(?:以前|之前)|前|为止|止)")
_SINCE = re.compile(r"(?P<date>.+?)\s?(?:及?(?:以后|之后)|后|以来|至今|起)")
_COMPARED = re.compile(r"(?P<sign><=|>=|<|>|≤|≥|不早于|不晚于|早于|晚于|before|after|until|since)\s?(?P<date>.+)")
_JOINED = re.compile(r"\s?(?:\.{2,}|…|至|到|~|-{1,2}|\bto\b|\buntil\b)\s?")
_RECENT = re.compile(rf"(?:最近|近|过去)(?P<number>{_NUMBER})(?P<unit>个?月|年|天|日|周|星期)")
_DECADE = re.compile(rf"(?:(?P<century>\d\d)世纪)?(?P<decade>\d{{1,3}}0|[{NUMERALS}]十)年代")
_PART = re.compile(r"(?P<year>.+?年?)(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年))")
_SCHOOL = re.compile(r"(?P<year>\d{4})(?:-\d{4}|/\d{4})?学年度?")
_SHORT = re.compile(rf"(?:(?:{_NUMBER})月)?(?:(?:{_NUMBER})[日号]?)?")

#: A bare word that can only mean days, if it means any: with a year and a joint or an open end.
_PLAINLY = re.compile(
    r"年.*(?:至|到|~|-|前|后|以来|起|今)|\d{4}.*(?:\.\.|以前|以后|之前|之后|至今)|\.\.\d{4}|(?:近|过去).+年"
)


def days(said: str, today: date) -> Dated | None:
    """The days that `said` names, cut short where it says no more; None when it names none."""
    text = folded(said).text
    if not text or len(text) > _LONGEST:
        return None
    return next((found for read in _WAYS if (found := read(text, today))), None)


def plain_days(said: str, today: date) -> Dated | None:
    """As `days`, of a word that nobody called a date: only where it can hardly mean anything else."""
    return days(said, today) if _PLAINLY.search(folded(said[:_LONGEST]).text) else None


def _one(text: str, today: date) -> Dated | None:
    """A year, month or day, or a stretch of days with a name of its own."""
    known = _TOLD.get(text)
    found = known(today) if known else whole(text.removesuffix("度") if text.endswith("年度") else text)
    if isinstance(found, PartialDate):
        return Dated(_cut(found), _cut(found))
    return found or _recent(text, today) or _decade(text) or _part(text) or _school(text)


def _compared(text: str, today: date) -> Dated | None:
    match = _COMPARED.fullmatch(text)
    one = _one(match["date"], today) if match else None
    return _ENDS[match["sign"]](one) if match and one else None


def _open(text: str, today: date) -> Dated | None:
    """With one end only: 2003年以前, 自2003年起, ..2003, 2003-."""
    for pattern, end in ((_UNTIL, "last"), (_SINCE, "first")):
        match = pattern.fullmatch(_BEGINS.sub("", text, count=1))
        if match and (one := _one(match["date"], today)):
            return Dated(last=one.last) if end == "last" else Dated(first=one.first)
    for joint in _JOINED.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        if not before and (one := _one(after, today)):
            return Dated(last=one.last)
        if not after and (one := _one(before, today)):
            return Dated(first=one.first)
    return None


def _between(text: str, today: date) -> Dated | None:
    """From one to another; the second may leave out what it shares with the first (2003年3月至5月)."""
    bare = _BEGINS.sub("", text, count=1).removesuffix("间").removesuffix("期").removesuffix("之")
    for joint in _JOINED.finditer(bare):
        first, last = bare[: joint.start()], bare[joint.end() :]
        begun = _one(first, today)
        ended = (_one(last, today) or _completed(first, last, today)) if begun and last else None
        if begun and ended:
            return _ordered(begun, ended)
    return None


def _ordered(one: Dated, other: Dated) -> Dated:
    early, late = (one, other) if one.first.ljust(8, "0") <= other.first.ljust(8, "0") else (other, one)
    return Dated(early.first, late.last)


def _completed(first: str, last: str, today: date) -> Dated | None:
    """`last` with the year, and the month, that stand in `first` only."""
    begun = whole(first)
    if begun is None or not _SHORT.fullmatch(last):
        return None
    if "月" in last or (begun.day is None and begun.month is not None):
        return _one(f"{begun.year}年{last}" + ("" if "月" in last else "月"), today)
    return _one(f"{begun.year}年{begun.month}月{last.rstrip('日号')}日", today) if begun.day else None


def _recent(text: str, today: date) -> Dated | None:
    match = _RECENT.fullmatch(text)
    number = value_of(match["number"]) if match else None
    if match is None or not number or number > 999:
        return None
    unit = match["unit"].removeprefix("个")
    if unit in {"年", "月"}:
        return _since(_months_before(today, number * (12 if unit == "年" else 1)), today)
    return _since(today - timedelta(days=number * (7 if unit in {"周", "星期"} else 1)), today)


def _decade(text: str) -> Dated | None:
    """1980年代, 八十年代, 20世纪80年代; two figures alone are of the last century from 30 on."""
    match = _DECADE.fullmatch(text)
    decade = value_of(match["decade"]) if match else None
    if match is None or decade is None or decade % 10:
        return None
    if decade < 100:
        century = int(match["century"]) - 1 if match["century"] else 19 if decade >= 30 else 20
        decade += 100 * century
    return Dated(f"{decade:04d}", f"{decade + 9:04d}") if 1000 <= decade < 2200 else None


def _part(text: str) -> Dated | None:
    """2003年上半年, 2003年第一季度."""
    match = _PART.fullmatch(text)
    year = whole(match["year"]) if match else None
    if match is None or year is None or year.month is not None:
        return None
    if match["half"]:
        first, last = (1, 6) if match["half"] == "上半年" else (7, 12)
    else:
        last = 3 * (value_of(match["quarter"]) or 1)
        first = last - 2
    return Dated(f"{year.year:04d}{first:02d}", f"{year.year:04d}{last:02d}")


def _school(text: str) -> Dated | None:
    """A school year, from September to August."""
    match = _SCHOOL.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    return Dated(f"{year:04d}09", f"{year + 1:04d}08")


def _cut(one: PartialDate) -> str:
    return one.iso.replace("-", "")


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _since(first: date, last: date) -> Dated:
    return Dated(_compact(first), _compact(last))


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, 12), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _before(one: Dated) -> Dated:
    first = whole(one.first)
    return Dated(last=_compact(first.first_day - timedelta(days=1))) if first else one


def _after(one: Dated) -> Dated:
    last = whole(one.last)
    return Dated(first=_compact(last.last_day + timedelta(days=1))) if last else one


def _year(back: int) -> Callable[[date], Dated]:
    return lambda today: Dated(f"{today.year - back:04d}", f"{today.year - back:04d}")


def _month(back: int) -> Callable[[date], Dated]:
    return lambda today: Dated(*[_compact(_months_before(today, back))[:6]] * 2)


def _day(back: int) -> Callable[[date], Dated]:
    return lambda today: _since(today - timedelta(days=back), today - timedelta(days=back))


_TOLD: Mapping[str, Callable[[date], Dated]] = {
    **dict.fromkeys(("今年", "本年", "本年度", "this year"), _year(0)),
    **dict.fromkeys(("去年", "上年", "上年度", "last year"), _year(1)),
    "前年": _year(2),
    **dict.fromkeys(("本月", "这个月", "当月", "this month"), _month(0)),
    **dict.fromkeys(("上月", "上个月", "last month"), _month(1)),
    **dict.fromkeys(("今天", "今日", "today"), _day(0)),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), _day(1)),
}

_ENDS: Mapping[str, Callable[[Dated], Dated]] = {
    **dict.fromkeys(("<", "早于", "before"), _before),
    **dict.fromkeys((">", "晚于", "after"), _after),
    **dict.fromkeys(("<=", "≤", "不晚于", "until"), lambda one: Dated(last=one.last)),
    **dict.fromkeys((">=", "≥", "不早于", "since"), lambda one: Dated(first=one.first)),
}

_WAYS: tuple[Callable[[str, date], Dated | None], ...] = (_one, _compared, _between, _open)


def shown(within: Dated) -> str:
    """[2003-05 – 2004], [– 2003], [2003 –], [2003]."""
    first, last = _dashed(within.first), _dashed(within.last)
    return f"[{first}]" if first == last else "[" + " ".join(part for part in (first, "–", last) if part) + "]"


def _dashed(day: str) -> str:
    return "-".join(_pieces(day))


def _pieces(day: str) -> Iterator[str]:
    return (part for part in (day[:4], day[4:6], day[6:8]) if part)
