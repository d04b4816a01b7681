"""Decides which words are the page's own printed number, and what number that is.

A number is known by its dress (`— 12 —`, `第3页 共5页`, `3/12`, `Page 3 of 5`) or, bare, by standing alone at the head
or foot of the page, as a numbering stamp leaves it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.engines.layout import block_of, overlap
from ingest.engines.port import Line

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HAN = "〇零○一二三四五六七八九十百"
_NUMBER = rf"(?P<number>\d{{1,5}}|[{_HAN}]{{1,5}})"
_OF = rf"(?:[,/·-]?[共总總](?:\d{{1,5}}|[{_HAN}]{{1,5}})[页頁])?"
_DASH = "[-–—―─一~·•・.*]"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"第?{_NUMBER}[页頁]{_OF}",
        rf"[共总總]\d{{1,5}}[页頁][,/·-]?第{_NUMBER}[页頁]",
        rf"{_DASH}{{1,3}}(?P<number>\d{{1,5}}){_DASH}{{1,3}}",
        r"(?P<number>\d{1,4})/\d{1,4}",
        r"[\[(〔【](?P<number>\d{1,5})[\])〕】]",
        r"p(?:age|\.)?(?P<number>\d{1,5})(?:of\d{1,5})?",
    )
)
_BARE = re.compile(r"\d{1,3}|0\d{3,6}")
#: The outer parts of the page where numbers stand.
HEAD, FOOT = 0.14, 0.86


def printed_number(line: Line) -> int | None:
    """The number that the words name if they are dressed as a page number, wherever they stand; else None."""
    written = _written(line)
    match = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    return _value(match["number"]) if match else None


def bare_number(line: Line) -> int | None:
    """The number that the words are, if they are nothing else; a year is none."""
    written = _written(line)
    return int(written) if _BARE.fullmatch(written) else None


def page_numbers(lines: Sequence[Line], height: float) -> tuple[Line, ...]:
    """The lines that are the page's number: at the head or foot, with nothing but numbers beside and beyond them."""
    return tuple(line for line in lines if _is_number(line) and _stands_apart(line, lines, height))


def _is_number(line: Line) -> bool:
    return printed_number(line) is not None or bare_number(line) is not None


def _stands_apart(line: Line, lines: Sequence[Line], height: float) -> bool:
    box = block_of(line)
    if HEAD * height < box.middle < FOOT * height:
        return False
    others = [block_of(other) for other in lines if other is not line and not _is_number(other)]
    if any(overlap(box.top, box.bottom, other.top, other.bottom) > 0.3 * box.height for other in others):
        return False
    if box.middle >= FOOT * height:
        return all(other.middle < box.middle for other in others)
    return all(other.middle > box.middle for other in others)


def _written(line: Line) -> str:
    text = unicodedata.normalize("NFKC", "".join(seen.text for seen in line))
    return "".join(text.split())


def _value(written: str) -> int:
    return int(written) if written.isdecimal() else _han_value(written)


def _han_value(written: str) -> int:
    """The value of 二十三, 一百零五 or 二三."""
    if not set(written) & set("十百"):
        return int("".join(str(_DIGITS[digit]) for digit in written))
    hundreds, _, rest = written.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    parts = ((hundreds, 100 if "百" in written else 0), (tens, 10 if ten else 0), (ones, 1))
    return sum((_DIGITS[digits[-1]] if digits else int(weight > 1)) * weight for digits, weight in parts)
