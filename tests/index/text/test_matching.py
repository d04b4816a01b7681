"""Whatever is typed can be looked for and marked: the language and the matching agree."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.domain.access import Marking, Permit
from index.domain.searching.language import read
from index.domain.searching.tree import Wild
from index.ports import PageText, Search
from index.text.highlight import mark
from index.text.matching import pattern, standing, stretches
from tests.fakes.index.text.memory import MemoryTextIndex

TODAY = date(2026, 11, 26)
PAGE = "关于〔2003〕15号《劳动合同》的通知。二〇〇三年三月五日 annual report"
ALL = Permit(frozenset(Marking), unfiled=True)


@given(st.text(st.sampled_from("劳动合同2003二〇年三月五日*?()“” -或非题名:日期至15号annual"), max_size=24))
@settings(max_examples=200, deadline=None)
def test_what_is_typed_is_looked_for_and_marked(typed: str) -> None:
    index = MemoryTextIndex()
    index.add([PageText("p", "i", 1, PAGE, marking="open", date="20030305", title="劳动合同", leads=True)])
    query = read(typed, TODAY)
    assert index.search(Search(query, ALL)).total in {0, 1}
    assert all(0 <= span.start < span.end <= len(PAGE) for span in mark(PAGE, query.leaves))


@pytest.mark.parametrize(
    "typed",
    [
        "2003年3月5日",
        "三月五日",
        "劳*的",
        "“(2003)15号”",
        "文 15号",
        "十五号",
        "日期:2003年3月 劳动合同",
        "(甲 或 合同) -丙",
    ],
)
def test_what_a_person_would_say_is_there_is_found(typed: str) -> None:
    index = MemoryTextIndex()
    index.add([PageText("p", "i", 1, PAGE + "文", marking="open", date="20030305")])
    assert index.search(Search(read(typed, TODAY), ALL)).total == 1


@pytest.mark.parametrize(
    ("wild", "expected"),
    [
        ("a?b*c", [("a", 0, 0), ("b", 1, 1), ("c", 0, 32)]),
        ("甲??乙", [("甲", 0, 0), ("乙", 2, 2)]),
        ("甲?*乙", [("甲", 0, 0), ("乙", 1, 33)]),
    ],
)
def test_a_pattern_is_stretches_with_room_between(wild: str, expected: list[tuple[str, int, int]]) -> None:
    assert stretches(wild) == expected


@given(
    st.text(st.sampled_from("甲乙a.\0"), max_size=90),
    st.sampled_from(["甲*乙", "甲?*乙", "甲*甲", "a*a*乙", "甲乙*?a", "a?*a*甲", "?甲*乙", "甲*乙?", "??a*a*甲??"]),
)
def test_chained_stretches_say_what_the_expression_says(text: str, wild: str) -> None:
    leaf = Wild(wild)
    assert list(standing(text, leaf)) == [match.span() for match in pattern(leaf).finditer(text)]


def test_a_page_of_leader_dots_is_marked_in_time() -> None:
    begun = time.process_time()
    assert (
        mark("第一章................................................................8\n" * 400, [Wild(".*.*.*完")])
        == ()
    )
    assert time.process_time() - begun < 5


def test_the_worst_pattern_that_can_be_typed_is_looked_for_in_time() -> None:
    (leaf,) = read("a*a*a*b", TODAY).leaves
    assert isinstance(leaf, Wild)
    begun = time.process_time()
    assert pattern(leaf).search("a" * 400) is None
    assert time.process_time() - begun < 5
