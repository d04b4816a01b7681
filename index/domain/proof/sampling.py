"""Decides which pages of a batch a person looks at: drawn by a kept seed, so that anybody draws the same again.

Each page's lot is the SHA-256 of "seed:page id"; the smallest lots are drawn. Pages that come later have a draw of
their own among themselves: what was drawn stays drawn. Ids of pages rise with time, so `upto` parts the draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Portion:
    """How much is looked at: `percent` of the pages, `least` of them at least, all where there are fewer."""

    percent: float
    least: int

    def of(self, pages: int) -> int:
        # Rounded first: 7 % of 100 is 7.000000000000001 to a computer, and would be 8 pages.
        return min(pages, max(self.least, ceil(round(pages * self.percent / 100, 6))))


@dataclass(frozen=True, slots=True)
class Drawing:
    """One draw: `size` pages out of the `among` whose ids lie behind the draw before and not behind `upto`."""

    upto: str
    among: int
    size: int


def lot(seed: int, page_id: str) -> str:
    """64 hexadecimal digits: `printf SEED:ID | sha256sum` says the same."""
    return hashlib.sha256(f"{seed}:{page_id}".encode()).hexdigest()


def drawn(seed: int, page_ids: Iterable[str], size: int) -> tuple[str, ...]:
    """The `size` pages with the smallest lots, sorted by id."""
    by_lot = sorted(set(page_ids), key=lambda page_id: lot(seed, page_id))
    return tuple(sorted(by_lot[:size]))


def undrawn(page_ids: Iterable[str], before: Sequence[Drawing]) -> tuple[str, ...]:
    """The pages that came after the last draw, sorted."""
    last = before[-1].upto if before else ""
    return tuple(sorted(page_id for page_id in page_ids if page_id > last))


def next_drawing(
    seed: int, page_ids: Sequence[str], before: Sequence[Drawing], portion: Portion
) -> tuple[Drawing, tuple[str, ...]] | None:
    """The next draw and what it takes; None when no page came since the last one.

    The sizes of all draws together are the portion of all pages they were made from.
    """
    fresh = undrawn(page_ids, before)
    if not fresh:
        return None
    among, size = sum(one.among for one in before), sum(one.size for one in before)
    taken = drawn(seed, fresh, max(0, portion.of(among + len(fresh)) - size))
    return Drawing(fresh[-1], len(fresh), len(taken)), taken
