"""Decides which characters a recogniser's columns spell, where on the line each stands, and how sure it is.

The network answers with a probability for every character in every narrow column of a line (CTC): the best of each
column, repeats drawn together, blanks left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLANK = 0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A line read: its characters (spaces too), where the middle of each lies (0..1), how sure it is (0..1)."""

    characters: tuple[str, ...]
    places: tuple[float, ...]
    sureness: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean sureness; 0 for an empty line."""
        return sum(self.sureness) / len(self.sureness) if self.sureness else 0.0


class Decoder:
    """Stands in for rapidocr's own decoder, which keeps no places and rounds the rest."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters

    def __call__(
        self,
        answers: NDArray[np.float32],
        return_word_box: bool = False,
        wh_ratio_list: Sequence[float] = (1.0,),
        max_wh_ratio: float = 1.0,
        **_: Any,
    ) -> tuple[list[tuple[str, float]], list[Decoded]]:
        """`answers`: lines x columns x characters; of the padded width each line fills its own share."""
        best = answers.argmax(axis=2)
        sure = np.take_along_axis(answers, best[..., None], axis=2)[..., 0]
        shares = [ratio / max_wh_ratio for ratio in wh_ratio_list]
        lines = [self._line(*line) for line in zip(best, sure, shares, strict=True)]
        return [("".join(line.characters), line.mean) for line in lines], lines

    def _line(self, best: NDArray[np.intp], sure: NDArray[np.float32], share: float) -> Decoded:
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        ends = np.append(starts[1:], len(best))
        runs = [(start, end) for start, end in zip(starts, ends, strict=True) if best[start] != _BLANK]
        width = len(best) * share
        return Decoded(
            tuple(self._characters[best[start]] for start, _ in runs),
            tuple(min(float(start + end) / 2 / width, 1.0) for start, end in runs),
            tuple(float(sure[start:end].max()) for start, end in runs),
        )
