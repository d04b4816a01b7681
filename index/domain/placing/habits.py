"""Decides which characters this room's paper is often misread as; they are suggested, nothing is changed silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.domain.proof.alignment import Swap
from index.domain.proof.proof_lines import Line


@dataclass(frozen=True, slots=True)
class Habit:
    """`read` was meant to be `meant` so many times; `around`: the neighbours it stood between, frequent ones first."""

    read: str
    meant: str
    count: int
    around: tuple[tuple[str, str], ...]

    def stands_between(self, left: str, right: str) -> bool:
        """Whether one of these neighbours is one that it was seen beside."""
        return any((left and left == one) or (right and right == other) for one, other in self.around)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The character at `offset` of the line may be `meant`, as it was `count` times before."""

    offset: int
    read: str
    meant: str
    count: int


def habits(swaps: Mapping[Swap, int], least: int) -> tuple[Habit, ...]:
    """What was mistaken at least `least` times, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    around: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for swap, count in swaps.items():
        counts[swap.read, swap.meant] += count
        around.setdefault((swap.read, swap.meant), Counter())[swap.left, swap.right] += count
    found = [
        Habit(read, meant, count, tuple(sides for sides, _ in around[read, meant].most_common()))
        for (read, meant), count in counts.items()
        if count >= least
    ]
    return tuple(sorted(found, key=lambda habit: (-habit.count, habit.read, habit.meant)))


def suggestions(line: Line, known: tuple[Habit, ...], below: float) -> tuple[Suggestion, ...]:
    """What may be meant on a line nobody has checked: where the machine doubts, or between neighbours seen before."""
    return () if line.checked else tuple(_suggestions(line, known, below))


def _suggestions(line: Line, known: tuple[Habit, ...], below: float) -> Iterator[Suggestion]:
    doubted = {word.start + n for word in line.doubts(below) for n in range(len(word.text))}
    for offset, char in enumerate(line.shown):
        left, right = line.shown[offset - 1 : offset] if offset else "", line.shown[offset + 1 : offset + 2]
        for habit in known:
            if habit.read == char and (offset in doubted or habit.stands_between(left, right)):
                yield Suggestion(offset, char, habit.meant, habit.count)
                break
