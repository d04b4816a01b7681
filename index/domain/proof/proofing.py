"""Decides what a person's reading of a line is, and how it stands to what the machine reads.

The machine's reading is kept as it is. A correction is anchored in it: `start` and `read` name the stretch of its text,
`box` the place on the page. It is laid over what is read in `laid_over`, and follows a new reading in `following`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.domain.reading import Box, PageReading, Word


class Standing(StrEnum):
    """How a correction stands to what is read."""

    STANDS = "stands"
    SETTLED = "settled"
    """A later reading says the same; it still stands, should another reading say something else."""
    CONFLICT = "conflict"
    """A later reading says something else than both; it stands until a person decides."""
    ENTERED = "entered"
    """One of two independent entries: nobody reads it before the other agrees."""
    DIFFERS = "differs"
    """Two entries that do not agree: somebody decides between them."""
    REPLACED = "replaced"
    """A later one took its place."""


IN_FORCE = frozenset({Standing.STANDS, Standing.SETTLED, Standing.CONFLICT})
UNDECIDED = frozenset({Standing.ENTERED, Standing.DIFFERS})
FOR_A_PERSON = frozenset({Standing.CONFLICT, Standing.DIFFERS})


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person read in one line: `before` is what they saw, `after` what they gave, both without line breaks.

    Where both are the same the line was found right. `read` is what the machine reads there now; an empty `read` is a
    line that the machine has not seen, standing before the line at `start`. `entry` is 1 or 2 for the two entries of a
    line, 3 for the decision between them, 0 where one person is enough.
    """

    id: str
    page_id: str
    start: int
    read: str
    box: Box
    before: str
    after: str
    by: str
    at: datetime
    state: Standing = Standing.STANDS
    entry: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.read)

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    return [one for one in corrections if one.in_force]


def words_between(reading: PageReading, start: int, end: int) -> Sequence[Word]:
    """The words that begin in text[start:end]; words stand in the order of the text."""
    first = bisect_left(reading.words, start, key=_begins)
    return reading.words[first : bisect_left(reading.words, end, first, key=_begins)]


def _begins(word: Word) -> int:
    return word.start


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all."""
    held = list(boxes)
    if len(held) == 1:
        return held[0]
    x, y = min(box.x for box in held), min(box.y for box in held)
    return Box(x, y, max(box.x + box.w for box in held) - x, max(box.y + box.h for box in held) - y)
