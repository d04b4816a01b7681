"""Decides which pages there are, who may open each, and what every answer passes through.

`ROUTES` is the whole table; `viewer.guard` reads the act in it, and a test walks every row as every role.
"""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from config.wiring import Home
from index.domain.access import Act
from index.domain.errors import Missing, MunimentError, WrongUse
from viewer import frame
from viewer.api import calls
from viewer.api import saved as kept
from viewer.edges import FaultEdge, SafeHeaders
from viewer.guard import Guard, Route
from viewer.pages import (
    arrangement,
    arrangement_deeds,
    batches,
    blank,
    browse,
    catalogue,
    completeness,
    contents,
    copies,
    file_fields,
    health,
    imports,
    incoming,
    intake,
    item,
    item_set,
    like,
    packs,
    page,
    people,
    places,
    profiles,
    proof,
    quality,
    renumbering,
    reread,
    review,
    saved,
    search,
    separators,
    signin,
    start,
    workbench,
)
from viewer.problems import answer

ROUTES: tuple[Route, ...] = (
    # -- at the door --
    Route("/sign-in", signin.form, None),
    Route("/sign-in", signin.sign_in, None, "POST"),
    Route("/me/language", signin.choose_language, None, "POST"),
    Route("/sign-out", signin.sign_out, Act.SEE_SELF, "POST"),
    Route("/me/password", signin.password_form, Act.SEE_SELF),
    Route("/me/password", signin.change_password, Act.SEE_SELF, "POST"),
    Route("/", start.start, Act.SEE_SELF),
    # -- capture --
    Route("/intake", intake.intake, Act.CAPTURE),
    Route("/intake/live", intake.live, Act.CAPTURE),
    Route("/intake/{scan_id}/retry", intake.retry, Act.CAPTURE, "POST"),
    Route("/intake/{scan_id}/release", intake.release, Act.CAPTURE, "POST"),
    Route("/batches", batches.batches, Act.CAPTURE),
    Route("/batches/{batch_id}", batches.batch, Act.CAPTURE),
    Route("/batches/{batch_id}", batches.describe, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/draw", batches.draw, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/pages/{page_id}", batches.look, Act.CAPTURE),
    Route("/batches/{batch_id}/pages/{page_id}", batches.judge, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/check", batches.check, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/sign", batches.sign, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/reopen", batches.reopen, Act.CHECK, "POST"),
    Route("/batches/{batch_id}/rescans", batches.rescans, Act.CAPTURE),
    Route("/export/batch-sheet/{batch_id}", catalogue.batch_sheet, Act.CAPTURE),
    Route("/review", review.queue, Act.REVIEW),
    Route("/review/next", review.following, Act.REVIEW),
    Route("/review/{item_id}", review.form, Act.REVIEW),
    Route("/review/{item_id}", review.save, Act.REVIEW, "POST"),
    Route("/review/{item_id}/withdraw", review.withdraw, Act.REVIEW, "POST"),
    Route("/review/{item_id}/reopen", review.reopen, Act.REVIEW, "POST"),
    Route("/proof", proof.queue, Act.REVIEW),
    Route("/proof/next", proof.following, Act.REVIEW),
    Route("/proof/{item_id}", proof.form, Act.REVIEW),
    Route("/proof/{item_id}", proof.keep, Act.REVIEW, "POST"),
    Route("/quality", quality.quality, Act.REVIEW),
    Route("/quality/draw", quality.draw, Act.REVIEW, "POST"),
    Route("/reread", reread.orders, Act.REVIEW),
    Route("/reread", reread.order, Act.REVIEW, "POST"),
    Route("/reread/{rereading_id}", reread.report, Act.REVIEW),
    Route("/reread/{rereading_id}/stop", reread.stop, Act.REVIEW, "POST"),
    Route("/profiles", profiles.form, Act.CAPTURE),
    Route("/profiles", profiles.preview, Act.CAPTURE, "POST"),
    Route("/imports", imports.imports, Act.REVIEW),
    Route("/imports", imports.hand_in, Act.REVIEW, "POST"),
    Route("/imports/{import_id}", imports.look, Act.REVIEW),
    Route("/imports/{import_id}", imports.settle, Act.REVIEW, "POST"),
    Route("/imports/{import_id}/faults.csv", imports.faults, Act.REVIEW),
    Route("/incoming", incoming.incoming, Act.REVIEW),
    Route("/incoming", incoming.decide, Act.REVIEW, "POST"),
    Route("/incoming/sign", incoming.sign, Act.REVIEW, "POST"),
    Route("/export/incoming-register", incoming.export, Act.REVIEW),
    Route("/separators", separators.form, Act.CAPTURE),
    Route("/separators", separators.sheets, Act.CAPTURE, "POST"),
    Route("/items/{item_id}/pages", workbench.workbench, Act.REVIEW),
    Route("/items/{item_id}/pages", workbench.deed, Act.REVIEW, "POST"),
    Route("/blank", blank.blank, Act.REVIEW),
    Route("/blank", blank.look_at, Act.REVIEW, "POST"),
    Route("/export/item-catalogue", catalogue.export, Act.EXPORT),
    # -- reading room --
    Route("/search", search.search, Act.SEARCH),
    Route("/saved", saved.saved, Act.SEARCH),
    Route("/saved", saved.save, Act.SEARCH, "POST"),
    Route("/saved/{saved_id}", saved.change, Act.SEARCH, "POST"),
    Route("/saved/{saved_id}/look", saved.look, Act.SEARCH, "POST"),
    Route("/saved/{saved_id}/delete", saved.delete, Act.SEARCH, "POST"),
    Route("/items/{item_id}/like", like.like, Act.READ),
    Route("/items/{item_id}", item.item, Act.READ),
    Route("/items/{item_id}/set", item_set.say, Act.REVIEW, "POST"),
    Route("/items/{item_id}/print", item.printed, Act.PRINT),
    Route("/items/{item_id}/master/{scan_id}", page.master, Act.PRINT),
    Route("/items/{item_id}/copy.pdf", copies.pdf, Act.PRINT),
    Route("/items/{item_id}/alto/{number}", copies.alto, Act.PRINT),
    Route("/items/{item_id}/alto.zip", copies.all_alto, Act.PRINT),
    Route("/items/{item_id}/hocr", copies.hocr, Act.PRINT),
    Route("/pages/{page_id}/image", page.image, Act.READ),
    Route("/pages/{page_id}/thumb", page.thumb, Act.READ),
    # -- holdings --
    Route("/browse", browse.browse, Act.READ),
    Route("/files/{file_id}/fields", file_fields.keep, Act.REVIEW, "POST"),
    Route("/renumbering", renumbering.renumbering, Act.REVIEW),
    Route("/renumbering", renumbering.carry, Act.REVIEW, "POST"),
    Route("/contents/{holder_id}", contents.contents, Act.REVIEW),
    Route("/arrangement", arrangement.arrangement, Act.REVIEW),
    Route("/arrangement", arrangement_deeds.deed, Act.REVIEW, "POST"),
    Route("/places", places.places, Act.REVIEW),
    Route("/places", places.add, Act.REVIEW, "POST"),
    Route("/export/year-end/{kind}", catalogue.year_end, Act.EXPORT),
    Route("/completeness", completeness.completeness, Act.REVIEW),
    Route("/completeness/unit", completeness.unit, Act.REVIEW),
    Route("/completeness/unit", completeness.say, Act.REVIEW, "POST"),
    # -- system --
    Route("/packs", packs.packs, Act.READ),
    Route("/packs/{pack_id}", packs.pack, Act.READ),
    Route("/people", people.people, Act.MANAGE_PEOPLE),
    Route("/people", people.add, Act.MANAGE_PEOPLE, "POST"),
    Route("/people/{person_id}/reset", people.reset, Act.MANAGE_PEOPLE, "POST"),
    Route("/people/{person_id}/disable", people.disable, Act.MANAGE_PEOPLE, "POST"),
    Route("/people/{person_id}/enable", people.enable, Act.MANAGE_PEOPLE, "POST"),
    Route("/health", health.health, Act.SEE_SYSTEM),
    # -- JSON --
    Route("/api/search", calls.search, Act.SEARCH),
    Route("/api/suggest", calls.suggest, Act.SEARCH),
    Route("/api/items/{item_id}", calls.item, Act.READ),
    Route("/api/completeness", completeness.as_json, Act.REVIEW),
    Route("/api/items/{item_id}/like", calls.like, Act.READ),
    Route("/api/saved", kept.searches, Act.SEARCH),
    Route("/api/saved", kept.keep, Act.SEARCH, "POST"),
    Route("/api/saved/{saved_id}", kept.change, Act.SEARCH, "POST"),
    Route("/api/saved/{saved_id}/look", kept.look, Act.SEARCH, "POST"),
    Route("/api/saved/{saved_id}/delete", kept.delete, Act.SEARCH, "POST"),
    Route("/api/status", calls.state, Act.SEE_SYSTEM),
    Route("/api/openapi.json", calls.description, Act.SEE_SELF),
)

MOST_BYTES = 12_000_000
"""The largest form that is read: a room's list in a spreadsheet. Scans come through the drop folder, never the web."""


def create_app(home: Home) -> FastAPI:
    """The viewer over an archive home, ready to be served."""
    app = FastAPI(
        title="Muniment",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        max_body_size=MOST_BYTES,
        middleware=_middleware(home),
    )
    for route in ROUTES:
        app.add_api_route(
            route.path,
            route.endpoint,
            methods=[route.method],
            dependencies=[Depends(Guard(home, route))],
            response_model=None,
            include_in_schema=route.path.startswith("/api/"),
        )
    app.mount("/static", StaticFiles(directory=frame.STATIC))
    _tell_errors(app, home)
    return app


def _middleware(home: Home) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=home.settings.viewer.hosts, www_redirect=False),
        Middleware(FaultEdge, home=home),
    ]


def _tell_errors(app: FastAPI, home: Home) -> None:
    """Every kind of error that can reach the edge, as one of ours."""

    def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, MunimentError)
        return answer(home, request, error)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        found = Missing("no-such-address") if error.status_code in {404, 405} else WrongUse("bad-request")
        return answer(home, request, found)

    def invalid(request: Request, error: Exception) -> Response:
        return answer(home, request, WrongUse("bad-request"))

    app.add_exception_handler(MunimentError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
