"""Decides where Whoosh hands over: its own writer, segments, contents and deletions, with our text and columns in them.

Whoosh numbers the pages, names the files, keeps what is deleted and commits. A page goes through it as one value of one
field: the field writer inverts all of them at once, the writer per document keeps the rest in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from index.ports import PageText
from index.text.editions import edition
from index.text.fast.columns import columns_of
from index.text.fast.fusing import Source
from index.text.fast.inversion import invert
from index.text.fast.inverted import Text
from index.text.fast.pieces import lay_out
from index.text.fast.segment import PAGES, TEXT, Segment, write_pages, write_text

#: Characters inverted at once, a longer page more: some 200 MB.
_AT_ONCE = 4_000_000

Taken = tuple[Segment, NDArray[np.bool_]]
"""A segment that becomes part of another, and which of its pages stay."""


class Whole(FieldType):  # type: ignore[misc]
    """A page as it is: Whoosh asks for its terms, and is given the page itself."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None, stored=True)

    def index(self, value: PageText, **_: object) -> Iterator[tuple[bytes, int, float, PageText]]:
        yield b"", 1, 1.0, value

    def clean(self) -> None:
        """Nothing here is kept between pages."""


def schema() -> Schema:
    return Schema(page=Whole())


class PageCodec(Codec):  # type: ignore[misc]
    """Pickled with every segment, so it holds nothing."""

    length_stats = False

    def per_document_writer(self, storage: FileStorage, segment: Any) -> PagesWriter:
        return PagesWriter(storage, segment)

    def field_writer(self, storage: FileStorage, segment: Any) -> TextWriter:
        return TextWriter(storage, segment)

    def new_segment(self, storage: FileStorage, indexname: str) -> W3Segment:
        return W3Segment(self, indexname)


class PageWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer into a folder; `sealed` is called with the number of a new table of contents.

    It is called before the files of the old state are taken away.
    """

    def __init__(self, folder: Path, sealed: Any) -> None:
        on = FileIndex(FileStorage(str(folder)), indexname=edition.NAME)
        # A compound file would be copied into the memory of every reader that opens it.
        super().__init__(on, codec=PageCodec(), compound=False)
        self.pool = Gathered()
        self._sealed = sealed

    def take_over(self, segment: Segment, stays: NDArray[np.bool_]) -> None:
        """Write these pages of a segment too, behind the new ones."""
        self.perdocwriter.taken.append((segment, stays))
        self.fieldwriter.taken.append((segment, stays))
        self.docnum += int(stays.sum())
        self._added = True

    def _commit_toc(self, segments: list[Any]) -> None:
        edition.commit(self, segments, self._sealed)


class Gathered:
    """Stands for Whoosh's pool of postings, which would sort what is not there to be sorted."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    def add(self, item: Any) -> None:
        self._items.append(item)

    def iter_postings(self) -> Iterable[Any]:
        return self._items

    def cleanup(self) -> None:
        self._items = []


class PagesWriter(PerDocumentWriter):  # type: ignore[misc]
    """Writes what is kept of pages beside their text."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self._pages: list[PageText] = []
        self.taken: list[Taken] = []
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """The next page has the next number."""

    def add_field(self, name: str, field: Any, value: PageText, length: int) -> None:
        self._pages.append(value)

    def close(self) -> None:
        """Write them; without any there is no file."""
        self.is_closed = True
        sources = [(segment.columns, stays) for segment, stays in self.taken]
        if self._pages:
            sources = [(columns_of(self._pages), np.ones(len(self._pages), np.bool_)), *sources]
        if sources:
            with _created(self._storage, self._segment, PAGES) as out:
                write_pages(out, sources)


class TextWriter(FieldWriter):  # type: ignore[misc]
    """Writes the text of pages."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self.taken: list[Taken] = []
        self.is_closed = False

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Any]) -> None:
        pages = [page for _, _, _, _, page in items]
        fresh = [Source(_text(some), np.ones(len(some), np.bool_)) for some in _portions(pages)]
        with _created(self._storage, self._segment, TEXT) as out:
            write_text(out, [*fresh, *(Source(segment.text, stays) for segment, stays in self.taken)])

    def close(self) -> None:
        self.is_closed = True


def _text(pages: Sequence[PageText]) -> Text:
    codes, pieces = lay_out(pages)
    dictionary, addresses = invert(codes)
    return Text(pieces, dictionary, addresses)


def _portions(pages: Sequence[PageText]) -> Iterator[Sequence[PageText]]:
    """Pages that are inverted at once, one at least."""
    begin = characters = 0
    for at, page in enumerate(pages):
        if characters and characters + len(page.text) > _AT_ONCE:
            yield pages[begin:at]
            begin, characters = at, 0
        characters += len(page.text)
    if begin < len(pages):
        yield pages[begin:]


def _created(storage: FileStorage, segment: Any, extension: str) -> Any:
    return open(Path(storage.folder) / segment.make_filename(extension), "wb", buffering=1 << 20)
