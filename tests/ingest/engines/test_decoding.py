"""Columns of probabilities become characters with a place and a sureness of their own."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.engines.decoding import Decoded, Decoder

SIGNS = ("blank", "档", "案", "A", " ")


def columns(*best: tuple[int, float]) -> NDArray[np.float32]:
    """One line: the best sign of each column with its probability, the rest shared by the others."""
    answer = np.zeros((1, len(best), len(SIGNS)), np.float32)
    for at, (sign, sure) in enumerate(best):
        answer[0, at] = (1 - sure) / (len(SIGNS) - 1)
        answer[0, at, sign] = sure
    return answer


def decoded(answer: NDArray[np.float32], share: float = 1.0) -> Decoded:
    return Decoder(SIGNS)(answer, wh_ratio_list=[share], max_wh_ratio=1.0)[1][0]


def test_repeats_are_drawn_together_and_blanks_left_out() -> None:
    line = decoded(columns((1, 0.6), (1, 0.9), (0, 0.9), (1, 0.8), (2, 0.7), (0, 1.0)))
    assert line.characters == ("档", "档", "案")
    assert line.sureness == pytest.approx((0.9, 0.8, 0.7))
    assert line.places == pytest.approx((1 / 6, 3.5 / 6, 4.5 / 6))


def test_padding_on_the_right_is_no_part_of_the_line() -> None:
    line = decoded(columns((0, 1), (1, 0.9), (0, 1), (0, 1)), share=0.5)
    assert line.places == pytest.approx((0.75,))


def test_an_empty_line_is_unsure() -> None:
    line = decoded(columns((0, 1.0), (0, 1.0)))
    assert (line.characters, line.mean) == ((), 0.0)


def test_every_line_of_a_batch_is_told_with_its_text() -> None:
    answers = np.concatenate([columns((1, 0.9), (0, 1)), columns((0, 1), (3, 0.8))])
    texts, lines = Decoder(SIGNS)(answers, wh_ratio_list=[1.0, 1.0], max_wh_ratio=1.0)
    assert [text for text, _ in texts] == ["档", "A"]
    assert [line.mean for line in lines] == pytest.approx([0.9, 0.8])
