"""The first of many are the same as by sorting all, ties included, however few are looked at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.text.fast.ordering import _first, _least


def drawn(many: int, kinds: int, seed: int) -> NDArray[np.float32]:
    """Lists that hypothesis makes by itself are too short for heaps."""
    return np.random.default_rng(seed).integers(0, kinds, many).astype(np.float32)


VALUES = st.builds(drawn, st.integers(1, 900), st.integers(1, 2000), st.integers(0, 1 << 32))


@given(VALUES, st.integers(1, 12))
def test_the_least_and_what_ties_with_the_last_of_them(key: NDArray[np.float32], last: int) -> None:
    bound = np.sort(key)[min(last, len(key)) - 1]
    assert _least(key, min(last, len(key))).tolist() == np.flatnonzero(key <= bound).tolist()


@given(VALUES, st.integers(1, 12))
def test_the_next_key_decides_among_those_that_tie(key: NDArray[np.float32], last: int) -> None:
    other = np.array([hash((n, float(value))) % 7 for n, value in enumerate(key)], np.int64)
    rows = _first([key.__getitem__, other.__getitem__], last)
    pairs = sorted(zip(key.tolist(), other.tolist(), strict=True))
    bound = pairs[:last][-1]
    assert sorted(zip(key[rows].tolist(), other[rows].tolist(), strict=True)) == [one for one in pairs if one <= bound]
