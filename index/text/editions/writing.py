"""Decides how an index in a folder is written: one writer among all processes, one sealed commit a batch.

What each engine does in its own way, it does behind the methods that are left open here.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from whoosh.writing import SegmentWriter

from index.domain.errors import Passing
from index.ports import PageText, Progress
from index.text.batching import batches, last_of_each
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.editions.merging import to_merge
from index.text.editions.sole import Sole

Seal = Callable[[int], None]
"""Called with the number of a new table of contents, before the files of the old state are taken away."""
Merge = Callable[[Any, list[Any]], list[Any]]
"""Whoosh's merge policy: takes the chosen of these segments into the one being written, returns those that stay."""


class EditionWriter(ABC):
    """Writes into `root`; `patience` is how many seconds another process's writing is waited for.

    Where there is nothing yet it begins an empty index, if it `begins` any. A rebuild commits `batch` pages at a time
    and copies up to `copied` of them into larger segments.
    """

    batch: int
    copied: int

    def __init__(self, root: Path, patience: float, *, begins: bool = True) -> None:
        self._root = root
        self._begins = begins
        self._sole = Sole(root / "writer.lock", patience)

    @abstractmethod
    def _create(self, folder: Path) -> None:
        """A first table of contents, of nothing."""

    @abstractmethod
    def _opened(self, folder: Path, seal: Seal) -> SegmentWriter:
        """Whoosh's writer into a folder."""

    @abstractmethod
    def _put(self, writer: SegmentWriter, page: PageText) -> None:
        """Add one page."""

    @abstractmethod
    def _look(self) -> None:
        """Raises Passing("index-damaged") if the valid state cannot be read."""

    @abstractmethod
    def _standing(self, page_ids: Collection[str]) -> Iterable[tuple[str, int]]:
        """The pages of these ids in the valid state, deleted ones perhaps too: name of the segment, number in it."""

    @abstractmethod
    def _take_over(self, writer: SegmentWriter, folder: Path, segment: Any) -> None:
        """Write the living pages of this segment too."""

    def replace(self, page_ids: Collection[str], pages: Sequence[PageText], budget: int) -> None:
        """Forget `page_ids`, hold `pages`, and merge at most `budget` pages, all in one sealed commit."""
        with self._alone(), ToldAsDamage(), self._on_the_valid() as (writer, sealed):
            forgotten = self._forget(writer, page_ids)
            self._write(writer, pages)
            if forgotten or pages or _chosen(writer.segments, budget):
                writer.commit(mergetype=self._merging(budget, sealed))

    def tidy(self, budget: int) -> bool:
        """Merge once what has gathered, up to `budget` pages; whether there was anything to do."""
        with self._alone(), ToldAsDamage(), self._on_the_valid() as (writer, sealed):
            found = bool(_chosen(writer.segments, budget))
            if found:
                writer.commit(mergetype=self._merging(budget, sealed))
        return found

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """A new edition beside the live one; readers turn to it when it is whole, then the old one goes."""
        of = len(pages) if isinstance(pages, Sequence) else 0
        with self._alone():
            name = self._begun()
            done = contents = 0
            for batch in batches(pages, self.batch):
                with ToldAsDamage():
                    contents = self._batch(name, batch)
                done += len(batch)
                progress(done, of)
            with ToldAsDamage():
                edition.seal(self._root, name, contents, {})
                self._drop_others(name)
        return done

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile; raises Conflict("second-writer"), Passing("index-damaged")."""
        if self._begins:
            self._root.mkdir(parents=True, exist_ok=True)
        elif edition.mark(self._root) is None:
            raise Passing("index-damaged")
        with self._sole.held():
            if self._begins:
                edition.begin(self._root)
            yield

    @contextmanager
    def _on_the_valid(self) -> Iterator[tuple[SegmentWriter, edition.Seal]]:
        """A writer on the valid edition, which is begun if the index is empty; raises Passing("index-damaged")."""
        self._look()
        sealed = edition.current(self._root)
        if sealed is None:
            raise Passing("index-damaged")
        name = sealed.edition or self._begun()
        edition.drop_unsealed(self._root / name, sealed)
        self._drop_others(name)
        seal = _Sealing(self._root, name, sealed.files)
        with _cancelled(self._opened(self._root / name, seal)) as writer:
            yield writer, sealed

    def _begun(self) -> str:
        """The name of a new edition that holds nothing yet."""
        name = f"{edition.PREFIX}{uuid4().hex}"
        (self._root / name).mkdir()
        self._create(self._root / name)
        return name

    def _batch(self, name: str, pages: Sequence[PageText]) -> int:
        """Write one segment of an edition nobody reads yet; returns the number of its table of contents."""
        with _cancelled(self._opened(self._root / name, lambda contents: None)) as writer:
            self._write(writer, pages)
            writer.commit(mergetype=self._merging(self.copied, None))
            return int(writer.generation)

    def _drop_others(self, name: str) -> None:
        """Editions that were replaced, or left half made by a kill; readers keep what they have open."""
        for path in self._root.glob(f"{edition.PREFIX}*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)

    def _write(self, writer: SegmentWriter, pages: Iterable[PageText]) -> None:
        for page in last_of_each(pages):
            self._put(writer, page)

    def _forget(self, writer: SegmentWriter, page_ids: Collection[str]) -> int:
        segments = {segment.segment_id(): segment for segment in writer.segments}
        living = [(segments[name], number) for name, number in self._standing(page_ids)]
        living = [(segment, number) for segment, number in living if not segment.is_deleted(number)]
        for segment, number in living:
            segment.delete_document(number)
        return len(living)

    def _merging(self, budget: int, sealed: edition.Seal | None) -> Merge:
        """Segments wholly deleted are dropped; those of a sealed state are looked through before they are copied."""

        def merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
            chosen = _chosen(segments, budget)
            for one in chosen:
                if one.doc_count():
                    if sealed:
                        edition.prove(self._root, sealed, one)
                    self._take_over(writer, Path(writer.storage.folder), one)
            return [one for one in segments if one not in chosen and one.doc_count()]

        return merge


class _Sealing:
    """Makes a new table of contents of an edition the valid one."""

    def __init__(self, root: Path, name: str, known: edition.Files) -> None:
        self._root, self._name, self._known = root, name, known

    def __call__(self, contents: int) -> None:
        edition.seal(self._root, self._name, contents, self._known)


def _chosen(segments: list[Any], budget: int) -> list[Any]:
    places = to_merge([segment.doc_count() for segment in segments], budget)
    return [segments[place] for place in sorted(places)]


@contextmanager
def _cancelled(writer: SegmentWriter) -> Iterator[SegmentWriter]:
    """Lets go of Whoosh's own lock and files if the commit does not come about."""
    try:
        yield writer
    finally:
        if not writer.is_closed:
            writer.cancel()
