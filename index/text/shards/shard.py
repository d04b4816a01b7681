"""Decides what one process has of a shard: an index of its own, and what is remembered of its last generation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from index.domain.errors import Passing
from index.domain.searching.tree import Facet
from index.ports import PageText
from index.text.editions import edition
from index.text.editions.merging import IDLE, to_merge
from index.text.editions.proving import Prover
from index.text.fast.adapter import FastIndex
from index.text.fast.columns import hashes_of
from index.text.fast.dictionary import encoded
from index.text.fast.generation import Generation
from index.text.fast.ordering import spelt
from index.text.shards.shares import Kind

_YEARS = 10_000


class Damaged(Passing):
    """A shard is damaged, and it alone."""

    def __init__(self, shard: str, **details: object) -> None:
        super().__init__("index-damaged", **details)
        self.shard = shard


class Shard:
    """The shard in `root`. Only `begin` makes one: where it is missing otherwise it is lost."""

    def __init__(self, root: Path, patience: float, prover: Prover) -> None:
        self.root = root
        self.index = FastIndex(root, patience, begins=False, prover=prover)
        self._counts: tuple[Generation, Mapping[Kind, int]] | None = None

    def begin(self) -> None:
        """Make it, without any pages."""
        self.root.mkdir(parents=True)
        edition.begin(self.root)

    def add(self, pages: Sequence[PageText]) -> None:
        with self._named():
            self.index.add(pages)

    def remove(self, page_ids: Collection[str]) -> None:
        with self._named():
            self.index.remove(page_ids)

    def tidy(self) -> bool:
        with self._named():
            return self.index.tidy()

    def generation(self) -> Generation:
        """The state of the last commit; raises Damaged, also when there is nothing at all."""
        with self._named():
            generation = self.index.generation()
        if not generation.standing and edition.mark(self.root) is None:
            raise Damaged(self.root.name)
        return generation

    def damage(self) -> Sequence[str]:
        """A sentence for each file that is not as it was written; of a state that stood while it was looked through."""
        while True:
            mark = edition.mark(self.root)
            with suppress(FileNotFoundError):  # a commit took it away
                found = ("CURRENT is missing",) if mark is None else self.index.check()
                if mark == edition.mark(self.root):
                    return found

    def proved(self) -> Generation:
        """The state of the last commit, before it is copied; raises Damaged."""
        if self.damage():
            raise Damaged(self.root.name)
        return self.generation()

    def counts(self) -> Mapping[Kind, int]:
        """How many living pages there are of each kind."""
        generation = self.generation()
        if self._counts is None or self._counts[0] is not generation:
            self._counts = (generation, Kinds(generation).counts())
        return self._counts[1]

    def size(self, hidden: Collection[str] = ()) -> int:
        """How many pages live, without those of these ids."""
        generation = self.generation()
        return int(np.count_nonzero(generation.lives)) - len(numbers_of(generation, hidden) if hidden else ())

    def is_scattered(self) -> bool:
        """Whether there are segments to be merged."""
        sizes = [int(one.lives.sum()) for one in self.generation().standing]
        return bool(to_merge(sizes, IDLE))

    @contextmanager
    def _named(self) -> Iterator[None]:
        """What is damaged is this shard."""
        try:
            yield
        except Passing as error:
            if error.code != "index-damaged":
                raise
            raise Damaged(self.root.name, **error.details) from error


def numbers_of(generation: Generation, page_ids: Collection[str]) -> dict[str, int]:
    """The living pages among these, with their numbers."""
    sought = [encoded(page_id) for page_id in page_ids]
    hashes = hashes_of(sought)
    found = {}
    for base, segment in generation.segments:
        for number in segment.columns.numbered(sought, hashes):
            if generation.lives[base + number]:
                found[spelt(segment.columns.texts["page_ids"][number])] = base + number
    return found


def ids_of(generation: Generation) -> Iterator[str]:
    """The ids of the living pages."""
    for base, segment in generation.segments:
        texts = segment.columns.texts["page_ids"]
        for number in np.flatnonzero(generation.lives[base : base + len(segment)]).tolist():
            yield spelt(texts[number])


class Kinds:
    """The kinds of the pages of a generation, and for each page which of them."""

    def __init__(self, generation: Generation) -> None:
        values: list[bytes] = generation.values.spelt(Facet.FONDS)
        packed = generation.stamps[Facet.FONDS].astype(np.int64) * _YEARS + generation.years
        known, self._of = np.unique(packed, return_inverse=True)
        kinds = (divmod(one, _YEARS) for one in known.tolist())
        self.all: list[Kind] = [(spelt(values[code]), year) for code, year in kinds]
        self._lives = generation.lives

    def counts(self) -> Mapping[Kind, int]:
        """How many living pages there are of each."""
        numbers = np.bincount(self._of[self._lives], minlength=len(self.all)).tolist()
        return {kind: pages for kind, pages in zip(self.all, numbers, strict=True) if pages}

    def living(self, chosen: Collection[Kind]) -> Any:
        """A mask: the living pages of these kinds."""
        wanted = np.array([kind in chosen for kind in self.all], np.bool_)
        return wanted.take(self._of) & self._lives if len(self.all) else self._lives
