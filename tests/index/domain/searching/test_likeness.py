"""What a query becomes when it is loosened, and what the loosened tree finds."""

from __future__ import annotations

import pytest

from index.domain.access import Marking, Permit
from index.domain.searching.likeness import loosened, variants
from index.domain.searching.look_alikes import look_alikes
from index.domain.searching.tree import Either, Every, Likely, Node, Query, Section, Wild, Without, Words
from index.ports import PageText, Search
from tests.fakes.index.text.memory import MemoryTextIndex

ALIKE = look_alikes()


def finds(node: Node, text: str) -> bool:
    loose = loosened(Query(node), ALIKE)
    pages = MemoryTextIndex()
    pages.add([PageText("page", "item", 1, text, marking="open")])
    every = Permit(frozenset(Marking), unfiled=True)
    return loose is not None and pages.search(Search(loose, every)).total == 1


@pytest.mark.parametrize(
    ("asked", "stands", "found"),
    [
        ("权益", "合法杈益", True),  # two characters: a look-alike only
        ("权益", "合法公益", False),
        ("舒小满", "舒小滿", False),  # exact, in the other script
        ("舒小满", "舒水满", True),
        ("舒小满", "舒小瞒", True),
        ("舒小满", "纪小满", True),
        ("舒小满", "舒水瞒", False),
        ("劳动合同", "劳动台同", True),
        ("劳动合同", "劳动口同", True),
        ("劳动合同", "芳动合同", True),
        ("劳动合同", "劳动合回", True),
        ("劳动合同", "劳合同", True),  # one lost
        ("劳动合同", "劳动、合同", True),  # one put in
        ("劳动合同", "劳动动合同", True),  # one doubled
        ("劳动合同", "劳动台间", False),
        ("劳动合同", "劳动合同", False),  # exact
        ("档案权益", "挡案杈益", True),  # two look-alikes
        ("档案权益", "口案口益", False),
        ("关于调整学校作息时间的通知", "关干调整学校作息时闻的通知", True),  # one in each piece
        ("关于调整学校作息时间的通知", "学校作息时间", False),
        ("(2003)115号", "(2003)115号", False),
        ("(2003)115号", "(2003)1l5号", True),
        ("a?c档案", "a?c档桉", True),  # signs of a pattern stay what they are
    ],
)
def test_what_is_found_of_one_leaf(asked: str, stands: str, found: bool) -> None:
    assert finds(Words(asked), f"前文{stands}后文") is found


@pytest.mark.parametrize(
    ("node", "text", "found"),
    [
        (Every((Words("档案"), Words("劳动合同"))), "档案,劳动台同", True),
        (Every((Words("档案"), Words("劳动合同"))), "挡案,劳动台同", True),
        (Every((Words("档案"), Words("劳动合同"))), "劳动台同", False),
        (Every((Words("档案"), Words("劳动合同"))), "档案,劳动合同", False),
        (Every((Words("劳动合同"), Without(Words("离职")))), "劳动台同,离职", False),
        (Every((Words("劳动合同"), Without(Words("离职")))), "劳动台同,离取", True),
        (Either((Words("离职"), Words("劳动合同"))), "劳动台同", True),
        (Either((Words("离职"), Words("劳动合同"))), "劳动台同,离职", False),
        (Likely(Words("劳动合同"), 0.5), "劳动台同", True),
        (Every((Words("劳动合同"), Wild("第?页"))), "劳动台同第三页", True),
        (Every((Words("劳动合同"), Wild("第?页"))), "劳动台同", False),
    ],
)
def test_what_is_found_of_a_tree(node: Node, text: str, found: bool) -> None:
    assert finds(node, text) is found


@pytest.mark.parametrize(
    "node", [Words("档"), Wild("档?室"), Without(Words("劳动合同")), Words("劳动合同", Section.TITLE), Every(())]
)
def test_what_cannot_be_loosened_is_not_asked_at_all(node: Node) -> None:
    assert loosened(Query(node), ALIKE) is None


@pytest.mark.parametrize("length", [3, 4, 9, 10, 40, 200])
def test_variants_are_never_too_many(length: int) -> None:
    leaf = Words(("权己日未人间档卷" * 30)[:length])
    loose = loosened(Query(leaf), ALIKE)
    assert loose is not None and len(loose.leaves) <= 70 * -(-length // 9)


def test_a_known_look_alike_counts_more_than_any_character() -> None:
    found = {one.leaf: one.likelihood for one in variants(Words("权益书"), ALIKE)}
    assert found[Words("杈益书")] > found[Wild("权?书")]
    assert found == dict(sorted(found.items(), key=lambda one: -one[1]))
