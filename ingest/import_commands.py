"""Decides the commands that bring in what a room kept in spreadsheets: its catalogues, and the incoming register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, language, open_home, say, say_json, tell
from config.wiring import Home
from index.custody import importing, reconciling
from index.domain.errors import Missing, WrongUse
from index.domain.lists.entries import Entry
from index.domain.lists.importing import Import, Kind
from index.domain.lists.incoming import Incoming, Outcome
from index.domain.lists.linking import By, Image
from index.domain.people import OPERATOR
from index.ports import Work

Fonds = Annotated[str, typer.Option(help="Code of the fonds.")]
Columns = Annotated[list[str] | None, typer.Option("--column", help="FIELD=HEADING; else as the headings say.")]
Tab = Annotated[str, typer.Option("--sheet", help="A sheet of the workbook; else the fullest.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell every row's faults, and write nothing.")]
Year = Annotated[int, typer.Option(help="Year of receipt; every year when none is named.")]


def import_catalogue(
    file: Path,
    fonds: Fonds,
    home: HomeDir = DEFAULT_HOME,
    series: Annotated[str, typer.Option(help="Series of the rows that name none.")] = "",
    link: Annotated[By, typer.Option("--by", help="What finds a row's image.")] = By.CODE,
    folder: Annotated[str, typer.Option(help="Only images that came through this folder.")] = "",
    column: Columns = None,
    sheet: Tab = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Enter a catalogue of items that the room kept in a spreadsheet, each row with its image (XLSX or CSV)."""
    from ingest.importing import enter_all

    opened = open_home(home)
    one = _settled(opened, _read(opened, file, Kind.CATALOGUE, fonds, sheet), column, link, folder, series)
    entered = 0
    if not dry_run:
        with bar("import") as progress:
            entered = enter_all(opened, one, OPERATOR, progress)
    with opened.catalogue.reading() as work:
        report = importing.dry_run(work, one, opened.packs)
    _tell_report(one, report, entered, as_json)
    if report.faulty or report.left:
        raise typer.Exit(3)


def import_register(
    file: Path,
    fonds: Fonds,
    home: HomeDir = DEFAULT_HOME,
    column: Columns = None,
    sheet: Tab = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Enter the incoming register (收文簿) that the room kept in a spreadsheet."""
    from ingest.importing import enter_all

    opened = open_home(home)
    one = _settled(opened, _read(opened, file, Kind.REGISTER, fonds, sheet), column, By.CODE, "", "")
    entered = 0
    if not dry_run:
        with bar("import") as progress:
            entered = enter_all(opened, one, OPERATOR, progress)
    with opened.catalogue.reading() as work:
        report = reconciling.dry_run(work, one)
    _tell_report(one, report, entered, as_json)
    if report.faulty:
        raise typer.Exit(3)


def register_list(
    fonds: Fonds,
    home: HomeDir = DEFAULT_HOME,
    year: Year = 0,
    outcome: Annotated[str, typer.Option(help="missing, filed or not-for-filing.")] = "",
    as_json: AsJson = False,
) -> None:
    """Compare the incoming register with what is filed, and list it."""
    opened = open_home(home)
    if outcome and outcome not in set(Outcome):
        raise WrongUse("bad-value", field="outcome", value=outcome, hint=", ".join(Outcome))
    with opened.catalogue.writing() as work:
        fonds_id = _fonds(work, fonds)
        counts = reconciling.reconcile(work, fonds_id, year, opened.clock.now())
        listed = [one for one in work.incoming.of_year(fonds_id, year) if outcome in ("", one.outcome)]
    if as_json:
        say_json({**{one.value: counts[one] for one in Outcome}, "entries": [_receipt(one) for one in listed]})
        return
    for one in listed:
        say(f"{one.receipt_number:<10} {one.received_on} {one.outcome:<15} {one.document_number}  {one.title}")


def register_decide(
    receipt: Annotated[str, typer.Argument(help="The receipt number.")],
    fonds: Fonds,
    year: Annotated[int, typer.Option(help="Year of receipt.")],
    reason: Annotated[str, typer.Option(help="Why it is not for filing; without one it is missing again.")] = "",
    home: HomeDir = DEFAULT_HOME,
) -> None:
    """Say that a document that was received is not for filing, and why."""
    opened = open_home(home)
    with opened.catalogue.writing() as work:
        held = work.incoming.numbers(_fonds(work, fonds)).get((year, receipt))
        if held is None:
            raise Missing("no-such-entry")
        outcome = Outcome.NOT_FOR_FILING if reason else Outcome.MISSING
        reconciling.decide(work, held, outcome, reason, OPERATOR, opened.clock.now())


def register_sign(
    fonds: Fonds,
    year: Annotated[int, typer.Option(help="Year of receipt.")],
    home: HomeDir = DEFAULT_HOME,
    as_json: AsJson = False,
) -> None:
    """Stand for the register of a year as it is compared now; what is missing is named in the journal."""
    opened = open_home(home)
    with opened.catalogue.writing() as work:
        counts = reconciling.sign(work, _fonds(work, fonds), year, OPERATOR, opened.clock.now())
    told = {one.value: counts[one] for one in Outcome}
    say_json(told) if as_json else say("  ".join(f"{name} {count}" for name, count in told.items()))


def _read(home: Home, file: Path, kind: Kind, fonds: str, sheet: str) -> Import:
    from ingest.importing import take_in
    from ingest.reading import cage_for

    with closing(cage_for(home)) as cage:
        return take_in(home, cage, file.absolute(), kind, fonds, OPERATOR, sheet)


def _settled(home: Home, one: Import, columns: Iterable[str] | None, by: By, folder: str, series: str) -> Import:
    from ingest.importing import settled

    return settled(home, one, {**one.columns, **_named(columns or (), one.headings)}, by, folder, series)


def _named(columns: Iterable[str], headings: Sequence[str]) -> dict[str, int]:
    found = {}
    for said in columns:
        field, _, heading = said.partition("=")
        if heading not in headings:
            raise WrongUse("no-such-column", heading=heading, headings=", ".join(headings))
        found[field] = headings.index(heading)
    return found


def _fonds(work: Work, code: str) -> str:
    found = work.fonds.by_code(code)
    if found is None:
        raise Missing("no-such-fonds", fonds=code)
    return found.id


def _tell_report(one: Import, report: importing.Report, entered: int, as_json: bool) -> None:
    told = {
        "rows": len(report.entries) + report.entered,
        "entered": report.entered,
        "entered_now": entered,
        "ready": len(report.ready),
        "columns": _columns(one),
        "faults": [_fault(entry) for entry in report.faulty],
        "images_left": [_image(image) for image in report.left],
    }
    _tell(told, report.faulty, as_json)
    for image in () if as_json else report.left:
        say(f"     ?  {image.path}")


def _tell(told: dict[str, Any], faulty: Sequence[Entry], as_json: bool) -> None:
    if as_json:
        say_json(told)
        return
    tell("  ".join(f"{name} {value}" for name, value in told.items() if isinstance(value, int)))
    for entry in faulty:
        for fault in entry.faults:
            say(f"{entry.number:>6}  {fault.sentence(language())}")


def _columns(one: Import) -> dict[str, str]:
    return {field: one.headings[at] for field, at in one.columns.items()}


def _fault(entry: Entry) -> dict[str, Any]:
    faults = [{"code": one.code, "blocks": one.blocks, "sentence": one.sentence(language())} for one in entry.faults]
    return {"row": entry.number, "title": entry.value("title"), "faults": faults}


def _image(image: Image) -> dict[str, Any]:
    return {"item": image.item_id, "path": image.path, "pages": image.pages}


def _receipt(one: Incoming) -> dict[str, Any]:
    return {
        "receipt_number": one.receipt_number,
        "received_on": one.received_on.isoformat(),
        "sender": one.sender,
        "document_number": one.document_number,
        "title": one.title,
        "copies": one.copies,
        "outcome": one.outcome.value,
        "reason": one.reason,
        "item": one.item_id,
    }
