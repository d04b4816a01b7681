"""Decides what is kept of a page beside its text: its ids, its version, and the stamps that filters need, by column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Facet
from index.ports import PageText
from index.text.alphabet import text_of
from index.text.fast.arrays import Array, ArrayWriter
from index.text.fast.dictionary import Listing, encoded, listed
from index.text.folding import laid

#: The facets that are columns; the year is part of the date.
STAMPS = (Facet.FONDS, Facet.SERIES, Facet.RETENTION, Facet.MARKING, Facet.LANGUAGE)
_TEXTS = ("page_ids", "item_ids", "codes")
_NUMBERS = ("versions", "dates", "filed", "lengths", "id_hashes", "item_hashes")


@dataclass(frozen=True)
class Columns:
    """One row a page, by its number in the segment.

    `texts` are UTF-8: page_ids, item_ids, codes (the first, folded: what pages are sorted by). `numbers`: versions,
    dates (YYYYMMDD padded with 00, 0 when unknown), filed, lengths in characters, hashes of ids. `stamps` are the
    values of each facet, and for each page which of them.
    """

    texts: Mapping[str, Sequence[bytes]]
    numbers: Mapping[str, Array]
    stamps: Mapping[Facet, tuple[Sequence[bytes], NDArray[np.uint32]]]

    def __len__(self) -> int:
        return len(self.numbers["versions"])

    @cached_property
    def id_ranks(self) -> NDArray[np.uint32]:
        """The order of the pages by their id."""
        return _ranks(self.texts["page_ids"])

    @cached_property
    def code_ranks(self) -> NDArray[np.uint32]:
        """The order of the pages by their code, those of one code beside each other; without a code last."""
        codes = self.texts["codes"]
        known = {code: rank for rank, code in enumerate(sorted(set(codes), key=lambda code: (not code, code)))}
        return np.fromiter((known[code] for code in codes), np.uint32, len(codes))

    @cached_property
    def _by_hash(self) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        order = np.argsort(self.numbers["id_hashes"])
        return order, self.numbers["id_hashes"][order]

    def numbered(self, page_ids: Sequence[bytes], hashes: NDArray[np.uint64]) -> list[int]:
        """The pages with these ids, those replaced since among them."""
        order, known = self._by_hash
        first, last = known.searchsorted(hashes), known.searchsorted(hashes, "right")
        return [
            number
            for at in np.flatnonzero(first < last).tolist()
            for number in order[first[at] : last[at]].tolist()
            if self.texts["page_ids"][number] == page_ids[at]
        ]

    def put(self, out: ArrayWriter) -> None:
        for name in _TEXTS:
            _put_texts(out, name, self.texts[name])
        for name in _NUMBERS:
            out.put(name, self.numbers[name])
        for facet, (values, codes) in self.stamps.items():
            _put_texts(out, facet.value, values)
            out.put(f"{facet.value}_of", codes)


def columns_of(pages: Sequence[PageText]) -> Columns:
    page_ids = [encoded(page.page_id) for page in pages]
    item_ids = [encoded(page.item_id) for page in pages]
    numbers: dict[str, Array] = {
        "versions": np.array([page.version for page in pages], np.int64),
        "dates": np.array([_day(page.date) for page in pages], np.int32),
        "filed": np.array([page.filed for page in pages], np.uint8),
        "lengths": np.array([_length(page) for page in pages], np.uint32),
        "id_hashes": hashes_of(page_ids),
        "item_hashes": hashes_of(item_ids),
    }
    texts = {"page_ids": page_ids, "item_ids": item_ids, "codes": _codes(pages)}
    return Columns(texts, numbers, {facet: _stamped(getattr(page, facet) for page in pages) for facet in STAMPS})


def columns_in(arrays: Mapping[str, Array]) -> Columns:
    """The columns in a file that `Columns.put` made."""
    return Columns(
        {name: _texts(arrays, name) for name in _TEXTS},
        {name: arrays[name] for name in _NUMBERS},
        {facet: (_texts(arrays, facet.value), arrays[f"{facet.value}_of"]) for facet in STAMPS},
    )


def joined(sources: Sequence[tuple[Columns, NDArray[np.bool_]]]) -> Columns:
    """The pages of each that stay, one's behind the other's."""
    kept = [(columns, np.flatnonzero(stays)) for columns, stays in sources]
    texts = {name: [columns.texts[name][n] for columns, rows in kept for n in rows.tolist()] for name in _TEXTS}
    numbers = {name: np.concatenate([columns.numbers[name][rows] for columns, rows in kept]) for name in _NUMBERS}
    return Columns(texts, numbers, {facet: _rejoined(facet, kept) for facet in STAMPS})


def hashes_of(ids: Sequence[bytes]) -> NDArray[np.uint64]:
    digests = b"".join(hashlib.blake2b(one, digest_size=8).digest() for one in ids)
    return np.frombuffer(digests, "<u8")


def _length(page: PageText) -> int:
    """How much plain words are looked for in, in characters before folding."""
    described = len(page.title) + len(page.document_number) + len(page.creator) + len(page.code) if page.leads else 0
    return len(page.text) + len(page.seals) + described


def _day(date: str) -> int:
    return int(date[:8].ljust(8, "0")) if date.isdecimal() else 0


def _codes(pages: Sequence[PageText]) -> list[bytes]:
    if not any(page.code for page in pages):
        return [b""] * len(pages)
    text = laid([page.code.split("\n", 1)[0] for page in pages])
    starts = text.starts.tolist()
    return [encoded(text_of(text.codes[starts[n] : starts[n + 1] - 1])) for n in range(len(pages))]


def _stamped(values: Iterable[str]) -> tuple[Sequence[bytes], NDArray[np.uint32]]:
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(value, len(known)) for value in values], np.uint32)
    return [encoded(value) for value in known], codes


def _rejoined(facet: Facet, kept: Sequence[tuple[Columns, Any]]) -> tuple[Sequence[bytes], NDArray[np.uint32]]:
    known: dict[bytes, int] = {}
    codes = []
    for columns, rows in kept:
        values, of = columns.stamps[facet]
        new = np.array([known.setdefault(value, len(known)) for value in values], np.uint32)
        codes.append(new[of[rows]])
    return list(known), np.concatenate(codes)


def _ranks(texts: Sequence[bytes]) -> NDArray[np.uint32]:
    known = list(texts)
    ranks = np.empty(len(known), np.uint32)
    ranks[sorted(range(len(known)), key=known.__getitem__)] = np.arange(len(known))
    return ranks


def _put_texts(out: ArrayWriter, name: str, texts: Sequence[bytes]) -> None:
    content, ends = listed(list(texts))
    out.put(name, content)
    out.put(f"{name}_ends", ends)


def _texts(arrays: Mapping[str, Array], name: str) -> Sequence[bytes]:
    return Listing(arrays[name], arrays[f"{name}_ends"])
