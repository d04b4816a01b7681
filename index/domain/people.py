"""Decides what a person of the room is: name, role, and whether the account may be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.domain.access import Permit, Role, permit_of

OPERATOR = "operator"
"""Who acts on the command line: the operator of the home, who reads as an archivist, journalled."""

SYSTEM = "muniment"
"""Who acts when nobody does: the pipeline."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account. A one-time password must be changed at the first sign-in (`must_change`)."""

    id: str
    name: str
    role: Role
    password_hash: str
    created_at: datetime
    disabled_at: datetime | None = None
    must_change: bool = False
    language: str = "zh-Hans"

    @property
    def permit(self) -> Permit:
        return permit_of(self.role)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; `token` is the SHA-256 of the cookie, never the cookie itself."""

    token: str
    person_id: str
    csrf: str
    created_at: datetime
    expires_at: datetime
