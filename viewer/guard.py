"""Decides who may open what: every route names an act, and nobody passes unless a rule says yes.

The guard stands before each endpoint. It finds out who asks, refuses forms that another site sent, and compares the
route's act with the person's role (`index.domain.access`). Which records may be seen is decided in `viewer.reading`.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from config.wiring import Home
from index.domain.access import Act
from index.domain.errors import Refused
from viewer import session
from viewer.visit import Visit

CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"

#: What somebody with a one-time password may open before they have chosen their own.
BEFORE_THE_CHANGE = frozenset({"/me/password", "/me/language", "/sign-out"})


@dataclass(frozen=True, slots=True)
class Route:
    """A page or a call. `act` None means everybody, signed in or not: sign-in and the language, nothing else."""

    path: str
    endpoint: Callable[..., Any]
    act: Act | None
    method: str = "GET"


class Guard:
    """Stands before one route, and puts the `Visit` into the request."""

    def __init__(self, home: Home, route: Route) -> None:
        self._home = home
        self._route = route

    async def __call__(self, request: Request) -> None:
        form = await request.form() if self._route.method == "POST" else FormData()
        await run_in_threadpool(self._admit, request, form)

    def _admit(self, request: Request, form: FormData) -> None:
        visit = request.state.visit = arrive(self._home, request)
        if self._route.method == "POST":
            _check_origin(visit)
        if self._route.act is not None:
            _check_act(visit, self._route, self._route.act)
            if self._route.method == "POST":
                _check_token(visit, form)


def arrive(home: Home, request: Request) -> Visit:
    """Who asks, by the cookie."""
    cookie = request.cookies.get(session.cookie_name(home.settings.viewer.https), "")
    known = session.who(home, cookie)
    return Visit(home, request, *known) if known else Visit(home, request)


def _check_act(visit: Visit, route: Route, act: Act) -> None:
    if visit.who.must_change and route.path not in BEFORE_THE_CHANGE:
        raise Refused("change-password-first")
    if not visit.may(act):
        raise Refused("not-allowed")


def _check_origin(visit: Visit) -> None:
    """A form comes from our own pages, sign-in too: browsers name the origin of every POST."""
    origin = visit.request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != visit.request.headers.get("host"):
        raise Refused("stale-form")


def _check_token(visit: Visit, form: FormData) -> None:
    """Within a session a form carries the session's own token besides."""
    given = visit.request.headers.get(CSRF_HEADER) or form.get(CSRF_FIELD, "")
    if not hmac.compare_digest(str(given).encode(), visit.csrf.encode()):
        raise Refused("stale-form")
