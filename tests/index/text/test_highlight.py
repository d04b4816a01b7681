"""What of a page is marked, shown as a snippet, and boxed on its image."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.reading import Box, Stamp, Word, places_of
from index.domain.searching.tree import Section, Wild, Words
from index.text.highlight import Span, boxes, boxes_at, mark, mark_all, snippet, stamped

TEXT = "本单位与該員工簽訂勞\n動合同,期限三年。\nThe annual re-\nport was read."


def marked(text: str, *leaves: str | Words | Wild, section: Section = Section.ANYWHERE) -> list[str]:
    asked = [Words(leaf) if isinstance(leaf, str) else leaf for leaf in leaves]
    return [text[span.start : span.end] for span in mark(text, asked, section)]


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        ("劳动合同", ["勞\n動合同"]),
        ("员工", ["員工"]),
        ("report", ["re-\nport"]),
        ("annual report", ["annual re-\nport"]),
        ("ann", ["ann"]),
        ("nual", []),
        ("没有", []),
    ],
)
def test_a_match_is_marked_in_the_pages_own_words(leaf: str, found: list[str]) -> None:
    assert marked(TEXT, leaf) == found


def test_matches_that_overlap_are_marked_once_and_neighbours_apart() -> None:
    assert marked("劳动合同书", "劳动合同", "合同书") == ["劳动合同书"]
    assert marked("合同合同", "合同") == ["合同", "合同"]
    assert marked("合同", "合同", "合同") == ["合同"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("劳?合同", ["勞\n動合同"]),
        ("劳*期", ["勞\n動合同,期"]),
        ("签*。", ["簽訂勞\n動合同,期限三年。"]),
        ("劳?同", []),
    ],
)
def test_what_a_pattern_stands_for_is_marked(pattern: str, found: list[str]) -> None:
    assert marked(TEXT, Wild(pattern)) == found


def test_a_leaf_of_a_section_is_marked_there_alone() -> None:
    titled = Words("合同", Section.TITLE)
    assert marked("劳动合同", titled) == []
    assert marked("劳动合同", titled, section=Section.TITLE) == ["合同"]
    assert marked("劳动合同", Words("劳动"), titled, section=Section.TITLE) == ["劳动", "合同"]
    assert marked("劳动合同", titled, section=Section.CREATOR) == []


def test_a_snippet_holds_the_match_on_one_line() -> None:
    shown = snippet(TEXT, mark(TEXT, [Words("劳动合同")]), width=24)
    assert ("勞動合同", True) in shown.parts
    assert "\n" not in shown.text
    assert shown.text.startswith("…") or shown.text.startswith("本")
    assert shown.text.endswith("…")


def test_a_snippet_without_matches_is_the_beginning() -> None:
    assert snippet("短", ()).parts == (("短", False),)
    assert snippet("", ()).parts == ()
    assert snippet("长" * 100, (), width=10).text == "长" * 10 + "…"


def test_a_snippet_shows_where_most_matches_stand_together() -> None:
    text = "合同" + "无" * 200 + "合同与合同和合同" + "无" * 200
    shown = snippet(text, mark(text, [Words("合同")]), width=30)
    assert sum(is_marked for _, is_marked in shown.parts) == 3
    assert len(shown.text) <= 34


def test_markup_in_a_page_stays_plain_text() -> None:
    text = "<b>合同</b>"
    assert snippet(text, mark(text, [Words("合同")])).parts == (("<b>", False), ("合同", True), ("</b>", False))


def test_a_match_over_two_lines_has_a_box_on_each() -> None:
    text = "签订劳\n动合同"
    words = (
        Word("签订劳", 0, Box(0.4, 0.1, 0.3, 0.02), 0.9),
        Word("动合同", 4, Box(0.1, 0.2, 0.3, 0.02), 0.9),
    )
    first, second = boxes(words, mark(text, [Words("劳动合同")]))
    assert (first.x, first.y, first.w) == pytest.approx((0.6, 0.1, 0.1))
    assert (second.x, second.y, second.w) == pytest.approx((0.1, 0.2, 0.3))


def test_a_match_over_several_words_of_a_line_is_one_box() -> None:
    words = tuple(Word(sign, at, Box(0.1 + at * 0.03, 0.5, 0.028, 0.02), 0.9) for at, sign in enumerate("劳动合同书"))
    (box,) = boxes(words, [Span(0, 4)])
    assert (box.x, box.x + box.w) == pytest.approx((0.1, 0.218))


def test_a_wide_character_takes_twice_the_room_of_a_narrow_one() -> None:
    word = Word("第15号", 0, Box(0.0, 0.0, 0.6, 0.02), 0.9)
    (box,) = boxes([word], [Span(1, 3)])
    assert (box.x, box.w) == pytest.approx((0.2, 0.2))


def test_columns_far_apart_on_a_line_keep_their_own_boxes() -> None:
    words = (Word("劳动", 0, Box(0.1, 0.1, 0.05, 0.02), 0.9), Word("合同", 2, Box(0.7, 0.1, 0.05, 0.02), 0.9))
    assert len(boxes(words, [Span(0, 4)])) == 2


def test_nothing_to_mark_has_no_boxes() -> None:
    assert boxes((), [Span(0, 2)]) == ()
    assert boxes((Word("", 0, Box(0, 0, 0, 0), 0.0),), [Span(0, 2)]) == ()


def test_a_seal_that_matches_is_marked_whole() -> None:
    round_seal, other = Box(0.7, 0.7, 0.2, 0.1), Box(0.1, 0.7, 0.1, 0.1)
    stamps = (Stamp("松果岭\n实验学校", round_seal, 0.9), Stamp("收文专用章", other, 0.9))
    assert stamped(stamps, [Words("松果岭实验")]) == (round_seal,)
    assert stamped(stamps, [Words("合同")]) == ()


LEAVES: list[Words | Wild] = [
    Words("劳动合同"),
    Words("ann"),
    Words("合同", Section.TITLE),
    Wild("员?与"),
    Words("期限"),
]


@given(st.lists(st.text(st.sampled_from("劳勞动動合同员員工annual,。 \n-ﬁ①"), max_size=40), max_size=5))
def test_many_texts_are_marked_as_each_alone(texts: list[str]) -> None:
    everything = [TEXT, *texts, TEXT]
    sections = [Section.TITLE if at % 2 else Section.ANYWHERE for at in range(len(everything))]
    expected = [mark(text, LEAVES, section) for text, section in zip(everything, sections, strict=True)]
    assert mark_all(everything, LEAVES, sections) == expected


def test_nothing_is_marked_where_there_is_nothing() -> None:
    assert mark_all([], LEAVES, []) == []
    assert mark_all(["", "无"], LEAVES, [Section.ANYWHERE] * 2) == [(), ()]
    assert mark_all([TEXT], [], [Section.ANYWHERE]) == [()]


def test_boxes_from_places_are_those_from_words() -> None:
    text = "签订劳\n动合同第15号"
    words = (
        Word("签订劳", 0, Box(0.4, 0.1, 0.3, 0.02), 0.9),
        Word("动合", 4, Box(0.1, 0.2, 0.2, 0.02), 0.9),
        Word("同", 6, Box(0.3, 0.2, 0.1, 0.02), 0.9),
        Word("第15号", 7, Box(0.4, 0.2, 0.3, 0.02), 0.9),
    )
    spans = mark(text, [Words("劳动合同"), Words("15")])
    places = [[one for one in places_of(words) if one.touches(*span)] for span in spans]
    assert boxes_at(text, spans, places) == boxes(words, spans)
    assert len(boxes(words, spans)) == 3
