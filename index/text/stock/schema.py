"""Decides what Whoosh keeps of a page: its id as a term, the terms of its text with offsets, and its stamp.

The schema is pickled into every index: when a name here changes, the index is made again from the catalogue.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence

from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Positions

from index.text.analyzer import terms

Offsets = Sequence[int]


def encoded(offsets: Offsets) -> bytes:
    """Offsets as little-endian 32-bit numbers: a third of what Whoosh's own pickles take to read."""
    numbers = array("I", offsets)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def decoded(stored: bytes) -> Offsets:
    numbers = array("I")
    numbers.frombytes(stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Pairs(FieldType):  # type: ignore[misc]
    """The text field: takes a page's folded text and hands Whoosh its terms with their offsets.

    The one place to change for another way of keeping postings (search.md, "W+numpy").
    """

    def __init__(self) -> None:
        # Scorable for the writer's sake: without a column of lengths Whoosh asks the disk for one at every posting.
        super().__init__(format=Positions(), analyzer=None, scorable=True)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, offsets in terms(value).items():
            count = len(offsets)
            yield term.encode("utf-8", "surrogatepass"), count, float(count), encoded(offsets)

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def clean(self) -> None:
        """Nothing here is kept between pages."""


def schema() -> Schema:
    return Schema(page_id=ID(unique=True), text=Pairs(), stamp=STORED())
