"""Decides what an inverted text is, whether it was just made or lies in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.text.fast.arrays import Array, ArrayWriter
from index.text.fast.dictionary import Dictionary, Range
from index.text.fast.pieces import Addresses, Pieces


@dataclass(frozen=True)
class Text:
    """Where everything lies in it, its terms, and the addresses of all of them, one term's behind the other's."""

    pieces: Pieces
    dictionary: Dictionary
    addresses: Addresses

    def at(self, terms: Range) -> Addresses:
        """The addresses of neighbouring terms, those of each sorted."""
        first, last = self.dictionary.postings(terms)
        return self.addresses[first:last]


def put(out: ArrayWriter, pieces: Pieces, dictionary: Dictionary) -> None:
    """Everything of a text but its addresses, which are streamed."""
    for name in _PIECES:
        out.put(name, getattr(pieces, name))
    for name in _DICTIONARY:
        out.put(name, getattr(dictionary, name))


def text_of(arrays: Mapping[str, Array]) -> Text:
    """The text in a file that `put` and a stream of `addresses` made."""
    return Text(
        Pieces(**{name: arrays[name] for name in _PIECES}),
        Dictionary(**{name: arrays[name] for name in _DICTIONARY}),
        arrays["addresses"],
    )


_PIECES = ("starts", "pages", "sections", "parts")
_DICTIONARY = ("alphabet", "begins", "seconds", "words", "word_ends", "ends")
