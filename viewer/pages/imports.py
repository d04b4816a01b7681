"""Decides how a list that a room kept in a spreadsheet comes in by the browser: handed in, settled, tried, entered.

The spreadsheet is only kept here; it is opened in the cage of a worker. Nothing is entered before its faults are told.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from index.custody import importing, reconciling
from index.custody.importing import Report
from index.domain.errors import Conflict, Final, WrongUse, sentence
from index.domain.identity import new_id
from index.domain.lists.entries import checked_columns, tally
from index.domain.lists.importing import Import, ImportState, Kind
from index.domain.lists.linking import By
from index.domain.sentences.of_lists import field_name
from index.ports import Work
from viewer import frame
from viewer.attaching import attachment
from viewer.export import csv
from viewer.export.catalogue import Booklet, Catalogue, Column
from viewer.visit import Here, Visit

#: Rows and images shown on the page; the file of faults has them all.
MOST_SHOWN = 200

_FAULTS = (Column("行", 12, number=True), Column("题名", 90), Column("问题", 120))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page shows of an import: the report of a catalogue, or the rows of a register, and how many in all."""

    report: Report = field(default_factory=Report)
    tally: Mapping[str, int] = field(default_factory=dict)


def imports(visit: Here) -> Response:
    return _list(visit)


def hand_in(
    visit: Here, file: Annotated[UploadFile, File()], kind: str = Form("catalogue"), fonds: str = Form("")
) -> Response:
    """Keep a spreadsheet and have it read. Raises WrongUse("bad-value"), Missing("no-such-fonds")."""
    body = file.file.read()
    if not body or kind not in set(Kind):
        return _list(visit, WrongUse("no-spreadsheet"))
    name = os.path.basename((file.filename or "list").replace("\\", "/"))[:200]
    with visit.home.catalogue.writing() as work:
        of = work.fonds.get(fonds)
        digest = sha256(body).hexdigest()
        one = Import(new_id(), Kind(kind), name, digest, of.id, visit.who.name, visit.home.clock.now())
        _keep(visit.home.folder("imports") / one.id, body)
        work.imports.add(one)
        work.journal.write(visit.who.name, "list-handed-in", one.id, list=name, sha256=digest)
    visit.home.jobs.ask("tabulate", one.id)
    return RedirectResponse(f"/imports/{one.id}", 303)


def _keep(path: Path, body: bytes) -> None:
    """The room's own list may name people: its owner's alone."""
    path.parent.mkdir(exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(body)


def look(visit: Here, import_id: str) -> Response:
    """The columns, the trial run and what may be done now."""
    return _show(visit, import_id)


async def settle(visit: Here, import_id: str) -> Response:
    """Keep what was said of the columns; `deed` enter begins to enter what is ready."""
    form = await visit.request.form()
    said = {name: str(value) for name, value in form.items()}
    try:
        _settled(visit, import_id, said)
    except Final as problem:
        return _show(visit, import_id, problem)
    if said.get("deed") == "enter":
        visit.home.jobs.ask("enter", import_id)
    return RedirectResponse(f"/imports/{import_id}", 303)


def _settled(visit: Visit, import_id: str, said: Mapping[str, str]) -> None:
    with visit.home.catalogue.writing() as work:
        one = work.imports.get(import_id)
        if one.state not in (ImportState.READ, ImportState.DONE):
            raise Conflict("wrong-state", state=one.state)
        columns = {name: int(at) for name in one.form.headings if (at := said.get(f"column-{name}", ""))}
        settled = replace(
            one,
            columns=checked_columns(one.form, columns, one.headings),
            link=By(said.get("link", one.link)),
            folder=said.get("folder", "").strip(),
            series=said.get("series", ""),
        )
        if said.get("deed") == "enter":
            work.imports.mark(one.id, 0)
            settled = replace(settled, state=ImportState.ENTERING)
        work.imports.save(settled)


def faults(visit: Here, import_id: str) -> Response:
    """Every row with a fault and every image that is left, as CSV for the desk."""
    with visit.home.catalogue.reading() as work:
        one = work.imports.get(import_id)
        report = _standing(visit, work, one).report
    rows = [
        (str(entry.number), entry.value("title"), " ".join(fault.sentence(visit.language) for fault in entry.faults))
        for entry in report.faulty
    ]
    rows += [("", image.path, visit.say("No row speaks of this image")) for image in report.left]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "faults.csv"
        csv.write(Catalogue(one.name, _FAULTS, (Booklet((), tuple(rows)),)), path, _silent)
        body = path.read_bytes()
    headers = {"Content-Disposition": attachment(f"{one.name}-faults.csv")}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _silent(done: int, of: int) -> None:
    """A browser shows its own progress."""


def _list(visit: Visit, problem: Final | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        held, fondses = work.imports.all(), {fonds.id: fonds for fonds in work.fonds.all()}
    status = problem.http_status if problem else 200
    return frame.show(visit, "imports.html", status, imports=held, fondses=fondses, problem=problem)


def _show(visit: Visit, import_id: str, problem: Final | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        one = work.imports.get(import_id)
        fonds = work.fonds.get(one.fonds_id)
        standing = Standing() if one.state in (ImportState.READING, ImportState.FAILED) else _standing(visit, work, one)
        sample = [kept.row for kept in work.imports.rows(one.id)[:3]]
    series = [known for pack in visit.home.packs if pack.id in fonds.packs for known in pack.series]
    return frame.show(
        visit,
        "import.html",
        problem.http_status if problem else 200,
        one=one,
        fonds=fonds,
        standing=standing,
        sample=sample,
        series=series,
        problem=problem,
        most=MOST_SHOWN,
        sentence=sentence(one.reason, visit.language) if one.reason else "",
        names={name: field_name(name, visit.language) for name in one.form.headings},
    )


def _standing(visit: Visit, work: Work, one: Import) -> Standing:
    if one.kind is Kind.CATALOGUE:
        report = importing.dry_run(work, one, visit.home.packs)
    else:
        report = reconciling.dry_run(work, one)
    return Standing(report, dict(tally(report.entries).most_common()))
