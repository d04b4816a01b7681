"""Decides how fronts and backs that were scanned one after the other become the pages of one pile.

Whoever scans the fronts of a pile and turns it over scans the backs from the last sheet to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from index.domain.errors import WrongUse

Page = TypeVar("Page")


def collated(fronts: Sequence[Page], backs: Sequence[Page], *, turned_over: bool = True) -> list[Page]:
    """Front and back of the first sheet, of the second, and so on; `turned_over`: the backs run from last to first.

    Raises WrongUse("halves-differ") when there is not one back for each front: nobody can tell which lacks.
    """
    if len(fronts) != len(backs):
        raise WrongUse("halves-differ", fronts=len(fronts), backs=len(backs))
    turned = backs[::-1] if turned_over else backs
    return [page for sheet in zip(fronts, turned, strict=True) for page in sheet]


def halves(pages: Sequence[Page]) -> tuple[Sequence[Page], Sequence[Page]]:
    """Fronts and backs of a file whose second half are the backs; of an odd number the middle one counts as a front."""
    middle = (len(pages) + 1) // 2
    return pages[:middle], pages[middle:]
