"""Decides what the bench of hits measures: what twenty of them cost beyond the index, snippets and boxes included."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from config.wiring import Home
from index.domain.access import Role, permit_of
from index.domain.description import Evidence, Value
from index.domain.holdings import Item, ItemState
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.scan import Scan, ScanState
from index.domain.searching.language import read
from index.ports import Found, Hit, Search, Work
from tests.fakes.index.text.pages import made_pages
from tests.viewer.seeding import MORNING, SCHOOL, empty_home
from viewer.finding import find

QUERY = "劳动合同"
LENGTH = 830
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Canned:
    """An index that knows the answer before it is asked: so that only what comes behind it is measured."""

    found: Found

    def search(self, search: Search) -> Found:
        return self.found


def spent_on_hits(count: int = 20) -> float:
    """CPU milliseconds of `count` hits on pages of `LENGTH` characters, each with a box of its own."""
    with _room(count) as (home, found):
        home.__dict__["text"] = Canned(found)
        search = Search(read(QUERY, date(2026, 11, 26)), permit_of(Role.ARCHIVIST))
        assert all(hit.boxes and hit.snippet.parts for hit in find(home, search).hits)
        return statistics.median(_spent(home, search) for _ in range(ROUNDS)) * 1000


def _spent(home: Home, search: Search) -> float:
    before = time.process_time()
    assert len(find(home, search).hits) == search.limit
    return time.process_time() - before


@contextmanager
def _room(count: int) -> Iterator[tuple[Home, Found]]:
    """A catalogue of items of one page each that hold the words sought."""
    with TemporaryDirectory() as place:
        home = empty_home(Path(place) / "home")
        texts = [f"{page.text[:400]}勞動\n合同{page.text[400:]}" for page in made_pages(count, length=LENGTH)]
        with home.catalogue.writing() as work:
            work.fonds.add(SCHOOL)
            hits = tuple(_filed(work, number, text) for number, text in enumerate(texts))
        yield home, Found(count, hits, {})
        home.catalogue.close()


def _filed(work: Work, number: int, text: str) -> Hit:
    said = {"title": "关于签订劳动合同的通知", "series": "WS·XZ", "marking": "internal", "date": "2024-03-05"}
    said |= {"creator": "办公室", "document_number": "松校〔2024〕7号", "retention": "30y", "pack": "school"}
    seen = Evidence("关于签订劳动合同的通知", 1, Box(0.1, 0.1, 0.5, 0.02))
    item = Item(f"item-{number}", ItemState.FILED, MORNING, SCHOOL.id, reference_code=f"J101-WS·2024-{number:04}")
    item = replace(item, description={name: Value(value, 0.9, seen) for name, value in said.items()})
    scan = Scan(f"scan-{number}", b"a.jpg", "drop", ScanState.READ, MORNING, MORNING, item_id=item.id)
    work.items.add(item)
    work.scans.add(scan)
    [page] = work.pages.lay_out(scan, 1)
    reading = PageReading(text, tuple(_words(text)), Script.HANS, 0, "bench", "1", 0.9)
    work.pages.save(page, reading)
    return Hit(page.id, item.id, 1.0)


def _words(text: str) -> Iterator[Word]:
    """A box a character, line by line, as our engines give them."""
    at = 0
    for row, line in enumerate(text.split("\n")):
        for column, sign in enumerate(line):
            yield Word(sign, at + column, Box(0.1 + column * 0.025, 0.05 + row * 0.019, 0.024, 0.018), 0.97)
        at += len(line) + 1
