"""A confidence is the share that was right where an engine said so: never less for more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.engines.calibration import TABLES, Opinion, calibrated


@given(st.sampled_from(sorted(TABLES)), st.floats(0, 1), st.floats(0, 1))
def test_more_confidence_is_never_worth_less(of: tuple[str, Opinion], one: float, other: float) -> None:
    engine, opinion = of
    low, high = sorted((one, other))
    assert 0 <= calibrated(engine, low, opinion) <= calibrated(engine, high, opinion) <= 1


@pytest.mark.parametrize("said", [0.0, 0.3, 0.7, 0.9, 0.97, 1.0])
def test_agreement_is_worth_more_than_a_lone_opinion_and_that_more_than_a_difference(said: float) -> None:
    differed, alone, agreed = (
        calibrated("rapidocr", said, one) for one in (Opinion.DIFFERED, Opinion.ALONE, Opinion.AGREED)
    )
    assert differed <= alone <= agreed


def test_an_engine_that_was_never_measured_is_believed() -> None:
    assert calibrated("scripted", 0.42) == 0.42


def test_the_ends_of_a_table_hold_beyond_them() -> None:
    table = TABLES["rapidocr", Opinion.ALONE]
    assert calibrated("rapidocr", -1.0) == table[0][1]
    assert calibrated("rapidocr", 2.0) == table[-1][1]
