"""Decides how the years of a class stand, and how one is closed, locked and opened again (SCH-11, SCH-12).

Closing assembles what is still loose, seals every volume and locks order, numbers and class. What is filed later is
filed all the same and flagged as late; a closed class-year is opened again only with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from index.domain.access import Permit
from index.domain.arranging.closing import ClassYear, Standing, Tally
from index.domain.arranging.years import Years, year_words
from index.domain.dates import partial_date
from index.domain.errors import Conflict, Missing, Refused, WrongUse
from index.domain.holdings import Item
from index.domain.rules.policy import Pack, Series
from index.ports import ClassKey, Work


def is_closed(work: Work, fonds_id: str, series: str, year: str) -> bool:
    known = work.classes.get(fonds_id, series, year) if year else None
    return known is not None and known.closed


def check_open(work: Work, fonds_id: str, series: str, year: str) -> None:
    """Raise Conflict("class-closed") where order, numbers and volumes are locked."""
    if is_closed(work, fonds_id, series, year):
        raise Conflict("class-closed", series=series, year=year)


def leave_if_moved(work: Work, item: Item, moved: bool) -> None:
    """Before an item gets another class: what is closed or sealed is not left by a correction.

    Raises Conflict("class-closed" | "in-sealed-volume").
    """
    if not moved or not item.filed:
        return
    check_open(work, item.fonds_id or "", item.value("series"), item.filing_year)
    check_not_sealed(work, item)


def check_not_sealed(work: Work, item: Item) -> None:
    """Raise Conflict("in-sealed-volume") for what lies in a volume that has to be opened first."""
    volume = work.volumes.get(item.volume_id) if item.volume_id else None
    if volume and volume.sealed:
        raise Conflict("in-sealed-volume", volume=volume.reference_code or volume.title)


# -- how they stand ----------------------------------------------------------------------------------------------------


def standings(work: Work, permit: Permit, packs: Sequence[Pack], today: date) -> list[Standing]:
    """Every class-year in which something lies or waits, the most urgent first."""
    known = {pack.id: pack for pack in packs}
    tallies = _with_waiting(work, permit, known)
    closed = {(one.fonds_id, one.series, one.year): one for one in work.classes.closed()}
    found = []
    for key, tally in tallies.items():
        pack, series = known.get(key.pack), series_in(known, key)
        if pack and series:
            one = closed.get((key.fonds_id, key.series, key.year)) or ClassYear(*key)
            found.append(_standing(one, pack, series, tally, today))
    return sorted(found, key=_urgency)


def standing(
    work: Work, permit: Permit, packs: Sequence[Pack], fonds_id: str, series: str, year: str, today: date
) -> Standing:
    """One of them; raises Missing("no-such-class-year")."""
    for one in standings(work, permit, packs, today):
        if (one.of.fonds_id, one.of.series, one.of.year) == (fonds_id, series, year[:4]):
            return one
    raise Missing("no-such-class-year", series=series, year=year)


def series_in(packs: Mapping[str, Pack], key: ClassKey) -> Series | None:
    return packs[key.pack].series_of(key.series) if key.pack in packs else None


def _with_waiting(work: Work, permit: Permit, packs: Mapping[str, Pack]) -> Mapping[ClassKey, Tally]:
    tallies = dict(work.classes.tallies(permit))
    for dated, count in work.classes.waiting(permit):
        series = series_in(packs, dated)
        year = Years.of(packs[dated.pack]).year(series, partial_date(dated.year)) if series else ""
        if year:
            key = dated._replace(year=year[:4])
            tally = tallies.get(key, Tally())
            tallies[key] = replace(tally, waiting=tally.waiting + count)
    return tallies


def _standing(one: ClassYear, pack: Pack, series: Series, tally: Tally, today: date) -> Standing:
    years, year = Years.of(pack), int(one.year)
    return Standing(
        of=one,
        words=year_words(series, one.year, years),
        department=series.organisation,
        tally=tally,
        last_day=years.last_day(series, year),
        closing_day=years.closing_day(series, year),
        today=today,
    )


def _urgency(one: Standing) -> tuple[object, ...]:
    return (one.of.closed, one.closing_day or date.max, one.of.fonds_id, one.of.series, one.of.year)


# -- closing -----------------------------------------------------------------------------------------------------------


def check_ready(one: Standing) -> None:
    """Raise Conflict("class-closed"), Refused("year-running" | "class-not-ready") naming what is still open."""
    if one.of.closed:
        raise Conflict("class-closed", series=one.of.series, year=one.words)
    if one.today <= one.last_day:
        raise Refused("year-running", year=one.words, day=one.last_day)
    if one.tally.open:
        raise Refused(
            "class-not-ready", series=one.of.series, year=one.words, **{"waiting": 0, "unset": 0} | one.tally.open
        )


def lock(work: Work, one: Standing, actor: str, now: datetime) -> ClassYear:
    """Lock a class-year whose volumes are all sealed: its items are arranged from now on."""
    closed = replace(one.of, closed_at=now, closed_by=actor)
    work.classes.save(closed)
    details = {"series": one.of.series, "year": one.words, "items": one.tally.filed}
    work.journal.write(actor, "year-closed", one.of.fonds_id, **details)
    return closed


def reopen(work: Work, fonds_id: str, series: str, year: str, reason: str, actor: str) -> ClassYear:
    """Unlock a closed class-year; volumes stay sealed until they are opened one by one.

    Raises WrongUse("why-needed"), Missing("no-such-class-year"), Conflict("class-open").
    """
    if not reason.strip():
        raise WrongUse("why-needed")
    known = work.classes.get(fonds_id, series, year[:4])
    if known is None:
        raise Missing("no-such-class-year", series=series, year=year)
    if not known.closed:
        raise Conflict("class-open", series=series, year=year)
    opened = replace(known, closed_at=None, closed_by="")
    work.classes.save(opened)
    work.journal.write(actor, "year-reopened", fonds_id, series=series, year=year, reason=reason.strip())
    return opened
