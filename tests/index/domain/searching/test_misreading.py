"""How likely a stretch is what was asked, by the slip and by the doubt of the reader."""

from __future__ import annotations

import pytest

from index.domain.reading import Box, PageReading, Script, Word
from index.domain.searching.look_alikes import look_alikes
from index.domain.searching.misreading import LEAST, DoubtedPage, Likeness
from index.domain.searching.tree import Either, Every, Facet, Node, Section, Stamped, Wild, Without, Words

ALIKE = look_alikes()


def page(text: str, doubted: str = "", doubt: float = 0.5) -> DoubtedPage:
    """A page whose reader doubted the characters of `doubted`, and hardly any other."""
    box = Box(0, 0, 1, 1)
    sure = [0.999 - (doubt if sign in doubted else 0) for sign in text]
    words = tuple(Word(sign, at, box, sure[at]) for at, sign in enumerate(text) if sign != "\n")
    return DoubtedPage(PageReading(text, words, Script.HANS, 0, "seed", "1", 0.9))


def likeness(node: Node | str, text: str, doubted: str = "", doubt: float = 0.5) -> Likeness:
    return page(text, doubted, doubt).likeness(Words(node) if isinstance(node, str) else node, ALIKE)


@pytest.mark.parametrize(
    ("asked", "text", "doubted", "likely"),
    [
        ("劳动合同", "签订劳动台同", "台", True),
        ("劳动合同", "签订劳动口同", "口", True),
        ("劳动合同", "签订劳动口同", "", False),  # the reader is sure: another word
        ("劳动合同", "签订劳动口同", "签订同", False),
        ("劳动合同", "签订芳动合同", "芳", True),
        ("档案管理", "方案管理", "", False),
        ("档案管理", "方案管理", "方", True),
        ("劳动合同", "劳合同", "劳", True),
        ("劳动合同", "劳合同", "", False),
        ("劳动合同", "劳动、合同", "、", True),
        ("劳动合同", "劳动、合同", "", False),
        ("劳动合同", "劳动合", "", True),  # cut off at the page's end: nothing is known
        ("劳动合同", "完全不同的文字", "完全不同的文字", False),
    ],
)
def test_the_doubt_of_the_reader_decides(asked: str, text: str, doubted: str, likely: bool) -> None:
    assert (likeness(asked, text, doubted).likelihood >= LEAST) is likely


def test_a_look_alike_passes_with_less_doubt_than_another_character_and_counts_more() -> None:
    assert likeness("权益书", "杈益书", "杈", 0.005).likelihood >= LEAST
    assert likeness("权益书", "口益书", "口", 0.005).likelihood < LEAST
    assert likeness("权益书", "杈益书", "杈").likelihood > likeness("权益书", "口益书", "口").likelihood


@pytest.mark.parametrize(
    ("asked", "text", "doubted", "stretch"),
    [
        ("劳动合同", "签订劳动台\n同。", "台", "劳动台\n同"),
        ("劳动合同", "签订芳动合同。", "芳", "芳动合同"),
        ("劳动合同", "签订劳动合回。", "回", "劳动合回"),
        ("劳动合同", "签订劳动、合同。", "、", "劳动、合同"),
        ("劳动合同", "簽訂勞動台同。", "台", "勞動台同"),
        ("劳动合同", "劳动台同,又劳动口同", "口", "劳动口同"),  # the doubted one of the two
    ],
)
def test_where_it_stands_is_told_in_the_page_s_own_text(asked: str, text: str, doubted: str, stretch: str) -> None:
    assert [text[start:end] for start, end in likeness(asked, text, doubted).stretches] == [stretch]


DOUBTED = "劳动台同与挡案"


@pytest.mark.parametrize(
    ("node", "stretches"),
    [
        (Every((Words("劳动合同"), Words("档案室"))), ["劳动台同", "挡案室"]),
        (Every((Words("劳动合同"), Words("与"))), ["劳动台同"]),
        (Either((Words("劳动合同"), Words("无关"))), ["劳动台同"]),
        (Every((Words("劳动合同"), Without(Words("离职")), Stamped(Facet.FONDS, "J"))), ["劳动台同"]),
        (Every((Words("劳动合同"), Words("通知", Section.TITLE), Wild("与?案"))), ["劳动台同"]),
    ],
)
def test_a_tree_is_judged_by_its_leaves(node: Node, stretches: list[str]) -> None:
    text = "劳动台同与挡案室"
    found = likeness(node, text, DOUBTED)
    assert [text[start:end] for start, end in found.stretches] == stretches
    assert LEAST <= found.likelihood < 1


def test_a_tree_of_which_one_leaf_is_missing_is_not_likely() -> None:
    assert likeness(Every((Words("劳动合同"), Words("花名册"))), "劳动台同", DOUBTED).likelihood < LEAST
    assert likeness("劳动合同", "劳动合同") == Likeness(1.0)
