"""Decides which days one expression names by itself: a date, part of a year, decade, reign, what is told from today.

Where people do not agree on the days (年初, 世纪末), more are taken than fewer. Texts are folded.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from index.domain.dates import PartialDate, whole
from index.domain.numerals import FORMAL, NUMERALS, value_of
from index.domain.searching.eras import reign_year, whole_reign
from index.domain.searching.tree import Dated

_NUMBER = rf"\d{{1,4}}|[{NUMERALS}]{{1,5}}|半"
_YEAR = r"(?:\d{4}|[〇零一二三四五六七八九]{4})"
_TEN = rf"\d{{1,3}}0|[{NUMERALS}]十"
_JOINT = r"(?:-|/|~|至|到)"

_RECENT = re.compile(rf"(?:最近|近|过去)(?P<number>{_NUMBER})(?P<unit>个?月|年|天|日|周|个?星期)(?:以?来|之?内|间|里)?")
_PAST = re.compile(r"(?:past|last) (?P<number>\d{1,3}) (?P<unit>year|month|week|day)s?")
_CENTURY = rf"(?:(?P<century>\d\d|[{NUMERALS}]{{1,3}}|上个?|本)世纪)"
_DECADES = re.compile(
    rf"{_CENTURY}?(?:(?P<pair>[一二三四五六七八九]{{2}})十|(?P<first>{_TEN})(?:(?:年代)?(?:[、,和]|{_JOINT})(?P<last>{_TEN}))?)"
    r"年代(?P<part>初期?|前期|中期?|末期?|后期)?"
)
_ENGLISH_DECADE = re.compile(r"(?:the )?(?P<first>\d{3}0)s")
_HUNDRED = re.compile(rf"{_CENTURY}(?P<part>初期?|前期|中期|中叶|末期?|后期|上半叶|前半叶|下半叶|后半叶)?")
_SCHOOL = re.compile(
    rf"(?P<first>{_YEAR})年?(?:{_JOINT}(?P<last>{_YEAR}|\d\d)年?)?学年度?(?:(?:第?(?P<term>[一二12上下])|(?P<season>[春秋])季)学期)?"
)
#: Whose years are counted, where that goes without saying.
_CALENDAR = re.compile(r"^(?:公元|公历|西历|西元)(?=\d{4}|[〇零一二三四五六七八九]{4})")
_ROOT = re.compile(r"(?P<told>今年|本年|去年|上年|前年|本月|这个?月|上个?月)(?P<rest>.+)")


def stretch(said: str, today: date) -> Dated | None:
    """The days of one expression, cut short where it says no more; None when it names none."""
    text = _from_today(_CALENDAR.sub("", said.translate(FORMAL).replace("月份", "月")), today)
    return next((found for read in _WAYS if (found := read(text, today))), None)


def since(first: date, last: date) -> Dated:
    return Dated(compact(first), compact(last))


def compact(day: date) -> str:
    """YYYYMMDD."""
    return day.isoformat().replace("-", "")


def _from_today(text: str, today: date) -> str:
    """What is said of this year or last month, as of that year or month: 去年3月, 上月下旬."""
    match = _ROOT.fullmatch(text)
    if match is None or text in _TOLD:
        return text
    days = _TOLD[match["told"]](today).first
    return f"{days[:4]}年" + (f"{int(days[4:])}月" if days[4:] else "") + match["rest"]


def _told(text: str, today: date) -> Dated | None:
    known = _TOLD.get(text)
    return known(today) if known else None


def _date(text: str, today: date) -> Dated | None:
    found = whole(text.removesuffix("度") if text.endswith("年度") else text)
    return Dated(*[found.iso.replace("-", "")] * 2) if found else None


def _reign(text: str, today: date) -> Dated | None:
    year, years = reign_year(text), whole_reign(text)
    return _years(*years) if years else _years(year, year) if year else None


def _period(text: str, today: date) -> Dated | None:
    return _PERIODS.get(text)


def _part_of_year(text: str, today: date) -> Dated | None:
    """2003年上半年, 2003年第一季度, 2003年底."""
    for name, (first, last) in _PARTS_OF_YEAR.items():
        year = _whole_year(text.removesuffix(name)) if text.endswith(name) else None
        if year:
            return Dated(_month_of(year, first), _month_of(year, last))
    return None


def _part_of_month(text: str, today: date) -> Dated | None:
    """2003年3月上旬, 2003年3月底."""
    for name, (first, last) in _PARTS_OF_MONTH.items():
        month = whole(text.removesuffix(name)) if text.endswith(name) else None
        if month and month.month and month.day is None:
            begun = f"{month.year:04d}{month.month:02d}"
            return Dated(f"{begun}{first:02d}", f"{begun}{min(last, monthrange(month.year, month.month)[1]):02d}")
    return None


def _whole_year(text: str) -> int | None:
    """The year that this is and nothing more."""
    found = whole(text) or whole(f"{text}年")
    if isinstance(found, PartialDate):
        return found.year if found.month is None else None
    return reign_year(text) or reign_year(f"{text}年")


def _month_of(year: int, month: int) -> str:
    """YYYYMM; the thirteenth month is the next year's first."""
    return f"{year + (month - 1) // 12:04d}{(month - 1) % 12 + 1:02d}"


def _recent(text: str, today: date) -> Dated | None:
    match = _RECENT.fullmatch(text) or _PAST.fullmatch(text)
    number = (0.5 if match["number"] == "半" else value_of(match["number"])) if match else None
    if match is None or not number or number > 999:
        return None
    days, months = _UNITS[match["unit"].removeprefix("个")]
    if months:
        return since(months_before(today, round(number * months) or 1), today)
    return since(today - timedelta(days=round(number * days)), today)


def _decades(text: str, today: date) -> Dated | None:
    """1980年代, 八十年代, 五六十年代, 20世纪80年代, 上世纪80年代末; without its century of the last one from 30 on."""
    match = _DECADES.fullmatch(text) or _ENGLISH_DECADE.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    tens = [f"{sign}十" for sign in parts.get("pair") or ""] or [parts["first"], parts.get("last") or parts["first"]]
    first, last = (value_of(ten) or 0 for ten in tens)
    if last < 100:
        century = _century(parts.get("century") or "", today)
        before = 1900 if last >= 30 else 2000
        first, last = (ten + (before if century is None else century) for ten in (first, last))
    begin, end = _PARTS_OF_DECADE.get((parts.get("part") or "").removesuffix("期"), (0, 9))
    return _years(first + begin, last + end) if 1000 <= first <= last < 2200 and not (first % 10 or last % 10) else None


def _hundred(text: str, today: date) -> Dated | None:
    """20世纪, 上世纪末. Whether it ends with 1999 or 2000, people do not agree."""
    match = _HUNDRED.fullmatch(text)
    century = _century(match["century"], today) if match else None
    if match is None or century is None or not 1000 <= century <= 2000:
        return None
    begin, end = _PARTS_OF_CENTURY.get((match["part"] or "").removesuffix("期"), (0, 100))
    return _years(century + begin, century + end)


def _century(said: str, today: date) -> int | None:
    """The year that a century begins with: 1900 of 20, 二十, or 上 today."""
    if said.startswith(("上", "本")):
        return today.year // 100 * 100 - (100 if said.startswith("上") else 0)
    number = value_of(said)
    return (number - 1) * 100 if number else None


def _school(text: str, today: date) -> Dated | None:
    """A school year, from September to August, several of them, or one of its two terms."""
    match = _SCHOOL.fullmatch(text)
    if match is None:
        return None
    first = value_of(match["first"]) or 0
    last = value_of(match["last"]) or 0 if match["last"] else first + 1
    last += first // 100 * 100 if last < 100 else 0
    begin, end = _TERMS.get(match["term"] or match["season"], (9, 8 + 12 * (last - first)))
    return Dated(_month_of(first, begin), _month_of(first, end)) if 1000 <= first < last < 2200 else None


def _years(first: int, last: int) -> Dated:
    return Dated(f"{first:04d}", f"{last:04d}")


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, 12), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _year(back: int) -> Callable[[date], Dated]:
    return lambda today: _years(today.year - back, today.year - back)


def _month(back: int) -> Callable[[date], Dated]:
    return lambda today: Dated(*[compact(months_before(today, back))[:6]] * 2)


def _quarter(back: int) -> Callable[[date], Dated]:
    def days(today: date) -> Dated:
        first = (today.month - 1) // 3 * 3 + 1 - 3 * back
        return Dated(_month_of(today.year, first), _month_of(today.year, first + 2))

    return days


def _week(back: int) -> Callable[[date], Dated]:
    """From Monday to Sunday."""

    def days(today: date) -> Dated:
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return since(monday, monday + timedelta(days=6))

    return days


def _day(back: int) -> Callable[[date], Dated]:
    return lambda today: since(today - timedelta(days=back), today - timedelta(days=back))


_TOLD: Mapping[str, Callable[[date], Dated]] = {
    **dict.fromkeys(("今年", "本年", "本年度", "this year"), _year(0)),
    **dict.fromkeys(("去年", "上年", "上年度", "last year"), _year(1)),
    "前年": _year(2),
    **dict.fromkeys(("本季度", "这个季度", "this quarter"), _quarter(0)),
    **dict.fromkeys(("上季度", "上个季度", "last quarter"), _quarter(1)),
    **dict.fromkeys(("本月", "这月", "这个月", "当月", "this month"), _month(0)),
    **dict.fromkeys(("上月", "上个月", "last month"), _month(1)),
    **dict.fromkeys(("本周", "这周", "这一周", "本星期", "这个星期", "this week"), _week(0)),
    **dict.fromkeys(("上周", "上一周", "上星期", "上个星期", "last week"), _week(1)),
    **dict.fromkeys(("今天", "今日", "today"), _day(0)),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), _day(1)),
    "前天": _day(2),
}

#: Before and after the People's Republic, whose first day is 1949-10-01.
_PERIODS: Mapping[str, Dated] = {
    **dict.fromkeys(("解放前", "建国前", "建国以前", "新中国成立前"), Dated(last="19490930")),
    **dict.fromkeys(("解放后", "建国后", "建国以后", "建国以来", "新中国成立后"), Dated(first="19491001")),
}

_UNITS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("年", "year"), (0, 12)),
    **dict.fromkeys(("月", "month"), (0, 1)),
    **dict.fromkeys(("周", "星期", "week"), (7, 0)),
    **dict.fromkeys(("天", "日", "day"), (1, 0)),
}
"""Unit -> how many days it is, or how many months."""

_QUARTERS = {
    f"{said}": (3 * number - 2, 3 * number)
    for number, sign in enumerate("一二三四", 1)
    for said in (f"第{sign}季度", f"{sign}季度", f"第{number}季度", f"{number}季度", f"q{number}")
}
_PARTS_OF_YEAR: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("前三季度", "前3季度"), (1, 9)),
    **dict.fromkeys(("前两季度", "前二季度", "前2季度", "上半年", "前半年"), (1, 6)),
    **dict.fromkeys(("下半年", "后半年"), (7, 12)),
    **_QUARTERS,
    "秋季学期": (9, 13),
    "春季学期": (2, 8),
    **dict.fromkeys(("年初", "初"), (1, 3)),
    "年中": (5, 8),
    **dict.fromkeys(("年底", "年末", "底", "末"), (10, 12)),
    **dict.fromkeys(("春季", "春天", "春"), (3, 5)),
    **dict.fromkeys(("夏季", "夏天", "夏"), (6, 8)),
    **dict.fromkeys(("秋季", "秋天", "秋"), (9, 11)),
    **dict.fromkeys(("冬季", "冬天", "冬"), (12, 14)),
}
"""What is called so -> its months."""

_PARTS_OF_MONTH: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("上旬", "初"), (1, 10)),
    **dict.fromkeys(("中旬", "中"), (11, 20)),
    **dict.fromkeys(("下旬", "底", "末"), (21, 31)),
    "上半月": (1, 15),
    "下半月": (16, 31),
}
_PARTS_OF_DECADE = {"初": (0, 3), "前": (0, 4), "中": (3, 6), "末": (7, 9), "后": (5, 9)}
_PARTS_OF_CENTURY = {
    **dict.fromkeys(("上半叶", "前半叶"), (0, 50)),
    **dict.fromkeys(("下半叶", "后半叶"), (50, 100)),
    **{"初": (0, 20), "前": (0, 30), "中": (40, 60), "中叶": (40, 60), "末": (80, 100), "后": (70, 100)},
}
_TERMS = {**dict.fromkeys("一1上秋", (9, 13)), **dict.fromkeys("二2下春", (14, 20))}
"""Term -> its months, counted from the first year's."""

_WAYS: tuple[Callable[[str, date], Dated | None], ...] = (
    *(_told, _date, _reign, _period, _part_of_year, _part_of_month, _school, _decades, _hundred, _recent),
)
