"""Decides which keywords a paper gives itself: the line of subject words (主题词) at its end, or of key words.

The lines are those of the reading, for spaces part the words of an official paper (公文格式 until 2012); where a reader
left the spaces out, the gaps between its characters tell of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from index.domain.description import Evidence, Value
from index.domain.reading import PageReading
from ingest.finders.paper import FIRST_PAGES, LAST_PAGES, plain

_GIVEN = re.compile(
    r"^\s*(?:主\s*题\s*词|关\s*键\s*词|key\s?words)\s*:\s*(?P<words>\S.*)$", re.IGNORECASE | re.MULTILINE
)
_BETWEEN = re.compile(r"[\s;,、]+")
_MOST = 10
_ROOM = 1.5


def keywords(readings: Sequence[PageReading]) -> Value | None:
    """The words in their order, joined by `、`; None where the paper gives none."""
    behind = len(readings) - LAST_PAGES
    ends = [(page, at) for at, page in enumerate(readings, 1) if at <= FIRST_PAGES or at > behind]
    return next(filter(None, (_given(page, number) for page, number in ends)), None)


def _given(page: PageReading, number: int) -> Value | None:
    said = _GIVEN.search(plain(page.text))
    if said is None:
        return None
    begin, end = said.span("words")
    parts = [part for piece in _apart(page, begin, end) for part in _BETWEEN.split(plain(piece))]
    words = dict.fromkeys(_as_it_stands(page, begin, end, parts))
    return Value("、".join(words), 0.9, Evidence(page.text[begin:end], number, rule="keywords")) if words else None


def _apart(page: PageReading, begin: int, end: int) -> list[str]:
    """The text between, parted where the paper leaves as much room as another character needs."""
    run = [word for word in page.words if begin <= word.start < end]
    steps = [behind.box.x - word.box.x for word, behind in pairwise(run) if len(word.text) == 1]
    if not steps:
        return [page.text[begin:end]]
    breaks = [
        behind.start
        for word, behind in pairwise(run)
        if len(word.text) == 1 and behind.box.x - word.box.x > _ROOM * median_low(steps)
    ]
    return [page.text[start:stop] for start, stop in pairwise((begin, *breaks, end))]


def _as_it_stands(page: PageReading, begin: int, end: int, parts: Sequence[str]) -> list[str]:
    """The words in the paper's own script."""
    found, at = [], begin
    for part in parts:
        at = plain(page.text).find(part, at, end)
        found.append(page.text[at : at + len(part)])
        at += len(part)
    return [word for word in found if 1 < len(word) <= 20][:_MOST]
