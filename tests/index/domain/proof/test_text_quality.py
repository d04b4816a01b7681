"""A draw can be drawn again; a rate is told with what is not known about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.proof.text_quality import Proof, Quality, Sample, TextState, draw, wilson

AT = datetime(2026, 11, 23, tzinfo=UTC)
IDS = [f"page-{number}" for number in range(100)]


@given(st.permutations(IDS[:20]), st.text(max_size=10), st.integers(0, 30))
def test_a_seed_draws_the_same_pages_in_whatever_order_they_come(ids: list[str], seed: str, count: int) -> None:
    drawn = draw(seed, ids, count)
    assert drawn == draw(seed, sorted(ids), count)
    assert len(drawn) == len(set(drawn)) == min(count, 20) and set(drawn) <= set(ids)


def test_another_seed_draws_others_and_a_larger_sample_holds_the_smaller() -> None:
    assert draw("2026-1", IDS, 10) != draw("2026-2", IDS, 10)
    assert draw("2026-1", IDS, 20)[:10] == draw("2026-1", IDS, 10)
    assert draw("2026-1", IDS, 3) == ("page-43", "page-22", "page-68")


def test_every_page_is_as_likely_as_any_other() -> None:
    counts = dict.fromkeys(IDS, 0)
    for seed in range(1000):
        for page in draw(str(seed), IDS, 10):
            counts[page] += 1
    assert all(60 <= count <= 140 for count in counts.values())


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.278),
        (1, 10, 0.018, 0.404),
        (5, 10, 0.237, 0.763),
        (10, 10, 0.722, 1.0),
        (20, 2000, 0.0065, 0.0154),
    ],
)
def test_wilsons_interval_is_the_published_one(wrong: int, of: int, low: float, high: float) -> None:
    found = wilson(wrong, of)
    assert found and found.rate == wrong / of
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0006)


def test_nothing_measured_is_no_rate() -> None:
    assert wilson(0, 0) is None


@given(st.integers(0, 500), st.integers(1, 400))
def test_the_rate_lies_within_its_interval(wrong: int, of: int) -> None:
    found = wilson(wrong, of)
    assert found and 0 <= found.low <= found.rate + 1e-9 and found.rate <= found.high + 1e-9 <= 1 + 1e-8


SAMPLE = Sample("s", "f", "XZ", "seed", ("p1", "p2"), "a", AT)


def quality(**fields: Any) -> Quality:
    return Quality("f", "XZ", **{"pages": 10, "proofed": 0, "doubtful": 0, **fields})


def proofs(*wrong: int) -> tuple[Proof, ...]:
    return tuple(Proof(f"p{number}", "a", AT, 1000, count) for number, count in enumerate(wrong, start=1))


@pytest.mark.parametrize(
    ("found", "state", "left"),
    [
        (quality(), TextState.RAW, ()),
        (quality(sample=SAMPLE), TextState.RAW, ("p1", "p2")),
        (quality(sample=SAMPLE, proofs=proofs(3), proofed=1), TextState.RAW, ("p2",)),
        (quality(sample=SAMPLE, proofs=proofs(3, 1), proofed=2), TextState.SAMPLED, ()),
        (quality(sample=SAMPLE, proofs=proofs(3, 1), proofed=10), TextState.PROOFED, ()),
        (quality(pages=0), TextState.RAW, ()),
    ],
)
def test_the_state_of_a_series_is_raw_sampled_or_proofed(
    found: Quality, state: TextState, left: tuple[str, ...]
) -> None:
    assert (found.state, found.left) == (state, left)


@pytest.mark.parametrize(("wrong", "within"), [((0, 0), True), ((5, 6), None), ((40, 60), False), ((), None)])
def test_whether_the_rate_is_good_enough_is_said_only_when_it_is_known(
    wrong: tuple[int, ...], within: bool | None
) -> None:
    assert quality(sample=SAMPLE, proofs=proofs(*wrong)).within(0.005) is within
