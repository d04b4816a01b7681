"""Decides how texts become one, without the pages that are gone: stretch by stretch of their terms, in little memory.

Only the terms themselves are held, never all their addresses. A piece is moved as a whole, so that an address changes
by what its piece was moved by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text.alphabet import Codes
from index.text.fast.dictionary import Dictionary, listed
from index.text.fast.inversion import ends_of, narrowed
from index.text.fast.inverted import Text
from index.text.fast.pieces import Addresses, Pieces

#: Addresses that are moved at once: some 100 MB.
_STRETCH = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A text, and for each of its pages whether it stays."""

    text: Text
    stays: NDArray[np.bool_]


class Fusion:
    """Several texts as one: first `pieces`, then the addresses in order, and after these the dictionary."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self.pieces, self._shifts = _moved(sources)
        self._terms = _united([source.text.dictionary for source in sources])
        self._counts = np.zeros(len(self._terms.pairs) + len(self._terms.words), np.int64)

    def addresses(self) -> Iterator[Addresses]:
        """The addresses of all terms in portions."""
        for first, last in self._stretches():
            moved = [self._stretch(number, first, last) for number in range(len(self._sources))]
            packed = _merged(moved)
            terms = (packed >> 32).astype(np.intp)
            self._counts[first:last] = np.bincount(terms, minlength=last - first)
            yield packed.astype(np.uint32)

    def dictionary(self) -> Dictionary:
        """Of what has been streamed; a term that stood on pages that are gone only is gone too."""
        terms, found = self._terms, self._counts > 0
        pairs = terms.pairs[found[: len(terms.pairs)]]
        words, word_ends = listed([w for w, stays in zip(terms.words, found[len(terms.pairs) :], strict=True) if stays])
        begins = np.searchsorted(pairs >> 32, np.arange(len(terms.alphabet) + 1))
        seconds = narrowed(pairs & 0xFFFFFFFF, len(terms.alphabet))
        return Dictionary(
            terms.alphabet, begins.astype(np.uint32), seconds, words, word_ends, ends_of(self._counts[found])
        )

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Terms from one up to another that have about so many addresses, one term at least."""
        total = np.zeros(len(self._counts) + 1, np.int64)
        for source, numbers in zip(self._sources, self._terms.numbers, strict=True):
            total[numbers + 1] += steps(source.text.dictionary.ends)
        total = np.cumsum(total)
        first = 0
        while first < len(self._counts):
            last = max(first + 1, int(np.searchsorted(total, total[first] + _STRETCH, "right")) - 1)
            yield first, last
            first = last

    def _stretch(self, source: int, first: int, last: int) -> NDArray[np.uint64]:
        """What a source has of these terms, as term << 32 | new address."""
        text, stays = self._sources[source].text, self._sources[source].stays
        numbers = self._terms.numbers[source]
        begin, end = np.searchsorted(numbers, (first, last)).tolist()
        ends = text.dictionary.ends[begin : end + 1]
        addresses = text.addresses[ends[0] : ends[-1]]
        pieces = text.pieces.at(addresses)
        terms = np.repeat((numbers[begin:end] - first).astype(np.uint64), steps(ends))
        moved: NDArray[Any] = (terms << np.uint64(32)) | (addresses + self._shifts[source].take(pieces)).astype(
            np.uint64
        )
        return moved if stays.all() else moved[stays.take(text.pieces.pages.take(pieces))]


def steps(ends: NDArray[Any]) -> NDArray[np.int64]:
    """From each to the next."""
    wide = ends.astype(np.int64)
    return wide[1:] - wide[:-1]


def _moved(sources: Sequence[Source]) -> tuple[Pieces, list[NDArray[np.int64]]]:
    """Where the pieces lie in the new text, and by how much each of a source's pieces is moved."""
    parts, pages, sections, lengths, stays = (np.concatenate(column) for column in zip(*_pieces(sources), strict=True))
    kept = np.flatnonzero(stays)
    kept = kept[np.argsort(parts[kept], kind="stable")]
    starts = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(lengths[kept], out=starts[1:])
    if starts[-1] >= 1 << 32:
        raise OverflowError("texts too long to become one")
    moved = np.zeros(len(parts), np.int64)
    moved[kept] = starts[:-1]
    firsts = np.searchsorted(parts[kept], np.arange(4)).astype(np.uint32)
    at = np.cumsum([0, *(len(source.text.pieces.pages) for source in sources)])
    shifts = [
        moved[at[n] : at[n + 1]] - source.text.pieces.starts[:-1].astype(np.int64) for n, source in enumerate(sources)
    ]
    return Pieces(starts.astype(np.uint32), pages[kept].astype(np.uint32), sections[kept], firsts), shifts


def _pieces(sources: Sequence[Source]) -> Iterator[tuple[NDArray[Any], ...]]:
    """Of each source's pieces: part, new number of the page, section, length, and whether they stay."""
    pages = 0
    for source in sources:
        pieces, stays = source.text.pieces, source.stays
        numbers = pages + np.cumsum(stays) - stays
        pages += int(stays.sum())
        parts = np.repeat(np.arange(4), steps(np.append(pieces.parts, len(pieces.pages))))
        lengths = steps(pieces.starts)
        yield parts, numbers[pieces.pages], pieces.sections, lengths, stays[pieces.pages]


@dataclass(frozen=True, slots=True)
class _United:
    """All terms of several dictionaries in order, and for each dictionary the new number of each of its terms."""

    alphabet: Codes
    pairs: NDArray[np.uint64]
    words: list[bytes]
    numbers: list[NDArray[np.int64]]


def _united(dictionaries: Sequence[Dictionary]) -> _United:
    alphabet = _distinct([dictionary.alphabet for dictionary in dictionaries])
    each = [_pairs(dictionary, alphabet) for dictionary in dictionaries]
    pairs = _distinct(each)
    words = sorted({word for dictionary in dictionaries for word in dictionary.listing})
    ranks = {word: len(pairs) + rank for rank, word in enumerate(words)}
    numbers = [
        np.concatenate((np.searchsorted(pairs, mine), [ranks[word] for word in dictionary.listing])).astype(np.int64)
        for mine, dictionary in zip(each, dictionaries, strict=True)
    ]
    return _United(alphabet, pairs, words, numbers)


def _merged(runs: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Arrays in order as one: a stable sort finds the runs and merges them."""
    merged = np.concatenate(runs)
    merged.sort(kind="stable")
    return merged


def _distinct(runs: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """What stands in any of these arrays, in order (numpy's unique takes ten times as long)."""
    merged = _merged(runs)
    first = np.ones(len(merged), np.bool_)
    np.not_equal(merged[1:], merged[:-1], out=first[1:])
    return merged[first]


def _pairs(dictionary: Dictionary, alphabet: Codes) -> NDArray[np.uint64]:
    """Its pairs by their ranks in another alphabet, first << 32 | second: their order stays."""
    ranks = np.searchsorted(alphabet, dictionary.alphabet).astype(np.uint64)
    firsts = np.repeat(ranks, steps(dictionary.begins))
    pairs: NDArray[np.uint64] = np.bitwise_or(firsts << 32, ranks.take(dictionary.seconds), dtype=np.uint64)
    return pairs
