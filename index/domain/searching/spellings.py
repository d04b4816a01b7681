"""Decides which other spellings of a leaf are the same thing to a person, though folding keeps them apart.

Numbers before a unit in either numerals (第15号 = 第十五号), years by digits with each zero, a whole date in each of
its forms, years of the Republic, the dot in a code, the 第 in a document number. What a page says is never changed;
nothing here is likely or similar: that is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from index.domain.dates import whole
from index.domain.numerals import NUMERALS, by_digits, counted, value_of

#: At most so many other spellings; each is looked up as a leaf of its own.
MOST = 12

_UNITS = "年月日号件条卷页册岁届次期班级章款项份人名天户科室组间栋楼"
_FIGURES = re.compile(rf"(?<![\d\-)·./a-z])(\d{{1,4}})(?=[{_UNITS}])")
_NUMERALS = re.compile(rf"(?<![{NUMERALS}\d几数多])([{NUMERALS}]{{1,7}})(?=[{_UNITS}])")
_REPUBLIC = re.compile(rf"民国(\d{{1,3}}|[元{NUMERALS}]{{1,4}})年")
_YEAR = re.compile(r"(?<!\d)(19[1-4]\d)年")
_NUMBERED = re.compile(r"(\(\d{4}\))(第?)(\d+号)")
_CODE = re.compile(r"(?<=[a-z0-9])[.·](?=[a-z0-9])")
_DATE_LIKE = re.compile(r"[\d年月日./\-民国元" + NUMERALS + r"]{6,16}")


def spellings(leaf: str) -> tuple[str, ...]:
    """Other spellings of a folded leaf, the likelier first; the leaf itself is not among them."""
    found = dict.fromkeys(one for one in _all(leaf) if one != leaf)
    return tuple(found)[:MOST]


def _all(leaf: str) -> Iterator[str]:
    yield from _dates(leaf)
    yield from _numbers(leaf)
    yield from _years(leaf)
    yield from _codes(leaf)


def _dates(leaf: str) -> Iterator[str]:
    """The forms of a day, when the leaf is one and nothing else; a month in figures looks too much like a code."""
    day = whole(leaf) if _DATE_LIKE.fullmatch(leaf) else None
    if day is None or day.month is None or day.day is None:
        return
    year, month, last = day.year, day.month, day.day
    yield f"{year}年{month}月{last}日"
    yield from (f"{zeros}年{counted(month)}月{counted(last)}日" for zeros in by_digits(year)[:2])
    yield f"{year}年{month:02d}月{last:02d}日"
    for sign in "-./":
        yield f"{year}{sign}{month:02d}{sign}{last:02d}"
        yield f"{year}{sign}{month}{sign}{last}"
    yield day.catalogue


def _numbers(leaf: str) -> Iterator[str]:
    """Every number before a unit in figures, and every one in numerals."""
    yield _NUMERALS.sub(_in_figures, leaf)
    figures = _NUMERALS.sub(_in_figures, leaf)
    yield from (_FIGURES.sub(partial(_in_numerals, zeros), figures) for zeros in range(3))
    yield re.sub(r"(?<!\d)0(\d)(?=[月日])", r"\1", leaf)
    yield re.sub(r"(?<!\d)(\d)(?=[月日])", r"0\1", leaf)


def _in_figures(match: re.Match[str]) -> str:
    value = value_of(match[1])
    return match[1] if value is None else str(value)


def _in_numerals(zeros: int, match: re.Match[str]) -> str:
    number = int(match[1])
    if len(match[1]) == 4:
        forms = by_digits(number)
        return forms[min(zeros, len(forms) - 1)]
    return counted(number) or match[1]


def _years(leaf: str) -> Iterator[str]:
    for match in _REPUBLIC.finditer(leaf):
        year = value_of(match[1])
        if year:
            yield leaf[: match.start()] + f"{year + 1911}年" + leaf[match.end() :]
    for match in _YEAR.finditer(leaf):
        if int(match[1]) >= 1912 and "民国" not in leaf:
            year = int(match[1]) - 1911
            yield from (f"{leaf[: match.start()]}民国{one}年{leaf[match.end() :]}" for one in (counted(year), year))


def _codes(leaf: str) -> Iterator[str]:
    yield _NUMBERED.sub(lambda match: f"{match[1]}{'' if match[2] else '第'}{match[3]}", leaf)
    if any(sign.isdigit() for sign in leaf):
        yield _CODE.sub("·", leaf)
        yield _CODE.sub(".", leaf)
