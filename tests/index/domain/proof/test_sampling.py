"""The sample is drawn by a kept seed: again and again the same, by anybody, and never redrawn when pages come later."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.proof.sampling import Drawing, Portion, drawn, lot, next_drawing, undrawn

PAGES = [f"page-{number:03}" for number in range(100)]
ids = st.lists(st.text("abcdef0123456789", min_size=4, max_size=8), unique=True, min_size=1, max_size=80)
portions = st.builds(Portion, percent=st.floats(0.1, 100), least=st.integers(1, 20))


@pytest.mark.parametrize(
    ("pages", "percent", "least", "size"),
    [
        (100, 5, 1, 5),
        (100, 7, 1, 7),
        (101, 5, 1, 6),
        (100, 5, 10, 10),
        (3, 5, 10, 3),
        (0, 5, 10, 0),
        (30, 100, 1, 30),
    ],
)
def test_a_portion_of_the_pages_and_never_fewer_than_the_least(
    pages: int, percent: float, least: int, size: int
) -> None:
    assert Portion(percent, least).of(pages) == size


def test_a_lot_is_what_sha256sum_says() -> None:
    assert lot(17, "page-001") == hashlib.sha256(b"17:page-001").hexdigest()


def test_the_sample_of_a_seed_is_known() -> None:
    assert drawn(20261123, PAGES, 3) == tuple(sorted(sorted(PAGES, key=lambda one: lot(20261123, one))[:3]))
    assert drawn(20261123, PAGES, 3) != drawn(20261124, PAGES, 3)


@given(st.integers(0, 10**8), ids, st.integers(0, 90), st.randoms())
def test_whoever_draws_in_whatever_order_draws_the_same(seed: int, pages: list[str], size: int, random: Random) -> None:
    shuffled = list(pages)
    random.shuffle(shuffled)
    sample = drawn(seed, pages, size)
    assert sample == drawn(seed, shuffled, size)
    assert len(sample) == min(size, len(pages)) and set(sample) <= set(pages)


@given(st.integers(0, 10**8), ids, portions, st.data())
def test_pages_that_come_later_extend_the_sample_and_replace_nothing(
    seed: int, pages: list[str], portion: Portion, data: st.DataObject
) -> None:
    pages.sort()
    cuts = data.draw(st.lists(st.integers(1, len(pages)), unique=True, max_size=4).map(sorted))
    drawings: tuple[Drawing, ...] = ()
    sample: list[str] = []
    for cut in [*cuts, len(pages)]:
        found = next_drawing(seed, pages[:cut], drawings, portion)
        if found is None:
            assert drawings and drawings[-1].upto == pages[cut - 1]
            continue
        drawing, taken = found
        assert not set(taken) & set(sample) and drawing.size == len(taken)
        assert taken == drawn(seed, undrawn(pages[:cut], drawings), drawing.size)
        drawings, sample = (*drawings, drawing), [*sample, *taken]
    assert sum(one.among for one in drawings) == len(pages)
    assert len(sample) <= portion.of(len(pages)) or len(drawings) > 1
    assert len(drawings) > 1 or len(sample) == portion.of(len(pages))


@given(st.integers(0, 10**8), ids, portions)
def test_the_same_pages_are_not_drawn_from_twice(seed: int, pages: list[str], portion: Portion) -> None:
    found = next_drawing(seed, pages, (), portion)
    assert found
    assert next_drawing(seed, pages, (found[0],), portion) is None


def test_every_page_is_drawn_about_as_often_as_any_other() -> None:
    seeds = range(2_000)
    times = dict.fromkeys(PAGES, 0)
    for seed in seeds:
        for page_id in drawn(seed, PAGES, 5):
            times[page_id] += 1
    assert min(times.values()) > 50 and max(times.values()) < 160
