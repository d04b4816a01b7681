"""Decides in which processes shards are searched: in the asking one while they are few pages, else in a crew beside it.

Each hand of the crew keeps to its shards, so that what it remembers of them stays of use. What is asked before it is
ready, and the shards of one who is dead, are searched in the asking process. What does not answer in time is left out
of the answer, which is cut short then: the asking process would take as long over it, and others wait for that one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.ports import Found, Search
from index.text.shards.asking import Partial, found, merged, summed
from index.text.shards.hand import Gone, Hand, Late
from index.text.shards.stacks import Question, Stacks, begun

#: Below so many pages one process alone is as fast.
LARGE = 200_000
_MOST_HANDS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all shards that were asked answered together; `missing` are those that could not, as they are damaged."""

    search: Search
    whole: Partial
    missing: frozenset[str]
    cut_short: bool = False

    def found(self, parts: Iterable[str]) -> Found:
        """`parts` are the names of what is missing, for people."""
        return found(self.whole, self.search, tuple(parts), cut_short=self.cut_short)


class Crew:
    """Asks the shards of `stacks`. Safe for threads: each question has the hands that it needs to itself."""

    def __init__(self, stacks: Stacks, processes: int, hired: Callable[[Path], Hand]) -> None:
        self._stacks = stacks
        self._processes = processes
        self._hired = hired
        self._turn = threading.Lock()
        self._hands: list[Hand] = []
        self._keeps: dict[str, Hand] = {}

    def asked(self, question: Question, sizes: Mapping[str, int]) -> Outcome | None:
        """Nothing when something was committed meanwhile."""
        with ExitStack() as turns:
            groups = self._groups(question, sizes)
            for one in groups:
                turns.enter_context(one.turn)
            groups = {one: names for one, names in groups.items() if one.is_ready(names)}
            while True:
                try:
                    return self._together(question, groups)
                except Gone as gone:
                    groups = {one: names for one, names in groups.items() if one is not gone.hand}

    def pids(self) -> list[int]:
        """Of the hands at work."""
        return [one.pid for one in self._hands if one.pid]

    def close(self) -> None:
        for one in self._hands:
            with one.turn:
                one.let_go()

    def _together(self, question: Question, groups: Mapping[Hand, Sequence[str]]) -> Outcome | None:
        """The hands work while this process does its own part."""
        for one, names in groups.items():
            one.say(question.of(names))
        own = begun(self._stacks, question.of(_left(question, groups)))
        tallies = _heard(groups)
        if own is None or None in tallies.values():
            return None
        whole = summed([own.tally(), *(tally for tally, _ in tallies.values())])
        said = None if question.alone else whole
        for one in tallies:
            one.say(said)
        mine = own.answer(said)
        answers = _heard(tallies)
        missing = frozenset(own.missing).union(*(lost for _, lost in answers.values()))
        parts = [mine, *(part for part, _ in answers.values())]
        together = merged([part for part in parts if part.total] or parts[:1], question.search)
        return Outcome(question.search, together, missing, whole.cut_short or len(answers) < len(groups))

    def _groups(self, question: Question, sizes: Mapping[str, int]) -> Mapping[Hand, Sequence[str]]:
        """The shards that are left to each hand, the hands always in one order."""
        wanted = 0 if question.hidden else self._wanted(sizes)
        if not wanted:
            return {}
        with self._turn:
            self._assign(wanted, sizes)
            keeps = {name: self._keeps[name] for name in question.marks if name in self._keeps}
        chosen = [one for one in self._hands if one in keeps.values()]
        return {one: [name for name, keeper in keeps.items() if keeper is one] for one in chosen}

    def _wanted(self, sizes: Mapping[str, int]) -> int:
        """How many hands there should be."""
        if self._processes:
            return self._processes
        return min(os.cpu_count() or 1, _MOST_HANDS) if sum(sizes.values()) >= LARGE else 0

    def _assign(self, wanted: int, sizes: Mapping[str, int]) -> None:
        """New shards go to whoever has the fewest pages, the largest first; the others stay where they are."""
        while len(self._hands) < wanted:
            self._hands.append(self._hired(self._stacks.root))
        self._keeps = {name: one for name, one in self._keeps.items() if name in sizes}
        for name in sorted(sizes.keys() - self._keeps.keys(), key=lambda one: (-sizes[one], one)):
            self._keeps[name] = min(self._hands, key=lambda one: self._load(one, sizes))

    def _load(self, one: Hand, sizes: Mapping[str, int]) -> int:
        return sum(sizes[name] for name, keeper in self._keeps.items() if keeper is one)


def _heard(hands: Iterable[Hand]) -> dict[Hand, Any]:
    """What those answered who did in time."""
    heard = {}
    for one in hands:
        with suppress(Late):
            heard[one] = one.hear()
    return heard


def _left(question: Question, groups: Mapping[Hand, Sequence[str]]) -> list[str]:
    """The shards that no hand keeps."""
    given = {name for names in groups.values() for name in names}
    return [name for name in question.marks if name not in given]
