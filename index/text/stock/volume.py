"""Decides on which pages of one segment a leaf stands: Whoosh's postings, joined by offset.

A segment's files never change, so a volume is opened once and kept; which of its pages were deleted since is told
apart, by the table of contents of each commit (Whoosh's own refresh gets this wrong).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound

from index.domain.searching.tree import Section, Wild, Words
from index.text.analyzer import Part, pairs, parts
from index.text.matching import around, stretches
from index.text.stock.layout import is_described, is_sought, part_at
from index.text.stock.schema import Offsets, decoded
from index.text.stock.stamp import Stamp

#: A leaf that stands in the description speaks for the page as much as this many in its text.
_DESCRIBED_COUNTS = 5

Starts = dict[int, set[int]]
"""Number of a page in its segment -> offsets where the leaf may begin."""
Chain = dict[int, set[int]]
"""Where a pattern may begin on a page -> where what was found of it so far may end."""


class _Files(FileStorage):  # type: ignore[misc]
    """Knows what it opened: Whoosh leaves files open when it stumbles, and some when it is closed."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._opened: list[Any] = []

    def open_file(self, name: str, *rest: Any, **options: Any) -> Any:
        self._opened.append(super().open_file(name, *rest, **options))
        return self._opened[-1]

    def close(self) -> None:
        for file in self._opened:
            if not file.is_closed:
                file.close()


class Volume:
    """One segment, open for reading; not for two threads at once (postings are read through one file position)."""

    def __init__(self, storage: FileStorage, schema: Schema, segment: Any) -> None:
        self.name: str = segment.segment_id()
        self.pages: int = segment.doc_count_all()  # deleted ones too
        self._files = _Files(storage.folder)
        with ExitStack() as stumbling:
            stumbling.callback(self._files.close)
            self._reader = SegmentReader(self._files, schema, segment)
            stumbling.pop_all()

    def close(self) -> None:
        self._files.close()

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """The stamp of every page, deleted ones too, by number."""
        return tuple(Stamp(*self._reader.stored_fields(number)["stamp"]) for number in range(self.pages))

    def numbers(self, page_id: str) -> Iterable[int]:
        """The pages that have this id: one at most that is not deleted."""
        if ("page_id", page_id) not in self._reader:
            return ()
        return tuple(self._reader.postings("page_id", page_id).all_ids())

    def counts(self, leaf: Words | Wild) -> Mapping[int, int]:
        """Number of each page that holds the folded `leaf` -> how often, the description counted more."""
        found = (
            self._starts(parts(leaf.text), len(leaf.text)) if isinstance(leaf, Words) else self._spread(leaf.pattern)
        )
        worth = {number: self._worth(number, starts, leaf.section) for number, starts in found.items()}
        return {number: count for number, count in worth.items() if count}

    def _worth(self, number: int, starts: Collection[int], section: Section) -> int:
        stamp = self.stamps[number]
        sought = [start for start in starts if is_sought(stamp, start, section)]
        return len(sought) + (_DESCRIBED_COUNTS - 1) * sum(is_described(stamp, start) for start in sought)

    def _starts(self, needed: tuple[Part, ...], length: int) -> Mapping[int, Collection[int]]:
        if len(needed) > 1:
            return self._joined(needed, length)
        found: dict[int, list[int]] = {}
        for number, offsets in self._postings(needed[0]):
            found.setdefault(number, []).extend(offsets)
        return found

    def _spread(self, wild: str) -> Starts:
        """Where a pattern begins: its stretches one behind the other, within the reach between them, in one part."""
        (first, _, _), *others = stretches(wild)
        where = self._together({first, *(stretch for stretch, _, _ in others)})
        chains = {number: {start: {start + len(first)} for start in at} for number, at in where[first].items()}
        for stretch, least, most in others:
            reach = range(least, most + 1)
            chains = {
                number: _reached(chains[number], where[stretch][number], reach, len(stretch))
                for number in chains.keys() & where[stretch]
            }
        return {number: self._in_one_part(number, chain, *around(wild)) for number, chain in chains.items()}

    def _together(self, needed: Collection[str]) -> Mapping[str, Mapping[int, Collection[int]]]:
        """Where each stretch stands, in the middle of a word of letters too; the longest first, as it is the rarest.

        The shorter are looked for on the pages of the longer only: one character is the beginning of many terms.
        """
        where: dict[str, Mapping[int, Collection[int]]] = {}
        pages: list[int] | None = None
        for stretch in sorted(needed, key=len, reverse=True):
            where[stretch] = self._on(stretch, pages)
            pages = sorted(where[stretch])
        return where

    def _on(self, stretch: str, pages: list[int] | None) -> Mapping[int, Collection[int]]:
        if pages is None or len(stretch) > 1:
            known = self._starts(pairs(stretch), len(stretch))
            return known if pages is None else {number: known[number] for number in pages if number in known}
        found: dict[int, list[int]] = {}
        for number, offsets in self._postings(pairs(stretch)[0], pages) if pages else ():
            found.setdefault(number, []).extend(offsets)
        return found

    def _in_one_part(self, number: int, chain: Chain, before: int, behind: int) -> set[int]:
        """The beginnings of what stands in one part with so many characters before and behind it.

        A border follows each part, so that what is behind the last of them is in the part still.
        """
        stamp = self.stamps[number]
        outer = {start: (start - before, min(ends) + (behind or -1)) for start, ends in chain.items()}
        return {start for start, (a, b) in outer.items() if a >= 0 and part_at(stamp, a) == part_at(stamp, b)}

    def _joined(self, needed: tuple[Part, ...], length: int) -> Starts:
        """Where enough parts stand together to prove all `length` characters, the rarest looked up first."""
        ranked = sorted(needed, key=self._frequency)
        proven = set(ranked[0].proves)
        starts = self._first(ranked[0])
        for part in ranked[1:]:
            if not starts or len(proven) == length:
                break
            if not proven.issuperset(part.proves):
                proven.update(part.proves)
                starts = self._narrowed(starts, part)
        return starts

    def _first(self, part: Part) -> Starts:
        starts: Starts = {}
        for number, offsets in self._postings(part):
            found = {offset - part.at for offset in offsets if offset >= part.at}
            if found:
                starts.setdefault(number, set()).update(found)
        return starts

    def _narrowed(self, starts: Starts, part: Part) -> Starts:
        left: Starts = {}
        for number, offsets in self._postings(part, sorted(starts)):
            found = starts[number].intersection(offset - part.at for offset in offsets)
            if found:
                left.setdefault(number, set()).update(found)
        return left

    def _postings(self, part: Part, only: list[int] | None = None) -> Iterator[tuple[int, Offsets]]:
        """Page and offsets for each posting of the part's terms; of the pages in `only`, when given."""
        for term in self._terms(part):
            postings = self._reader.postings("text", term)
            yield from _all(postings) if only is None else _some(postings, only)

    def _terms(self, part: Part) -> Iterable[str | bytes]:
        if part.begins:
            return tuple(self._reader.expand_prefix("text", part.term))
        return (part.term,) if ("text", part.term) in self._reader else ()

    def _frequency(self, part: Part) -> int:
        """On how many pages the part stands; the beginning of a word is asked last, as it may be many terms."""
        if part.begins:
            return self.pages
        try:
            return int(self._reader.doc_frequency("text", part.term))
        except TermNotFound:
            return 0


def _all(postings: Any) -> Iterator[tuple[int, Offsets]]:
    while postings.is_active():
        yield postings.id(), decoded(postings.value())
        postings.next()


def _some(postings: Any, only: list[int]) -> Iterator[tuple[int, Offsets]]:
    for number in only:
        if postings.is_active():
            postings.skip_to(number)
        if not postings.is_active():
            return
        if postings.id() == number:
            yield number, decoded(postings.value())


def _reached(chain: Chain, where: Collection[int], reach: range, length: int) -> Chain:
    """The chain with a stretch of this length added that stands at `where`."""
    at = frozenset(where)
    longer = {
        start: {end + gap + length for end in ends for gap in reach if end + gap in at} for start, ends in chain.items()
    }
    return {start: ends for start, ends in longer.items() if ends}
