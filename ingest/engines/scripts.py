"""Decides which script a page is written in, from what an engine made of it.

A model writes only the characters it knows: chi_sim turns a traditional page into simplified characters, 23-33 points
worse, and says nothing (ocr.md). What gives it away is its confidence: it falls, and most on those characters whose
forms differ between the scripts.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from index.domain.reading import Script
from ingest.engines.port import EngineReading, Seen

#: A page is doubtful below this (measured on 78 pages in both scripts: 9 right ones are, all wrong ones but one).
LEAST_SURE = 0.85
#: An expectation alone has to be borne out better: a few lines are cheap to look at.
LEAST_SURE_EXPECTED = 0.88
#: A page with so few words of a kind proves nothing by them.
FEWEST_WORDS = 8
#: Latin is decided by the letters: a model for Han reads them as well, only worse.
_LATIN_SHARE, _FEWEST_LETTERS, _FEWEST_ALONE = 0.75, 20, 4


def is_doubtful(reading: EngineReading, least: float = LEAST_SURE) -> bool:
    """Whether the reading looks as if it had been made with the wrong script."""
    return reading.confidence - 2 * max(fall(reading), 0) < least


def sureness(reading: EngineReading) -> float:
    """What to compare when a whole page was read in two scripts."""
    return reading.confidence - max(fall(reading), 0)


def han_confidence(reading: EngineReading) -> float:
    """The confidence of the words with Han characters, where there are some: Latin reads alike in every script."""
    han = tuple(word for word in reading.words if any(map(is_han, word.text)))
    return EngineReading((han,) if len(han) >= FEWEST_WORDS else reading.lines).confidence


def fall(reading: EngineReading) -> float:
    """By how much confidence falls where the forms of simplified and traditional characters differ."""
    words = [word for word in reading.words if any(map(is_han, word.text))]
    telling = [word for word in words if not _differing().isdisjoint(word.text)]
    common = [word for word in words if _differing().isdisjoint(word.text)]
    if min(len(telling), len(common)) < FEWEST_WORDS:
        return 0.0
    return _mean(common) - _mean(telling)


def is_latin(reading: EngineReading) -> bool:
    """Whether nearly every letter is a Latin one."""
    text = "".join(word.text for word in reading.words)
    han, latin = sum(map(is_han, text)), sum(char.isascii() and char.isalpha() for char in text)
    return latin >= (_FEWEST_LETTERS if han else _FEWEST_ALONE) and latin >= _LATIN_SHARE * (han + latin)


def script_of_text(text: str) -> Script:
    """The script of text that is certain (a PDF's own): by the characters that only one of the scripts uses."""
    han = [char for char in text if is_han(char)]
    if not han:
        return Script.LATIN if any(map(str.isalpha, text)) else Script.NONE
    traditional, simplified = _pairs()
    only_traditional = sum(char in traditional and char not in simplified for char in han)
    only_simplified = sum(char in simplified and char not in traditional for char in han)
    if len(han) * 10 < sum(char.isascii() and char.isalpha() for char in text):
        return Script.LATIN
    return Script.HANT if only_traditional > only_simplified else Script.HANS


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def _mean(words: list[Seen]) -> float:
    return sum(word.confidence for word in words) / len(words)


@cache
def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    """Traditional characters, and the simplified ones that stand for them."""
    lines = files("index.domain").joinpath("variants.txt").read_text(encoding="utf-8").splitlines()
    signs = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(signs[::2]), frozenset(signs[1::2])


@cache
def _differing() -> frozenset[str]:
    traditional, simplified = _pairs()
    return traditional | simplified
