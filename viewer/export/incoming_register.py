"""Decides what stands in the register compared with what was filed (收文簿核对表): columns of D.5, a booklet a year."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from config.wiring import Home
from index.custody import reconciling
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from index.domain.lists.incoming import Incoming, Outcome
from index.ports import Progress, Work
from viewer.export.catalogue import Booklet, Catalogue, Column
from viewer.export.exporting import FORMATS

TITLE = "收文簿核对表"

COLUMNS = (
    Column("收文号", 20),
    Column("收文日期", 24),
    Column("来文单位", 45),
    Column("文号", 40),
    Column("题名", 80),
    Column("份数", 12, number=True),
    Column("归卷号/不归档原因", 50),
)


def export_incoming_register(
    home: Home, fonds: str, year: int, format: str, out_path: Path, progress: Progress, actor: str
) -> int:
    """Compare, write and journal; how many rows. `year` 0 is every year. Raises WrongUse("bad-value"), Missing."""
    if format not in FORMATS:
        raise WrongUse("bad-value", field="format", value=format, hint="、".join(FORMATS))
    with home.catalogue.writing() as work:
        found = work.fonds.by_code(fonds)
        if found is None:
            raise Missing("no-such-fonds", fonds=fonds)
        reconciling.reconcile(work, found.id, year, home.clock.now())
        catalogue = collect(work, found, year)
        work.journal.write(actor, "exported", "incoming-register", fonds=found.id, year=year, items=catalogue.size)
    FORMATS[format](catalogue, out_path, progress)
    return catalogue.size


def collect(work: Work, fonds: Fonds, year: int) -> Catalogue:
    """The register as it was compared last."""
    entries = work.incoming.of_year(fonds.id, year)
    codes = {one.id: work.items.get(one.item_id).reference_code for one in entries if one.item_id}
    booklets = [
        Booklet((("全宗号", fonds.code), ("年度", str(of))), tuple(_row(one, codes) for one in group))
        for of, group in groupby(entries, key=lambda one: one.received_on.year)
    ]
    return Catalogue(TITLE, COLUMNS, tuple(booklets))


def _row(one: Incoming, codes: Mapping[str, str]) -> tuple[str, ...]:
    told = codes.get(one.id, "") if one.outcome is Outcome.FILED else one.reason
    day = one.received_on.strftime("%Y%m%d")
    return (one.receipt_number, day, one.sender, one.document_number, one.title, str(one.copies), told)
