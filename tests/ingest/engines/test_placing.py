"""A line's characters get boxes that fit their ink, whatever the detector took along."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.engines.decoding import Decoded
from ingest.engines.placing import Place, columns_of_ink, ink_of, placed, rows_of_ink

Gray = NDArray[np.uint8]


def crop(width: int = 100, height: int = 40, *blots: tuple[int, int, int, int]) -> Gray:
    """White, with black blots (left, top, right, bottom)."""
    picture = np.full((height, width), 255, np.uint8)
    for left, top, right, bottom in blots:
        picture[top:bottom, left:right] = 0
    return picture


def at(left: float, top: float, width: float, height: float) -> Place:
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    return Place(np.array(corners, np.float32))


SQUARES = [(10, 10, 28, 30), (32, 10, 50, 30), (54, 10, 72, 30)]


def test_han_characters_are_words_of_their_own_and_fit_their_ink() -> None:
    line = placed(
        Decoded(("档", "案", "室"), (0.19, 0.41, 0.63), (0.9, 0.8, 0.7)), crop(100, 40, *SQUARES), at(200, 100, 100, 40)
    )
    assert [(word.text, word.confidence) for word in line] == [("档", 0.9), ("案", 0.8), ("室", 0.7)]
    assert [word.top for word in line] == [110.0] * 3
    assert [word.height for word in line] == [20.0] * 3
    assert line[0].left == pytest.approx(210, abs=0.5)
    assert line[2].left + line[2].width == pytest.approx(272, abs=0.5)
    assert line[0].left + line[0].width == pytest.approx(line[1].left)


def test_letters_and_figures_stay_together_until_a_space() -> None:
    signs = Decoded(tuple("GB 18 号"), (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.8), (1.0, 0.5, 1, 1, 1, 1, 0.9))
    line = placed(signs, crop(200, 40, (5, 10, 190, 30)), at(0, 0, 200, 40))
    assert [word.text for word in line] == ["GB", "18", "号"]
    assert line[0].confidence == pytest.approx(0.75)


def test_a_ruled_line_in_the_crop_is_no_ink() -> None:
    ink = ink_of(crop(100, 40, *SQUARES, (0, 37, 100, 39), (97, 0, 99, 40)))
    assert rows_of_ink(ink) == (0.25, 0.75)
    assert columns_of_ink(ink) == pytest.approx((0.10, 0.72))


def test_the_white_inside_a_character_does_not_cut_it() -> None:
    two = crop(40, 40, (5, 8, 35, 12), (5, 28, 35, 32))
    assert rows_of_ink(two < 140) == (0.2, 0.8)


def test_a_crop_without_ink_is_taken_whole() -> None:
    assert rows_of_ink(crop() < 140) == (0.0, 1.0)
    assert columns_of_ink(crop() < 140) == (0.0, 1.0)


def test_a_line_on_a_slope_stays_on_it() -> None:
    slope = Place(np.array([(0, 10), (100, 0), (100, 40), (0, 50)], np.float32))
    left, right = placed(Decoded(("一", "二"), (0.25, 0.75), (1, 1)), crop(100, 40, (5, 10, 95, 30)), slope)
    assert left.top > right.top
