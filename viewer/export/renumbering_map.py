"""Decides what the mapping of a renumbering says (档号对照表): old and new code, title; why and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.domain.access import Permit
from index.domain.arranging.renumbering import Renumbering
from index.ports import Work
from viewer.export.catalogue import Booklet, Catalogue, Column, Row
from viewer.reading import admitted

TITLE = "档号对照表"

COLUMNS = (
    Column("序号", 16, number=True),
    Column("原档号", 70),
    Column("新档号", 70),
    Column("题名", 104),
)

COVER = ("全宗号", "全宗名称", "改号日期", "原因", "经办人", "批准人")


def catalogue(work: Work, permit: Permit, done: Sequence[Renumbering]) -> Catalogue:
    """A booklet a renumbering; of items that this person may not read, no line."""
    return Catalogue(TITLE, COLUMNS, tuple(_booklet(work, permit, one) for one in done))


def _booklet(work: Work, permit: Permit, one: Renumbering) -> Booklet:
    fonds = work.fonds.get(one.fonds_id)
    values = (fonds.code, fonds.title, f"{one.at:%Y%m%d}", one.reason, one.by, one.approved_by)
    return Booklet(tuple(zip(COVER, values, strict=True)), tuple(_rows(work, permit, one)))


def _rows(work: Work, permit: Permit, one: Renumbering) -> Iterator[Row]:
    volumes = {volume.id: volume.title for volume in work.volumes.listed(one.fonds_id)}
    number = 0
    for changed, old, new in one.changes:
        title = volumes.get(changed)
        if title is None:
            item = work.items.get(changed)
            title = item.title if admitted(item, permit) else None
        if title is not None:
            number += 1
            yield str(number), old, new, title
