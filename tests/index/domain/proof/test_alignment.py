"""How far texts lie apart, and which characters were mistaken for which."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.proof.alignment import Swap, distance, likeness, normalised, pieces, same, swaps

TEXT = st.text(alphabet="甲乙丙丁 ab,，\n", max_size=40)


def plainly(one: str, other: str) -> int:
    """Levenshtein by the table, as it is taught."""
    row = list(range(len(other) + 1))
    for count, char in enumerate(one, start=1):
        before, row[0] = row[0], count
        for at, against in enumerate(other, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (char != against))
    return row[-1]


@given(TEXT, TEXT)
def test_the_distance_is_the_one_that_is_taught(one: str, other: str) -> None:
    assert distance(one, other) == plainly(normalised(one), normalised(other))


@pytest.mark.parametrize(
    ("read", "meant", "apart"),
    [
        ("", "", 0),
        ("", "三字人", 3),
        ("己经办理", "已经办理", 1),
        ("第(3)条", "第（3）条", 0),
        ("甲 乙\n丙", "甲乙丙", 0),
        ("一二三四", "二三四五", 2),
    ],
)
def test_width_and_white_space_are_no_errors(read: str, meant: str, apart: int) -> None:
    assert distance(read, meant) == apart
    assert same(read, meant) is (apart == 0)


def test_a_full_page_takes_milliseconds() -> None:
    page = "关于做好秋季运动会组织工作的通知" * 130
    started = time.process_time()
    assert distance(page, page.replace("秋", "春")) == 130
    assert time.process_time() - started < 0.5


@given(TEXT, TEXT)
def test_pieces_lead_from_one_text_to_the_other_without_a_gap(read: str, meant: str) -> None:
    found = list(pieces(read, meant))
    assert "".join(piece.text for piece in found) == meant
    assert "".join(read[piece.start : piece.end] for piece in found) == read
    assert all(read[piece.start : piece.end] == piece.text for piece in found if piece.kept)


def test_what_was_mistaken_one_for_one_is_learned_with_its_neighbours() -> None:
    assert swaps("自己末到", "自己未到") == (Swap("末", "未", "己", "到"),)
    assert swaps("巳", "已") == (Swap("巳", "已", "", ""),)
    assert swaps("第(3)条", "第（3）条") == ()
    assert swaps("少了字", "少了一个字") == ()


def test_likeness_is_that_of_shared_characters() -> None:
    assert likeness("", "") == 1.0 and likeness("甲", "乙") == 0.0
    assert 0.7 < likeness("关于开展检查的通知", "关於开展检査的通知") < 1.0
