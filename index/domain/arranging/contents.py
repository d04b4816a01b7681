"""Decides what a contents list (卷内文件目录) says and in which order, for subject files, volumes and boxes alike.

Columns after GB/T 9705-2008. Where the pack says so, documents lie by their signing date, ties by receipt, then by id
(TN-13); else by the place a person gave them, then by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.domain.dates import partial_date
from index.domain.holdings import Item
from index.domain.rules.policy import Pack

BY_SIGNING = "signing-date"
"""What `contents_order` says in the settings of a pack whose files lie by signing date."""
SIGNING_DATE = "signing_date"
"""The fact that an intake rule of such a pack wants of every document."""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One document of the list: 文号, 责任者, 题名, 日期, 页号 and 备注, with the code it bore when it was listed.

    `first_page` is where it begins in the volume, `pages` how many pages bear anything.
    """

    item_id: str
    reference_code: str
    document_number: str
    creator: str
    title: str
    date: str
    first_page: int
    pages: int
    note: str

    @property
    def leaves(self) -> str:
        """页号: where it begins and ends; empty without a page."""
        last = self.first_page + self.pages - 1
        return "" if not self.pages else str(self.first_page) if self.pages == 1 else f"{self.first_page}-{last}"


@dataclass(frozen=True, slots=True)
class ContentsList:
    """The list of one file, volume or box as it stood from `at` on; `version` counts from 1, none is overwritten."""

    holder_id: str
    version: int
    at: datetime
    by: str
    why: str
    lines: tuple[ContentsLine, ...]

    @property
    def pages(self) -> int:
        return sum(line.pages for line in self.lines)


def by_signing(pack: Pack | None) -> bool:
    """Whether the pack keeps its files by signing date (TN-13)."""
    return pack is not None and pack.settings.get("contents_order") == BY_SIGNING


def needs_signing_date(pack: Pack) -> bool:
    """Whether it files no document without one (TN-13)."""
    return any(SIGNING_DATE in rule.needs and not rule.when for rule in pack.intake)


def ordered(items: Sequence[Item], *, signing: bool = False) -> list[Item]:
    """The documents in the order in which they lie."""
    return sorted(items, key=_signed if signing else _placed)


def _signed(item: Item) -> tuple[object, ...]:
    date = item.value("date")
    known = partial_date(date) if date else None
    return (known is None, known.first_day.isoformat() if known else "", item.captured_at, item.id)


def _placed(item: Item) -> tuple[object, ...]:
    number = item.code.item_number if item.code else ""
    return (not item.place, item.place, int(number) if number else 0, item.reference_code, item.id)


def listed(items: Sequence[Item], pages: Mapping[str, int]) -> tuple[ContentsLine, ...]:
    """The lines for these items in this order; `pages` by item id."""
    lines, at = [], 1
    for item in items:
        lines.append(_line(item, at, pages.get(item.id, 0)))
        at += pages.get(item.id, 0)
    return tuple(lines)


def _line(item: Item, first_page: int, pages: int) -> ContentsLine:
    date = item.value("date")
    return ContentsLine(
        item.id,
        item.reference_code,
        item.value("document_number"),
        item.value("creator"),
        item.title,
        partial_date(date).catalogue if date else "",
        first_page,
        pages,
        item.value("note"),
    )
