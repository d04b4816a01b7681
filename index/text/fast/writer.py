"""Decides how the fast index is written: pages as they are, found again by the hashes of their ids, copied by term."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from index.ports import PageText
from index.text.editions import edition
from index.text.editions.merging import IDLE
from index.text.editions.writing import EditionWriter, Seal
from index.text.fast.codec import PageWriter, schema
from index.text.fast.columns import hashes_of
from index.text.fast.dictionary import encoded
from index.text.fast.segment import open_segment
from index.text.fast.shelf import Shelf


class Writer(EditionWriter):
    """Finds the pages that it forgets on the shelf of the adapter."""

    batch = 2_000
    copied = IDLE

    def __init__(self, root: Path, patience: float, shelf: Shelf, *, begins: bool) -> None:
        super().__init__(root, patience, begins=begins)
        self._shelf = shelf

    def _create(self, folder: Path) -> None:
        edition.create(folder, schema())

    def _opened(self, folder: Path, seal: Seal) -> PageWriter:
        return PageWriter(folder, seal)

    def _put(self, writer: PageWriter, page: PageText) -> None:
        writer.add_document(page=page)

    def _look(self) -> None:
        self._shelf.generation()

    def _standing(self, page_ids: Collection[str]) -> Iterable[tuple[str, int]]:
        sought = [encoded(page_id) for page_id in page_ids]
        hashes = hashes_of(sought)
        return [
            (segment.name, number)
            for _, segment in self._shelf.generation().segments
            for number in segment.columns.numbered(sought, hashes)
        ]

    def _take_over(self, writer: PageWriter, folder: Path, segment: Any) -> None:
        taken = open_segment(folder, segment.segment_id())
        writer.take_over(taken, taken.living(segment.deleted_docs()))
