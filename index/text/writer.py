"""Decides how the index is written: one writer among all processes, one sealed commit a batch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from index.domain.errors import Passing
from index.ports import PageText, Progress
from index.text import edition
from index.text.codec import PageWriter, schema
from index.text.columns import hashes_of
from index.text.damage import ToldAsDamage
from index.text.dictionary import encoded
from index.text.merging import IDLE, to_merge
from index.text.segment import Segment, open_segment
from index.text.shelf import Shelf
from index.text.sole import Sole

#: Pages a segment of a rebuild holds before it is merged.
_BATCH = 2_000


class Writer:
    """Writes into `root`; `patience` is how many seconds another process's writing is waited for.

    Where there is nothing yet it begins an empty index, if it `begins` any.
    """

    def __init__(self, root: Path, patience: float, shelf: Shelf, *, begins: bool) -> None:
        self._root = root
        self._shelf = shelf
        self._begins = begins
        self._sole = Sole(root / "writer.lock", patience)

    def replace(self, page_ids: Collection[str], pages: Sequence[PageText], budget: int) -> None:
        """Forget `page_ids`, hold `pages`, and merge at most `budget` pages, all in one sealed commit."""
        with self._alone(), ToldAsDamage(), self._opened() as writer:
            forgotten = self._forget(writer, page_ids)
            _write(writer, pages)
            if forgotten or pages or _chosen(writer.segments, budget):
                writer.commit(mergetype=self._merge(budget))

    def tidy(self, budget: int) -> bool:
        """Merge once what has gathered, up to `budget` pages; whether there was anything to do."""
        with self._alone(), ToldAsDamage(), self._opened() as writer:
            found = bool(_chosen(writer.segments, budget))
            if found:
                writer.commit(mergetype=self._merge(budget))
        return found

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """A new edition beside the live one; readers turn to it when it is whole, then the old one goes."""
        of = len(pages) if isinstance(pages, Sequence) else 0
        with self._alone():
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
    def _opened(self) -> Iterator[PageWriter]:
        """A writer on the valid edition, which is begun if the index is empty; raises Passing("index-damaged")."""
        self._shelf.generation()
        sealed = edition.current(self._root)
        if sealed is None:
            raise Passing("index-damaged")
        name = sealed.edition or self._begun()
        edition.drop_unsealed(self._root / name, sealed)
        self._drop_others(name)
        seal = _Sealing(self._root, name, sealed.files)
        with _cancelled(PageWriter(self._root / name, seal)) as writer:
            yield writer

    def _begun(self) -> str:
        """The name of a new edition that holds nothing yet."""
        name = f"{edition.PREFIX}{uuid4().hex}"
        (self._root / name).mkdir()
        edition.create(self._root / name, schema())
        return name

    def _batch(self, name: str, pages: Sequence[PageText]) -> int:
        """Write one segment of an edition nobody reads yet; returns the number of its table of contents."""
        with _cancelled(PageWriter(self._root / name, lambda contents: None)) as writer:
            _write(writer, pages)
            writer.commit(mergetype=_merging(IDLE, lambda one: open_segment(self._root / name, one)))
            return int(writer.generation)

    def _drop_others(self, name: str) -> None:
        """Editions that were replaced, or left half made by a kill; readers keep what they have open."""
        for path in self._root.glob(f"{edition.PREFIX}*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)

    def _forget(self, writer: PageWriter, page_ids: Collection[str]) -> int:
        sought = [encoded(page_id) for page_id in page_ids]
        hashes = hashes_of(sought)
        segments = {segment.segment_id(): segment for segment in writer.segments}
        forgotten = 0
        for one in self._shelf.generation().standing:
            segment = one.held.segment
            for number in segment.columns.numbered(sought, hashes):
                if one.lives[number]:
                    segments[segment.name].delete_document(number)
                    forgotten += 1
        return forgotten

    def _merge(self, budget: int) -> Callable[[PageWriter, list[Any]], list[Any]]:
        return _merging(budget, self._shelf.proved)


class _Sealing:
    """Makes a new table of contents of an edition the valid one."""

    def __init__(self, root: Path, name: str, known: edition.Files) -> None:
        self._root, self._name, self._known = root, name, known

    def __call__(self, contents: int) -> None:
        edition.seal(self._root, self._name, contents, self._known)


def _merging(budget: int, opened: Callable[[str], Segment]) -> Callable[[PageWriter, list[Any]], list[Any]]:
    """Whoosh's merge policy: the chosen segments go into the one being written, those wholly deleted are dropped."""

    def merge(writer: PageWriter, segments: list[Any]) -> list[Any]:
        chosen = _chosen(segments, budget)
        for one in chosen:
            if one.doc_count():
                segment = opened(one.segment_id())
                writer.take_over(segment, segment.living(one.deleted_docs()))
        return [one for one in segments if one not in chosen and one.doc_count()]

    return merge


def _chosen(segments: list[Any], budget: int) -> list[Any]:
    places = to_merge([segment.doc_count() for segment in segments], budget)
    return [segments[place] for place in sorted(places)]


@contextmanager
def _cancelled(writer: PageWriter) -> Iterator[PageWriter]:
    """Lets go of Whoosh's own lock and files if the commit does not come about."""
    try:
        yield writer
    finally:
        if not writer.is_closed:
            writer.cancel()


def _write(writer: PageWriter, pages: Iterable[PageText]) -> None:
    """Add these pages; of one given twice the last counts."""
    for page in {page.page_id: page for page in pages}.values():
        writer.add_document(page=page)


def _batches(pages: Iterable[PageText]) -> Iterator[list[PageText]]:
    left = iter(pages)
    while batch := list(islice(left, _BATCH)):
        yield batch
