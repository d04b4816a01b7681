from __future__ import annotations

from dataclasses import dataclass

import pytest

from index.domain.reading import Box, PageReading, Script, Word
from ingest.finders.paper import Paper

_HIGH, _WIDE = 0.013, 0.02


@dataclass(frozen=True)
class Run:
    """Characters side by side from `x`, a space where the paper shows one that the reader passed over."""

    text: str
    x: float
    y: float


def read(*lines: tuple[Run, ...] | Run) -> tuple[str, ...]:
    """The lines of a page on which every line of the reading is one or more runs."""
    text, words = "", list[Word]()
    for line in lines:
        for run in line if isinstance(line, tuple) else (line,):
            for at, sign in enumerate(run.text):
                if sign != " ":
                    words.append(Word(sign, len(text), Box(run.x + at * _WIDE, run.y, _WIDE, _HIGH), 0.9))
                    text += sign
        text += "\n"
    reading = PageReading(text.rstrip("\n"), tuple(words), Script.HANS, 0, "typeset", "1", 0.9)
    return tuple(line.text for line in Paper.of([reading]).first)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("日期二 二一年八月三十日", "日期二〇二一年八月三十日"),
        ("日期二  九年三月十七日", "日期二〇〇九年三月十七日"),
        ("日期二 一 年九月二十日", "日期二〇一〇年九月二十日"),
        ("日期一九九 年九月二十日", "日期一九九〇年九月二十日"),
        ("日期二〇二一年八月三十日", "日期二〇二一年八月三十日"),
        ("期限二年三月", "期限二年三月"),
        ("日期二二年八月一日", "日期二二年八月一日"),
    ],
)
def test_a_nought_that_a_reader_passed_over_leaves_its_gap(printed: str, said: str) -> None:
    assert read(Run(printed, 0.1, 0.2)) == (said,)


def test_words_that_wrap_in_the_cells_of_a_row_are_read_cell_by_cell() -> None:
    cells = (
        *(Run("到职日", 0.13, 0.2), Run("期", 0.13, 0.218)),
        *(Run("二〇〇〇年十一月", 0.21, 0.2), Run("二十九日", 0.21, 0.218)),
        *(Run("申请日", 0.41, 0.2), Run("期", 0.41, 0.218)),
        *(Run("二〇〇五年", 0.5, 0.2), Run("一月七日", 0.5, 0.218)),
    )
    rows = read(Run("离职申请单", 0.4, 0.1), *cells, Run("原因身体不适", 0.13, 0.25))
    assert rows == ("离职申请单", "到职日期二〇〇〇年十一月二十九日申请日期二〇〇五年一月七日", "原因身体不适")


def test_lines_of_a_paragraph_stay_apart() -> None:
    assert read(Run("各学校要认真", 0.1, 0.2), Run("执行本通知", 0.1, 0.218)) == ("各学校要认真", "执行本通知")


@pytest.mark.parametrize(
    ("below", "row"),
    [
        (Run("二十四日", 0.63, 0.224), "所属期2008年12月填表二〇〇八年十二月二十四日经办"),
        (Run("24日", 0.13, 0.224), "所属期2008年12月24日填表二〇〇八年十二月经办"),
    ],
)
def test_the_rest_of_a_date_below_its_cell_is_read_behind_its_beginning(below: Run, row: str) -> None:
    cells = (Run("所属期2008年12月", 0.1, 0.2), Run("填表二〇〇八年十二月", 0.6, 0.2), Run("经办", 0.9, 0.2))
    assert read(cells, below) == (row,)
