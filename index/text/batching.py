"""Decides how pages without number are taken up: so many at once, so that no engine holds all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from index.ports import PageText


def batches(pages: Iterable[PageText], size: int) -> Iterator[list[PageText]]:
    left = iter(pages)
    while batch := list(islice(left, size)):
        yield batch


def last_of_each(pages: Iterable[PageText]) -> Iterable[PageText]:
    """Of a page given twice the last counts."""
    return {page.page_id: page for page in pages}.values()
