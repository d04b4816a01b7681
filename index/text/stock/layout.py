"""Decides how the parts of a page stand in the one text that is indexed: description, seals, text, with borders.

The description stands with every page, as its sections are asked for there too; whether plain words are found in it
is told by the page's `leads`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from index.domain.folding import folded
from index.domain.searching.tree import Section
from index.ports import PageText
from index.text.analyzer import BORDER
from index.text.stock.stamp import Stamp

#: What the part is called that holds seals and text.
_PAGE = "page"

Ends = tuple[tuple[str, int], ...]


def laid_out(page: PageText) -> tuple[str, Ends]:
    """The folded text that is indexed, and the end of each of its parts with its border."""
    text = ""
    ends: list[tuple[str, int]] = []
    for name, part in _parts(page):
        text += folded(part).text + BORDER
        ends.append((name, len(text)))
    return text, tuple(ends)


def _parts(page: PageText) -> Iterator[tuple[str, str]]:
    described = [(Section.TITLE, page.title), (Section.DOCUMENT_NUMBER, page.document_number)]
    described += [(Section.CREATOR, page.creator), *((Section.CODE, code) for code in page.code.split("\n"))]
    yield from ((section.value, part) for section, part in described if part)
    yield from ((_PAGE, part) for part in (page.seals, page.text) if part)


def part_at(stamp: Stamp, offset: int) -> int:
    """The number of the part that holds this character."""
    return bisect_right(stamp.ends, offset, key=lambda end: end[1])


def is_described(stamp: Stamp, offset: int) -> bool:
    """Whether this character stands in the description, not on the page."""
    return stamp.ends[part_at(stamp, offset)][0] != _PAGE


def is_sought(stamp: Stamp, offset: int, section: Section) -> bool:
    """Whether a leaf that is asked for in `section` counts where it stands."""
    name = stamp.ends[part_at(stamp, offset)][0]
    if section is Section.ANYWHERE:
        return stamp.leads or name == _PAGE
    return name == section.value
