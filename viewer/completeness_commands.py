"""Decides the command that tells how complete files and years are by the checklists of their regulations."""

from __future__ import annotations

from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, language, open_home, say, say_json, tell
from index.custody.assessing import Assessed, assess
from index.domain.people import OPERATOR
from index.domain.rules.completeness import State
from viewer.acting import As, Fonds, Series, permit_as
from viewer.completing import completeness_json, incomplete_first

Gaps = Annotated[bool, typer.Option("--gaps", help="Only what is not complete.")]


def completeness(
    home: HomeDir = DEFAULT_HOME,
    fonds: Fonds = "",
    series: Series = "",
    gaps: Gaps = False,
    person: As = "",
    as_json: AsJson = False,
) -> None:
    """What is missing in every file and year, by the checklist of its regulation."""
    opened = open_home(home)
    permit = permit_as(opened, person)
    with opened.catalogue.writing() as work:
        found = assess(work, opened.packs, permit, fonds, series)
        work.journal.write(person or OPERATOR, "completeness-read", "command-line", fonds=fonds, series=series)
    shown = incomplete_first([one for one in found if not (gaps and one.found.complete)])
    if as_json:
        say_json(completeness_json(shown))
        return
    for one in shown:
        say(_line(one))
    tell(f"{sum(one.found.complete for one in found)} of {len(found)} complete")


def _line(one: Assessed) -> str:
    missing = "、".join(place.slot.title[language()] for place in one.found.of(State.MISSING))
    return f"{one.found.filled:>3}/{one.found.asked:<3} {one.fonds.code:<6} {one.pack.id:<12} {one.name}  {missing}"
