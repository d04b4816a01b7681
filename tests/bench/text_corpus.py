"""Decides on which pages full text is measured, and what is asked of them: drawn from the pages, the same each time."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.domain.access import Marking
from index.domain.folding import folded
from index.domain.searching.tree import Dated, Either, Every, Facet, Node, Words
from index.ports import PageText, Sort
from tests.fakes.index.text.pages import made_pages

CORPUS = "MUNIMENT_BENCH_CORPUS"
_OWN_PAGES = 4_000
_ASKED = 40
_HAN = re.compile("[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that every engine can be asked: words on the same page, all of them or any, within bounds."""

    words: tuple[str, ...]
    any: bool = False
    days: tuple[str, str] = ("", "")
    open_only: bool = False
    newest: bool = False
    by_fonds: bool = False

    @property
    def tree(self) -> Node:
        leaves = tuple(Words(word) for word in self.words)
        words = leaves[0] if len(leaves) == 1 else Either(leaves) if self.any else Every(leaves)
        return Every((words, Dated(*self.days))) if any(self.days) else words

    @property
    def sort(self) -> Sort:
        return Sort.NEWEST if self.newest else Sort.RELEVANCE

    @property
    def facets(self) -> tuple[Facet, ...]:
        return (Facet.FONDS,) if self.by_fonds else ()


@dataclass(frozen=True)
class Corpus:
    pages: Sequence[PageText]

    @cached_property
    def folded(self) -> Sequence[str]:
        return [folded(page.text).text for page in self.pages]

    @cached_property
    def asked(self) -> Mapping[str, Sequence[Asked]]:
        """By kind, about forty questions each."""
        chance = random.Random(5)
        draws: Mapping[str, Callable[[], Asked]] = {
            "word": lambda: Asked((self._piece(chance, 2),)),
            "phrase": lambda: Asked((self._piece(chance, 4),)),
            "name": lambda: Asked((self._piece(chance, 3),)),
            "and": lambda: Asked(self._apart(chance)),
            "or": lambda: Asked((self._piece(chance, 2), self._piece(chance, 2)), any=True),
            "character": lambda: Asked((self._piece(chance, 1),)),
            "dates": lambda: Asked((self._piece(chance, 2),), days=_years(chance)),
            "access": lambda: Asked((self._piece(chance, 2),), open_only=True),
            "sort": lambda: Asked((self._piece(chance, 2),), newest=True),
            "facet": lambda: Asked((self._piece(chance, 2),), by_fonds=True),
        }
        return {kind: [draw() for _ in range(_ASKED)] for kind, draw in draws.items()}

    def _piece(self, chance: random.Random, length: int) -> str:
        """So many characters that stand somewhere; the more often they stand, the likelier they are drawn."""
        while True:
            runs = [run for run in _HAN.findall(chance.choice(self.folded)) if len(run) >= length]
            if runs:
                run = chance.choice(runs)
                start = chance.randrange(len(run) - length + 1)
                return str(run[start : start + length])

    def _apart(self, chance: random.Random) -> tuple[str, str]:
        """Two words of one page."""
        while True:
            runs = _HAN.findall(chance.choice(self.folded))
            if len(runs) > 1:
                one, other = chance.sample(runs, 2)
                return one[:2], other[:2]


def _years(chance: random.Random) -> tuple[str, str]:
    first = chance.randrange(1920, 2000)
    return f"{first}0101", f"{first + 12}1231"


def corpus() -> Corpus:
    """Pages from the JSON lines (id, fonds, kind, level, date, text) that the environment names, or made ones."""
    path = os.environ.get(CORPUS)
    if not path:
        return Corpus(made_pages(_OWN_PAGES, length=800))
    with Path(path).open(encoding="utf-8") as lines:
        return Corpus([_page(json.loads(line)) for line in lines])


def _page(said: dict[str, str | int]) -> PageText:
    return PageText(
        page_id=str(said["id"]),
        item_id=f"item-{said['id']}",
        version=1,
        text=str(said["text"]),
        fonds=str(said["fonds"]),
        series=str(said["kind"]),
        marking=list(Marking)[int(said["level"])].value,
        date=str(said["date"]).replace("-", ""),
        filed=True,
    )
