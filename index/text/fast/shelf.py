"""Decides what a reader has open: the generation of the last commit of any process, opened when it is asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from index.domain.errors import Passing
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.editions.proving import Prover
from index.text.fast.generation import Generation, Held, Standing, Values, held_by_name
from index.text.fast.segment import PAGES, TEXT, open_segment


class Shelf:
    """The generations of one process, for all of its threads. What one of them holds stays readable."""

    def __init__(self, root: Path, prover: Prover) -> None:
        self._root = root
        self._prover = prover
        self._spoilt: set[str] = set()
        self._opening = threading.Lock()
        self._values = Values()
        self._mark: tuple[int, int] | None = None
        self._generation = Generation()

    def generation(self) -> Generation:
        """The state of the last commit; raises Passing("index-damaged")."""
        mark = edition.mark(self._root)
        if mark == self._mark and not self._spoilt and (mark is not None or not edition.is_lost(self._root)):
            return self._generation
        with self._opening:
            return self._turned(mark)

    @property
    def extent(self) -> int:
        """How many bytes are mapped at most."""
        return self._generation.extent

    def ease(self) -> None:
        """Let go of mapped pages; a file that is open stays readable."""
        for one in self._generation.standing:
            one.held.segment.ease()

    def close(self) -> None:
        """Let go of everything; a generation that somebody still holds goes with its last reader."""
        with self._opening:
            self._generation, self._mark = Generation(), None

    def _turned(self, mark: tuple[int, int] | None) -> Generation:
        """Another state than the one that was found damaged may be valid by now: then that one."""
        while True:
            try:
                self._generation, self._mark = self._opened(), mark
                return self._generation
            except Passing:
                now = edition.mark(self._root)
                if now == mark:
                    raise
                mark = now

    def _opened(self) -> Generation:
        with ToldAsDamage():
            sealed = edition.current(self._root)
        if sealed is None or not edition.is_whole(self._root, sealed):
            raise Passing("index-damaged")
        with ToldAsDamage():
            return self._of(sealed) if sealed.edition else Generation(values=self._values)

    def _of(self, sealed: edition.Seal) -> Generation:
        folder = self._root / sealed.edition
        known = held_by_name(self._generation.standing)
        standing = []
        segments = edition.contents_of(folder, sealed.contents).segments
        self._spoilt.intersection_update(segment.segment_id() for segment in segments)
        if self._spoilt:
            raise Passing("index-damaged")
        for segment in segments:
            held = known.get(segment.segment_id()) or self._held(folder, segment, sealed)
            standing.append(Standing(held, held.segment.living(segment.deleted_docs())))
        return Generation(tuple(standing), self._values)

    def _held(self, folder: Path, segment: Any, sealed: edition.Seal) -> Held:
        """Newly opened. Its stamps say who may see a page: they are looked through before any of them is believed."""
        name = segment.segment_id()
        if not edition.is_unchanged(folder / (name + PAGES), sealed):
            raise Passing("index-damaged")
        if not self._prover.believes(folder / (name + TEXT), sealed, lambda: self._spoilt.add(name)):
            raise Passing("index-damaged")
        return Held(open_segment(folder, name), self._values)
