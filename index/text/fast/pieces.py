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

from index.domain.query import Section
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

    def at(self, addresses: NDArray[np.uint32]) -> NDArray[np.intp]:
        """The piece each address lies in, in any order."""
        blocks, steps = self._blocks
        if steps > _NEAR:
            return np.searchsorted(self.starts, addresses, "right") - 1
        pieces = blocks.take(addresses >> _BLOCK)
        for _ in range(steps):
            pieces += self.starts.take(pieces + 1) <= addresses
        return pieces

    @cached_property
    def _blocks(self) -> tuple[NDArray[np.intp], int]:
        """The piece in which each block of addresses begins, and how many more may begin in one block."""
        begins = np.arange((self.extent >> _BLOCK) + 1, dtype=np.int64) << _BLOCK
        pieces = np.searchsorted(self.starts[:-1], begins, "right") - 1
        return pieces, int(np.diff(pieces, append=len(self.pages) - 1).max(initial=0))


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
