"""Decides what similar pages are worth: how many misread ones they bring back, how many others with them, at what cost.

Strings of two to six characters stand on aged pages and are missed by the exact search, as a reader misread them. What
is offered for each is right when it truly holds the string. The same pages stand among many others, whose readers were
as sure as ours were of what they read rightly.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from index.domain.access import Marking, Permit
from index.domain.folding import folded
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.searching.likeness import loosened
from index.domain.searching.look_alikes import LookAlikes, look_alikes
from index.domain.searching.misreading import LEAST, DoubtedPage
from index.domain.searching.tree import Query, Words
from index.ports import Found, PageText, Search, TextIndex
from index.text.fast.adapter import FastIndex
from tests.bench import accuracy
from tests.sheets import KINDS, sheet
from viewer.similar import LOOKED_THROUGH, MOST

LENGTHS = range(2, 7)
_ALL = Permit(frozenset(Marking), unfiled=True)
_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Aged:
    """A page: what truly stands on it, folded, and what was read."""

    name: str
    truth: str
    reading: PageReading

    @property
    def read(self) -> str:
        return folded(self.reading.text).text


@dataclass
class Tally:
    """What was counted over the strings of one length."""

    strings: int = 0
    missed: int = 0
    found: int = 0
    offered: int = 0
    answered: int = 0
    first: int = 0
    candidates: int = 0
    leaves: int = 0
    ms: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("exact", "loosened", "judged"), 0.0))

    def figures(self) -> Mapping[str, object]:
        """Shares in per cent; pages, leaves and milliseconds a string."""
        each = max(1, self.strings)
        return {
            "strings": self.strings,
            "recall": round(100 * self.found / max(1, self.missed), 1),
            "precision": round(100 * self.found / max(1, self.offered), 1),
            "first_right": round(100 * self.first / max(1, self.answered), 1),
            "offered": round(self.offered / each, 2),
            "wrong": round((self.offered - self.found) / each, 2),
            "candidates": round(self.candidates / each, 1),
            "leaves": round(self.leaves / each, 1),
            **{name: round(spent / each, 2) for name, spent in self.ms.items()},
            "times": round(self.ms["loosened"] / max(1e-9, self.ms["exact"]), 1),
        }


def measured(strings: int = 60, others: int = 2_000) -> Iterator[Mapping[str, object]]:
    """A line for each engine and length, with the table of look-alikes and without it."""
    for engine in ("rapidocr", "tesseract"):
        read = [Aged(truth.name, folded(truth.text).text, one) for truth, one in accuracy.readings(engine)]
        texts = [sheet(kind, 5_000 + n).text for n, kind in enumerate(islice(cycle(KINDS), others))]
        yield from ({"engine": engine, **figures} for figures in figures_of(read, texts, strings))


def figures_of(read: Sequence[Aged], others: Sequence[str], strings: int) -> Iterator[Mapping[str, object]]:
    """The lines for these pages among others with these texts."""
    pages = {page.name: page for page in (*read, *_surely_read(others, read))}
    with tempfile.TemporaryDirectory() as folder:
        text = FastIndex(Path(folder))
        bench = _Bench(text, pages)
        text.rebuild([_page_text(page) for page in pages.values()], lambda done, of: None)
        for length in LENGTHS:
            missed = missed_strings(read, length, strings)
            for name, alike in (("with", look_alikes()), ("without", {})):
                tally = bench.tally(missed, alike)
                yield {"part": f"{length} characters, {name} look-alikes", **tally.figures()}
        text.close()


def missed_strings(read: Sequence[Aged], length: int, most: int) -> list[str]:
    """Strings of this length that truly stand on a page where they were not read."""
    known = {string for page in read for string in _strings(page.truth, length) if string not in page.read}
    return random.Random(length).sample(sorted(known), min(most, len(known)))


def _strings(text: str, length: int) -> Iterator[str]:
    for run in _HAN.finditer(text):
        yield from (run[0][at : at + length] for at in range(len(run[0]) - length + 1))


def _surely_read(texts: Sequence[str], read: Sequence[Aged]) -> Iterator[Aged]:
    """Pages that were read without a slip, their characters as sure as those of `read` in turn."""
    said = cycle([word.confidence for page in read for word in page.reading.words for _ in word.text])
    box = Box(0, 0, 1, 1)
    for number, text in enumerate(texts):
        words = tuple(Word(sign, at, box, sure) for (at, sign), sure in zip(enumerate(text), said, strict=False))
        reading = PageReading(text, words, Script.HANS, 0, "", "", 1.0)
        yield Aged(f"other-{number}", folded(text).text, reading)


def _page_text(page: Aged) -> PageText:
    return PageText(page.name, page.name, 1, page.reading.text, marking="open", filed=True)


@dataclass(frozen=True, slots=True)
class _Bench:
    text: TextIndex
    pages: Mapping[str, Aged]

    def tally(self, strings: Collection[str], alike: LookAlikes) -> Tally:
        tally = Tally(strings=len(strings))
        for string in strings:
            self._count(tally, Query(Words(string)), string, alike)
        return tally

    def _count(self, tally: Tally, query: Query, string: str, alike: LookAlikes) -> None:
        exact = {hit.page_id for hit in self._timed(tally, "exact", query, len(self.pages)).hits}
        lost = {name for name, page in self.pages.items() if string in page.truth} - exact
        tally.missed += len(lost)
        loose = loosened(query, alike)
        if loose is None:
            return
        tally.leaves += len(loose.leaves)
        found = self._timed(tally, "loosened", loose, LOOKED_THROUGH)
        tally.candidates += found.total
        offered = self._judged(tally, found, query, alike)
        tally.offered += len(offered)
        tally.found += len(lost.intersection(offered))
        tally.answered += bool(offered)
        tally.first += bool(lost.intersection(offered[:1]))

    def _timed(self, tally: Tally, name: str, query: Query, limit: int) -> Found:
        begun = time.perf_counter()
        found = self.text.search(Search(query, _ALL, facets=(), limit=limit))
        tally.ms[name] += (time.perf_counter() - begun) * 1000
        return found

    def _judged(self, tally: Tally, found: Found, query: Query, alike: LookAlikes) -> list[str]:
        """As the reading room does: the likeliest by the doubt of their reader."""
        begun = time.perf_counter()
        judged = [(self._likelihood(hit.page_id, query, alike), hit.page_id) for hit in found.hits]
        likely = sorted((one for one in judged if one[0] >= LEAST), reverse=True)[:MOST]
        tally.ms["judged"] += (time.perf_counter() - begun) * 1000
        return [name for _, name in likely]

    def _likelihood(self, name: str, query: Query, alike: LookAlikes) -> float:
        return DoubtedPage(self.pages[name].reading).likeness(query.tree, alike).likelihood
