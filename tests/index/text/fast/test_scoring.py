"""How well a page answers: BM25, of what the reader may see alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit, Role, permit_of
from index.domain.searching.tree import Either, Every, Node, Query, Words
from index.ports import Hit, PageText, Search
from index.text.fast.adapter import FastIndex
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)
READER = permit_of(Role.READER)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[FastIndex]:
    opened = FastIndex(tmp_path / "text")
    yield opened
    opened.close()


def page(page_id: str, text: str) -> PageText:
    return PageText(page_id, "item", 1, text, marking="open", filed=True)


def hits(index: FastIndex, tree: Node, permit: Permit = ALL) -> Sequence[Hit]:
    return index.search(Search(Query(tree), permit, limit=10_000)).hits


def test_of_pages_that_say_it_as_often_the_shorter_comes_first(index: FastIndex) -> None:
    index.add([page("long", "档案" + "其他的话" * 50), page("short", "档案其他")])
    assert [hit.page_id for hit in hits(index, Words("档案"))] == ["short", "long"]


def test_the_rarer_word_counts_for_more(index: FastIndex) -> None:
    index.add([*(page(f"common-{n}", "档案室") for n in range(9)), page("rare", "合同书")])
    assert hits(index, Words("合同"))[0].score > hits(index, Words("档案"))[0].score


def test_a_description_that_leads_counts_for_more(index: FastIndex) -> None:
    lead = replace(page("lead", "无关的话"), leads=True, title="档案")
    index.add([page("text", "档案的话无关"), lead])
    assert [hit.page_id for hit in hits(index, Words("档案"))] == ["lead", "text"]


@pytest.mark.parametrize("joined", [Either, Every])
def test_what_several_words_say_is_summed(index: FastIndex, joined: type[Either] | type[Every]) -> None:
    index.add(made_pages(80))
    leaves = (Words("档案"), Words("会议"), Words("通知"))
    alone = [{hit.page_id: hit.score for hit in hits(index, leaf)} for leaf in leaves]
    found = {hit.page_id: hit.score for hit in hits(index, joined(leaves))}
    assert any(sum(page_id in scores for scores in alone) > 1 for page_id in found)
    for page_id, score in found.items():
        assert score == pytest.approx(sum(scores.get(page_id, 0.0) for scores in alone), rel=1e-5)


def test_what_a_reader_may_not_see_is_in_no_score(index: FastIndex, tmp_path: Path) -> None:
    pages = made_pages(60)
    index.add(pages)
    open_ones = FastIndex(tmp_path / "open")
    open_ones.add([one for one in pages if READER.admits(one.marking, filed=one.filed)])
    for tree in (Words("档案"), Words("会议"), Every((Words("会议"), Words("档案")))):
        assert hits(index, tree, READER) == hits(open_ones, tree, READER)
    open_ones.close()


def test_a_rare_word_beside_a_common_one_is_found_on_the_same_pages_by_either_way(index: FastIndex) -> None:
    """The common word is placed on the rare one's pages only; a search that leaves pages out places it on all."""
    pages = [page(f"p{n:04d}", "档案" * 3 + ("合同" if n % 97 == 0 else "无关")) for n in range(600)]
    index.add([*pages, replace(page("hidden", "无关"), marking="")])
    tree = Every((Words("档案"), Words("合同")))
    narrowed = [hit.page_id for hit in hits(index, tree, READER)]
    index.remove(["hidden"])
    while index.tidy():
        pass
    index.rebuild(pages, lambda done, of: None)
    assert [hit.page_id for hit in hits(index, tree)] == narrowed == [f"p{n:04d}" for n in range(0, 600, 97)]
