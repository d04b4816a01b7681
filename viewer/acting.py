"""Decides who acts on the command line, journalled: a person by name, else the operator of the home."""

from __future__ import annotations

from typing import Annotated

import typer

from config.wiring import Home
from index.domain.access import Permit, Role, permit_of
from index.domain.errors import Missing, Refused, WrongUse
from index.domain.people import OPERATOR, Person

As = Annotated[str, typer.Option("--as", help="Whose rights apply; the operator's when nobody is named.")]
Fonds = Annotated[str, typer.Option(help="Code of a fonds.")]
Series = Annotated[str, typer.Option(help="Code of a series.")]


def permit_as(home: Home, name: str) -> Permit:
    """What the named person may see; the operator of the home reads as an archivist."""
    return person_as(home, name).permit if name else permit_of(Role.ARCHIVIST)


def person_as(home: Home, name: str) -> Person:
    """Raises WrongUse("say-whose") where nobody is named, Missing("no-such-person"), Refused("not-allowed")."""
    if not name:
        raise WrongUse("say-whose")
    with home.catalogue.reading() as work:
        person = work.people.named(name)
    if person is None:
        raise Missing("no-such-person", name=name)
    if person.disabled_at or person.permit.nothing:
        raise Refused("not-allowed")
    return person


def journal(home: Home, person: str, verb: str, target: str = "command-line", **details: object) -> None:
    with home.catalogue.writing() as work:
        work.journal.write(person or OPERATOR, verb, target, **details)
