"""Decides what day is most likely meant where paper leaves it open: a year without its century or without signs that a
reader lost, days and months in either order (05/03/2019).

None of these is sure: only who knows where it stands on the paper may believe it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from index.domain.dates import FoundDate, PartialDate, dates_in

_OLDEST = 49
"""Years of two digits from here on are of the last century (49年 to 99年), the others of this."""
_CHINESE = r"〇○◯零一二三四五六七八九"
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_OF_CHINESE = r"\s?[一二三四五六七八九十]{1,3}\s?月(?:\s?(?:[一二三四五六七八九十廿初]{1,4}|[二三]?十[-—])\s?[日曰号])?"
_OF_DIGITS = rf"\s?{_MONTH}\s?月(?:\s?{_DAY}\s?[日曰号])?"
_SEP = r"\s?[./\-]\s?"

_TWO_DIGITS = re.compile(rf"(?<![0-9{_CHINESE}年])(?:19|20)?['‘’]?(?P<year>[0-9]{{2}})\s?年(?P<rest>{_OF_DIGITS})")
_CUT_DIGITS = re.compile(rf"(?<![0-9{_CHINESE}年])(?P<year>0[0-9]{{2}}|9[0-9]{{2}})\s?年(?P<rest>{_OF_DIGITS})")
_FEW_SIGNS = re.compile(rf"(?<![0-9{_CHINESE}十年])(?P<year>[{_CHINESE}]{{2,3}})\s?年(?P<rest>{_OF_CHINESE})")
#: 二年三月三十一日, 2年3月31日: of the year but its last sign is lost.
_YEARS_END = re.compile(rf"^\W*(?P<year>[0-9{_CHINESE}])\s?年(?P<rest>{_OF_DIGITS}|{_OF_CHINESE})\W*$")
_DOTTED = re.compile(
    rf"(?<![0-9A-Za-z./\-])['‘’]?(?P<year>[0-9]{{2}}){_SEP}(?P<month>{_MONTH}){_SEP}(?P<day>{_DAY})(?:(?![0-9./\-])|(?=[0-2][0-9]:[0-5][0-9]))"
)
#: 201111.13, 2011.1113: a dot that a reader lost between the parts.
_DOT_LOST = re.compile(
    rf"(?<![0-9A-Za-z./\-])(?P<year>(?:19|20)[0-9]{{2}})(?:(?P<month>1[0-2]|0?[1-9])[./\-](?P<day>{_DAY})|[./\-](?P<months>1[0-2]|0[1-9])(?P<days>{_DAY}))(?![0-9A-Za-z./\-])"
)
_EITHER_ORDER = re.compile(
    rf"(?<![0-9A-Za-z./\-])(?P<one>[0-3]?[0-9]){_SEP}(?P<other>[0-3]?[0-9]){_SEP}(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
)
_NAMED_MONTH = re.compile(
    r"(?<![0-9])(?P<day>[0-3]?[0-9])[\s\-](?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s\-]'?(?P<year>[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)


def unclear_dates_in(text: str, years: Collection[int] = ()) -> Iterator[FoundDate]:
    """Every date in `text` that leaves something open, the likelier reading first; none that `dates_in` reads.

    `years` are those that the paper speaks of: one of them completes a year of which but the last sign is left.
    """
    plain = [*dates_in(text)]
    end = _YEARS_END.match(text)
    if end:
        yield from _found(end, [f"{year}年{end['rest']}" for year in years if _ends_with(year, end["year"])], 0.6)
    for pattern, readings, sure in _FORMS:
        for match in pattern.finditer(text):
            if all(match.end() <= one.start or match.start() >= one.end for one in plain):
                yield from _found(match, readings(match), sure)


def _found(match: re.Match[str], readings: Sequence[str], sure: float) -> Iterator[FoundDate]:
    for behind, reading in enumerate(readings):
        read = _read(reading)
        if read:
            weight = sure * (1.0 if read.day else 0.8) * 0.97**behind
            yield FoundDate(read, match.start(), match.end(), weight)


def _with_century(match: re.Match[str]) -> list[str]:
    return [f"{_century(int(match['year']))}年{match['rest']}"]


def _with_millennium(match: re.Match[str]) -> list[str]:
    return [f"{'2' if match['year'].startswith('0') else '1'}{match['year']}年{match['rest']}"]


def _with_signs(match: re.Match[str]) -> list[str]:
    """二二年 lacks its century, 〇二二年 its first sign, 二二一年 the nought that a reader passed over."""
    year = "".join("〇" if sign in "○◯零" else sign for sign in match["year"])
    return [f"{whole}年{match['rest']}" for whole in _whole_years(year)]


def _whole_years(year: str) -> list[str]:
    if len(year) == len("二二"):
        noughts = [f"二〇〇{year[1]}"] if year[0] == "二" and year[1] != "〇" else []
        return [f"{'一九' if year[0] in '五六七八九' else '二〇'}{year}", *noughts]
    if year[0] in "〇九":
        return [f"{'二' if year[0] == '〇' else '一'}{year}"]
    if year.startswith("一九"):
        return [f"{year}〇"]
    if year.startswith("二〇"):
        return [f"{year}〇", f"二〇〇{year[2]}"] if year[2] != "〇" else []
    return [f"二〇{year[1:]}"] if year[0] == "二" else []


def _dotted(match: re.Match[str]) -> list[str]:
    return [f"{_century(int(match['year']))}-{match['month']}-{match['day']}"]


def _dot_lost(match: re.Match[str]) -> list[str]:
    return [f"{match['year']}-{match['month'] or match['months']}-{match['day'] or match['days']}"]


def _day_first(match: re.Match[str]) -> list[str]:
    """05/03/2019 is the fifth of March sooner than the third of May."""
    one, other = match["one"], match["other"]
    return [f"{match['year']}-{other}-{one}", f"{match['year']}-{one}-{other}"]


def _named_month(match: re.Match[str]) -> list[str]:
    return [f"{match['day']} {match['month']} {_century(int(match['year']))}"]


def _century(year: int) -> int:
    return (1900 if year >= _OLDEST else 2000) + year


def _ends_with(year: int, sign: str) -> bool:
    return year % 10 == (int(sign) if sign.isdecimal() else max(0, "〇一二三四五六七八九".find(sign)))


def _read(text: str) -> PartialDate | None:
    found = dates_in(text)
    return found[0].date if found and found[0].end - found[0].start == len(text) else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]], float], ...] = (
    (_TWO_DIGITS, _with_century, 0.8),
    (_CUT_DIGITS, _with_millennium, 0.75),
    (_FEW_SIGNS, _with_signs, 0.8),
    (_DOTTED, _dotted, 0.45),
    (_DOT_LOST, _dot_lost, 0.45),
    (_EITHER_ORDER, _day_first, 0.7),
    (_NAMED_MONTH, _named_month, 0.7),
)
