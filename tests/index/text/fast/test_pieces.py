"""An address leads to the piece it lies in, whether pieces lie far apart, close together or both."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ports import PageText
from index.text.fast.pieces import lay_out

LENGTHS = st.lists(st.sampled_from([0, 1, 3, 40, 130, 300, 900]), min_size=1, max_size=40)


@given(LENGTHS, st.sampled_from([0, 2, 20]))
def test_every_address_leads_to_its_piece(lengths: list[int], title: int) -> None:
    pages = [PageText(f"p{n}", "i", 1, "档" * length, title="题" * title) for n, length in enumerate(lengths)]
    _, pieces = lay_out(pages)
    addresses = np.arange(pieces.extent, dtype=np.uint32)
    plain = np.searchsorted(pieces.starts, addresses, "right") - 1
    assert pieces.at(addresses).tolist() == plain.tolist()
    _, bodies, others = pieces.borders
    within = addresses[bodies:others]
    assert pieces.bodies_at(within).tolist() == (plain[bodies:others] - pieces.first_body).tolist()


@pytest.mark.parametrize("title", [0, 15])
def test_short_descriptions_do_not_make_bodies_slow(title: int) -> None:
    """Titles lie closer than any table would lead to them at once; bodies are found by theirs all the same."""
    pages = [PageText(f"p{n}", "i", 1, "档" * 800, title="题" * title, leads=True) for n in range(50)]
    assert lay_out(pages)[1]._bodies._steps == 1
