"""Decides how pages are laid out as one long text: piece by piece, a border behind each, in four parts.

A character's address is its place in that text, so that neighbours have neighbouring addresses, on a page of any
length. The parts lie so that what plain words are looked for in is one stretch, and what counts more its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Section
from index.ports import PageText
from index.text.alphabet import Codes
from index.text.folding import laid

Addresses = NDArray[np.uint32]
"""Sorted unless said otherwise."""
Numbers = NDArray[np.uint32]
"""Numbers of pages in their segment."""


class Part(IntEnum):
    """Where a piece lies. OTHERS are descriptions on pages that do not lead: found in their section only."""

    DESCRIPTIONS = 0
    SEALS = 1
    BODIES = 2
    OTHERS = 3


#: What a piece is marked with in `Pieces.sections`; seals and bodies are 0.
SECTIONS = {section: number for number, section in enumerate(Section)}
#: Pieces lie this close at most for their table to lead to them at once.
_NEAR = 4
_BLOCK = 7


class _Row:
    """Leads from an address to the piece it lies in, of pieces that stand one behind the other."""

    def __init__(self, starts: Addresses) -> None:
        self._starts = starts
        begins = np.arange((int(starts[-1]) >> _BLOCK) + 1, dtype=np.int64) << _BLOCK
        firsts = np.maximum(np.searchsorted(starts[:-1], begins, "right") - 1, 0)
        self._steps = int(np.diff(firsts, append=max(len(starts) - 2, 0)).max(initial=0))
        #: For each block of addresses the piece in which it begins, and where the next piece does.
        self._firsts, self._nexts = firsts.astype(np.uint32), starts.take(firsts + 1)

    def at(self, addresses: Addresses) -> NDArray[np.uint32]:
        """The number of the piece that each of these lies in, in any order."""
        if self._steps > _NEAR:
            return (np.searchsorted(self._starts, addresses, "right") - 1).astype(np.uint32)
        blocks = (addresses >> _BLOCK).astype(np.intp)
        pieces = self._firsts.take(blocks)
        if self._steps:
            pieces += self._nexts.take(blocks) <= addresses
        for _ in range(1, self._steps):
            pieces += self._starts.take(pieces + np.uint32(1)) <= addresses
        return pieces


@dataclass(frozen=True)
class Pieces:
    """Where each piece begins (and behind the last, the end of all), whose it is, and what it is.

    `parts[n]` is the first piece of part n. The bodies are one to a page, in the order of the pages.
    """

    starts: Addresses
    pages: Numbers
    sections: NDArray[np.uint8]
    parts: NDArray[np.uint32]

    @property
    def extent(self) -> int:
        """How many addresses there are."""
        return int(self.starts[-1])

    @cached_property
    def borders(self) -> tuple[int, int, int]:
        """The address at which seals, bodies and the other descriptions begin."""
        seals, bodies, others = self.starts[self.parts[1:]].tolist()
        return seals, bodies, others

    @cached_property
    def only_bodies(self) -> bool:
        """Whether there are neither descriptions nor seals."""
        _, bodies, others = self.borders
        return not bodies and others == self.extent

    @cached_property
    def first_body(self) -> int:
        """The piece that is the first page's body."""
        return int(self.parts[Part.BODIES])

    def at(self, addresses: Addresses) -> NDArray[np.uint32]:
        """The piece each address lies in, in any order."""
        return self._all.at(addresses)

    def bodies_at(self, addresses: Addresses) -> Numbers:
        """The page on whose body each address lies, in any order."""
        return self._bodies.at(addresses)

    @cached_property
    def _all(self) -> _Row:
        return _Row(self.starts)

    @cached_property
    def _bodies(self) -> _Row:
        """Apart, because descriptions are short and would lie too close."""
        return _Row(self.starts[self.first_body : int(self.parts[Part.OTHERS]) + 1])


def lay_out(pages: Sequence[PageText]) -> tuple[Codes, Pieces]:
    """The folded text of these pages, and where everything lies in it."""
    found = sorted(
        (piece for number, page in enumerate(pages) for piece in _pieces(number, page)), key=lambda piece: piece[:2]
    )
    parts, owners, sections, texts = zip(*found, strict=True)
    text = laid(texts)
    firsts = np.searchsorted(np.array(parts), np.arange(len(Part)))
    return text.codes, Pieces(
        text.starts.astype(np.uint32),
        np.array(owners, np.uint32),
        np.array(sections, np.uint8),
        firsts.astype(np.uint32),
    )


def _pieces(number: int, page: PageText) -> Iterator[tuple[int, int, int, str]]:
    """Part, page, section and text of everything a page is found by; what says nothing is no piece."""
    described = Part.DESCRIPTIONS if page.leads else Part.OTHERS
    for section, text in _description(page):
        if text:
            yield described, number, SECTIONS[section], text
    if page.seals:
        yield Part.SEALS, number, 0, page.seals
    yield Part.BODIES, number, 0, page.text


def _description(page: PageText) -> Iterator[tuple[Section, str]]:
    yield Section.TITLE, page.title
    yield Section.DOCUMENT_NUMBER, page.document_number
    yield Section.CREATOR, page.creator
    for code in page.code.split("\n"):
        yield Section.CODE, code
