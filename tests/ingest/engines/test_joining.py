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
