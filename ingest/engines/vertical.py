"""Decides how a line that runs from top to bottom is read: its characters are set anew side by side.

Recognisers know lines that run across. A column of Han characters is cut between them, where the least ink lies and
the pitch of its squares says, and the squares are laid out from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.engines.decoding import Decoded
from ingest.engines.placing import INK, Gray

#: A square is at least and at most so many widths of the column's ink high.
_LEAST, _MOST = 0.55, 1.45
#: Ink on a cut costs this much against a square that is taller or lower than the rest.
_INK_COSTS = 6.0
#: Air between the squares when they are set anew, in widths.
_AIR = 0.08


@dataclass(frozen=True, slots=True)
class Column:
    """A column set anew: the line as a picture, and where each square came from (shares of the column's height)."""

    line: Gray
    squares: tuple[tuple[float, float], ...]

    def back(self, decoded: Decoded) -> Decoded:
        """The same characters with their places down the column."""
        return replace(decoded, places=tuple(self._down(place) for place in decoded.places))

    def _down(self, place: float) -> float:
        at = min(int(place * len(self.squares)), len(self.squares) - 1)
        top, bottom = self.squares[at]
        return top + (place * len(self.squares) - at) * (bottom - top)


def set_anew(column: Gray) -> Column:
    """`column`: one line of characters from top to bottom, dark on light, cut out with little air."""
    cuts = cuts_of(column)
    side = column.shape[1]
    air = np.full((side, max(1, round(side * _AIR))), 255, np.uint8)
    squares = [_square(column[top:bottom], side) for top, bottom in pairwise(cuts)]
    line = np.hstack([part for square in squares for part in (square, air)])
    height = column.shape[0]
    return Column(line, tuple((top / height, bottom / height) for top, bottom in pairwise(cuts)))


def _square(part: Gray, side: int) -> Gray:
    """The part in the middle of a square of the column's width, so that every place on the line is one square's."""
    if part.shape[0] > side:
        rows = np.linspace(0, part.shape[0] - 1, side).round().astype(np.intp)
        return part[rows]
    above = (side - part.shape[0]) // 2
    return np.pad(part, ((above, side - part.shape[0] - above), (0, 0)), constant_values=255)


def cuts_of(column: Gray) -> list[int]:
    """Rows at which to cut, first and last among them: little ink on them, squares as high as the column is wide.

    The cheapest way from top to bottom, found by dynamic programming over the rows.
    """
    height = len(column)
    ink = (column < INK).mean(axis=1)
    pitch = _pitch(column)
    least, most = max(2, round(_LEAST * pitch)), max(3, round(_MOST * pitch))
    cost, came = np.full(height + 1, np.inf), np.zeros(height + 1, np.intp)
    cost[0] = 0.0
    cut_ink = _INK_COSTS * np.append(ink, 0.0)
    for row in range(least, height + 1):
        first = max(0, row - most)
        steps = row - np.arange(first, row - least + 1)
        costs = cost[first : row - least + 1] + ((steps / pitch - 1) ** 2) * 4
        best = int(costs.argmin())
        cost[row], came[row] = costs[best] + (cut_ink[row] if row < height else 0.0), first + best
    return _walk(came, cost, height)


def _pitch(column: Gray) -> float:
    columns = np.flatnonzero((column < INK).any(axis=0))
    return float(columns[-1] - columns[0] + 1) * 1.08 if columns.size else float(column.shape[1])


def _walk(came: NDArray[np.intp], cost: NDArray[np.float64], height: int) -> list[int]:
    if not np.isfinite(cost[height]):
        return [0, height]
    cuts = [height]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    return cuts[::-1]
