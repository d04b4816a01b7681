"""Decides how the administrator sees and changes the accounts of the room."""

from __future__ import annotations

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.domain.access import Role
from index.domain.errors import MunimentError
from viewer import accounts, frame
from viewer.visit import Here, Visit


def people(visit: Here) -> Response:
    return _shown(visit)


def add(visit: Here, name: str = Form(""), role: str = Form("")) -> Response:
    """Add a person; their one-time password is shown on this answer and nowhere else."""
    try:
        with visit.home.catalogue.writing() as work:
            chosen = Role(role) if role in set(Role) else Role.READER
            password = accounts.add(work, name, chosen, visit.who.name, visit.home.clock.now(), visit.language)
    except MunimentError as problem:
        return _shown(visit, problem.http_status, problem=problem.sentence(visit.language), name=name, role=role)
    return _shown(visit, told=name.strip(), password=password)


def reset(visit: Here, person_id: str) -> Response:
    with visit.home.catalogue.writing() as work:
        password = accounts.reset(work, person_id, visit.who.name)
        name = work.people.get(person_id).name
    return _shown(visit, told=name, password=password)


def disable(visit: Here, person_id: str) -> Response:
    with visit.home.catalogue.writing() as work:
        accounts.disable(work, person_id, visit.who.name, visit.home.clock.now())
    return RedirectResponse("/people", 303)


def enable(visit: Here, person_id: str) -> Response:
    with visit.home.catalogue.writing() as work:
        accounts.enable(work, person_id, visit.who.name)
    return RedirectResponse("/people", 303)


def _shown(visit: Visit, status: int = 200, **said: str) -> Response:
    with visit.home.catalogue.reading() as work:
        everybody = work.people.all()
    blank = {"problem": "", "name": "", "role": "", "told": "", "password": ""}
    return frame.show(visit, "people.html", status, everybody=everybody, roles=list(Role), **{**blank, **said})
