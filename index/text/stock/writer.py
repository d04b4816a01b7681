"""Decides how the index is written: one writer among all processes, one sealed commit a batch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from index.domain.errors import Passing
from index.ports import PageText, Progress
from index.text import edition
from index.text.damage import ToldAsDamage
from index.text.merging import to_merge
from index.text.sole import Sole
from index.text.stock.layout import laid_out
from index.text.stock.schema import schema
from index.text.stock.shelf import Shelf
from index.text.stock.stamp import stamp_of

#: Pages a segment of a rebuild holds, and the megabytes Whoosh gathers before it spills to the disk.
_BATCH = 1_000
_POOL_MB = 48

Seal = Callable[[int], None]


class Writer:
    """Writes into `root`; `patience` is how many seconds another process's writing is waited for."""

    def __init__(self, root: Path, patience: float) -> None:
        self._root = root
        self._lock = Sole(root / "writer.lock", patience)
        self._shelf = Shelf(root)

    def replace(self, page_ids: Collection[str], pages: Sequence[PageText], budget: int) -> None:
        """Forget `page_ids`, hold `pages`, and merge at most `budget` pages, all in one sealed commit."""
        with self._sole(), ToldAsDamage():
            writer = self._opened()
            with _cancelled(writer):
                forgotten = self._forget(writer, page_ids)
                _write(writer, pages)
                merge = _Merge(budget)
                if forgotten or pages or merge.planned(writer):
                    writer.commit(mergetype=merge)
                else:
                    writer.cancel()

    def tidy(self, budget: int) -> bool:
        """Merge once what has gathered, up to `budget` pages; whether there was anything to do."""
        with self._sole(), ToldAsDamage():
            writer = self._opened()
            with _cancelled(writer):
                merge = _Merge(budget)
                found = merge.planned(writer)
                writer.commit(mergetype=merge) if found else writer.cancel()
        return found

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """A new edition beside the live one; readers turn to it when it is whole, then the old one goes."""
        of = len(pages) if isinstance(pages, Sequence) else 0
        with self._sole():
            name = self._begun()
            done = contents = 0
            for batch in _batches(pages):
                with ToldAsDamage():
                    contents = self._batch(name, batch)
                done += len(batch)
                progress(done, of)
            with ToldAsDamage():
                edition.seal(self._root, name, contents, {})
                self._drop_others(name)
        return done

    def close(self) -> None:
        self._shelf.close()

    @contextmanager
    def _sole(self) -> Iterator[None]:
        """Nobody else writes meanwhile; raises Conflict("second-writer"). The lock dies with its process."""
        self._root.mkdir(parents=True, exist_ok=True)
        with self._lock.held():
            edition.begin(self._root)
            yield

    def _opened(self) -> SegmentWriter:
        """A writer on the valid edition, which is begun if the index is empty; raises Passing("index-damaged")."""
        sealed = edition.current(self._root)
        if sealed is None:
            raise Passing("index-damaged")
        name = sealed.edition or self._begun()
        edition.drop_unsealed(self._root / name, sealed)
        self._drop_others(name)
        return _SealingWriter(
            self._root / name, lambda contents: edition.seal(self._root, name, contents, sealed.files)
        )

    def _begun(self) -> str:
        """The name of a new edition that holds nothing yet."""
        name = f"{edition.PREFIX}{uuid4().hex}"
        (self._root / name).mkdir()
        TOC.create(FileStorage(str(self._root / name)), schema(), edition.NAME)
        return name

    def _batch(self, name: str, pages: Sequence[PageText]) -> int:
        """Write one segment of an edition nobody reads yet; returns the number of its table of contents."""
        writer = _SealingWriter(self._root / name, lambda contents: None)
        with _cancelled(writer):
            _write(writer, pages)
            writer.commit(merge=False)
        return int(writer.generation)

    def _drop_others(self, name: str) -> None:
        """Editions that were replaced, or left half made by a kill; readers keep what they have open."""
        for path in self._root.glob(f"{edition.PREFIX}*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)

    def _forget(self, writer: SegmentWriter, page_ids: Collection[str]) -> int:
        segments = {segment.segment_id(): segment for segment in writer.segments}
        forgotten = 0
        for standing in self._shelf.standing():
            segment = segments[standing.volume.name]
            for number in (number for page_id in page_ids for number in standing.volume.numbers(page_id)):
                if not segment.is_deleted(number):
                    segment.delete_document(number)
                    forgotten += 1
        return forgotten


class _SealingWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, which seals the new state before the files of the old one are taken away."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        # A compound file would be copied into the memory of every reader that opens it.
        on = FileIndex(FileStorage(str(folder)), indexname=edition.NAME)
        super().__init__(on, limitmb=_POOL_MB, compound=False)
        self._seal = seal

    def _commit_toc(self, segments: list[Any]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        self._seal(self.generation)
        clean_files(self.storage, self.indexname, self.generation, segments)


class _Merge:
    """Whoosh's merge policy: copies the chosen segments into the one being written, drops those wholly deleted."""

    def __init__(self, budget: int) -> None:
        self._budget = budget

    def __call__(self, writer: SegmentWriter, segments: list[Any]) -> list[Any]:
        chosen = self._chosen(segments)
        for segment in chosen:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return [segment for segment in segments if segment not in chosen and segment.doc_count()]

    def planned(self, writer: SegmentWriter) -> bool:
        return bool(self._chosen(writer.segments))

    def _chosen(self, segments: list[Any]) -> list[Any]:
        places = to_merge([segment.doc_count() for segment in segments], self._budget)
        return [segments[place] for place in sorted(places)]


@contextmanager
def _cancelled(writer: SegmentWriter) -> Iterator[None]:
    """Lets go of Whoosh's own lock and files if the commit does not come about."""
    try:
        yield
    finally:
        if not writer.is_closed:
            writer.cancel()


def _write(writer: SegmentWriter, pages: Iterable[PageText]) -> None:
    """Add these pages; of one given twice the last counts."""
    for page in {page.page_id: page for page in pages}.values():
        text, ends = laid_out(page)
        writer.add_document(page_id=page.page_id, text=text, stamp=tuple(stamp_of(page, ends)))


def _batches(pages: Iterable[PageText]) -> Iterator[list[PageText]]:
    left = iter(pages)
    while batch := list(islice(left, _BATCH)):
        yield batch
