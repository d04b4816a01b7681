"""Decides how stock Whoosh's index is written: with its own postings, and the stamp of each page stored beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from index.ports import PageText
from index.text.editions import edition
from index.text.editions.proving import Prover
from index.text.editions.writing import EditionWriter, Seal
from index.text.stock.layout import laid_out
from index.text.stock.schema import schema
from index.text.stock.shelf import Shelf
from index.text.stock.stamp import stamp_of

#: The megabytes Whoosh gathers before it spills to the disk.
_POOL_MB = 48


class Writer(EditionWriter):
    """Has a shelf of its own; a rebuild copies nothing, because Whoosh takes as long for that as for writing."""

    batch = 1_000
    copied = 0

    def __init__(self, root: Path, patience: float, prover: Prover) -> None:
        super().__init__(root, patience)
        self._shelf = Shelf(root, prover)

    def close(self) -> None:
        self._shelf.close()

    def _create(self, folder: Path) -> None:
        edition.create(folder, schema())

    def _opened(self, folder: Path, seal: Seal) -> SegmentWriter:
        return _SealingWriter(folder, seal)

    def _put(self, writer: SegmentWriter, page: PageText) -> None:
        text, ends = laid_out(page)
        writer.add_document(page_id=page.page_id, text=text, stamp=tuple(stamp_of(page, ends)))

    def _look(self) -> None:
        self._shelf.standing()

    def _standing(self, page_ids: Collection[str]) -> Iterable[tuple[str, int]]:
        return [
            (one.volume.name, number)
            for one in self._shelf.standing()
            for page_id in page_ids
            for number in one.volume.numbers(page_id)
        ]

    def _take_over(self, writer: SegmentWriter, folder: Path, segment: Any) -> None:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()


class _SealingWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, which seals the new state before the files of the old one are taken away."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        # A compound file would be copied into the memory of every reader that opens it.
        on = FileIndex(FileStorage(str(folder)), indexname=edition.NAME)
        super().__init__(on, limitmb=_POOL_MB, compound=False)
        self._seal = seal

    def _commit_toc(self, segments: list[Any]) -> None:
        edition.commit(self, segments, self._seal)
