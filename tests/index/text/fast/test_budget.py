"""How much work one search may be, and what becomes of what is beyond: counted in addresses, never in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Either, Every, Node, Query, Wild, Without, Words, all_leaves
from index.ports import Search
from index.text.fast import budget, places
from index.text.fast.adapter import FastIndex
from index.text.fast.budget import Budget
from index.text.fast.inverted import Text
from index.text.fast.pieces import Addresses
from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes
from tests.fakes.index.text.hands import ThreadHand
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[FastIndex]:
    """Three segments, the last with the newest pages."""
    with closing(FastIndex(tmp_path / "text")) as opened:
        pages = made_pages(60, length=200)
        for at in (0, 20, 40):
            opened.add(pages[at : at + 20])
        yield opened


def asked(node: Node, **more: float) -> Search:
    return Search(Query(node), ALL, limit=1000, share=more.get("share", 1.0))


def work(index: FastIndex, node: Node) -> list[int]:
    """By segment, without what each leaf costs by itself."""
    segments = [segment for _, segment in index.generation().segments]
    return [sum(places.work(segment.text, leaf) for leaf in all_leaves(node)) for segment in segments]


def allow(monkeypatch: pytest.MonkeyPatch, addresses: int) -> None:
    monkeypatch.setattr(budget, "LEAST", addresses)
    monkeypatch.setattr(budget, "BY_PAGE", 0)
    monkeypatch.setattr(budget, "BY_LEAF", 0)


@pytest.mark.parametrize(
    "leaf",
    [Words("年"), Words("劳动合同"), Words("annual rep"), Words("经单位研究决定"), Wild("年*月*同"), Wild("合?")],
)
def test_no_more_addresses_are_looked_at_than_was_said_before(
    index: FastIndex, leaf: Words | Wild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one term only those are that its rarest neighbour leads to, so its addresses are not counted twice."""
    sorted_ones: list[int] = []
    plain = places._sorted

    def counted(text: Text, terms: tuple[int, int]) -> Addresses:
        found = plain(text, terms)
        sorted_ones.append(len(found) if terms[1] - terms[0] > 1 else 0)
        return found

    said = work(index, leaf)
    monkeypatch.setattr(places, "_sorted", counted)
    found = index.search(asked(leaf))
    assert found.total > 0 and sum(sorted_ones) <= sum(said)
    for (_, segment), most in zip(index.generation().segments, said, strict=True):
        assert len(places._wild(segment.text, leaf.pattern)) <= most if isinstance(leaf, Wild) else True


def test_work_grows_with_each_leaf_and_each_stretch(index: FastIndex) -> None:
    one, other = sum(work(index, Words("年"))), sum(work(index, Words("月")))
    assert sum(work(index, Every((Words("年"), Without(Words("月")))))) == one + other
    assert sum(work(index, Wild("年*月"))) == one + other
    assert work(index, Words("无此词语")) == [0, 0, 0]


def test_what_is_affordable_is_answered_exactly_and_the_rest_is_told(
    index: FastIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Wild("年*月")
    whole, costs = index.search(asked(node)), work(index, node)
    assert not whole.cut_short
    allow(monkeypatch, costs[2] + costs[1])
    found = index.search(asked(node))
    newest = {page.page_id for page in made_pages(60, length=200)[20:]}
    assert found.cut_short
    assert {hit.page_id for hit in found.hits} == {hit.page_id for hit in whole.hits} & newest
    assert sum(found.facets["year"].values()) == found.total == len(found.hits)


def test_what_is_left_out_of_a_search_is_never_shown_for_want_of_looking(
    index: FastIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Every((Words("档案"), Without(Words("年"))))
    whole = {hit.page_id for hit in index.search(asked(node)).hits}
    for most in range(0, sum(work(index, node)), 40):
        allow(monkeypatch, most)
        found = index.search(asked(node))
        assert {hit.page_id for hit in found.hits} <= whole


def test_nothing_affordable_is_an_empty_answer_that_says_so(index: FastIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, 0)
    for by_item in (False, True):
        found = index.search(replace(asked(Words("年")), by_item=by_item))
        assert (found.total, found.hits, found.cut_short) == (0, (), True)
    assert not index.search(asked(Every(()))).cut_short


def test_leaves_that_stand_nowhere_are_work_too(index: FastIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    node = Either(tuple(Words(f"无此{number}") for number in range(10)))
    allow(monkeypatch, 299)
    assert not index.search(asked(node)).cut_short
    monkeypatch.setattr(budget, "BY_LEAF", 10)
    assert index.search(asked(node)).cut_short
    allow(monkeypatch, 300)
    monkeypatch.setattr(budget, "BY_LEAF", 10)
    assert not index.search(asked(node)).cut_short


def test_a_share_is_so_much_less(index: FastIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    node = Words("年")
    allow(monkeypatch, sum(work(index, node)))
    assert not index.search(asked(node)).cut_short
    assert index.search(asked(node, share=0.5)).cut_short


def test_nobody_learns_from_it_how_often_a_name_stands_on_pages_they_may_not_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that stand nowhere fill the budget up to where the name would tip it."""
    monkeypatch.setattr(budget, "LEAST", 60_000)
    monkeypatch.setattr(budget, "BY_PAGE", 0)
    padding = [Words(f"填{chr(0x4E00 + number)}") for number in range(80)]
    tipped = set()
    for name in ("无关内容", "某人受处分"):
        hidden = [replace(page, text=name, marking=Marking.CONFIDENTIAL) for page in made_pages(200)]
        with closing(FastIndex(tmp_path / name)) as opened:
            opened.add(hidden)
            asks = (Query(Every((*padding[:most], Words("某人受处分")))) for most in range(80))
            permit = Permit(frozenset({Marking.OPEN}))
            tipped.add(tuple(opened.search(Search(query, permit)).cut_short for query in asks))
    [answers] = tipped
    assert {*answers} == {True, False}


@pytest.mark.parametrize("processes", [0, 2])
def test_shards_share_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    node = Words("年")
    opened = ShardedIndex(tmp_path, Sizes(own=10, most=20), processes=processes, hired=ThreadHand)
    with closing(opened) as index:
        index.add(made_pages(60, length=200))
        whole = index.search(asked(node))
        assert not whole.cut_short
        allow(monkeypatch, whole.total)
        found = index.search(asked(node))
        assert found.cut_short and found.total < whole.total and not found.missing
        assert {hit.page_id for hit in found.hits} < {hit.page_id for hit in whole.hits}


def test_a_part_of_the_pages_may_cost_its_part_and_large_rooms_more() -> None:
    search = asked(Words("年"))
    assert Budget(100).of(25, search) == budget.LEAST // 4
    assert Budget(1_000_000).of(1_000_000, search) == 1_000_000 * budget.BY_PAGE
    assert Budget(0).of(0, search) == 0
    assert Budget(10).of(12, search) == budget.LEAST
