"""Decides which page number a page bears: a line of its own at its head or foot, or 第 3 页 共 5 页 at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.domain.reading import PageReading
from ingest.finders.paper import Line, Paper

#: Lines looked at from either end of the text, and how far from the edge of the paper a number may stand.
_LINES, _EDGE = 2, 0.13
_MOST = 3_000
#: A number without any sign around it is one only up to here: 2024 at the foot of a page is a year.
_MOST_BARE = 999

_N, _OF = r"(?P<n>\d{1,4})", r"(?P<of>\d{1,4})"
#: Dashes, and what OCR makes of them: 一 is a dash here.
_DASH = r"[-‐‑–—―−一ー_~·•.=*]"
_HAN = "〇零一二三四五六七八九十百"

#: (pattern, whether it must be the whole line), the surest first. Lines are in half width and simplified.
_FORMS: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(rf"第\s*{_N}\s*页\s*[,/|(]?\s*共\s*{_OF}\s*页\)?\s*$"), False),
    (re.compile(rf"共\s*{_OF}\s*页\s*[,/|(]?\s*第\s*{_N}\s*页\)?\s*$"), False),
    (re.compile(rf"page\s*{_N}\s*(?:of|/)\s*{_OF}\s*$", re.IGNORECASE), False),
    (re.compile(rf"第\s*{_N}\s*页"), True),
    (re.compile(rf"第\s*(?P<han>[{_HAN}]{{1,7}})\s*页(?:\s*[,/]?\s*共\s*[{_HAN}]{{1,7}}\s*页)?"), True),
    (re.compile(rf"(?:page|p\.?)\s*{_N}", re.IGNORECASE), True),
    (re.compile(rf"{_DASH}*\s*{_N}\s*/\s*{_OF}\s*{_DASH}*"), True),
    (re.compile(rf"(?:{_DASH}\s*){{1,4}}{_N}\s*(?:{_DASH}\s*){{1,4}}"), True),
    # One dash of the two is easily lost: then, as without any, it must stand at the very edge.
    (re.compile(rf"(?P<bare>)(?:{_DASH}\s*)*{_N}(?:\s*{_DASH})*"), True),
)


def printed_number(reading: PageReading) -> str:
    """The number as "3", or "3/5" where the paper says of how many; "" when it bears none."""
    for line in _at_the_edges(Paper.of([reading]).first):
        for pattern, whole in _FORMS:
            text = line.plain.strip()
            match = pattern.fullmatch(text) if whole else pattern.search(text)
            found = _said(match, line) if match else ""
            if found:
                return found
    return ""


def _at_the_edges(lines: tuple[Line, ...]) -> Iterator[Line]:
    """From the foot up, then from the head down: most numbers stand at the foot."""
    ends = (*lines[: -_LINES - 1 : -1], *lines[:_LINES])
    placed = [line for line in lines if line.box and not _EDGE < line.box.y + line.box.h / 2 < 1 - _EDGE]
    yield from sorted(placed, key=lambda line: -line.top)
    yield from (line for line in ends if line not in placed)


def _said(match: re.Match[str], line: Line) -> str:
    found = match.groupdict()
    number = _han(found["han"]) if found.get("han") else int(found["n"])
    of = int(found.get("of") or 0)
    if not 0 < number <= _MOST or (of and of < number):
        return ""
    if "bare" in found and not _stands_alone(number, found["n"], line):
        return ""
    return f"{number}/{of}" if of else str(number)


def _stands_alone(number: int, digits: str, line: Line) -> bool:
    """A bare number is one only at the very edge of the paper: without boxes nobody can tell it from a table's cell."""
    if line.box is None or digits.startswith("0") or number > _MOST_BARE:
        return False
    middle = line.box.y + line.box.h / 2
    return not _EDGE < middle < 1 - _EDGE


def _han(text: str) -> int:
    """十二 -> 12, 一百零三 -> 103, 二〇 -> 20."""
    if not set(text) & set("十百"):
        return int("".join(str(max(0, _HAN.index(one) - 1)) for one in text))
    total = unit = 0
    for one in text:
        if one in "十百":
            total, unit = total + max(unit, 1) * (10 if one == "十" else 100), 0
        elif one not in "〇零":
            unit = _HAN.index(one) - 1
    return total + unit
