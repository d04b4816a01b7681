"""Decides the command that asks again where items belong, and the one that ends a tenure and moves its file."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, open_home, say, say_json
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from index.domain.people import OPERATOR
from index.ports import Work


def reclassify(
    home: HomeDir = DEFAULT_HOME,
    fonds: Annotated[str, typer.Option(help="Only items of this fonds, by its code.")] = "",
    as_json: AsJson = False,
) -> None:
    """Propose anew where items belong, by the regulations as they are now. Nothing that a person gave or that is filed
    is changed."""
    from ingest import reclassifying

    opened = open_home(home)
    with opened.catalogue.reading() as work:
        of = _fonds(work, fonds) if fonds else None
    with bar("reclassify") as progress:
        counts = reclassifying.reclassify(opened, of.id if of else None, progress)
    if as_json:
        say_json(dict(counts))
        return
    for name in reclassifying.OUTCOMES:
        say(f"{name:<10} {counts[name]}")


def end_tenure(
    subject: Annotated[str, typer.Argument(help="The subject's key: employee number, room, customer.")],
    fonds: Annotated[str, typer.Option(help="Code of the fonds.")],
    home: HomeDir = DEFAULT_HOME,
    on: Annotated[str, typer.Option(help="The day on which it ended (2025-06-30); today when none is given.")] = "",
    retention: Annotated[str, typer.Option(help="The period, where the regulation leaves it open (3y).")] = "",
    as_json: AsJson = False,
) -> None:
    """Move the file of a subject that left into the series of former ones, and close it."""
    from index.custody import tenures

    opened = open_home(home)
    ended = _day(on) if on else opened.clock.today()
    with opened.catalogue.writing() as work:
        of = _fonds(work, fonds)
        file = work.files.open_of(of.id, subject)
        if file is None:
            raise Missing("no-such-file", path=subject)
        moved = tenures.end_tenure(work, file.id, ended, OPERATOR, opened.clock.now(), opened.packs, retention)
    opened.jobs.ask("index")
    told = {"file": moved.id, "subject": moved.subject_key, "series": moved.series, "number": moved.number}
    say_json(told) if as_json else say("  ".join(str(one) for one in told.values()))


def _fonds(work: Work, code: str) -> Fonds:
    found = work.fonds.by_code(code)
    if found is None:
        raise Missing("no-such-fonds", fonds=code)
    return found


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise WrongUse("bad-value", field="on", value=said, hint="2025-06-30") from error
