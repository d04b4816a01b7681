"""Decides what stands around every page: the room's name, the search box, what waits, the modules, the language.

Templates escape everything, know no undefined name, and get `visit`, `_` (words) and the filters below.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from index.domain.access import Act
from index.domain.errors import Passing
from index.domain.events import Event
from index.domain.holdings import Item, ItemState
from index.domain.retention import period
from index.domain.scan import ScanState
from viewer import moments, naming
from viewer.legible import legible
from viewer.narrowing import label
from viewer.pages.oddities import told
from viewer.visit import Visit
from viewer.words import LANGUAGES
from viewer.words.terms import term

STATIC = Path(__file__).with_name("static")
TEMPLATES = Path(__file__).with_name("templates")

#: The modules archivists know, and below them what is seldom opened: title, then the pages (address, title, what one
#: must be allowed to do), in the order in which paper passes them.
MODULES: tuple[tuple[str, tuple[tuple[str, str, Act], ...]], ...] = (
    (
        "Capture",
        (
            ("/intake", "Intake", Act.CAPTURE),
            ("/batches", "Batches", Act.CAPTURE),
            ("/review", "Review", Act.REVIEW),
            ("/proof", "Proofing", Act.REVIEW),
            ("/blank", "Blank pages", Act.REVIEW),
        ),
    ),
    (
        "Holdings",
        (
            ("/browse", "Browse", Act.READ),
            ("/arrangement", "Arrangement", Act.REVIEW),
            ("/places", "Places", Act.REVIEW),
            ("/completeness", "Completeness", Act.REVIEW),
            ("/incoming", "Incoming register", Act.REVIEW),
            ("/quality", "Text quality", Act.REVIEW),
        ),
    ),
    ("Reading room", (("/search", "Search", Act.SEARCH), ("/saved", "Saved searches", Act.SEARCH))),
    (
        "Tools",
        (
            ("/separators", "Separator sheets", Act.CAPTURE),
            ("/profiles", "Naming profiles", Act.CAPTURE),
            ("/imports", "Import lists", Act.REVIEW),
            ("/reread", "Read again", Act.REVIEW),
        ),
    ),
    (
        "System",
        (
            ("/packs", "Regulations", Act.READ),
            ("/people", "People", Act.MANAGE_PEOPLE),
            ("/health", "Health", Act.SEE_SYSTEM),
        ),
    ),
)


def show(visit: Visit, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    """The page as HTML, in the visitor's language."""
    words = {"visit": visit, "language": visit.language, "room": visit.home.settings.room.name}
    around = {"modules": _modules(visit), "waiting": waiting(visit), "languages": LANGUAGES}
    text = _environment().get_template(template).render({**words, **around, **values})
    return HTMLResponse(text, status)


def waiting(visit: Visit) -> Mapping[str, int]:
    """What waits for this person: items to review, files in quarantine, pages of which somebody has to decide a line.

    A busy catalogue waits for nobody.
    """
    nothing = {"review": 0, "quarantine": 0, "proof": 0}
    if not visit.may(Act.REVIEW):
        return nothing
    with suppress(Passing), visit.home.catalogue.reading() as work:
        review = work.listings.states().get(ItemState.REVIEW, 0)
        quarantined = work.scans.counts().get(ScanState.QUARANTINED, 0)
        return {"review": review, "quarantine": quarantined, "proof": len(work.proofs.disputed())}
    return nothing


def _modules(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """The modules with the pages this person may open; empty modules are not shown."""
    shown = [(title, [(at, name) for at, name, act in pages if visit.may(act)]) for title, pages in MODULES]
    return [(title, pages) for title, pages in shown if pages]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update({"_": _say, "static": static, "reason": _reason, "follows": naming.follows})
    environment.globals.update({"told": _told, "clause": _clause})
    environment.filters["legible"] = legible
    environment.filters.update({"term": _term, "field": _field, "kept": _kept})
    environment.filters["chosen"] = _chosen
    environment.filters.update({"moment": _moment, "prose_day": _prose_day})
    return environment


@cache
def static(name: str) -> str:
    """The address of a static file, with its digest: a new version is a new address."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@pass_context
def _say(context: Context, message: str, **values: object) -> str:
    visit: Visit = context["visit"]
    return visit.say(message, **values)


@pass_context
def _told(context: Context, event: Event) -> str:
    return told(context["visit"], event)


@pass_context
def _term(context: Context, value: str, kind: str) -> str:
    visit: Visit = context["visit"]
    return visit.say(term(kind, value))


@pass_context
def _field(context: Context, name: str, item: Item | None = None) -> str:
    return naming.field_name(context["visit"], name, item)


@pass_context
def _reason(context: Context, item: Item, name: str) -> str:
    return naming.reason(context["visit"], item, name)


@pass_context
def _clause(context: Context, item: Item, name: str) -> str:
    return naming.clause(context["visit"], item, name)


@pass_context
def _chosen(context: Context, value: str, name: str) -> str:
    return label(context["visit"], name, value)


@pass_context
def _kept(context: Context, value: str) -> str:
    return period(value).words(context["language"])


@pass_context
def _moment(context: Context, at: Any) -> str:
    return moments.moment(at, context["visit"].home.clock.zone)


@pass_context
def _prose_day(context: Context, iso: str) -> str:
    return moments.prose_day(iso, context["language"])
