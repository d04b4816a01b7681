"""Decides who is at the other end: sign-in with its throttle, sessions on our side, and when they end.

The cookie holds 32 random bytes; the catalogue keeps only their SHA-256. A session ends after a time without use, after
its longest life, at sign-out, and at once when the person is disabled.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from config.wiring import Home
from index.domain.errors import Busy, Refused
from index.domain.people import SYSTEM, Person, Session
from index.ports import Work
from viewer import passwords

NAMES = 10
"""An address may fail as often as this many names may."""


def cookie_name(https: bool) -> str:
    """With HTTPS the browser itself holds the cookie to this host, path and transport (`__Host-`)."""
    return "__Host-muniment" if https else "muniment"


def token_of(cookie: str) -> str:
    """What the catalogue keeps of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def sign_in(home: Home, name: str, password: str, address: str) -> tuple[str, Person]:
    """The cookie of a new session. Raises Refused as `confirmed` does."""
    person = confirmed(home, name, password, address)
    with home.catalogue.writing() as work:
        work.journal.write(person.name, "sign-in", person.id, address=address)
        return open_session(home, work, person), person


def confirmed(home: Home, name: str, password: str, address: str) -> Person:
    """The person, by the password. Raises Refused: "too-many-attempts", or "wrong-password" for the disabled too."""
    _throttle(home, name, address)
    with home.catalogue.reading() as work:
        person = work.people.named(name)
    known = passwords.fits(person.password_hash if person else "", password)
    if person is None or not known or person.disabled_at:
        with home.catalogue.writing() as work:
            work.sessions.attempt(name, address, home.clock.now())
            _note_reached(home, work, name, address)
        raise Refused("wrong-password")
    return person


def _throttle(home: Home, name: str, address: str) -> None:
    with home.catalogue.reading() as work:
        if any(failed >= limit for failed, limit in _failed(home, work, name, address)):
            raise Refused("too-many-attempts", minutes=home.settings.viewer.attempt_minutes)


def _note_reached(home: Home, work: Work, name: str, address: str) -> None:
    """Journal the failure that closes the door, not those that knock on it then: the journal cannot be flooded."""
    if any(failed == limit for failed, limit in _failed(home, work, name, address)):
        work.journal.write(SYSTEM, "sign-in-throttled", address, name=name)


def _failed(home: Home, work: Work, name: str, address: str) -> list[tuple[int, int]]:
    """(failures, limit) of late: of this name from this address, and of this address whatever names it tries."""
    limits = home.settings.viewer
    since = home.clock.now() - timedelta(minutes=limits.attempt_minutes)
    failed = work.sessions.attempts_since
    return [(failed(name, address, since), limits.attempts), (failed("", address, since), NAMES * limits.attempts)]


def open_session(home: Home, work: Work, person: Person) -> str:
    """Begin a session and return its cookie; old sessions and attempts are swept on the way."""
    cookie, now = secrets.token_urlsafe(32), home.clock.now()
    work.sessions.purge(now - timedelta(minutes=home.settings.viewer.attempt_minutes))
    work.sessions.add(Session(token_of(cookie), person.id, secrets.token_urlsafe(24), now, _ends(home, now, now)))
    return cookie


def who(home: Home, cookie: str) -> tuple[Person, Session] | None:
    """The person whose session this is, while it lasts; using it makes it last."""
    if not cookie:
        return None
    now = home.clock.now()
    with home.catalogue.reading() as work:
        session = work.sessions.get(token_of(cookie))
        if session is None or session.expires_at <= now:
            return None
        person = work.people.get(session.person_id)
    return None if person.disabled_at else (person, _prolonged(home, session, now))


def _prolonged(home: Home, session: Session, now: datetime) -> Session:
    """Move the end on, but write at most every tenth of the idle time; a busy catalogue is asked again next time."""
    later = _ends(home, session.created_at, now)
    if later - session.expires_at < timedelta(minutes=home.settings.viewer.idle_minutes) / 10:
        return session
    longer = replace(session, expires_at=later)
    with suppress(Busy), home.catalogue.writing() as work:
        if work.sessions.get(session.token):  # signed out meanwhile: it stays out
            work.sessions.end(token=session.token)
            work.sessions.add(longer)
    return longer


def _ends(home: Home, created: datetime, now: datetime) -> datetime:
    limits = home.settings.viewer
    return min(now + timedelta(minutes=limits.idle_minutes), created + timedelta(hours=limits.session_hours))
