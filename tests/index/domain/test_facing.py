"""The halves of two facing pages cover their frame, without a gap, whichever way up it lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from index.domain.facing import halves, quarter_turned_box
from index.domain.reading import Box
from ingest.engines.judging import quarter_turned
from ingest.stages.recognise import cropped


@given(st.integers(0, 7), st.floats(0.1, 0.9))
def test_the_halves_are_the_whole(turned: int, gutter: float) -> None:
    both = halves(turned, gutter)
    assert sum(box.w * box.h for box in both) == pytest.approx(1)
    assert all(box.x >= 0 and box.x + box.w <= 1 + 1e-9 and box.y + box.h <= 1 + 1e-9 for box in both)


SHARES = st.floats(0.01, 0.4)


@given(st.builds(Box, SHARES, SHARES, SHARES, SHARES), st.integers(0, 3))
def test_a_box_lies_where_its_ink_lies_after_the_turn(box: Box, quarters: int) -> None:
    turned = quarter_turned_box(box, quarters)
    assert turned.w * turned.h == pytest.approx(box.w * box.h)
    back = quarter_turned_box(turned, -quarters)
    assert (back.x, back.y, back.w, back.h) == pytest.approx((box.x, box.y, box.w, box.h))
    page = Image.new("L", (1000, 1000), 255)
    page.paste(
        0, (int(box.x * 1000), int(box.y * 1000), int((box.x + box.w) * 1000) + 1, int((box.y + box.h) * 1000) + 1)
    )
    ink = quarter_turned(page, quarters).point(lambda value: 255 - value).getbbox()
    places = (turned.x * 1000, turned.y * 1000, (turned.x + turned.w) * 1000, (turned.y + turned.h) * 1000)
    assert ink == pytest.approx(places, abs=3)


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_left_is_left_once_the_page_stands_upright(turned: int) -> None:
    upright = Image.new("L", (100, 60), 255)
    upright.paste(0, (0, 0, 40, 60))
    frame = quarter_turned(upright, -turned)
    left, right = (quarter_turned(cropped(frame, box), turned) for box in halves(turned, 0.4))
    assert (left.size, right.size) == ((40, 60), (60, 60))
    assert (left.getextrema(), right.getextrema()) == ((0, 0), (255, 255))
