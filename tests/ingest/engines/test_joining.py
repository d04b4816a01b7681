from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.reading import Box
from ingest.engines.joining import joined, separator
from ingest.engines.port import EngineReading, Seen
from tests.fakes.ingest.engines.scripted import line, reading


def anywhere(seen: Seen) -> Box:
    return Box(0, 0, 1, 1)


def test_han_characters_are_joined_and_latin_words_kept_apart() -> None:
    text, _ = joined(reading(line("劳动", "合同", "书"), line("Labour", "contract"), line("共", "3", "页")), anywhere)
    assert text == "劳动合同书\nLabour contract\n共3页"


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("劳动", "合同", ""),
        ("合同", "。", ""),
        ("labour", "contract", " "),
        ("GDP", "增长", ""),
        ("第", "3", ""),
        ("said", "“Hello”", " "),
        ("1,", "2", " "),
        ("(", "Ⅱ", " "),
    ],
)
def test_a_space_stands_only_between_words_that_have_one(left: str, right: str, between: str) -> None:
    assert separator(left, right) == between


words = st.text(alphabet="劳动合同AB12,。", min_size=1, max_size=4)


@given(st.lists(st.lists(words, min_size=1, max_size=5), max_size=5))
def test_every_word_stands_where_it_says(lines: list[list[str]]) -> None:
    text, placed = joined(EngineReading(tuple(line(*words) for words in lines)), anywhere)
    assert all(text[word.start : word.start + len(word.text)] == word.text for word in placed)
    assert [word.text for word in placed] == [word for line in lines for word in line]
    assert text.count("\n") == max(0, len(lines) - 1)


def cells(*texts: str, gap: float) -> tuple[Seen, ...]:
    """Han words one after the other, each character 20 x 20 pixels, with so much room between the words."""
    line, left = [], 0.0
    for text in texts:
        for at, char in enumerate(text):
            line.append(Seen(char, left + 20.0 * at, 0.0, 20.0, 20.0, 0.9))
        left += 20.0 * len(text) + gap
    return tuple(line)


@pytest.mark.parametrize(
    ("texts", "gap", "text"),
    [
        (("姓名", "部门", "职务"), 60.0, "姓名 部门 职务"),
        (("劳动", "合同"), 4.0, "劳动合同"),
        (("任", "免", "通", "知"), 40.0, "任免通知"),
        (("甲", "乙方"), 60.0, "甲 乙方"),
    ],
    ids=["cells of a row", "words of a line", "a heading spaced out", "a single character in a cell"],
)
def test_cells_stand_apart_and_a_heading_spaced_out_does_not(texts: tuple[str, ...], gap: float, text: str) -> None:
    joined_text, words = joined(EngineReading((cells(*texts, gap=gap),)), lambda seen: Box(0, 0, 1, 1))
    assert joined_text == text
    assert all(joined_text[word.start : word.start + len(word.text)] == word.text for word in words)
