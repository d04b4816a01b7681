"""Decides what stands in the catalogue of filed items (归档文件目录): which rows, in which order, under which cover.

Source: DA/T 22-2015 5.5 (columns, cover, order) and 5.4 (reference codes). Column names are the standard's own, in
every language of the room. Booklets are bound by fonds, year, retention period and organisation (or, where the
code has no organisation, the series: the 问题 of 机构(问题)); 序号 starts at 1 in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from index.domain.access import Marking
from index.domain.arranging.coding import read
from index.domain.dates import partial_date
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.identity import ReferenceCode
from index.domain.retention import RetentionPeriod, period
from index.domain.rules.policy import Pack, Scheme, Series
from index.ports import Progress, Selection, Work
from viewer.export.catalogue import Booklet, Catalogue, Column

TITLE = "归档文件目录"

COLUMNS = (
    Column("序号", 12, number=True),
    Column("档号", 52),
    Column("文号", 32),
    Column("责任者", 34),
    Column("题名", 67),
    Column("日期", 20),
    Column("密级", 17),
    Column("页数", 12, number=True),
    Column("备注", 14),
)

COVER = ("全宗号", "全宗名称", "年度", "保管期限", "机构(问题)")

_SLICE = 500
"""Items read from the catalogue at a time."""


Packs = Mapping[str, Pack]
"""The room's regulations by id."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with what decides its place: the parts of its code, and how many of its pages bear anything."""

    item: Item
    fonds: Fonds
    code: ReferenceCode
    series: Series | None
    topic: str
    pages: int

    @property
    def retention(self) -> RetentionPeriod:
        return period(self.code.retention or self.item.value("retention"))

    @property
    def year(self) -> str:
        """The year of the code or the date; a subject file goes on through the years and is bound without one."""
        if self.series and self.series.year == "none":
            return ""
        return str(self.code.year or self.item.value("date")[:4])

    @property
    def booklet(self) -> tuple[str, str, int, str]:
        """What is bound together; within a year the longest kept comes first."""
        kept = self.retention
        return self.fonds.code, self.year, -1000 if kept.permanent else -(kept.years or 0), self.topic

    @property
    def place(self) -> tuple[tuple[int, str], ...]:
        """Sorts 2 before 10 within a booklet, whether or not numbers are padded."""
        parts = re.split(r"(\d+)", self.item.reference_code)
        return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def collect(
    work: Work, selection: Selection, packs: Packs, progress: Progress, *, count_blank: bool = False
) -> Catalogue:
    """The catalogue of the filed items within `selection` and its permit; nothing else is ever listed."""
    fondses = {fonds.id: fonds for fonds in work.fonds.all()}
    filed = replace(selection, states=(ItemState.FILED,))
    entries = [_entry(work, item, fondses, packs, count_blank) for item in _items(work, filed, progress)]
    return Catalogue(TITLE, COLUMNS, tuple(_booklets(entries)))


def _items(work: Work, selection: Selection, progress: Progress) -> Iterator[Item]:
    done, total = 0, 1
    while done < total:
        items, total = work.listings.items(selection, limit=_SLICE, offset=done)
        if not items:
            return
        yield from items
        done += len(items)
        progress(done, total)


def _entry(work: Work, item: Item, fondses: Mapping[str, Fonds], packs: Packs, count_blank: bool) -> _Entry:
    fonds = fondses[item.fonds_id or ""]
    pack = packs.get(item.value("pack"))
    code = _parts(item, fonds)
    series = pack.series_of(item.value("series")) if pack else None
    return _Entry(item, fonds, code, series, _topic(item, code, pack), _pages_that_count(work, item, count_blank))


def _parts(item: Item, fonds: Fonds) -> ReferenceCode:
    """The parts of the item's code; an old code in no known grammar tells nothing, the description then decides."""
    return item.code or read(item.reference_code, fonds.grammar) or ReferenceCode(fonds.code)


def _topic(item: Item, code: ReferenceCode, pack: Pack | None) -> str:
    """机构(问题): the title of the one series that the code's organisation segment stands for, else the segment."""
    series = item.value("series")
    known = pack.series if pack else ()
    titles = {
        one.title.get("zh-Hans", one.code)
        for one in known
        if (one.organisation == code.organisation if code.organisation else one.code == series)
    }
    return titles.pop() if len(titles) == 1 else code.organisation or series


def _pages_that_count(work: Work, item: Item, count_blank: bool) -> int:
    """Pages with text or picture; blank ones are kept but not counted (DA/T 22-2015), unless the room says so."""
    return item.page_count if count_blank else sum(not page.blank for page in work.pages.of_item(item.id))


def _booklets(entries: list[_Entry]) -> Iterator[Booklet]:
    entries.sort(key=lambda entry: (entry.booklet, entry.place))
    for _, bound in groupby(entries, key=lambda entry: entry.booklet):
        together = list(bound)
        yield Booklet(_cover(together[0]), tuple(_row(number, entry) for number, entry in enumerate(together, 1)))


def _cover(entry: _Entry) -> tuple[tuple[str, str], ...]:
    fonds, kept = entry.fonds, entry.retention.words("zh-Hans")
    return tuple(zip(COVER, (fonds.code, fonds.title, entry.year, kept, entry.topic), strict=True))


def _row(number: int, entry: _Entry) -> tuple[str, ...]:
    item = entry.item
    return (
        str(number),
        item.reference_code,
        item.value("document_number"),
        item.value("creator"),
        item.title,
        _day(item.value("date")),
        _secrecy(item.value("marking"), entry.series),
        str(entry.pages),
        item.value("note"),
    )


def _day(date: str) -> str:
    """YYYYMMDD; what is not known of it is 00, and an unknown date stays blank (DA/T 22-2015)."""
    return partial_date(date).catalogue if date else ""


def _secrecy(marking: str, series: Series | None) -> str:
    """Blank for open and internal records, else the site's word for the marking.

    绝密, 机密 and 秘密 are the statute's levels: the site's own words are others, so that no marking of the room can be
    taken for a state secret (A.16 X4). A state secret itself never lies in a networked room.
    """
    if marking == Marking.CONFIDENTIAL and series and series.scheme is Scheme.COMMERCIAL:
        return "商业秘密"
    return _SITE_WORDS.get(marking, "")


_SITE_WORDS: dict[str, str] = {Marking.PERSONAL: "个人信息", Marking.CONFIDENTIAL: "保密"}
