"""Decides what the contents list of a file says (卷内文件目录, GB/T 9705-2008): it is laid in before the papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from viewer.export.catalogue import Booklet, Catalogue, Column, Row
from viewer.export.holders import Holder

TITLE = "卷内文件目录"

COLUMNS = (
    Column("顺序号", 16, number=True),
    Column("文号", 42),
    Column("责任者", 42),
    Column("题名", 92),
    Column("日期", 22),
    Column("页号", 20),
    Column("备注", 26),
)

COVER = ("全宗号", "全宗名称", "档号", "案卷题名", "保管期限")


def catalogue(found: Sequence[Holder]) -> Catalogue:
    return Catalogue(TITLE, COLUMNS, tuple(Booklet(cover(one), tuple(rows(one))) for one in found), bound=False)


def cover(one: Holder) -> tuple[tuple[str, str], ...]:
    kept = one.retention.words("zh-Hans")
    return tuple(zip(COVER, (one.fonds.code, one.fonds.title, one.reference_code, one.title, kept), strict=True))


def rows(one: Holder) -> Iterator[Row]:
    for number, line in enumerate(one.lines, 1):
        yield str(number), line.document_number, line.creator, line.title, line.date, line.leaves, line.note
