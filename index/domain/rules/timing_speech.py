"""Decides the words and the order of words in which three languages say a deadline (`timing_words.py` puts them)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.domain.rules.timing import Period, Unit


@dataclass(frozen=True, slots=True)
class Speech:
    """One language. A sentence has its event, period or day at `{}`, a number at `{n}`."""

    language: str
    between: str
    """What stands between two moments."""
    both: str
    """What stands between two months."""
    units: Mapping[Unit, tuple[str, str]]
    """One of them, several."""
    each: Mapping[Period, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    at: str
    same_day: str
    amounts: str
    """What stands between the amounts of time that are counted from one event."""
    later: str
    earlier: str
    in_year: Mapping[int, str]
    """By `{day}` of the year so many years after that of the event."""
    in_a_year: str
    end: str
    each_workday: str
    last_workday: str
    each_month: str
    each_year_in: str
    each_year_on: str
    each_year_by: str


def _each(*words: str) -> Mapping[Period, str]:
    return dict(zip(Period, words, strict=True))


def _alike(*words: str) -> Mapping[Unit, tuple[str, str]]:
    """Units of a language that writes one of them like several."""
    return {unit: (word, word) for unit, word in zip(Unit, words, strict=True)}


_CHINESE_MONTHS = tuple(f"{month} 月" for month in range(1, 13))

_SIMPLIFIED = Speech(
    language="zh-Hans",
    between="；",
    both="和 ",
    units=_alike("天", "个工作日", "周", "个月", "年"),
    each=_each("每天", "每周", "每月", "每季度", "每半年", "每学期", "每年", "每会计年度", "每学年"),
    weekdays=tuple(f"每周{day}" for day in "一二三四五六日"),
    months=_CHINESE_MONTHS,
    day="{month} {day} 日",
    at="{}时",
    same_day="{}当天",
    amounts="、",
    later="{}后 {amounts}",
    earlier="{}前 {amounts}",
    in_year={0: "{}当年 {day}前", 1: "{}次年 {day}前"},
    in_a_year="{}后第 {n} 年 {day}前",
    end="{}末",
    each_workday="每个工作日",
    last_workday="{}最后一个工作日",
    each_month="每月 {} 日前",
    each_year_in="每年 {}",
    each_year_on="每年 {}",
    each_year_by="每年 {}前",
)

_TRADITIONAL = Speech(
    language="zh-Hant",
    between="；",
    both="和 ",
    units=_alike("天", "個工作日", "週", "個月", "年"),
    each=_each("每天", "每週", "每月", "每季度", "每半年", "每學期", "每年", "每會計年度", "每學年"),
    weekdays=tuple(f"每週{day}" for day in "一二三四五六日"),
    months=_CHINESE_MONTHS,
    day="{month} {day} 日",
    at="{}時",
    same_day="{}當天",
    amounts="、",
    later="{}後 {amounts}",
    earlier="{}前 {amounts}",
    in_year={0: "{}當年 {day}前", 1: "{}次年 {day}前"},
    in_a_year="{}後第 {n} 年 {day}前",
    end="{}末",
    each_workday="每個工作日",
    last_workday="{}最後一個工作日",
    each_month="每月 {} 日前",
    each_year_in="每年 {}",
    each_year_on="每年 {}",
    each_year_by="每年 {}前",
)

ENGLISH = Speech(
    language="en",
    between="; ",
    both=" and ",
    units={
        Unit.DAY: ("day", "days"),
        Unit.WORKDAY: ("working day", "working days"),
        Unit.WEEK: ("week", "weeks"),
        Unit.MONTH: ("month", "months"),
        Unit.YEAR: ("year", "years"),
    },
    each=_each(
        "each day",
        "each week",
        "each month",
        "each quarter",
        "each half-year",
        "each term",
        "each year",
        "each fiscal year",
        "each school year",
    ),
    weekdays=tuple(f"each {day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    day="{day} {month}",
    at="on {}",
    same_day="on the day of {}",
    amounts=", ",
    later="{amounts} after {}",
    earlier="{amounts} before {}",
    in_year={0: "by {day} of the year of {}", 1: "by {day} of the year after that of {}"},
    in_a_year="by {day}, {n} years after that of {}",
    end="the end of {}",
    each_workday="each working day",
    last_workday="the last working day of {}",
    each_month="by day {} of each month",
    each_year_in="each year in {}",
    each_year_on="each year on {}",
    each_year_by="each year by {}",
)

SPEECHES: Mapping[str, Speech] = {one.language: one for one in (_SIMPLIFIED, _TRADITIONAL, ENGLISH)}
