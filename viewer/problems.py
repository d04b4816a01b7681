"""Decides how an error is told on the web: its status, its sentence in the reader's language, as a page or as JSON.

Somebody who has not signed in is led to the sign-in page, somebody with a one-time password to its change.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from config.wiring import Home
from index.domain.errors import MunimentError, Passing
from viewer import frame
from viewer.visit import Visit

#: Codes whose status is not their class's.
STATUS = {"sign-in-first": 401, "too-many-attempts": 429, "change-password-first": 403}


def answer(home: Home, request: Request, error: MunimentError) -> Response:
    """The answer to a request that ended in `error`."""
    visit = cast(Visit, getattr(request.state, "visit", None)) or Visit(home, request)
    status = STATUS.get(error.code, error.http_status)
    sentence = error.sentence(visit.language)
    if visit.wants_json:
        return JSONResponse({"error": error.code, "sentence": sentence}, status)
    if error.code == "sign-in-first":
        return RedirectResponse(f"/sign-in?next={quote(_way_back(request))}", 303)
    if error.code == "change-password-first":
        return RedirectResponse("/me/password", 303)
    again = isinstance(error, Passing)
    return frame.show(visit, "problem.html", status, code=error.code, sentence=sentence, again=again)


def _way_back(request: Request) -> str:
    """Where to go after sign-in: a page that was asked for, never a form that was sent."""
    return f"{request.url.path}?{request.url.query}".rstrip("?") if request.method == "GET" else "/"
