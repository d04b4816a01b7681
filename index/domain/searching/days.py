"""Decides which days a person means: one stretch of them, from one to another, or with an open end.

Ends are included, also by 以前 and 之后: a page too many is seen at once, one too few never. Only "<", ">", 早于 and
晚于 leave the end itself out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from index.domain.dates import whole
from index.domain.folding import folded
from index.domain.numerals import FORMAL, NUMERALS
from index.domain.searching.eras import reign_in
from index.domain.searching.stretches import compact, stretch
from index.domain.searching.tree import Dated

#: Longer than any way to say it; keeps the patterns below from long texts.
_LONGEST = 48

_NUMBER = rf"\d{{1,2}}|[{NUMERALS}]{{1,3}}"
_BEGINS = re.compile(r"(?:自|从|since|from)\s?")
_AS_OF = re.compile(r"(?:截至|截止到|截止|迄|as of)\s?(?P<date>.+)")
_UNTIL = re.compile(r"(?P<date>.+?)\s?(?:及?(?:以前|之前)|前|为止|止)")
_SINCE = re.compile(r"(?P<date>.+?)\s?(?:及?(?:以后|之后)|后|以来|(?:以来)?[至迄到](?:今|现在|目前)(?:为止)?|起)")
_COMPARED = re.compile(r"(?P<sign><=|>=|<|>|≤|≥|不早于|不晚于|早于|晚于|before|after|until|since)\s?(?P<date>.+)")
_JOINED = re.compile(r"\s?(?:\.{2,}|…|至|到|~|-{1,2}|\bto\b|\buntil\b)\s?")

#: What may be left out of the first of two, as it stands in the second: 20世纪50至70年代, 民国二十至三十年.
_SHARED = ("年代", "学年", "世纪", "年")
_OF_DAY = re.compile(rf"(?P<day>{_NUMBER})[日号]?")
_OF_MONTH = re.compile(rf"(?P<month>{_NUMBER})月?")
_OF_YEAR = re.compile(rf"(?:{_NUMBER})年?")
_OTHERWISE = re.compile(rf"(?:{_NUMBER})月(?:{_NUMBER})[日号]?|(?:(?:{_NUMBER})月)?.{{0,3}}[初中底末旬月季度年]")

#: A bare word that can only mean days, if it means any: with a year and a joint or an open end.
_PLAINLY = re.compile(
    r"年.*(?:至|到|~|-|前|后|以来|起|今)|\d{4}.*(?:\.\.|以前|以后|之前|之后|至今)|\.\.\d{4}|(?:近|过去).+年"
    r"|^截[至止].+年"
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


def _compared(text: str, today: date) -> Dated | None:
    match = _COMPARED.fullmatch(text)
    one = stretch(match["date"], today) if match else None
    return _ENDS[match["sign"]](one) if match and one else None


def _open(text: str, today: date) -> Dated | None:
    """With one end only: 2003年以前, 截至2003年, 自2003年起, ..2003, 2003-."""
    as_of = _AS_OF.fullmatch(text)
    if as_of and (one := stretch(re.sub("为?止$", "", as_of["date"]), today)):
        return Dated(last=one.last)
    for pattern, end in ((_UNTIL, "last"), (_SINCE, "first")):
        match = pattern.fullmatch(_BEGINS.sub("", text, count=1))
        if match and (one := stretch(match["date"], today)):
            return Dated(last=one.last) if end == "last" else Dated(first=one.first)
    begun = _BEGINS.match(text)
    if begun and (one := stretch(text[begun.end() :], today)):
        return Dated(first=one.first)
    return _jointed(text, today)


def _jointed(text: str, today: date) -> Dated | None:
    """A joint with one side only."""
    for joint in _JOINED.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        if not before and (one := stretch(re.sub("为?止$", "", after), today)):
            return Dated(last=one.last)
        if not after and (one := stretch(before, today)):
            return Dated(first=one.first)
    return None


def _between(text: str, today: date) -> Dated | None:
    """From one to another; each may leave out what stands in the other (2003年3月至5月, 民国二十至三十年)."""
    bare = _BEGINS.sub("", text, count=1).removesuffix("间").removesuffix("期").removesuffix("之")
    for joint in _JOINED.finditer(bare):
        first, last = bare[: joint.start()], bare[joint.end() :]
        begun = _begun(first, last, today) if first and last else None
        if begun is None:
            continue
        if full := stretch(_of_same(first, last), today):
            return _ordered(begun, full)
        if ended := _completed(first, last, begun, today):
            return Dated(begun.first, ended.last)
    return None


def _begun(first: str, last: str, today: date) -> Dated | None:
    shared = (suffix for suffix in _SHARED if last.endswith(suffix))
    said = (first, *(f"{first}{suffix}" for suffix in shared))
    return next((found for one in said if (found := stretch(one, today))), None)


def _of_same(first: str, last: str) -> str:
    """`last`, of the same century or reign as `first` where it names none: 光绪二十年至三十年, 19世纪50至70年代."""
    if "世纪" in first and last.endswith("年代") and "世纪" not in last:
        return first[: first.index("世纪") + 2] + last
    reign = reign_in(first)
    if reign and _OF_YEAR.fullmatch(last.translate(FORMAL)):
        return f"{reign}{last.removesuffix('年')}年"
    return last


def _ordered(one: Dated, other: Dated) -> Dated:
    early, late = (one, other) if one.first.ljust(8, "0") <= other.first.ljust(8, "0") else (other, one)
    return Dated(early.first, late.last)


def _completed(first: str, last: str, begun: Dated, today: date) -> Dated | None:
    """`last` with the year, and the month, that stand in `first` only; of the next one where it would end too early.

    2003年10月至3月 ends in 2004: papers are put together in the order of time.
    """
    found = (stretch(said, today) for said in _in_full(last.translate(FORMAL), begun))
    return next((one for one in found if one and one.last.ljust(8, "9") >= begun.first.ljust(8, "0")), None)


def _in_full(last: str, begun: Dated) -> Iterator[str]:
    """The ways to complete it, the nearest first."""
    year, month = int(begun.first[:4]), int(begun.first[4:6] or 0)
    if len(begun.first) == 8 and begun.first == begun.last and (match := _OF_DAY.fullmatch(last)):
        yield from (f"{y}年{m}月{match['day']}日" for y, m in ((year, month), (year + month // 12, month % 12 + 1)))
    elif month and (match := _OF_MONTH.fullmatch(last)):
        yield from (f"{y}年{match['month']}月" for y in (year, year + 1))
    elif _OTHERWISE.fullmatch(last):
        yield from [f"{year}年{month}月{last}"] if month else []
        yield from (f"{y}年{last}" for y in (year, year + 1))


def _before(one: Dated) -> Dated:
    first = whole(one.first)
    return Dated(last=compact(first.first_day - timedelta(days=1))) if first else one


def _after(one: Dated) -> Dated:
    last = whole(one.last)
    return Dated(first=compact(last.last_day + timedelta(days=1))) if last else one


_ENDS: Mapping[str, Callable[[Dated], Dated]] = {
    **dict.fromkeys(("<", "早于", "before"), _before),
    **dict.fromkeys((">", "晚于", "after"), _after),
    **dict.fromkeys(("<=", "≤", "不晚于", "until"), lambda one: Dated(last=one.last)),
    **dict.fromkeys((">=", "≥", "不早于", "since"), lambda one: Dated(first=one.first)),
}

_WAYS: tuple[Callable[[str, date], Dated | None], ...] = (stretch, _compared, _between, _open)


def shown(within: Dated) -> str:
    """[2003-05 – 2004], [– 2003], [2003 –], [2003]."""
    first, last = _dashed(within.first), _dashed(within.last)
    return f"[{first}]" if first == last else "[" + " ".join(part for part in (first, "–", last) if part) + "]"


def _dashed(day: str) -> str:
    return "-".join(_pieces(day))


def _pieces(day: str) -> Iterator[str]:
    return (part for part in (day[:4], day[4:6], day[6:8]) if part)
