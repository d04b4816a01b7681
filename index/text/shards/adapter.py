"""Decides how the TextIndex port is kept by many shards in the index folder of the archive home.

What a shard cannot answer is missing from an answer that says so, and is mended alone. The folder is trusted input
(Whoosh pickles): only the indexer writes it; a search notes in the book which shard it found damaged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from index.domain.errors import Passing
from index.ports import Found, Holds, PageText, Progress, Search
from index.text.fast.budget import Budget
from index.text.shards import book
from index.text.shards.book import Book
from index.text.shards.crew import Crew
from index.text.shards.hand import Hand
from index.text.shards.keeper import Keeper
from index.text.shards.rounds import Rounds
from index.text.shards.shard import Damaged
from index.text.shards.shares import Sizes
from index.text.shards.stacks import Question, Stacks

#: How often a question is put together anew when something was committed meanwhile.
_LOOKS = 50
_EVERYTHING = "…"
Told = TypeVar("Told")


class ShardedIndex:
    """The TextIndex in `root`. Safe for threads; many processes may read while one writes.

    `processes` search beside this one; 0 leaves it to the number of pages. `patience` is how many seconds a second
    writer waits before Conflict("second-writer"). Without a valid book everything but `check`, `rebuild` and what
    `Mendable` adds raises Passing("index-damaged").
    """

    def __init__(
        self,
        root: Path,
        sizes: Sizes | None = None,
        processes: int = 0,
        patience: float = 5.0,
        clock: Callable[[], float] = time.time,
        hired: Callable[[Path], Hand] = Hand,
    ) -> None:
        self._root = root
        self._stacks = Stacks(root, patience)
        self._keeper = Keeper(self._stacks, sizes or Sizes(), patience)
        self._crew = Crew(self._stacks, processes, hired)
        self._rounds = Rounds(clock)

    def add(self, pages: Sequence[PageText]) -> None:
        if pages:
            self._keeper.add(pages)

    def remove(self, page_ids: Collection[str]) -> None:
        if page_ids:
            self._keeper.remove(page_ids)

    def search(self, search: Search) -> Found:
        for _ in range(_LOOKS):
            if answer := self._look(search):
                self._stacks.ease()
                return answer
        raise Passing("index-damaged")

    def versions(self) -> Mapping[str, int]:
        return self._at_one_moment(self._versions)

    def size(self) -> int:
        return self._at_one_moment(self._size)

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        return self._keeper.rebuild(pages, progress)

    def check(self) -> Sequence[str]:
        try:
            return [
                f"{name}: {damage}"
                for name in self._stacks.book().shares
                for damage in self._stacks.shard(name).damage()
            ]
        except Passing:
            return ("the index has no valid book of its shards",)

    def tidy(self) -> bool:
        """Divide what has outgrown itself, or merge what has gathered, or look through a file."""
        try:
            if self._keeper.divide() or self._merge():
                return True
        except Damaged as error:
            self._keeper.condemn(error.shard)
            return True
        self._look_through()
        return False

    def ailing(self) -> Sequence[str]:
        try:
            known = self._stacks.book()
        except Passing:
            return (_EVERYTHING,)
        return [str(known.shares[name]) for name in self._bad(known)]

    def mend(self, pages: Callable[[Holds], Iterable[PageText]], progress: Progress) -> int:
        try:
            names = self._bad(self._stacks.book())
        except Passing:
            return self.rebuild(pages(lambda fonds, date: True), progress)
        return self._keeper.mend(names, pages, progress)

    def crew(self) -> Sequence[int]:
        """The processes that search beside this one."""
        return self._crew.pids()

    def close(self) -> None:
        """Let go of all files and processes."""
        self._crew.close()
        self._stacks.close()

    def _merge(self) -> bool:
        for shard in map(self._stacks.shard, self._stacks.sound(self._stacks.book())):
            if shard.is_scattered():
                return shard.tidy()
        return False

    def _at_one_moment(self, told: Callable[[Book], Told]) -> Told:
        """What is told of all shards while nothing was committed to any of them: a page may be on its way."""
        for _ in range(_LOOKS):
            mark, known = book.mark(self._root), self._stacks.book()
            marks = self._marks(known)
            answer = told(known)
            if (mark, marks) == (book.mark(self._root), self._marks(known)):
                return answer
        raise Passing("index-damaged", problem="the index is written to all the time")

    def _marks(self, known: Book) -> Mapping[str, book.Mark]:
        return {name: book.shard_mark(self._root, name) for name in known.shares}

    def _versions(self, known: Book) -> Mapping[str, int]:
        hidden = self._stacks.hidden(known)
        return {
            page_id: version
            for name in self._stacks.sound(known)
            for page_id, version in self._stacks.shard(name).index.versions().items()
            if page_id not in hidden.get(name, ())
        }

    def _size(self, known: Book) -> int:
        hidden = self._stacks.hidden(known)
        return sum(self._stacks.shard(name).size(hidden.get(name, ())) for name in self._stacks.sound(known))

    def _look(self, search: Search) -> Found | None:
        """The answer; nothing when the book or one of the shards was another before it was complete."""
        mark = book.mark(self._root)
        known = self._stacks.book()
        all_marks = self._marks(known)
        names = known.layout.able(search)
        marks = {name: all_marks[name] for name in names if name not in known.bad}
        sizes = self._stacks.sizes(known, all_marks)
        budget = Budget(sum(sizes.get(name, 0) for name in marks))
        hidden = self._stacks.hidden(known)
        question = Question(search, marks, hidden, budget, alone=len(marks) == 1 and not hidden)
        asked = self._crew.asked(question, sizes)
        if asked is None or book.mark(self._root) != mark:
            return None
        if asked.missing:
            self._keeper.suspect(asked.missing)
        return asked.found(str(known.shares[name]) for name in names if name not in marks or name in asked.missing)

    def _bad(self, known: Book) -> list[str]:
        sound = self._stacks.sound(known)
        return [name for name in known.shares if name not in sound]

    def _look_through(self) -> None:
        known = self._stacks.book()
        damaged = self._rounds.damaged([self._root / name for name in self._stacks.sound(known)])
        if damaged:
            self._keeper.condemn(damaged.name)
