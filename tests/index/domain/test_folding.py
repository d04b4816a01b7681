"""What folding joins, what it keeps apart, and that the way back to the page's own text is never lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.folding import fold, folded, join_lines
from tests import make_variants

#: Marks stand on letters here: a mark on a space is nothing that anybody writes.
_SIGNS = st.lists(
    st.sampled_from([*"劳動合同 \n\t\u3000a-BÉé()1½㈱①。,“”'\u00ad\u200b𠮷ffi〔〕・", "e\u0301"]), max_size=30
).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("勞動合同", "劳动合同"),
        ("檔案館藏", "档案馆藏"),
        ("臺灣", "台湾"),
        ("接著", "接着"),
        ("ABC123", "abc123"),
        ("ハンカク", "ハンカク"),
        ("〔2003〕15號", "(2003)15号"),
        ("A–B—C", "a-b-c"),
        ("「引」", "“引”"),
        ("café", "cafe\u0301"),
        ("①", "1"),
        ("\uf9b4", "領"),
        ("straße", "STRASSE"),
    ],
)
def test_spellings_that_count_as_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("么", "幺"), ("己", "已"), ("3", "8"), ("-", "一"), ("、", ",")])
def test_signs_that_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("劳\n动", "劳动"),
        ("劳 \r\n  动", "劳动"),
        ("通 知", "通知"),
        ("第\n15\n号", "第15号"),
        ("合同,\n第二", "合同,第二"),
        ("the\nletter", "the letter"),
        ("docu-\nment", "document"),
        ("docu\u00ad\nment", "document"),
        ("Sino-\nBritish", "Sino-British"),
        ("2003-\n00042", "2003-00042"),
        ("12\n34", "12 34"),
        (" \n页首 ", "页首"),
        ("", ""),
    ],
)
def test_lines_are_joined_as_they_were_written(broken: str, whole: str) -> None:
    assert join_lines(broken).text == whole


@given(_SIGNS)
def test_every_folded_character_leads_back_to_the_one_it_came_from(text: str) -> None:
    page = folded(text)
    assert len(page.offsets) == len(page.text)
    assert list(page.offsets) == sorted(page.offsets)
    assert all(sign in fold(text[offset]) or sign == " " for sign, offset in zip(page.text, page.offsets, strict=True))


@given(_SIGNS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text).text
    assert folded(once).text == once
    assert fold(fold(text)) == fold(text)


def test_origin_spans_the_break_inside_a_word() -> None:
    text = "订劳\n 動合"
    page = folded(text)
    at = page.text.index("劳动")
    start, end = page.origin(at, at + 2)
    assert text[start:end] == "劳\n 動"


def test_a_character_that_unfolds_into_several_leads_back_to_itself() -> None:
    page = folded("甲㈱乙")
    assert page.text == "甲(株)乙"
    assert page.origin(1, 4) == (1, 2)


def test_the_table_is_what_opencc_gives_today() -> None:
    committed = Path("index/domain/variants.txt").read_text(encoding="utf-8")
    assert make_variants.text() == committed


def test_the_table_is_read_at_once() -> None:
    from index.domain import folding

    started = time.process_time()
    assert len(folding._variants()) > 4000
    assert time.process_time() - started < 0.05
