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


@pytest.mark.parametrize("downwards", [False, True])
def test_a_line_longer_than_any_tile_is_one_line(downwards: bool) -> None:
    sheet = np.full((400, 1500), 255, np.uint8)
    truth = [(10, 40 + 60 * row, 1490, 60 + 60 * row) for row in range(5)]
    for left, top, right, bottom in truth:
        sheet[top:bottom, left:right] = 0
    sheet = np.ascontiguousarray(sheet.T) if downwards else sheet
    found = detected(sheet, 450, blots)
    boxes = sorted((*quad.min(axis=0).tolist(), *quad.max(axis=0).tolist()) for quad in found)
    wanted = [
        (top, left, bottom, right) if downwards else (left, top, right, bottom) for left, top, right, bottom in truth
    ]
    assert boxes == sorted(wanted)
