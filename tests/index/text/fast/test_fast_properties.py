"""Whatever is added, replaced, forgotten, merged and reopened: the fast index answers as one that walks through all."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.domain.access import Marking, Permit
from index.domain.folding import folded
from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Query,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.ports import Found, PageText, Search, Sort
from index.text.editions import merging
from index.text.editions.proving import Prover
from index.text.fast import codec, fusing
from index.text.fast.adapter import FastIndex
from index.text.fast.answer import answer
from index.text.fast.generation import Generation
from index.text.fast.shelf import Shelf
from tests.fakes.index.text.memory import MemoryTextIndex

SIGNS = "档档案案合勞劳ab1- \n①"
ALL = Permit(frozenset(Marking), unfiled=True)
words = st.text(st.sampled_from(SIGNS), max_size=9)
short = st.text(st.sampled_from("档案a1"), max_size=3)
dates = st.sampled_from(("", "19500000", "19500300", "19500305", "20010101", "20011231"))
markings = st.sampled_from([*(marking.value for marking in Marking), ""])

pages = st.builds(
    PageText,
    page_id=st.sampled_from([f"p{n}" for n in range(12)]),
    item_id=st.sampled_from(("i", "j", "k")),
    version=st.integers(1, 9),
    text=words | words.map(lambda text: text * 40),
    leads=st.booleans(),
    title=short,
    document_number=short,
    creator=short,
    code=st.lists(short, max_size=2).map("\n".join),
    seals=short,
    fonds=st.sampled_from(("", "A", "B")),
    series=st.sampled_from(("", "WS")),
    retention=st.sampled_from(("", "30y")),
    marking=markings,
    date=dates,
    language=st.sampled_from(("", "zh")),
    filed=st.booleans(),
)

leaf_texts = st.text(st.sampled_from("档档案案劳勞ab1- "), max_size=3).map(lambda text: folded(text).text).filter(bool)
sections = st.sampled_from((*[Section.ANYWHERE] * 5, *Section))
#: Asked after every step, each alone: whatever stands anywhere is found, whatever does not is not.
ASKED: list[Words | Wild] = [
    *(Words(leaf) for leaf in ("档", "案", "劳", "a", "1", "-", "档案", "案档", "案案档", "a1", "档a", "1-", "ab a")),
    *(Words(leaf, section) for leaf in ("档", "案a", "1") for section in Section),
    *(Wild(leaf) for leaf in ("档?案", "档*案", "a*1", "案*档?案")),
]
wild = st.lists(leaf_texts, min_size=2, max_size=3).flatmap(
    lambda parts: st.sampled_from(("?", "*", "??", "?*")).map(lambda sign: sign.join(parts))
)
leaves = st.builds(Words, leaf_texts, sections) | st.builds(Wild, wild, sections)
facet_values = st.sampled_from(("", "A", "WS", "30y", "zh", "1950", "open", "none"))
nodes: st.SearchStrategy[Node] = st.recursive(
    leaves | st.builds(Stamped, st.sampled_from(list(Facet)), facet_values) | st.builds(Dated, dates, dates),
    lambda inner: (
        st.builds(Every, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Either, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Without, inner)
        | st.builds(Likely, inner, st.just(0.5))
    ),
    max_leaves=5,
)
permits = st.builds(Permit, st.frozensets(st.sampled_from(list(Marking)), min_size=1), st.booleans())


def mostly_not(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("",) * 9 + values)


searches = st.builds(
    Search,
    query=nodes.map(Query),
    permit=st.just(ALL) | st.just(ALL) | permits,
    fonds=mostly_not("A"),
    year=mostly_not("1950"),
    date_from=mostly_not("19500304", "1950"),
    date_to=mostly_not("1950", "200106"),
    item_id=mostly_not("i"),
    without=st.sampled_from(((), (), (), ("j",))),
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST, Sort.CODE]),
    limit=st.sampled_from((1, 3, 50)),
    offset=st.sampled_from((0, 0, 2)),
)


class Both(RuleBasedStateMachine):
    """The fast index and the plain one, told and asked the same; each merge takes a few addresses at once."""

    @initialize()
    def open_it(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.patches = [patch.object(fusing, "_STRETCH", 5), patch.object(codec, "_AT_ONCE", 60)]
        self.patches += [patch.object(merging, "_FAN", 3)]
        for one in self.patches:
            one.start()
        self.fast, self.plain = FastIndex(Path(self.folder.name) / "text"), MemoryTextIndex()
        self.held: list[tuple[Generation, Search, Found]] = []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.fast.close()
            for one in self.patches:
                one.stop()
            self.held.clear()
            self.folder.cleanup()

    @rule(batch=st.lists(pages, min_size=1, max_size=6))
    def add(self, batch: list[PageText]) -> None:
        self.fast.add(batch)
        self.plain.add(batch)

    @rule(ids=st.frozensets(st.sampled_from([f"p{n}" for n in range(13)]), max_size=4))
    def remove(self, ids: frozenset[str]) -> None:
        self.fast.remove(ids)
        self.plain.remove(ids)

    @rule()
    def tidy(self) -> None:
        while self.fast.tidy():
            pass

    @rule()
    def reopen(self) -> None:
        self.fast.close()
        self.fast = FastIndex(Path(self.folder.name) / "text")

    @rule(batch=st.lists(pages, max_size=8, unique_by=lambda page: page.page_id))
    def rebuild(self, batch: list[PageText]) -> None:
        self.fast.rebuild(batch, lambda done, of: None)
        self.plain.rebuild(batch, lambda done, of: None)

    @invariant()
    def each_leaf_is_found_where_it_stands(self) -> None:
        for leaf in ASKED if hasattr(self, "fast") else ():
            search = Search(Query(leaf), ALL, facets=(), sort=Sort.NEWEST, limit=50)
            assert [hit.page_id for hit in self.fast.search(search).hits] == [
                hit.page_id for hit in self.plain.search(search).hits
            ], leaf

    @rule(searched=st.lists(searches, min_size=5, max_size=5))
    def search(self, searched: list[Search]) -> None:
        for search in searched:
            self._answers_alike(search)

    def _answers_alike(self, search: Search) -> None:
        found, expected = self.fast.search(search), self.plain.search(search)
        assert [hit.page_id for hit in found.hits] == [hit.page_id for hit in expected.hits]
        assert (found.total, found.facets) == (expected.total, expected.facets)
        whole = replace(search, sort=Sort.RELEVANCE, limit=50, offset=0)
        ranked, known = self.fast.search(whole), self.plain.search(whole)
        assert {hit.page_id: hit.item_id for hit in ranked.hits} == {hit.page_id: hit.item_id for hit in known.hits}
        scores = [hit.score for hit in ranked.hits]
        assert scores == sorted(scores, reverse=True)

    @rule(search=searches)
    def read_on(self, search: Search) -> None:
        """A reader holds what stands now, and asks it again later."""
        generation = Shelf(Path(self.folder.name) / "text", Prover()).generation()
        self.held.append((generation, search, answer(generation, search)))

    @rule()
    def held_readers_answer_as_before(self) -> None:
        for generation, search, found in self.held:
            assert answer(generation, search) == found

    @rule()
    def versions_and_soundness(self) -> None:
        assert self.fast.versions() == self.plain.versions()
        assert self.fast.size() == self.plain.size()
        assert list(self.fast.check()) == []


TestBoth = Both.TestCase
TestBoth.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBoth = pytest.mark.slow(TestBoth)
