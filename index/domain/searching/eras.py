"""Decides which year a reign or the cycle of sixty names: 光绪三十年, 宣统元年, 光绪甲午.

A lunar year begins in the first months of ours and ends in the next one's; the year is the one that it begins in, as
catalogues have it. A year of the cycle says nothing without its reign: it comes again every sixty years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.domain.numerals import NUMERALS, value_of

#: Reign -> its first year, and how many it has. The Republic's years are counted on after 1949, but those by the cycle
#: that stand on paper here are of the mainland.
REIGNS: Mapping[str, tuple[int, int]] = {
    "顺治": (1644, 18),
    "康熙": (1662, 61),
    "雍正": (1723, 13),
    "乾隆": (1736, 60),
    "干隆": (1736, 60),  # as folding has it
    "嘉庆": (1796, 25),
    "道光": (1821, 30),
    "咸丰": (1851, 11),
    "同治": (1862, 13),
    "光绪": (1875, 34),
    "宣统": (1909, 3),
    "民国": (1912, 38),
}

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: A year 甲子.
_FIRST = 1984

_REIGN = rf"(?:大?清朝?)?(?P<reign>{'|'.join(REIGNS)})"
_LUNAR = r"(?:闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初?[一二三四五六七八九十廿]{1,3}日?)?)?"
_NUMBERED = re.compile(rf"{_REIGN}(?P<number>\d{{1,2}}|[元{NUMERALS}]{{1,4}})年{_LUNAR}")
_CYCLED = re.compile(rf"{_REIGN}(?P<stem>[{_STEMS}])(?P<branch>[{_BRANCHES}])年?{_LUNAR}")
_WHOLE = re.compile(rf"{_REIGN}(?:年间|时期|时代|朝)")
_BEGINS = re.compile(_REIGN)


def reign_year(said: str) -> int | None:
    """The year that a year of a reign is, with its lunar month and day or without; None when it had no such year.

    >>> reign_year("光绪三十年"), reign_year("光绪甲午年"), reign_year("宣统四年"), reign_year("甲午年")
    (1904, 1894, None, None)
    """
    numbered, cycled = _NUMBERED.fullmatch(said), _CYCLED.fullmatch(said)
    if numbered:
        first, length = REIGNS[numbered["reign"]]
        number = value_of(numbered["number"])
        return first + number - 1 if number and number <= length else None
    return _by_cycle(cycled["reign"], cycled["stem"], cycled["branch"]) if cycled else None


def whole_reign(said: str) -> tuple[int, int] | None:
    """The first and last year of 光绪年间, 民国时期."""
    match = _WHOLE.fullmatch(said)
    if match is None:
        return None
    first, length = REIGNS[match["reign"]]
    return first, first + length - 1


def reign_in(said: str) -> str:
    """The reign that something begins with, as it stands there; empty if there is none."""
    match = _BEGINS.match(said)
    return match[0] if match else ""


def _by_cycle(reign: str, stem: str, branch: str) -> int | None:
    first, length = REIGNS[reign]
    years = range(first, first + length)
    at = _STEMS.index(stem), _BRANCHES.index(branch)
    found = [year for year in years if ((year - _FIRST) % 10, (year - _FIRST) % 12) == at]
    return found[0] if len(found) == 1 else None
