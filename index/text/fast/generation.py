"""Decides what one state of the index is to a reader: its segments one behind the other, their pages numbered through.

What is known of a segment is kept by its name, so that a new generation costs what its new segments cost. A generation
never changes, and whoever holds it reads on while others are written.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Facet
from index.text.fast.columns import STAMPS
from index.text.fast.segment import Segment

Pages = NDArray[np.uint32]
"""Numbers of pages throughout the generation, in order."""
Mask = NDArray[np.bool_]
"""For each page of the generation."""

Texts = Mapping[str, Sequence[bytes]]
"""What a segment keeps as text of its pages, by column."""

_MASKS = 64


class Values:
    """The values of stamps, numbered as they are met by one process: 0 is always the empty one."""

    def __init__(self) -> None:
        self._known: Mapping[Facet, dict[bytes, int]] = {facet: {b"": 0} for facet in STAMPS}

    def coded(self, facet: Facet, values: Sequence[bytes], of: NDArray[np.uint32]) -> NDArray[np.uint32]:
        known = self._known[facet]
        return np.array([known.setdefault(value, len(known)) for value in values], np.uint32)[of]

    def code(self, facet: Facet, value: str) -> int | None:
        return self._known[facet].get(value.encode())

    def spelt(self, facet: Facet) -> list[bytes]:
        """The values by their number."""
        return list(self._known[facet])


class Held:
    """A segment, with its stamps by the numbers that their values have in this process."""

    def __init__(self, segment: Segment, values: Values) -> None:
        self.segment = segment
        stamps = segment.columns.stamps
        self.stamps = {facet: values.coded(facet, *stamps[facet]) for facet in STAMPS}


@dataclass(frozen=True, slots=True)
class Standing:
    """A segment as of one commit: which of its pages live."""

    held: Held
    lives: Mask


@dataclass(frozen=True)
class Admitted:
    """The pages that may be seen at all, of all that have these lengths."""

    mask: Mask
    lengths: NDArray[np.float32]

    @cached_property
    def pages(self) -> int:
        return int(np.count_nonzero(self.mask))

    @cached_property
    def characters(self) -> int:
        """How long they are together."""
        return int(self.lengths[self.mask].sum(dtype=np.float64))

    @property
    def usual_length(self) -> float:
        return usual_length(self.characters, self.pages)

    @cached_property
    def everything(self) -> bool:
        """Whether no page at all is left out."""
        return self.pages == len(self.mask)


@dataclass(frozen=True)
class Generation:
    """Segments as of one commit."""

    standing: tuple[Standing, ...] = ()
    values: Values = field(default_factory=Values)
    _masks: dict[Hashable, Admitted] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @cached_property
    def segments(self) -> tuple[tuple[int, Segment], ...]:
        """Each with the number of its first page."""
        return tuple((base, one.held.segment) for base, one in zip(self._bases, self.standing, strict=True))

    @cached_property
    def _bases(self) -> list[int]:
        return [0, *accumulate(len(one.lives) for one in self.standing[:-1])] if self.standing else []

    @cached_property
    def pages(self) -> int:
        """How many pages there are, deleted ones too."""
        return sum(len(one.lives) for one in self.standing)

    @cached_property
    def extent(self) -> int:
        """How many bytes its files have."""
        return sum(len(file.content) for _, segment in self.segments for file in segment.files)

    @cached_property
    def lives(self) -> Mask:
        return _joined([one.lives for one in self.standing], np.bool_)

    @cached_property
    def dates(self) -> NDArray[np.int32]:
        return self.numbers("dates", np.int32)

    @cached_property
    def latest(self) -> NDArray[np.int32]:
        """The last day that a date can mean, when it knows only its year or month."""
        months, days = self.dates // 100 % 100, self.dates % 100
        latest: NDArray[np.int32] = self.dates + (months == 0) * 9900 + (days == 0) * 99
        return latest

    @cached_property
    def years(self) -> NDArray[np.int32]:
        return self.dates // 10_000

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        return self.numbers("lengths", np.float32)

    @cached_property
    def item_hashes(self) -> NDArray[np.uint64]:
        return self.numbers("item_hashes", np.uint64)

    @cached_property
    def stamps(self) -> Mapping[Facet, NDArray[np.uint32]]:
        return {facet: _joined([one.held.stamps[facet] for one in self.standing], np.uint32) for facet in STAMPS}

    def numbers(self, name: str, kind: Any) -> NDArray[Any]:
        """A column of numbers throughout."""
        return _joined([segment.columns.numbers[name] for _, segment in self.segments], kind)

    def admitted(self, of: Hashable, made: Callable[[], Mask]) -> Admitted:
        """Made once for each generation and filter."""
        found = self._masks.get(of)
        if found is None:
            found = Admitted(made(), self.lengths)
            with self._turn:
                if len(self._masks) >= _MASKS:
                    self._masks.pop(next(iter(self._masks)))
                self._masks[of] = found
        return found

    def place(self, page: int) -> tuple[Texts, int]:
        """The texts of a page's segment, and its number there."""
        base, segment = self.segments[bisect_right(self._bases, page) - 1]
        return segment.columns.texts, page - base

    def portions(self, pages: Pages | None) -> list[Pages] | list[None]:
        """Pages in order by segment, numbered as there, none for a segment without any; of None, None for each."""
        if pages is None:
            return [None] * len(self.standing)
        if len(self.standing) == 1:
            return [pages]
        bounds = pages.searchsorted(np.array([*self._bases, self.pages], np.uint32)).tolist()
        return [pages[bounds[n] : bounds[n + 1]] - np.uint32(base) for n, base in enumerate(self._bases)]

    def split(self, pages: Pages) -> list[tuple[Segment, Pages]]:
        """Pages in order by their segments, numbered as there."""
        portions = self.portions(pages)
        return [
            (segment, some)
            for (_, segment), some in zip(self.segments, portions, strict=True)
            if some is not None and len(some)
        ]


def usual_length(characters: int, pages: int) -> float:
    return max(characters / pages, 1.0) if pages else 1.0


def held_by_name(standing: Collection[Standing]) -> dict[str, Held]:
    return {one.held.segment.name: one.held for one in standing}


def _joined(arrays: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(arrays).astype(kind, copy=False) if arrays else np.zeros(0, kind)
