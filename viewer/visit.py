"""Decides what an endpoint knows of the one who asks: the home, the person, the session, the language.

Endpoints take `visit: Here`; the guard has made it before they are called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from config.wiring import Home
from index.domain.access import Act, Permit, may
from index.domain.errors import Refused
from index.domain.people import Person, Session
from viewer.words import LANGUAGES, say

LANGUAGE_COOKIE = "muniment_language"
"""The language somebody who has not signed in has chosen; no secret."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, and who makes it; `person` is None before sign-in."""

    home: Home
    request: Request
    person: Person | None = None
    session: Session | None = None

    @property
    def who(self) -> Person:
        """Raises Refused("sign-in-first") for somebody unknown."""
        if self.person is None:
            raise Refused("sign-in-first")
        return self.person

    @property
    def permit(self) -> Permit:
        return self.person.permit if self.person else Permit(frozenset())

    @property
    def csrf(self) -> str:
        return self.session.csrf if self.session else ""

    @property
    def address(self) -> str:
        """Where the request comes from, as the server saw it."""
        return self.request.client.host if self.request.client else ""

    @property
    def wants_json(self) -> bool:
        return self.request.url.path.startswith("/api/") or "application/json" in self.request.headers.get("accept", "")

    @property
    def language(self) -> str:
        """The person's own, else the one chosen before sign-in, else the room's."""
        chosen = self.person.language if self.person else self.request.cookies.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in LANGUAGES else self.home.settings.room.language

    def may(self, act: Act) -> bool:
        return self.person is not None and may(self.person.role, act)

    def say(self, message: str, **values: object) -> str:
        return say(self.language, message, **values)


def visit_of(request: Request) -> Visit:
    """The visit that the guard made for this request."""
    return cast(Visit, request.state.visit)


Here = Annotated[Visit, Depends(visit_of)]
