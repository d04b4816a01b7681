"""Decides what one process has open: the book, and the shards that it names."""

from __future__ import annotations

import mmap
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.domain.errors import Passing
from index.ports import Search
from index.text.editions.damage import ToldAsDamage
from index.text.editions.proving import Prover
from index.text.fast.budget import Budget
from index.text.shards import book
from index.text.shards.asking import Asked, Partial, Tally, merged, summed
from index.text.shards.book import Book, Mark
from index.text.shards.shard import Shard, numbers_of

#: Bytes of the index that a process keeps mapped between two questions.
MOST_MAPPED = 320 << 20
_STATM = Path("/proc/self/statm")


class Stacks:
    """The shards below `root`, for all threads of a process."""

    def __init__(self, root: Path, patience: float) -> None:
        self.root = root
        self._patience = patience
        self.prover = Prover()
        self._turn = threading.Lock()
        self._shards: dict[str, Shard] = {}
        self._read: tuple[Mark, Book] = (None, Book())
        self._counted: tuple[Book, Mapping[str, Mark], Mapping[str, int]] | None = None

    def book(self) -> Book:
        """The valid one; raises Passing("index-damaged")."""
        mark = book.mark(self.root)
        if mark is None and self._read[0] is not None:
            raise Passing("index-damaged", problem="the whole index is gone")
        if mark is None or mark != self._read[0]:
            self._read = (mark, book.read(self.root))
            self._keep_only(self._read[1].shares)
        return self._read[1]

    def shard(self, name: str) -> Shard:
        with self._turn:
            if name not in self._shards:
                self._shards[name] = Shard(self.root / name, self._patience, self.prover)
            return self._shards[name]

    def hidden(self, known: Book) -> Mapping[str, Collection[str]]:
        """By shard, the ids of pages that have arrived in another one, and are only not forgotten there yet."""
        arrived: dict[str, set[str]] = {}
        for move in known.moving:
            if move.goal not in self.sound(known):
                continue
            here = numbers_of(self.shard(move.goal).generation(), move.page_ids)
            arrived.setdefault(move.origin, set()).update(here)
        return arrived

    def sizes(self, known: Book, marks: Mapping[str, Mark]) -> Mapping[str, int]:
        """How many pages live in each shard that can be read; `marks` are those of all."""
        if self._counted is None or self._counted[0] is not known or self._counted[1] != marks:
            self._counted = (known, marks, {name: self.shard(name).size() for name in self.sound(known)})
        return self._counted[2]

    def sound(self, known: Book) -> list[str]:
        """The shards that can be read."""
        return [name for name in known.shares if name not in known.bad and self._opens(name)]

    def _opens(self, name: str) -> bool:
        try:
            self.shard(name).generation()
        except Passing:
            return False
        return True

    def ease(self) -> None:
        """Give mapped pages back once they are many: the kernel keeps them as long as it has room.

        It would take them away by itself, but counts them as ours until then.
        """
        with self._turn:
            shards = list(self._shards.values())
        if sum(shard.index.extent for shard in shards) > MOST_MAPPED and _mapped() > MOST_MAPPED:
            for shard in shards:
                shard.index.ease()

    def close(self) -> None:
        self.prover.close()
        self._keep_only(())

    def _keep_only(self, names: Collection[str]) -> None:
        with self._turn:
            gone = [name for name in self._shards if name not in names]
            for name in gone:
                self._shards.pop(name).index.close()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which shards, by which marks they were known when it was put together, and what it may cost."""

    search: Search
    marks: Mapping[str, Mark]
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)
    budget: Budget | None = None
    alone: bool = False
    """Whether one shard has the whole answer."""

    def of(self, names: Collection[str]) -> Question:
        """The same, asked of these shards only."""
        return replace(self, marks={name: self.marks[name] for name in names})


@dataclass(slots=True)
class Round:
    """A question that is being put to shards; `missing` are those that turn out to be damaged."""

    search: Search
    asked: dict[str, Asked] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def tally(self) -> Tally:
        return summed(asked.tally() for asked in self.asked.values())

    def answer(self, whole: Tally | None) -> Partial:
        return merged([partial for name in self.asked if (partial := self._answer(name, whole))], self.search)

    def _answer(self, name: str, whole: Tally | None) -> Partial | None:
        try:
            with ToldAsDamage():
                return self.asked[name].answer(whole)
        except Passing:
            self.missing.add(name)
            return None


def _mapped() -> int:
    """Bytes of files that lie in this process's memory."""
    return int(_STATM.read_text("ascii").split()[2]) * mmap.PAGESIZE


def begun(stacks: Stacks, question: Question) -> Round | None:
    """The first half of a question; nothing when something has been committed since it was put together.

    Only what all shards were at one moment makes an answer: a page on its way between two would be missed or doubled.
    """
    begun = Round(question.search)
    for name in question.marks:
        shard = stacks.shard(name)
        try:
            with ToldAsDamage():
                hidden = question.hidden.get(name, ())
                begun.asked[name] = Asked(
                    shard.generation(), question.search, hidden, question.budget, alone=question.alone
                )
        except Passing:
            begun.missing.add(name)
    turned = any(book.shard_mark(stacks.root, name) != mark for name, mark in question.marks.items())
    return None if turned else begun
