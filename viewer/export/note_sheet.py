"""Decides what a note sheet says: 卷内备考表 of a volume (GB/T 9705-2008), 盒内备考表 of a box (DA/T 22-2015).

One a volume or box, without a cover; the code stands at the end, so that a workbook of many still tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.domain.arranging.volumes import Kind, Volume
from viewer.export.catalogue import Booklet, Catalogue, Column, Row
from viewer.export.holders import Holder

TITLES = {Kind.VOLUME: "卷内备考表", Kind.BOX: "盒内备考表"}

COLUMNS = {
    Kind.VOLUME: (
        Column("本卷情况说明", 120),
        Column("立卷人", 30),
        Column("检查人", 30),
        Column("立卷时间", 24),
        Column("档号", 56),
    ),
    Kind.BOX: (
        Column("盒内文件情况说明", 100),
        Column("整理人", 28),
        Column("整理日期", 24),
        Column("检查人", 28),
        Column("检查日期", 24),
        Column("档号", 56),
    ),
}

_COVER = ("全宗号", "全宗名称", "档号", "题名", "件数", "页数")


def catalogue(found: Sequence[Holder], kind: Kind) -> Catalogue:
    """Of those that are volumes, or boxes; a subject file has no note sheet before it is closed."""
    chosen = [(one, one.volume) for one in found if one.volume and one.volume.kind is kind]
    booklets = tuple(Booklet(_cover(one), (_row(volume, one),)) for one, volume in chosen)
    return Catalogue(TITLES[kind], COLUMNS[kind], booklets, bound=False)


def _cover(one: Holder) -> tuple[tuple[str, str], ...]:
    reach = one.extent
    values = (one.fonds.code, one.fonds.title, one.reference_code, one.title, f"{reach.items}件", f"{reach.pages}页")
    return tuple(zip(_COVER, values, strict=True))


def _row(volume: Volume, one: Holder) -> Row:
    made, seen = (_day(day) for day in (volume.assembled_on, volume.checked_on))
    if volume.kind is Kind.VOLUME:
        return volume.situation, volume.assembled_by, volume.checked_by, made, one.reference_code
    return volume.situation, volume.assembled_by, made, volume.checked_by, seen, one.reference_code


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
