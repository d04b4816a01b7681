"""Decides where a reader lost the round noughts of a year: 二二一年 with a gap behind its first sign is 二〇二一年.

A nought (〇) is a plain ring to a reader of lines, and often left out; the place where it stood stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from index.domain.reading import Word

_LOSSY = re.compile(
    r"(?<![〇○零一二三四五六七八九十])二\s{0,3}(?:[〇○零一二三四五六七八九]\s{0,3}){0,2}年|一\s?九\s{0,3}[一二三四五六七八九]?\s{0,3}年"
)
_ZERO, _SIGNS = "〇", 4
_HAN = re.compile(r"[\u3007\u3400-\u9fff]")


def with_zeros(text: str, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """A line and its words with the noughts that the gaps of its years tell of; as it was where they tell nothing."""
    said = _LOSSY.search(text)
    first = words[0].start - (len(text) - len(text.lstrip())) if words else 0
    if said is None or not words:
        return text, words
    year = [word for word in words if said.start() <= word.start - first < said.end()]
    lost = _lost(year, _pitch(words))
    if not lost or sum(lost) + sum(len(word.text) for word in year[:-1]) != _SIGNS:
        return text, words
    held = {
        id(word): replace(word, text=word.text + _ZERO * count, box=replace(word.box, w=behind.box.x - word.box.x))
        for (word, behind), count in zip(pairwise(year), lost, strict=True)
        if count
    }
    signs = "".join(held.get(id(word), word).text for word in year)
    return text[: said.start()] + signs + text[said.end() :], [held.get(id(word), word) for word in words]


def _lost(year: Sequence[Word], pitch: float) -> list[int]:
    """How many signs are missing behind each word of a year; nothing where words are not the signs of one."""
    if not pitch or len(year) < len("二年") or year[-1].text != "年":
        return []
    return [round((behind.box.x - word.box.x) / pitch) - len(word.text) for word, behind in pairwise(year)]


def _pitch(words: Sequence[Word]) -> float:
    """How far apart two characters begin that stand side by side on the line."""
    apart = [
        behind.box.x - word.box.x
        for word, behind in pairwise(words)
        if len(word.text) == 1 and _HAN.match(word.text) and _HAN.match(behind.text) and behind.box.x > word.box.x
    ]
    return median(apart) if apart else 0.0
