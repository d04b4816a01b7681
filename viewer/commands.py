"""Decides the commands about using what is held: serve the pages, show, status, export, and the people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, language, open_home, plain, say, say_json, tell, to_write
from config.wiring import Home
from index.domain.access import Role, permit_of
from index.domain.errors import Missing, Refused
from index.domain.people import OPERATOR
from index.ports import Selection
from viewer.acting import As, Fonds, Series, journal, permit_as


def serve(
    home: HomeDir = DEFAULT_HOME,
    host: Annotated[str, typer.Option()] = "",
    port: Annotated[int, typer.Option()] = 0,
) -> None:
    """The pages, until Ctrl-C."""
    from config.supervising import end_with_parent
    from viewer.serving import serve as serve_pages

    end_with_parent()
    serve_pages(open_home(home), host, port)


def show(
    item: str,
    home: HomeDir = DEFAULT_HOME,
    text: Annotated[bool, typer.Option("--text", help="With the text of its pages.")] = False,
    person: As = "",
    as_json: AsJson = False,
) -> None:
    """One item, by its id or reference code."""
    from index.custody.telling import item_json
    from viewer.reading import admitted

    opened = open_home(home)
    with opened.catalogue.reading() as work:
        found = work.items.get(plain(item))
        if not admitted(found, permit_as(opened, person)):
            raise Missing("no-such-item")
        told = item_json(work, found, text=text)
    journal(opened, person, "read", found.id)
    if as_json:
        say_json(told)
        return
    for name, value in told.items():
        if name not in ("why", "text") and value:
            say(f"{name:<16} {value}")
    if text:
        say(f"\n{told['text']}")


def status(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """The ledger, the queues, the workers, the index, the disk."""
    from viewer.status import status as state

    told = state(open_home(home))
    if as_json:
        say_json(told)
        return
    for part, value in told.items():
        say(f"{part:<10} {value}")


def verify(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """Vault, journal, index and catalogue, each against the other."""
    from index.custody.verifying import verify as check

    opened = open_home(home)
    everything = Selection(permit_of(Role.ARCHIVIST))
    with bar("verify") as progress:
        outcome = check(opened.catalogue, opened.vault, opened.text, everything, progress)
    if as_json:
        findings = [
            {"check": f.check, "target": f.target, "expected": f.expected, "found": f.found} for f in outcome.findings
        ]
        say_json({"ok": outcome.ok, "checked": dict(outcome.checked), "findings": findings})
    else:
        say("  ".join(f"{name} {count}" for name, count in outcome.checked.items()))
        for f in outcome.findings:
            say(f"{f.check}: {f.target}: {f.expected} / {f.found}")
    if not outcome.ok:
        raise typer.Exit(3)


def export(
    kind: Annotated[str, typer.Argument(help="item-catalogue, file-catalogue, contents-list ...")],
    out: Annotated[Path, typer.Option(help="The file to write; for alto a folder or a .zip.")],
    home: HomeDir = DEFAULT_HOME,
    form: Annotated[str, typer.Option("--format", help="xlsx, csv or pdf")] = "xlsx",
    fonds: Fonds = "",
    series: Series = "",
    year: Annotated[str, typer.Option(help="Year of the documents.")] = "",
    retention: Annotated[str, typer.Option(help="permanent, 30y, 10y ...")] = "",
    query: Annotated[str, typer.Option(help="Only the items of these hits.")] = "",
    item: Annotated[str, typer.Option(help="Id or reference code of the item of which a copy is taken.")] = "",
    batch: Annotated[str, typer.Option(help="Number or id of a batch, for batch-sheet.")] = "",
    volume: Annotated[str, typer.Option(help="Id or code of one volume, box, subject file or renumbering.")] = "",
    person: As = "",
    title: Annotated[str, typer.Option(help="Of the document behind a cover sheet.")] = "",
    reference_code: Annotated[str, typer.Option(help="The code that a cover sheet gives.")] = "",
    count: Annotated[int, typer.Option(help="How many separators.")] = 1,
) -> None:
    """A catalogue of what is filed, the sheet of a batch, separators, or copies of one item.

    KIND: item-catalogue, file-catalogue, contents-list, full-catalogue, note-sheet, box-note-sheet, renumbering,
    incoming-register, batch-sheet, separators, access-copy, alto or hocr.
    """
    from index.domain.errors import WrongUse
    from viewer.export.copies import KINDS
    from viewer.export.exporting import export_item_catalogue, select
    from viewer.export.year_end import KINDS as OF_YEAR

    if kind in OF_YEAR:
        return _export_year_end(
            open_home(home), kind, (fonds, series, year, plain(volume)), form, to_write(out), person
        )
    if kind in KINDS:
        return _export_copy(open_home(home), kind, plain(item), out, person)
    if kind == "batch-sheet":
        return _export_batch_sheet(open_home(home), batch, form, to_write(out), person)
    if kind == "separators":
        line = f"{title}\t{reference_code}".strip("\t")
        return _print_separators(open_home(home), to_write(out), fonds, series, line, count)
    if kind == "incoming-register":
        return _export_register(open_home(home), fonds, year, form, to_write(out), person)
    if kind != "item-catalogue":
        known = ["item-catalogue", *OF_YEAR, "incoming-register", "batch-sheet", "separators", *KINDS]
        raise WrongUse("bad-value", field="kind", value=kind, hint=", ".join(known))
    opened, place = open_home(home), to_write(out)
    chosen = select(opened, permit_as(opened, person), fonds, year, series, retention, query)
    with bar("export") as progress:
        count = export_item_catalogue(opened, chosen, form, place, progress, person or OPERATOR)
    tell(f"{count} items in {out}")


def _export_register(home: Home, fonds: str, year: str, form: str, out: Path, person: str) -> None:
    """收文簿核对表 of a fonds; of one year of receipt, or of all."""
    from index.domain.errors import WrongUse
    from viewer.export.incoming_register import export_incoming_register

    permit_as(home, person)
    if year and not year.isdecimal():
        raise WrongUse("bad-value", field="year", value=year, hint="2024")
    with bar("export") as progress:
        count = export_incoming_register(home, fonds, int(year or 0), form, out, progress, person or OPERATOR)
    tell(f"{count} rows in {out}")


def _export_year_end(
    home: Home, kind: str, bounds: tuple[str, str, str, str], form: str, out: Path, person: str
) -> None:
    from viewer.export.holders import Bounds
    from viewer.export.year_end import Asked
    from viewer.export.year_end import export as write

    with bar("export") as progress:
        asked = Asked(Bounds(*bounds), permit_as(home, person), progress)
        count = write(home, kind, asked, form, out, person or OPERATOR)
    tell(f"{count} rows in {out}")


def _print_separators(home: Home, out: Path, fonds: str, series: str, line: str, count: int) -> None:
    """Plain separators, or covers where anything is said of the document behind them."""
    from config.console import language
    from viewer.export.separating import Asked, sheets_of
    from viewer.export.separators import write

    asked = Asked(fonds, series, lines=[line] * count if line else (), count=count)
    with home.catalogue.reading() as work:
        sheets = sheets_of(home, work, asked, OPERATOR, language())
    write(sheets, out)
    tell(f"{len(sheets)} sheets in {out}")


def _export_copy(home: Home, kind: str, asked: str, out: Path, person: str) -> None:
    """Copies are taken as downloads are: within one's rights, and journalled."""
    from viewer.export.copies import export_copy

    place = out.absolute() if kind == "alto" and out.is_dir() else to_write(out)
    item = export_copy(home, permit_as(home, person), kind, asked, place, language())
    journal(home, person, "download", item.id, form="pdf" if kind == "access-copy" else kind)
    tell(f"{item.reference_code or item.id} in {out}")


def _export_batch_sheet(home: Home, batch: str, form: str, out: Path, person: str) -> None:
    """As whoever captures: the sheet names what is not filed yet."""
    from viewer.export.batch_sheet import export_batch_sheet

    if not permit_as(home, person).unfiled:
        raise Refused("not-allowed")
    with bar("export") as progress:
        sheet = export_batch_sheet(home, batch, form, out, progress, person or OPERATOR)
    tell(f"{sheet.batch.code}: {sheet.figures.pages} pages in {out}")


# -- people ----------------------------------------------------------------------------------------


def user_add(
    name: str,
    home: HomeDir = DEFAULT_HOME,
    role: Annotated[Role, typer.Option()] = Role.READER,
) -> None:
    """A new person; the one-time password is printed once."""
    from viewer import accounts

    opened = open_home(home)
    with opened.catalogue.writing() as work:
        password = accounts.add(work, name, role, OPERATOR, opened.clock.now(), opened.settings.room.language)
    say(f"{name}: {password}")


def user_list(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """Everybody who may sign in, or might once."""
    with open_home(home).catalogue.reading() as work:
        people = work.people.all()
    rows = [{"name": one.name, "role": one.role.value, "disabled": one.disabled_at is not None} for one in people]
    if as_json:
        say_json({"people": rows})
        return
    for row in rows:
        say(f"{row['name']:<24} {row['role']:<14} {'disabled' if row['disabled'] else ''}")


def user_disable(name: str, home: HomeDir = DEFAULT_HOME) -> None:
    """Close an account; its sessions end at once."""
    _with_person(home, name, "disable")


def user_enable(name: str, home: HomeDir = DEFAULT_HOME) -> None:
    """Open a closed account again."""
    _with_person(home, name, "enable")


def user_reset(name: str, home: HomeDir = DEFAULT_HOME) -> None:
    """A new one-time password, printed once."""
    _with_person(home, name, "reset")


def _with_person(path: Path, name: str, step: str) -> None:
    from viewer import accounts

    opened = open_home(path)
    with opened.catalogue.writing() as work:
        person = work.people.named(name)
        if person is None:
            raise Missing("no-such-person", name=name)
        if step == "disable":
            accounts.disable(work, person.id, OPERATOR, opened.clock.now())
        elif step == "enable":
            accounts.enable(work, person.id, OPERATOR)
        else:
            say(f"{name}: {accounts.reset(work, person.id, OPERATOR)}")
