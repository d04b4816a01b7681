"""Decides what stands in the catalogue of files (案卷目录): volumes and subject files, a booklet a series and year.

GB/T 9705-2008 leaves it to custom; columns and cover are those of D.5 and B.9, with the code a file bore when it was
filed (归档时的案卷号) at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from viewer.export.catalogue import Booklet, Catalogue, Column, Row
from viewer.export.holders import Holder

TITLE = "案卷目录"

COLUMNS = (
    Column("序号", 12, number=True),
    Column("档号(案卷号)", 46),
    Column("案卷题名", 72),
    Column("起止日期", 36),
    Column("件数", 12, number=True),
    Column("页数", 14, number=True),
    Column("保管期限", 18),
    Column("备注", 18),
    Column("归档时的案卷号", 32),
)

COVER = ("全宗号", "全宗名称", "类别名称", "年度", "目录号", "起止日期")


def catalogue(found: Sequence[Holder]) -> Catalogue:
    return Catalogue(TITLE, COLUMNS, tuple(Booklet(cover(group), tuple(rows(group))) for group in together(found)))


def together(found: Sequence[Holder]) -> Iterator[list[Holder]]:
    """What is bound under one cover."""
    for _, group in groupby(found, key=lambda one: (one.fonds.id, one.series, one.year, _number(one))):
        yield list(group)


def cover(group: Sequence[Holder]) -> tuple[tuple[str, str], ...]:
    first = group[0]
    days = [day for one in group for day in (one.extent.first, one.extent.last) if day]
    span = f"{min(days)}-{max(days)}" if days else ""
    values = (first.fonds.code, first.fonds.title, first.series_title, first.year, _number(first), span)
    return tuple(zip(COVER, values, strict=True))


def rows(group: Sequence[Holder]) -> Iterator[Row]:
    for number, one in enumerate(group, 1):
        yield (*row(number, one), one.first_code)


def row(number: int, one: Holder) -> Row:
    """The columns of D.5, without the one at the end."""
    note = one.volume.situation if one.volume else ""
    reach = one.extent
    kept = one.retention.words("zh-Hans")
    return str(number), one.reference_code, one.title, reach.span, str(reach.items), str(reach.pages), kept, note


def _number(one: Holder) -> str:
    """目录号, which only volumes of a fonds under DA/T 13-1994 have."""
    return one.volume.code.catalogue_number if one.volume else ""
