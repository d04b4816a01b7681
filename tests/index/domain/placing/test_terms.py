from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.placing.terms import Near, Sought, Terms, nearest, slips_forgiven

TERMS = ("通知", "登记表", "应聘人员登记表", "劳动合同续订书", "满意度调查报告书", "证")


def test_the_terms_that_stand_there_are_found_to_the_letter() -> None:
    assert Terms(TERMS).standing_in(Sought("应聘人员登记表及身份证")) == {"应聘人员登记表", "登记表", "证"}
    assert Terms(TERMS).standing_in(Sought("")) == frozenset()


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=5), max_size=20), st.text("甲乙丙丁戊", max_size=30))
def test_one_look_finds_what_looking_for_each_term_finds(terms: list[str], text: str) -> None:
    assert Terms(terms).standing_in(Sought(text)) == {term for term in terms if term in text}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("员工应聘人员登己表", Near("应聘人员登记表", "应聘人员登己表", 1)),
        ("应聘人登记表", Near("应聘人员登记表", "应聘人登记表", 1)),
        ("满意渡调查报告韦", Near("满意度调查报告书", "满意渡调查报告韦", 2)),
    ],
)
def test_a_misread_title_is_near_its_term(text: str, near: Near) -> None:
    assert Terms(TERMS).nearly_in(Sought(text))[near.term] == near


def test_a_form_is_no_part_of_the_word_for_a_body() -> None:
    assert Terms(("订货单",)).standing_in(Sought("订货单位登记卡")) == frozenset()
    assert Terms(("订货单",)).standing_in(Sought("订货单位填写的订货单")) == {"订货单"}


def test_a_short_word_with_another_character_is_another_word() -> None:
    assert Terms(TERMS).nearly_in(Sought("通报登计表")) == {}


def test_more_slips_than_are_forgiven_are_too_many() -> None:
    assert nearest("应聘人员登记表", "应聘入员登己表") is None
    assert nearest("满意度调查报告书", "满渡意调查报书") is None


@given(st.text("甲乙丙丁", min_size=4, max_size=9), st.text("甲乙丙丁戊", max_size=12))
def test_what_is_passed_over_would_not_have_been_near(term: str, text: str) -> None:
    near = nearest(term, text)
    assert Terms([term]).nearly_in(Sought(text)) == ({term: near} if near else {})


@given(st.text("甲乙丙丁", min_size=4, max_size=9), st.text("甲乙丙丁戊", max_size=14))
def test_the_quick_look_agrees_with_counting_every_stretch(term: str, text: str) -> None:
    fewest = min(_slips(term, text[begin:end]) for begin in range(len(text) + 1) for end in range(begin, len(text) + 1))
    near = nearest(term, text)
    assert (near.slips if near else None) == (fewest if fewest <= slips_forgiven(term) else None)


def _slips(term: str, words: str) -> int:
    """The characters that are wrong, lost or added, by the book (Levenshtein 1966)."""
    row: list[int] = [*range(len(words) + 1)]
    for at, meant in enumerate(term, 1):
        before, row = row, [at]
        for place, sign in enumerate(words, 1):
            row.append(min(before[place - 1] + (meant != sign), before[place] + 1, row[-1] + 1))
    return row[-1]


@pytest.mark.parametrize(
    ("term", "text", "stands"),
    [
        ("rate", "generator rate", True),
        ("rate", "diesel generator", False),
        ("vehicle", "vehicles", True),
        ("claim for", "expense claim form", False),
        ("over for", "hand-over form", False),
        ("site report", "monthlysite report", True),
        ("vat return", "plant return", False),
        ("设备", "大型设备表", True),
    ],
)
def test_a_short_term_of_letters_stands_as_words_of_its_own(term: str, text: str, stands: bool) -> None:
    assert bool(Terms([term]).standing_in(Sought(text))) == stands
    assert nearest("order for", "hand-over form") is None
