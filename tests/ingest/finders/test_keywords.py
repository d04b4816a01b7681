"""Keywords are those that a paper gives itself, however it parts them."""

from __future__ import annotations

import pytest

from index.domain.reading import Box, PageReading, Script, Word
from ingest.finders.keywords import keywords
from tests.fakes.ingest.finders.readings import page


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("主题词:防汛 值班 通知", "防汛、值班、通知"),
        ("主 题 词：教育；经费、决算", "教育、经费、决算"),
        ("主題詞:教育 經費 教育", "教育、經費"),
        ("关键词:档案;数字化;长期保存", "档案、数字化、长期保存"),
        ("Keywords: archives, records; disposal", "archives、records、disposal"),
    ],
)
def test_the_words_stand_in_their_order(line: str, words: str) -> None:
    found = keywords([page("关于防汛的通知", "正文", line)])
    assert found is not None and found.value == words
    assert found.evidence is not None and found.evidence.page == 1


def test_words_are_parted_by_the_gaps_that_a_reader_left_out_of_its_text() -> None:
    text, words, at = "主题词:防汛值班通知", list[Word](), 0.1
    for start, sign in enumerate(text):
        at += 0.02 * (2 if sign in "值通" else 1)
        words.append(Word(sign, start, Box(at, 0.5, 0.02, 0.013), 0.9))
    found = keywords([PageReading(text, tuple(words), Script.HANS, 0, "typeset", "1", 0.9)])
    assert found is not None and found.value == "防汛、值班、通知"


@pytest.mark.parametrize("line", ["主题词表的编制", "会议的主题词是什么", "主题词:"])
def test_a_sentence_about_keywords_gives_none(line: str) -> None:
    assert keywords([page(line)]) is None
