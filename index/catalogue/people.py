"""Decides how accounts, sessions and failed sign-ins are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from index.catalogue import rows, tables
from index.domain.errors import Conflict, Missing
from index.domain.people import Person, Session

_person = tables.person.c
_session = tables.session.c
_attempt = tables.attempt.c


class PeopleBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, person: Person) -> None:
        try:
            self._sql.execute(insert(tables.person).values(rows.person_row(person)))
        except IntegrityError as error:
            raise Conflict("name-taken", name=person.name) from error

    def save(self, person: Person) -> None:
        self._sql.execute(update(tables.person).where(_person.id == person.id).values(rows.person_row(person)))

    def get(self, person_id: str) -> Person:
        row = self._sql.execute(select(tables.person).where(_person.id == person_id)).first()
        if row is None:
            raise Missing("no-such-person", name=person_id)
        return rows.person(row)

    def named(self, name: str) -> Person | None:
        row = self._sql.execute(select(tables.person).where(_person.name == name)).first()
        return rows.person(row) if row else None

    def all(self) -> Sequence[Person]:
        return [rows.person(row) for row in self._sql.execute(select(tables.person).order_by(_person.name))]


class SessionBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, session: Session) -> None:
        self._sql.execute(insert(tables.session).values(rows.session_row(session)))

    def get(self, token: str) -> Session | None:
        row = self._sql.execute(select(tables.session).where(_session.token == token)).first()
        return rows.session(row) if row else None

    def end(self, *, token: str = "", person_id: str = "") -> None:
        ended = or_(_session.token == token, _session.person_id == person_id)
        self._sql.execute(delete(tables.session).where(ended))

    def attempt(self, name: str, address: str, at: datetime) -> None:
        self._sql.execute(insert(tables.attempt).values(name=name, address=address, at=at))

    def attempts_since(self, name: str, address: str, at: datetime) -> int:
        query = select(func.count()).where(_attempt.address == address, _attempt.at >= at)
        query = query.where(_attempt.name == name) if name else query
        return self._sql.execute(query).scalar_one()

    def purge(self, before: datetime) -> None:
        self._sql.execute(delete(tables.session).where(_session.expires_at < before))
        self._sql.execute(delete(tables.attempt).where(_attempt.at < before))
