"""Decides how the words of a page are packed beside its text: in blocks, so that a match unpacks only its own.

A hit shows the boxes of a few words; unpacking every word of twenty pages would cost more than finding them. Older rows
hold compressed JSON; they are read as they are and written anew when the page is read again.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from index.domain.reading import Box, Place, Word, places_of

PLACES = 5
"""Digits kept of a box's fractions: a hundredth of a pixel on an A4 page at 300 dpi."""

_FRACTION = 10**PLACES
_SURE = 1000
#: Words of a block: a few lines, unpacked in some microseconds.
_BLOCK = 96
#: Without a header, and a window no larger than a block.
_WINDOW = -11
#: The first byte; what was kept before these blocks begins with zlib's own.
_BLOCKS = b"\x01"
_COUNT = struct.Struct("<I")
#: The numbers of a word: start, length, box, confidence.
_NUMBERS = 7


def pack_words(words: Sequence[Word]) -> bytes:
    """Words without their text, which stands in the page's text already; they come back in its order."""
    words = sorted(words, key=lambda word: word.start)
    blocks = [words[at : at + _BLOCK] for at in range(0, len(words), _BLOCK)]
    packed = [_deflated(block) for block in blocks]
    begins = [min(word.start for word in block) for block in blocks]
    ends = accumulate((max(word.start + len(word.text) for word in block) for block in blocks), max)
    header = _bytes([*begins, *ends, *map(len, packed)])
    return b"".join((_BLOCKS, _COUNT.pack(len(blocks)), header, *packed))


def unpack_words(packed: bytes, text: str) -> tuple[Word, ...]:
    """Every word of the page."""
    if packed[:1] != _BLOCKS:
        return _from_json(packed, text)
    return tuple(word for block in _blocks(packed)[2] for word in _inflated(packed[block], text))


def places_at(packed: bytes, text: str, stretches: Sequence[tuple[int, int]]) -> list[list[Place]]:
    """For each of these stretches of the text the places of the words on it; no other blocks are unpacked."""
    if packed[:1] != _BLOCKS:
        known = places_of(_from_json(packed, text))
        return [[one for one in known if one.touches(*stretch)] for stretch in stretches]
    begins, ends, blocks = _blocks(packed)
    unpacked: dict[int, array[int]] = {}
    found = []
    for start, end in stretches:
        places: list[Place] = []
        for at in range(bisect_right(ends, start), bisect_left(begins, end)):
            if at not in unpacked:
                unpacked[at] = _unpacked(packed[blocks[at]])
            places += _places(unpacked[at], start, end)
        found.append(places)
    return found


def _blocks(packed: bytes) -> tuple[Sequence[int], Sequence[int], Sequence[slice]]:
    """Where each block begins and ends in the text, and where it lies among the bytes."""
    (count,) = _COUNT.unpack_from(packed, 1)
    first = 1 + _COUNT.size + 3 * count * 4
    header = _numbers(packed[1 + _COUNT.size : first])
    edges = [*accumulate(header[2 * count :], initial=first)]
    return header[:count], header[count : 2 * count], [slice(a, b) for a, b in pairwise(edges)]


def _deflated(block: Sequence[Word]) -> bytes:
    """One column after the other: starts, lengths, the four sides of the boxes, confidences."""
    columns = [
        [word.start for word in block],
        [len(word.text) for word in block],
        *([round(getattr(word.box, side) * _FRACTION) for word in block] for side in ("x", "y", "w", "h")),
        [round(word.confidence * _SURE) for word in block],
    ]
    return zlib.compress(_bytes([number for column in columns for number in column]), 6, _WINDOW)


def _inflated(block: bytes, text: str) -> Iterator[Word]:
    numbers = _unpacked(block)
    count = len(numbers) // _NUMBERS
    for at in range(count):
        start, length, x, y, w, h, sure = numbers[at::count]
        box = Box(x / _FRACTION, y / _FRACTION, w / _FRACTION, h / _FRACTION)
        yield Word(text[start : start + length], start, box, sure / _SURE)


def _places(numbers: array[int], start: int, end: int) -> list[Place]:
    """Those of a block's words that have a character in text[start:end]."""
    count = len(numbers) // _NUMBERS
    first = max(0, bisect_right(numbers, start, 0, count) - 1)
    last = bisect_left(numbers, end, first, count)
    return [_place(numbers[at::count]) for at in range(first, last) if start < numbers[at] + numbers[at + count]]


def _place(numbers: Sequence[int]) -> Place:
    start, length, x, y, w, h, _ = numbers
    return Place(start, length, x / _FRACTION, y / _FRACTION, w / _FRACTION, h / _FRACTION)


def _unpacked(block: bytes) -> array[int]:
    return _numbers(zlib.decompress(block, _WINDOW, _BLOCK * _NUMBERS * 4))


def _bytes(numbers: Iterable[int]) -> bytes:
    """Little-endian, 32 bits each."""
    packed = array("i", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _numbers(packed: bytes) -> array[int]:
    numbers = array("i")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _from_json(packed: bytes, text: str) -> tuple[Word, ...]:
    return tuple(
        Word(text[start : start + length], start, Box(x, y, w, h), confidence)
        for start, length, x, y, w, h, confidence in json.loads(zlib.decompress(packed))
    )
