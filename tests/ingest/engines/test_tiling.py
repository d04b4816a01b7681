"""Large sheets are looked at in tiles: everything once, nothing cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.engines.tiling import detected, tiles_of

Gray = NDArray[np.uint8]
Quads = NDArray[np.float32]


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(200, 2600))
def test_tiles_cover_the_sheet_and_are_no_larger_than_allowed(width: int, height: int, side: int) -> None:
    tiles = list(tiles_of(width, height, side))
    assert min(tile.left for tile in tiles) == min(tile.top for tile in tiles) == 0
    assert (max(tile.right for tile in tiles), max(tile.bottom for tile in tiles)) == (width, height)
    assert all(0 < tile.right - tile.left <= side and 0 < tile.bottom - tile.top <= side for tile in tiles)
    across = sorted({(tile.left, tile.right) for tile in tiles})
    assert all(left < end for (_, end), (left, _) in pairwise(across))


def blots(gray: Gray) -> Quads:
    """Stands for a detector: the box around every connected black blot, as far as it is in the picture."""
    import cv2

    _, _, found, _ = cv2.connectedComponentsWithStats((gray < 128).astype(np.uint8))
    boxes = [(x, y, x + w, y + h) for x, y, w, h, _ in found[1:].tolist()]
    quads = [[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in boxes]
    return np.array(quads, np.float32).reshape(-1, 4, 2)


@pytest.mark.parametrize("side", [300, 450, 2000])
def test_every_line_is_found_once_wherever_the_tiles_fall(side: int) -> None:
    sheet = np.full((1000, 1400), 255, np.uint8)
    truth = [(40 + 90 * column, 30 + 40 * row) for row in range(24) for column in range(15)]
    for left, top in truth:
        sheet[top : top + 12, left : left + 30] = 0
    found = detected(sheet, side, blots)
    assert sorted((int(quad[0][0]), int(quad[0][1])) for quad in found) == sorted(truth)
