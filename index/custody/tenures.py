"""Decides what happens when a tenure is over (an owner sells, an employee leaves): the file is moved and closed.

The file goes into the series of former subjects with everything in it (OWN-20, EA-08); the next paper of the same room
or person opens a new one. Old codes stay in the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from index.custody.filing import file_item
from index.domain.description import Value
from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.holdings import File, Fonds
from index.domain.retention import UNSET, RetentionPeriod, period
from index.domain.rules.policy import Pack, Series
from index.ports import Work


def open_file(work: Work, fonds: Fonds, series: Series, key: str, title: str, now: datetime, actor: str) -> File:
    """Open the file of a subject before its first paper. Raises Conflict("file-open") when it has one."""
    if work.files.by_subject(fonds.id, key, series.subject):
        raise Conflict("file-open", subject=key)
    opened = work.files.open_for(fonds.id, series.code, key, title, now, series.subject)
    work.journal.write(actor, "file-opened", opened.id, subject=key, series=series.code)
    return opened


def end_tenure(
    work: Work, file_id: str, on: date, actor: str, now: datetime, packs: Sequence[Pack], retention: str = ""
) -> File:
    """Move an open file with all its items into the series of former subjects, if there is one, and close it.

    `on` is the day on which the tenure ended. Raises Conflict("file-closed"), and WrongUse("retention-needed") where
    the regulation leaves the period to be entered (OWN-20).
    """
    file = work.files.get(file_id)
    if file.closed_at:
        raise Conflict("file-closed", subject=file.subject_key)
    pack, series = _series_of(packs, work.fonds.get(file.fonds_id), file)
    former = pack.series_of(series.former)
    if former:
        _move(work, file, pack, former, _kept(pack, former, retention), actor, now, packs)
    closed = replace(work.files.get(file.id), closed_at=now)
    work.files.save(closed)
    told = {"subject": file.subject_key, "before": file.series, "series": closed.series, "on": on.isoformat()}
    work.journal.write(actor, "tenure-ended", file.id, **told)
    return closed


def _series_of(packs: Sequence[Pack], fonds: Fonds, file: File) -> tuple[Pack, Series]:
    """The series that a file stands in, with its pack."""
    for pack in packs:
        series = pack.series_of(file.series)
        if pack.id in fonds.packs and series and series.subject == file.subject:
            return pack, series
    raise Missing("no-such-series", series=file.series)


def _move(
    work: Work,
    file: File,
    pack: Pack,
    former: Series,
    kept: RetentionPeriod,
    actor: str,
    now: datetime,
    packs: Sequence[Pack],
) -> None:
    work.files.save(replace(file, series=former.code))
    given = {"pack": pack.id, "series": former.code, "retention": str(kept)}
    for item_id in work.files.items(file.id):
        item = work.items.get(item_id)
        said = {name: Value(value, 1.0, None, actor) for name, value in given.items()}
        work.items.save(replace(item, description={**item.description, **said}))
        file_item(work, item.id, actor, now, packs)


def _kept(pack: Pack, former: Series, retention: str) -> RetentionPeriod:
    kept = period(retention) if retention else pack.retention(former)
    if kept == UNSET:
        raise WrongUse("retention-needed", series=former.code)
    return kept
