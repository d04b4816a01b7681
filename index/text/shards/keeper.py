"""Decides how shards are written: each page into the shard it belongs to and out of any other, and what is tidied up.

One writer at a time holds the book. A merge holds only its shard, so that other shards are written meanwhile.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from index.domain.errors import Conflict, Passing
from index.ports import Holds, PageText, Progress
from index.text.batching import last_of_each
from index.text.editions.sole import Sole
from index.text.shards import book
from index.text.shards.book import Book, Move, fresh_name
from index.text.shards.fresh import Fresh
from index.text.shards.shard import Damaged, ids_of, numbers_of
from index.text.shards.shares import Layout, Share, Sizes, added, kind_of, planned
from index.text.shards.stacks import Stacks

#: A shard that is written again stays as it is.
_WHOLE = Sizes(sys.maxsize, sys.maxsize)


class Keeper:
    """Writes the shards of `stacks`; `patience` is how many seconds another process's writing is waited for."""

    def __init__(self, stacks: Stacks, sizes: Sizes, patience: float) -> None:
        self._stacks = stacks
        self._root = stacks.root
        self._sizes = sizes
        self._sole = Sole(self._root / "writer.lock", patience)

    def add(self, pages: Sequence[PageText]) -> None:
        """The goals hold the pages first, then their origins forget them. Nothing is written if a goal is damaged."""
        with self._alone() as known:
            known = known if known.shares else self._begun()
            goals = _goals(known.layout, pages)
            if known.bad & goals.keys():
                raise Passing("index-damaged")
            moves = self._moves(known, {page.page_id: goal for goal, group in goals.items() for page in group})
            if moves:
                known = self._declared(replace(known, moving=moves))
            for goal, group in goals.items():
                self._stacks.shard(goal).add(group)
            self._settled(known)

    def remove(self, page_ids: Collection[str]) -> None:
        with self._alone() as known:
            for name in self._stacks.sound(known):
                self._forget(name, page_ids)

    def divide(self) -> bool:
        """Divide a shard that has outgrown itself; whether there was one."""
        with self._alone() as known:
            fresh = Fresh(self._stacks, known.layout, self._sizes)
            if fresh.divide(self._stacks.sound(known)):
                self._turn_to(replace(known, shares=fresh.layout.shares))
                return True
            return False

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """All shards anew beside the old ones, laid out as the old ones' pages suggest; then one turn of the book."""
        with self._alone(damaged=True) as known:
            counts = added(self._stacks.shard(name).counts() for name in self._stacks.sound(known))
            fresh = Fresh(self._stacks, planned(counts, self._sizes, fresh_name), self._sizes)
            done = fresh.write(pages, progress)
            while fresh.divide(fresh.layout.shares):
                pass
            self._turn_to(Book(fresh.layout.shares))
        return done

    def mend(self, names: Collection[str], pages: Callable[[Holds], Iterable[PageText]], progress: Progress) -> int:
        """These shards alone anew; what another shard still holds of their pages is forgotten there."""
        done = 0
        for name in names:
            with self._alone() as known:
                if name in known.shares:
                    done += self._mend(known, name, pages, progress)
        return done

    def condemn(self, name: str) -> None:
        """Note that a shard is damaged, for all processes."""
        with self._sole.held():
            self._noted({name})

    def suspect(self, names: Collection[str]) -> None:
        """Condemn those of these shards that are not as they were written: a search may fail for want of memory too.

        For readers, who do not wait, and who may not be allowed to write.
        """
        with suppress(Conflict, OSError), self._sole.held(0):
            known = self._stacks.book()
            shares = known.shares.keys() - known.bad
            self._noted({name for name in names if name in shares and self._stacks.shard(name).damage()})

    def _mend(self, known: Book, name: str, pages: Callable[[Holds], Iterable[PageText]], progress: Progress) -> int:
        def holds(fonds: str, date: str) -> bool:
            return known.layout.place(kind_of(fonds, date)) == name

        fresh = fresh_name()
        done = Fresh(self._stacks, Layout({fresh: Share()}), _WHOLE).write(pages(holds), progress)
        mended = replace(
            known, shares=known.layout.with_parts(name, {fresh: known.shares[name]}).shares, bad=known.bad - {name}
        )
        ids = dict.fromkeys(ids_of(self._stacks.shard(fresh).generation()), fresh)
        mended = replace(mended, moving=self._moves(mended, ids))
        self._turn_to(mended)
        self._settled(mended)
        return done

    def _begun(self) -> Book:
        """A first shard, for everything."""
        name = fresh_name()
        self._stacks.shard(name).begin()
        return self._declared(Book({name: Share()}))

    @contextmanager
    def _alone(self, *, damaged: bool = False) -> Iterator[Book]:
        """Nobody else writes meanwhile, and what a kill left is put right; raises Conflict("second-writer").

        A shard that turns out to be damaged is condemned.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        with self._sole.held(), self._condemning():
            if not damaged:
                self._stacks.book()  # raises when there was one, and it is gone
            book.begin(self._root)
            known = self._known() if damaged else self._stacks.book()
            if known is not None:
                known = self._settled(self._indebted(known))
                self._sweep(known)
            yield known or Book()

    def _indebted(self, known: Book) -> Book:
        """A shard that cannot be opened now misses what is written meanwhile: it is bad even when it opens again."""
        return self._noted(known.shares.keys() - set(self._stacks.sound(known)))

    @contextmanager
    def _condemning(self) -> Iterator[None]:
        try:
            yield
        except Damaged as error:
            self._noted({error.shard})
            raise

    def _noted(self, damaged: Collection[str]) -> Book:
        """The book, and that these shards are damaged if it still names them."""
        known = self._stacks.book()
        bad = known.bad | known.shares.keys() & set(damaged)
        return known if bad == known.bad else self._declared(replace(known, bad=bad))

    def _known(self) -> Book | None:
        try:
            return self._stacks.book()
        except Passing:
            return None

    def _declared(self, known: Book) -> Book:
        book.write(self._root, known)
        return known

    def _turn_to(self, known: Book) -> None:
        self._declared(known)
        self._sweep(known)

    def _sweep(self, known: Book) -> None:
        """Readers keep what they have open."""
        for path in book.strays(self._root, known):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def _settled(self, known: Book) -> Book:
        """Whatever has arrived is forgotten where it came from."""
        if not known.moving:
            return known
        sound = self._stacks.sound(known)
        for origin, page_ids in self._stacks.hidden(known).items():
            if origin in sound:
                self._forget(origin, page_ids)
        return self._declared(replace(known, moving=()))

    def _forget(self, name: str, page_ids: Collection[str]) -> None:
        shard = self._stacks.shard(name)
        here = numbers_of(shard.generation(), page_ids)
        shard.remove(here)

    def _moves(self, known: Book, goals: Mapping[str, str]) -> tuple[Move, ...]:
        """For pages with their goals, those that lie elsewhere now."""
        moves: dict[tuple[str, str], list[str]] = {}
        for origin in self._stacks.sound(known):
            for page_id in numbers_of(self._stacks.shard(origin).generation(), goals):
                if goals[page_id] != origin:
                    moves.setdefault((origin, goals[page_id]), []).append(page_id)
        return tuple(Move(origin, goal, tuple(page_ids)) for (origin, goal), page_ids in moves.items())


def _goals(layout: Layout, pages: Sequence[PageText]) -> Mapping[str, list[PageText]]:
    """By the shard that they belong to; of a page given twice the last counts."""
    goals: dict[str, list[PageText]] = {}
    for page in last_of_each(pages):
        goals.setdefault(layout.place(kind_of(page.fonds, page.date)), []).append(page)
    return goals
