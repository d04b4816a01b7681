"""Decides the commands of year-end: how years stand, closing and opening them, renumbering, places and shelving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, open_home, plain, say, say_json, tell
from index.custody.closing import reopen, standings
from index.domain.access import Role, permit_of
from index.domain.arranging.closing import Standing
from index.domain.arranging.places import PlaceKind
from index.domain.errors import Missing, WrongUse
from index.domain.people import OPERATOR
from index.domain.rules.policy import Pack
from index.ports import Work

if TYPE_CHECKING:
    from index.custody.renumbering import Plan

ARCHIVIST = permit_of(Role.ARCHIVIST)
"""The operator of the home reads as an archivist."""

Fonds = Annotated[str, typer.Option(help="Code of a fonds.")]
Series = Annotated[str, typer.Option(help="Code of a series.")]
Year = Annotated[str, typer.Option(help="2024, or 2024-2025 for a school year.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept.")]


def year_list(home: HomeDir = DEFAULT_HOME, fonds: Fonds = "", year: Year = "", as_json: AsJson = False) -> None:
    """Every series of every year: what lies in it, what is still open, and the days left to close it."""
    opened = open_home(home)
    with opened.catalogue.reading() as work:
        names = {one.id: one.code for one in work.fonds.all()}
        found = standings(work, ARCHIVIST, opened.packs, opened.clock.today())
    within = [one for one in found if fonds in ("", names[one.of.fonds_id]) and year[:4] in ("", one.of.year)]
    if as_json:
        return say_json({"years": [_standing_json(one, names[one.of.fonds_id]) for one in within]})
    for one in within:
        left = "" if one.days_left is None or one.of.closed else f"{one.days_left:>5} d"
        counts = ", ".join(f"{getattr(one.tally, name)} {name}" for name in one.tally.__slots__)
        say(f"{names[one.of.fonds_id]:<6} {one.of.series:<10} {one.words:<10} {one.due:<8} {left:<8} {counts}")


def year_close(
    fonds: Fonds,
    series: Series,
    year: Year,
    home: HomeDir = DEFAULT_HOME,
    pages: Annotated[int, typer.Option(min=0, help="At most so many in a volume or box; 0: 200 and 400.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Assemble what is loose, seal every volume and lock the class-year; refused while something is open (4)."""
    from index.custody.assembling import close_year

    opened = open_home(home)
    packs = opened.packs  # read before anybody waits for the lock
    with opened.catalogue.writing() as work:
        fonds_id, now, today = _fonds(work, fonds), opened.clock.now(), opened.clock.today()
        one = close_year(work, ARCHIVIST, packs, fonds_id, series, year, OPERATOR, now, today, pages)
        volumes = [volume for volume in work.volumes.listed(fonds_id, series, one.year) if volume.sealed]
    if as_json:
        codes = [{"kind": one.kind, "number": one.number, "code": one.reference_code} for one in volumes]
        return say_json({"fonds": fonds, "series": series, "year": one.year, "closed": True, "volumes": codes})
    tell(f"{fonds} {series} {year}: closed, {len(volumes)} volumes or boxes")


def year_reopen(
    fonds: Fonds, series: Series, year: Year, reason: Reason, home: HomeDir = DEFAULT_HOME, as_json: AsJson = False
) -> None:
    """Unlock a closed class-year; why is kept."""
    opened = open_home(home)
    with opened.catalogue.writing() as work:
        one = reopen(work, _fonds(work, fonds), series, year, plain(reason), OPERATOR)
    if as_json:
        return say_json({"fonds": fonds, "series": series, "year": one.year, "closed": False})
    tell(f"{fonds} {series} {year}: open")


def renumber(
    fonds: Fonds,
    home: HomeDir = DEFAULT_HOME,
    series: Series = "",
    year: Year = "",
    retention: Annotated[str, typer.Option(help="Only this period of the class.")] = "",
    number: Annotated[str, typer.Option(help="The fonds's new number.")] = "",
    grammar: Annotated[str, typer.Option(help="dat22-2015, dat13-2022-item, dat13-2022-volume, dat13-1994")] = "",
    reason: Reason = "",
    approved_by: Annotated[str, typer.Option(help="Name of the archivist who approves it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show old and new; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Number a class anew, or give a fonds another number or grammar; old codes still lead to their items."""
    from index.custody.renumbering import carry_out

    opened = open_home(home)
    of_class, of_fonds = bool(series and year), bool(number or grammar)
    if of_class == of_fonds:
        raise WrongUse("renumber-what")
    asked = (opened.packs, fonds, series, year, retention, number, grammar)
    done = None
    if dry_run:
        with opened.catalogue.reading() as work:
            plan = _plan(work, *asked)
    else:
        with opened.catalogue.writing() as work:
            plan = _plan(work, *asked)
            done = carry_out(work, plan, plain(reason), OPERATOR, plain(approved_by), opened.clock.now())
    changes = [{"id": one.id, "old": one.old, "new": one.new} for one in plan.changes]
    if as_json:
        return say_json({"dry_run": dry_run, "renumbering": done.id if done else None, "changes": changes})
    for one in plan.changes:
        say(f"{one.old or '—'}\t{one.new}\t{one.title}")
    tell(f"{len(changes)} codes {'would change' if dry_run else 'changed'}")


def place_list(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """Rooms, cabinets, shelves and boxes, each with what stands there."""
    from index.domain.arranging.places import address

    opened = open_home(home)
    with opened.catalogue.reading() as work:
        known = work.places.all()
        volumes = work.volumes.listed()
    rows = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "address": address(one, known),
            "title": one.title,
            "holds": [volume.reference_code or volume.title for volume in volumes if volume.location_id == one.id],
        }
        for one in known.values()
    ]
    if as_json:
        return say_json({"places": rows})
    for row in rows:
        say(f"{row['address']:<16} {row['kind']:<8} {row['title']:<12} {' '.join(row['holds'])}")


def place_add(
    kind: Annotated[PlaceKind, typer.Argument()],
    number: Annotated[str, typer.Argument()],
    home: HomeDir = DEFAULT_HOME,
    title: Annotated[str, typer.Option()] = "",
    inside: Annotated[str, typer.Option(help="Id or address of the place it stands in.")] = "",
    as_json: AsJson = False,
) -> None:
    """A new place; a shelf stands in a cabinet, a cabinet in a room."""
    from index.custody.shelving import add_place

    opened = open_home(home)
    with opened.catalogue.writing() as work:
        parent = _place(work, inside) if inside else None
        made = add_place(work, kind, plain(number), plain(title), parent, OPERATOR)
    say_json({"id": made.id}) if as_json else say(made.id)


def shelve(
    volume: Annotated[str, typer.Argument(help="Id or code of a sealed volume or box.")],
    place: Annotated[str, typer.Argument(help="Id or address of a place, such as 1-03-2.")],
    home: HomeDir = DEFAULT_HOME,
    slot: Annotated[str, typer.Option(help="Its number there; the volume's own when none is said.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a sealed volume or box where it stands from now on."""
    from index.custody.shelving import shelve as put

    opened = open_home(home)
    with opened.catalogue.writing() as work:
        held = work.volumes.get(plain(volume))
        done = put(work, held, _place(work, place), OPERATOR, opened.clock.now(), plain(slot))
    told = {"volume": done.id, "code": done.reference_code, "place": done.location_id, "slot": done.slot}
    say_json(told) if as_json else tell(f"{done.reference_code or done.title}: {place}-{done.slot}")


def _place(work: Work, said: str) -> str:
    from index.domain.arranging.places import address

    known = work.places.all()
    for one in known.values():
        if said in (one.id, address(one, known)):
            return one.id
    raise Missing("no-such-place")


def _fonds(work: Work, code: str) -> str:
    fonds = work.fonds.by_code(code)
    if fonds is None:
        raise Missing("no-such-fonds", fonds=code)
    return fonds.id


def _plan(
    work: Work, packs: Sequence[Pack], fonds: str, series: str, year: str, retention: str, number: str, grammar: str
) -> Plan:
    from index.custody.assembling import shelf_of
    from index.custody.renumbering import plan_class, plan_fonds
    from index.domain.retention import period

    fonds_id = _fonds(work, fonds)
    if number or grammar:
        return plan_fonds(work, work.fonds.get(fonds_id), packs, number, grammar)
    shelf = shelf_of(work, packs, fonds_id, series, year)
    return plan_class(work, ARCHIVIST, shelf, str(period(retention)) if retention else "")


def _standing_json(one: Standing, fonds: str) -> dict[str, object]:
    tally = one.tally
    return {
        "fonds": fonds,
        "pack": one.of.pack,
        "series": one.of.series,
        "department": one.department,
        "year": one.words,
        "due": one.due.value,
        "closing_day": one.closing_day,
        "days_left": one.days_left,
        "closed_at": one.of.closed_at,
        "closed_by": one.of.closed_by or None,
        **{name: getattr(tally, name) for name in tally.__slots__},
    }
