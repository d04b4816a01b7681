"""Columns of characters are cut between them and laid out from left to right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.engines.decoding import Decoded
from ingest.engines.vertical import cuts_of, set_anew

Gray = NDArray[np.uint8]


def column(*heights: int, gap: int = 6, width: int = 40) -> Gray:
    """Characters of these heights below each other; the taller ones have a white strip inside, as 二 has."""
    parts = [np.full((gap, width), 255, np.uint8)]
    for height in heights:
        sign = np.zeros((height, width), np.uint8)
        sign[:, :3] = sign[:, -3:] = 255
        if height > 30:
            sign[height // 2 - 2 : height // 2 + 2] = 255
        parts += [sign, np.full((gap, width), 255, np.uint8)]
    return np.vstack(parts)


@given(st.lists(st.integers(26, 38), min_size=1, max_size=12))
def test_every_character_gets_a_square_of_its_own(heights: list[int]) -> None:
    picture = column(*heights)
    cuts = cuts_of(picture)
    middles = np.cumsum([6 + height for height in heights]) - np.array(heights) / 2
    assert cuts[0] == 0
    assert cuts[-1] == len(picture)
    assert len(cuts) - 1 == len(heights)
    assert all(top < middle < bottom for top, bottom, middle in zip(cuts, cuts[1:], middles, strict=False))


def test_the_line_set_anew_is_one_row_of_squares() -> None:
    anew = set_anew(column(34, 34, 34))
    assert anew.line.shape[0] == 40
    assert anew.line.shape[1] == pytest.approx(3 * 43, abs=3)


def test_places_lead_back_down_the_column() -> None:
    anew = set_anew(column(34, 34, 34, 34))
    back = anew.back(Decoded(("甲", "丁"), (0.125, 0.875), (1.0, 1.0)))
    assert back.places[0] == pytest.approx(0.125, abs=0.03)
    assert back.places[1] == pytest.approx(0.875, abs=0.03)


def test_a_sliver_is_one_square() -> None:
    assert cuts_of(np.full((3, 40), 255, np.uint8)) == [0, 3]
