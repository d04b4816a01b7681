"""Decides how a term is looked up: pairs by their first character, words by the alphabet, each leading to postings.

All pairs that begin with one character stand together, and so do their addresses: one character is one stretch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.text.alphabet import Codes
from index.text.fast.arrays import Array

NOWHERE = (0, 0)
Range = tuple[int, int]
"""Terms from one number up to another, or postings."""


@dataclass(frozen=True)
class Dictionary:
    """The terms of a text in order: first all pairs, then all words. `ends[n]` is where the postings of term n begin.

    `begins[r]` is the first pair of the character `alphabet[r]`; `seconds` holds for each pair the rank of the second,
    0 where a piece ends. `words` are UTF-8, `word_ends` where each of them ends.
    """

    alphabet: Codes
    begins: NDArray[np.uint32]
    seconds: NDArray[np.uint16] | NDArray[np.uint32]
    words: NDArray[np.uint8]
    word_ends: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    @property
    def pairs(self) -> int:
        return len(self.seconds)

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview, memoryview]:
        """`begins`, `seconds` and `ends`, for looking up one number: numpy takes ten times as long for that."""
        return self.begins.data, self.seconds.data, self.ends.data

    @cached_property
    def _ranks(self) -> Mapping[int, int]:
        return {code: rank for rank, code in enumerate(self.alphabet.tolist())}

    @cached_property
    def listing(self) -> Sequence[bytes]:
        return Listing(self.words, self.word_ends)

    def postings(self, terms: Range) -> Range:
        """The stretch of addresses of these neighbouring terms."""
        ends = self._views[2]
        return (ends[terms[0]], ends[terms[1]]) if terms[0] < terms[1] else NOWHERE

    def beginning(self, character: str) -> Range:
        """Every pair that begins with a character."""
        rank = self._ranks.get(ord(character))
        return NOWHERE if rank is None else (self._views[0][rank], self._views[0][rank + 1])

    def pair(self, characters: str) -> Range:
        """One term, or none."""
        first, last = self.beginning(characters[0])
        second = self._ranks.get(ord(characters[1])) if first < last else None
        if second is None:
            return NOWHERE
        seconds = self._views[1]
        term = bisect_left(seconds, second, first, last)
        return (term, term + 1) if term < last and seconds[term] == second else NOWHERE

    def word(self, word: str) -> Range:
        sought = encoded(word)
        number = bisect_left(self.listing, sought)
        if number == len(self.listing) or self.listing[number] != sought:
            return NOWHERE
        return self.pairs + number, self.pairs + number + 1

    def words_beginning(self, letters: str) -> Range:
        sought = encoded(letters)
        first = bisect_left(self.listing, sought)
        # No UTF-8 holds the byte FF: whatever begins with these letters stands before it.
        return self.pairs + first, self.pairs + bisect_left(self.listing, sought + b"\xff", first)


class Listing(Sequence[bytes]):
    """The words, one made when asked for."""

    def __init__(self, words: NDArray[np.uint8], ends: NDArray[np.uint32]) -> None:
        self._words = words.data
        self._ends = ends.data

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # never sliced
        ends = self._ends
        return bytes(self._words[ends[number - 1] if number else 0 : ends[number]])


def encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def listed(words: Sequence[bytes]) -> tuple[Array, Array]:
    """The words as `Dictionary.words` and `word_ends`."""
    ends = np.cumsum([len(word) for word in words], dtype=np.uint32)
    return np.frombuffer(b"".join(words), np.uint8), ends
