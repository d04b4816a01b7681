"""Decides how a text is inverted: every pair of neighbours and every word, each with the addresses where it stands.

One sort does it: a pair's two ranks and its address are packed into one number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text.alphabet import ALPHABET, LETTER, Codes, text_of
from index.text.fast.dictionary import Dictionary, encoded, listed
from index.text.fast.pieces import Addresses


def invert(codes: Codes) -> tuple[Dictionary, Addresses]:
    """The terms of a folded text, in which a 0 stands behind every piece, and the addresses of all of them."""
    alphabet, ranks = _ranked(codes)
    bits = len(alphabet).bit_length()
    pairs, at = _sorted_pairs(ranks, bits)
    kinds = np.flatnonzero(np.diff(pairs, prepend=pairs.dtype.type(~pairs[0]))) if len(pairs) else np.zeros(0, np.intp)
    words, word_counts, word_at = _words(codes)
    counts = np.concatenate((np.diff(kinds, append=len(pairs)), word_counts))
    text, word_ends = listed(words)
    terms = pairs[kinds]
    begins = np.searchsorted(terms >> bits, np.arange(len(alphabet) + 1)).astype(np.uint32)
    seconds = narrowed(terms & ((1 << bits) - 1), len(alphabet))
    dictionary = Dictionary(alphabet, begins, seconds, text, word_ends, ends_of(counts))
    return dictionary, np.concatenate((at, word_at))


def ends_of(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Where each begins, and where all end."""
    ends = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=ends[1:])
    return ends


def narrowed(ranks: NDArray[Any], alphabet: int) -> Any:
    """Ranks in an alphabet of so many, in as few bytes as will do."""
    return ranks.astype(np.uint16 if alphabet <= 1 << 16 else np.uint32)


def _ranked(codes: Codes) -> tuple[Codes, NDArray[np.uint64]]:
    """The characters of a text in their order, the border always the first, and each one's rank."""
    present = np.zeros(int(codes.max(initial=0)) + 1, np.bool_)
    present[codes] = present[0] = True
    alphabet = np.flatnonzero(present)
    ranks = np.empty(len(present), np.uint64)
    ranks[alphabet] = np.arange(len(alphabet))
    return alphabet.astype(np.uint32), ranks.take(codes)


def _sorted_pairs(ranks: NDArray[np.uint64], bits: int) -> tuple[NDArray[np.uint64], Addresses]:
    """All pairs in order, as first << bits | second, and their addresses; nothing begins at a border."""
    places = max(len(ranks).bit_length(), 1)
    if 2 * bits + places > 64:
        raise OverflowError("a text too long to be inverted at once")
    at = np.flatnonzero(ranks)
    packed: Any = (((ranks[at] << bits) | ranks[at + 1]) << places) | at.astype(np.uint64)
    packed.sort()
    return packed >> places, (packed & ((1 << places) - 1)).astype(np.uint32)


def _words(codes: Codes) -> tuple[list[bytes], NDArray[np.int64], Addresses]:
    """The words in their order, how often each stands there, and where."""
    letters = (ALPHABET.kinds(codes) & LETTER) > 0
    edges = np.flatnonzero(np.diff(letters, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    text = text_of(codes) if len(starts) else ""
    found = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    words = sorted(encoded(word) for word in set(found))
    ranks = {word: rank for rank, word in enumerate(words)}
    each = np.fromiter((ranks[encoded(word)] for word in found), np.uint64, len(found))
    packed = np.sort((each << 32) | starts.astype(np.uint64))
    return words, np.bincount(each.astype(np.intp), minlength=len(words)), packed.astype(np.uint32)
