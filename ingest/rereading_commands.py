"""Decides the command that has pages read again: which ones, by which engine, waited for, with a report at the end."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, open_home, say, say_json
from config.settings import ENGINES
from config.supervising import own_command, running
from index.domain.errors import Missing, WrongUse
from index.domain.people import OPERATOR
from index.domain.proof.rereading import Report, Scope
from index.ports import Work


def reread(
    item: Annotated[str, typer.Argument(help="One item, by id or reference code.")] = "",
    home: HomeDir = DEFAULT_HOME,
    page: Annotated[int, typer.Option(help="Only this page of the item, by its number.", min=0)] = 0,
    fonds: Annotated[str, typer.Option(help="Code of a fonds.")] = "",
    series: Annotated[str, typer.Option(help="Code of a series.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every page of the home.")] = False,
    older: Annotated[str, typer.Option(help="Only pages read by this engine and version, as `status` names it.")] = "",
    engine: Annotated[str, typer.Option(help="The engine that reads; the room's own when none is named.")] = "",
    as_json: AsJson = False,
) -> None:
    """Have pages read again behind everything that comes in, wait, and report what changed."""
    from index.custody import rereading
    from ingest.commands import somebody_works
    from ingest.rereading import wait

    opened = open_home(home)
    if engine and engine not in ENGINES:
        raise WrongUse("bad-value", field="engine", value=engine, hint=", ".join(ENGINES))
    if not (item or fonds or series or older or everything):
        raise WrongUse("which-pages")
    with opened.catalogue.writing() as work:
        scope = _scope(work, item, page, fonds, series, older)
        ordered = rereading.order(work, scope, engine, OPERATOR, opened.clock.now())
    with opened.catalogue.reading() as work:
        rereading.ask_for_more(work, opened.jobs)
    own = nullcontext() if somebody_works(opened) else running(own_command("work", opened))
    with own, bar("reread") as progress:
        report = wait(opened, ordered.id, progress)
    _tell(report, as_json)


def _scope(work: Work, item: str, page: int, fonds: str, series: str, older: str) -> Scope:
    found = work.fonds.by_code(fonds) if fonds else None
    if fonds and found is None:
        raise Missing("no-such-fonds", fonds=fonds)
    return Scope(work.items.get(item).id if item else "", found.id if found else "", series, older, page)


def _tell(report: Report, as_json: bool) -> None:
    told = {name: value for name, value in asdict(report).items() if name not in ("rereading", "pages")}
    told = {"id": report.rereading.id, "pages": report.total, "read": report.read, "failed": report.failed, **told}
    if as_json:
        say_json(told)
        return
    for name, value in told.items():
        say(f"{name:<12} {value:.3f}" if isinstance(value, float) else f"{name:<12} {value}")
