"""Cells break where a reader of Chinese expects it."""

from __future__ import annotations

from viewer.export.lines import lines_of


def width(text: str) -> float:
    """Han characters are two wide, others one."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def test_han_breaks_anywhere_and_words_stay_whole() -> None:
    assert lines_of("关于Annual Report的通知", 10, width) == ["关于Annual", "Report的通", "知"]


def test_a_closing_mark_never_begins_a_line() -> None:
    assert lines_of("关于春游。安全", 8, width) == ["关于春", "游。安全"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert lines_of("教务处《安全》", 8, width) == ["教务处", "《安全》"]


def test_a_code_too_long_for_its_column_breaks_behind_a_joint() -> None:
    assert lines_of("J019-ZY·JC-001", 10, width) == ["J019-ZY·", "JC-001"]


def test_an_endless_word_breaks_anywhere() -> None:
    assert lines_of("a" * 25, 10, width) == ["a" * 10, "a" * 10, "a" * 5]


def test_nothing_is_one_empty_line() -> None:
    assert lines_of("", 10, width) == [""]


def test_line_breaks_of_the_paper_are_spaces_here() -> None:
    assert lines_of("甲\n乙", 10, width) == ["甲 乙"]
