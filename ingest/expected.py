"""Decides in which series a page is expected before anything of it was read: by its cover, or by its folder's name.

It only chooses who reads the page; where the item belongs is proposed and decided after the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.domain.holdings import Page
from index.domain.rules.policy import Pack, Series
from index.domain.separators import cover_of


def expected_series(packs: Sequence[Pack], before: Sequence[Page], hints: Sequence[str]) -> str:
    """The code of the series, or "" where nothing names one of these packs' series exactly, or names two.

    `before` are the pages that stand before it, in order: the last sheet that parts documents is its cover. Of the
    folders' names in `hints` the innermost counts that names a series.
    """
    covers = [cover for page in before if (cover := cover_of(page.look.sign))]
    told = [covers[-1].series] if covers else []
    named = (_only(_named(packs, name)) for name in (*told, *reversed(hints)) if name)
    return next((code for code in named if code), "")


def _named(packs: Sequence[Pack], name: str) -> Iterator[str]:
    return (one.code for pack in packs for one in pack.series if name.strip() in _names(one))


def _names(series: Series) -> set[str]:
    return {series.code, *series.title.values()}


def _only(codes: Iterator[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""
