"""Fronts and backs of a pile become its pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.collating import collated, halves
from index.domain.errors import WrongUse


def test_a_pile_turned_over_gives_its_backs_from_the_last_to_the_first() -> None:
    assert collated([1, 3, 5], [6, 4, 2]) == [1, 2, 3, 4, 5, 6]
    assert collated([1, 3, 5], [2, 4, 6], turned_over=False) == [1, 2, 3, 4, 5, 6]
    assert collated([], []) == []


@given(st.integers(0, 40))
def test_one_file_of_both_halves_is_put_in_order(sheets: int) -> None:
    pages = list(range(2 * sheets))
    assert collated(*halves(pages[0::2] + pages[1::2][::-1])) == pages


@pytest.mark.parametrize("pages", [[1], [1, 2, 3]])
def test_where_a_back_lacks_nothing_is_guessed(pages: list[int]) -> None:
    with pytest.raises(WrongUse) as refused:
        collated(*halves(pages))
    assert refused.value.code == "halves-differ"
