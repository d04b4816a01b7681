"""Decides which characters are taken for which by who reads paper: by a table, and by what this room has corrected.

The table is `look_alikes.txt`: what everyone knows to be alike, and what our own readers were seen to mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path

from index.domain.folding import folded
from index.domain.placing.habits import Habit

LookAlikes = Mapping[str, Mapping[str, float]]
"""A folded character -> what it may have been read as -> how likely, if it was misread (0..1), likeliest first."""
Slip = tuple[str, str]
"""The character meant, and what it was read as."""

#: What a pair counts that everyone knows; a slip, for the opposite slip; a correction made in this room, which weighs
#: more than a table of other papers; and all the slips of a character that nobody has seen yet.
_KNOWN, _BACKWARDS, _CORRECTED, _UNSEEN = 1.0, 0.5, 3.0, 4.0


@lru_cache(maxsize=4)
def look_alikes(learned: tuple[Habit, ...] = ()) -> LookAlikes:
    """The table together with this room's habits."""
    counts: dict[Slip, float] = defaultdict(float, _table())
    for slip, count in _corrected(learned):
        counts[slip] += _CORRECTED * count
    return _likely(counts)


def _likely(counts: Mapping[Slip, float]) -> LookAlikes:
    read: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (meant, other), count in counts.items():
        read[meant][other] += count
        read[other][meant] += _BACKWARDS * count
    return {meant: _shares(others) for meant, others in read.items()}


def _shares(others: Mapping[str, float]) -> Mapping[str, float]:
    whole = sum(others.values()) + _UNSEEN
    return {other: others[other] / whole for other in sorted(others, key=others.__getitem__, reverse=True)}


def _corrected(learned: Iterable[Habit]) -> Iterator[tuple[Slip, int]]:
    for habit in learned:
        meant, read = folded(habit.meant).text, folded(habit.read).text
        if len(meant) == len(read) == 1 and meant != read:
            yield (meant, read), habit.count


@cache
def _table() -> Mapping[Slip, float]:
    counts: dict[Slip, float] = defaultdict(float)
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        for slip, count in _slips(line):
            counts[slip] += count
    return counts


def _slips(line: str) -> Iterator[tuple[Slip, float]]:
    """Of "=己已巳" every pair both ways; of "重 总1 里2" what 重 was read as; of a comment nothing."""
    if line.startswith("="):
        yield from ((slip, _KNOWN / (1 + _BACKWARDS)) for slip in permutations(line[1:], 2))
    elif not line.startswith("#"):
        meant, *others = line.split(" ")
        yield from (((meant, other[0]), float(other[1:])) for other in others)
