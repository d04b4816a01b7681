"""Many shards answer as one index would: the same pages, figures, scores and order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Dated, Either, Every, Facet, Likely, Node, Query, Stamped, Without, Words
from index.ports import PageText, Search, Sort
from index.text.fast.adapter import FastIndex
from index.text.shards import book
from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes
from tests.fakes.index.text.hands import ThreadHand


def made(number: int) -> list[PageText]:
    """Pages of few words, so that many tie."""
    chance = random.Random(3)
    return [
        PageText(
            f"p{n:03d}",
            f"i{n // 3}",
            1,
            "".join(chance.choices("甲乙丙丁", (8, 4, 2, 1), k=chance.choice((2, 3, 12)))),
            fonds=chance.choice("AAABBC"),
            code=chance.choice(("", "J1", "J2")),
            series=chance.choice(("WS", "RS")),
            marking=chance.choice(("open", "internal")),
            date=chance.choice(("", f"{chance.randrange(1990, 1999)}0{chance.randrange(10)}00")),
            filed=chance.random() < 0.8,
        )
        for n in range(number)
    ]


@dataclass(frozen=True)
class Both:
    one: FastIndex
    many: tuple[ShardedIndex, ...]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    place = tmp_path_factory.mktemp("both")
    pages = made(150)
    with (
        closing(FastIndex(place / "one")) as one,
        closing(ShardedIndex(place / "many", Sizes(own=20, most=30))) as many,
        closing(ShardedIndex(place / "many", processes=2, hired=ThreadHand)) as crew,
    ):
        # A page that nobody may see: where all are seen, one index alone takes a shortcut with how rare a word is.
        one.add([PageText("unseen", "unseen", 1, "戊")])
        for at in range(0, 150, 50):
            one.add(pages[at : at + 50])
            many.add(pages[at : at + 50])
        while many.tidy():
            pass
        assert len(book.read(place / "many").shares) > 6
        yield Both(one, (many, crew))


PERMITS = st.sampled_from([Permit(frozenset(Marking), unfiled=True), Permit(frozenset({Marking.OPEN}))])
WORDS = st.sampled_from(["甲", "乙", "丁", "甲乙", "乙甲", "甲甲", "丙丁甲"]).map(Words)
STAMPS = st.one_of(
    st.sampled_from("ABCD").map(lambda fonds: Stamped(Facet.FONDS, fonds)),
    st.integers(1989, 1999).map(lambda year: Stamped(Facet.YEAR, str(year))),
    st.sampled_from([Dated("1992", "1994"), Dated("", "199505"), Dated("19970301", "")]),
)


def _joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(inner, max_size=3).map(tuple)
    return some.map(Every) | some.map(Either) | inner.map(Without) | inner.map(lambda node: Likely(node, 0.5))


TREES: st.SearchStrategy[Node] = st.recursive(WORDS | STAMPS, _joined, max_leaves=6)
BOUNDS = st.fixed_dictionaries(
    {},
    optional={
        "fonds": st.sampled_from("ABCD"),
        "year": st.integers(1990, 1998).map(str),
        "date_from": st.sampled_from(["1993", "199505", "19970101"]),
        "series": st.just("WS"),
        "item_id": st.sampled_from(["i1", "i7", "none"]),
        "without": st.just(("i2", "i3", "i4")),
    },
)
SLICES = st.tuples(st.integers(0, 30), st.integers(0, 200))
STILL = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@STILL
@given(tree=TREES, permit=PERMITS, bounds=BOUNDS, sort=st.sampled_from(Sort), cut=SLICES)
def test_the_same_pages_and_figures(
    both: Both, tree: Node, permit: Permit, bounds: dict[str, str], sort: Sort, cut: tuple[int, int]
) -> None:
    whole = Search(Query(tree), permit, sort=sort, limit=1000, **bounds)  # type: ignore[arg-type]
    expected = both.one.search(whole)
    for index in both.many:
        found = index.search(whole)
        assert (found.total, found.facets, found.missing) == (expected.total, expected.facets, ())
        assert {hit.page_id for hit in found.hits} == {hit.page_id for hit in expected.hits}
        if sort is not Sort.RELEVANCE:
            assert [hit.page_id for hit in found.hits] == [hit.page_id for hit in expected.hits]
        offset, limit = cut
        assert index.search(replace(whole, offset=offset, limit=limit)).hits == found.hits[offset : offset + limit]


@STILL
@given(
    words=st.lists(WORDS, min_size=1, max_size=4).map(tuple),
    join=st.sampled_from([Every, Either]),
    stamps=st.lists(STAMPS | st.lists(STAMPS, max_size=3).map(tuple).map(Either), max_size=2).map(tuple),
    permit=PERMITS,
    bounds=BOUNDS,
)
def test_the_same_scores_and_order(
    both: Both,
    words: tuple[Words, ...],
    join: type[Every | Either],
    stamps: tuple[Node, ...],
    permit: Permit,
    bounds: dict[str, str],
) -> None:
    """Also where a stamp or a date in the tree leaves shards out: it leaves pages out of how rare a word is anyway."""
    search = Search(Query(Every((join(words), *stamps))), permit, limit=1000, **bounds)  # type: ignore[arg-type]
    expected = both.one.search(search).hits
    for index in both.many:
        assert index.search(search).hits == expected


@STILL
@given(tree=TREES, permit=PERMITS, bounds=BOUNDS, sort=st.sampled_from(Sort), cut=SLICES)
def test_the_same_items(
    both: Both, tree: Node, permit: Permit, bounds: dict[str, str], sort: Sort, cut: tuple[int, int]
) -> None:
    """Each with all its pages, as many shards as they lie in."""
    whole = Search(Query(tree), permit, sort=sort, limit=1000, by_item=True, **bounds)  # type: ignore[arg-type]
    expected = both.one.search(whole)
    offset, limit = cut
    for index in both.many:
        found = index.search(whole)
        assert (found.total, found.items, found.facets) == (expected.total, expected.items, expected.facets)
        assert {hit.item_id: {hit.page_id, *hit.others} for hit in found.hits} == {
            hit.item_id: {hit.page_id, *hit.others} for hit in expected.hits
        }
        if sort is not Sort.RELEVANCE:
            order = [(hit.page_id, hit.others) for hit in expected.hits]
            assert [(hit.page_id, hit.others) for hit in found.hits] == order
        some = index.search(replace(whole, offset=offset, limit=limit)).hits
        first = [hit.page_id for hit in found.hits[offset : offset + limit]]
        assert [hit.page_id for hit in some] == first
