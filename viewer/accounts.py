"""Decides how accounts come and go: added with a one-time password, disabled, enabled, given a new password.

Every change is journalled with who made it. The last administrator stays. The command line asks here too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from index.domain.access import Role
from index.domain.errors import Refused, WrongUse
from index.domain.identity import new_id
from index.domain.people import Person
from index.ports import Work
from viewer import passwords

LONGEST_NAME = 60


def add(work: Work, name: str, role: Role, actor: str, now: datetime, language: str = "zh-Hans") -> str:
    """A new person; returns the one-time password. Raises Conflict("name-taken"), WrongUse("bad-value")."""
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise WrongUse("bad-value", field="name", value=name, hint=f"1-{LONGEST_NAME}")
    password = passwords.one_time()
    person = Person(new_id(), name, role, passwords.hashed(password), now, must_change=True, language=language)
    work.people.add(person)
    work.journal.write(actor, "person-added", person.id, name=name, role=role)
    return password


def disable(work: Work, person_id: str, actor: str, now: datetime) -> Person:
    """Close the account; its sessions end at once. Raises Refused("last-administrator"), Missing."""
    person = work.people.get(person_id)
    if person.disabled_at:
        return person
    if person.role is Role.ADMINISTRATOR and not _other_administrators(work, person):
        raise Refused("last-administrator")
    work.people.save(replace(person, disabled_at=now))
    work.sessions.end(person_id=person.id)
    work.journal.write(actor, "person-disabled", person.id, name=person.name)
    return person


def enable(work: Work, person_id: str, actor: str) -> Person:
    person = work.people.get(person_id)
    if person.disabled_at:
        work.people.save(replace(person, disabled_at=None))
        work.journal.write(actor, "person-enabled", person.id, name=person.name)
    return person


def reset(work: Work, person_id: str, actor: str) -> str:
    """A new one-time password; every session of the person ends. Raises Missing("no-such-person")."""
    person, password = work.people.get(person_id), passwords.one_time()
    work.people.save(replace(person, password_hash=passwords.hashed(password), must_change=True))
    work.sessions.end(person_id=person.id)
    work.journal.write(actor, "password-reset", person.id, name=person.name)
    return password


def _other_administrators(work: Work, person: Person) -> bool:
    others = (other for other in work.people.all() if other.id != person.id and not other.disabled_at)
    return any(other.role is Role.ADMINISTRATOR for other in others)
