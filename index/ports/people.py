"""Decides what the books of people hold, and the journal of what they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from index.domain.events import Event
from index.domain.people import Person, Session


class People(Protocol):
    """Accounts and their sessions."""

    def add(self, person: Person) -> None:
        """Raises Conflict("name-taken")."""

    def save(self, person: Person) -> None: ...
    def get(self, person_id: str) -> Person:
        """Raises Missing("no-such-person")."""

    def named(self, name: str) -> Person | None: ...
    def all(self) -> Sequence[Person]: ...


class Sessions(Protocol):
    """Signed-in browsers, and failed attempts to sign in."""

    def add(self, session: Session) -> None: ...
    def get(self, token: str) -> Session | None: ...
    def end(self, *, token: str = "", person_id: str = "") -> None: ...
    def attempt(self, name: str, address: str, at: datetime) -> None:
        """Remember a failed sign-in."""

    def attempts_since(self, name: str, address: str, at: datetime) -> int:
        """Failed sign-ins from this address for this name; for an empty name, whatever name was tried."""

    def purge(self, before: datetime) -> None:
        """Forget sessions that ended and attempts made before this moment."""


class Journal(Protocol):
    """What happened: append-only, each entry chained to the one before."""

    def write(self, actor: str, verb: str, target: str, **details: object) -> None: ...
    def of(self, target: str) -> Sequence[Event]: ...
    def all(self) -> Iterable[Event]:
        """Oldest first, streamed."""
