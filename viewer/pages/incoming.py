"""Decides how the incoming register is compared on the screen (SCH-09): what is filed, what not, and who signs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from fastapi import Form, Query
from fastapi.responses import RedirectResponse, Response

from index.custody import reconciling
from index.domain.errors import Missing
from index.domain.lists.incoming import Outcome
from index.ports import Work
from viewer import frame
from viewer.attaching import attachment
from viewer.export.exporting import MEDIA_TYPES
from viewer.export.incoming_register import TITLE, export_incoming_register
from viewer.visit import Here

PER_PAGE = 200


def incoming(
    visit: Here, fonds: str = "", year: int = 0, outcome: str = "", page: int = Query(1, ge=1, le=100_000)
) -> Response:
    """The register of a fonds and year, compared as it is opened."""
    with visit.home.catalogue.reading() as work:
        fondses = work.fonds.all()
        chosen = next((one for one in fondses if not fonds or one.answers_to(fonds)), None)
        if chosen is None:
            raise Missing("no-such-fonds", fonds=fonds)
        every = work.incoming.of_year(chosen.id, 0)
        years = sorted({one.received_on.year for one in every}, reverse=True)
        shown = year or (years[0] if years else visit.home.clock.today().year)
        register = reconciling.standing(work, chosen.id, shown)
    listed = [one for one in register if outcome in ("", one.outcome)]
    entries = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    counts = Counter(one.outcome for one in register)
    values = {"fondses": fondses, "fonds": chosen, "years": years, "year": shown, "outcome": outcome}
    values |= {"page": page, "per_page": PER_PAGE, "listed": len(listed), "total": len(register)}
    tally = {one.value: counts[one] for one in Outcome}
    return frame.show(visit, "incoming.html", entries=entries, counts=tally, **values)


def decide(
    visit: Here,
    entry: str = Form(""),
    reason: str = Form("", max_length=400),
    outcome: str = Form(""),
    page: int = Form(1, ge=1),
) -> Response:
    """Not for filing for this reason; without one, it is asked for again. Raises Missing("no-such-entry").

    `outcome` and `page` say which part of the list is shown, and shown again.
    """
    decided = Outcome.NOT_FOR_FILING if reason.strip() else Outcome.MISSING
    with visit.home.catalogue.writing() as work:
        said = reconciling.decide(work, entry, decided, reason, visit.who.name, visit.home.clock.now())
        code = work.fonds.get(said.fonds_id).code
    shown = urlencode({"fonds": code, "year": said.received_on.year, "outcome": outcome, "page": page})
    return RedirectResponse(f"/incoming?{shown}#{said.id}", 303)


def sign(visit: Here, fonds: str = Form(""), year: int = Form(0)) -> Response:
    with visit.home.catalogue.writing() as work:
        reconciling.sign(work, _fonds(work, fonds), year, visit.who.name, visit.home.clock.now())
    return RedirectResponse(f"/incoming?fonds={quote(fonds)}&year={year}", 303)


def export(visit: Here, fonds: str = "", year: int = 0, format: str = "xlsx") -> Response:
    """收文簿核对表. Raises WrongUse("bad-value"), Missing("no-such-fonds")."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        export_incoming_register(visit.home, fonds, year, format, path, _silent, visit.who.name)
        body = path.read_bytes()
    headers = {"Content-Disposition": attachment(f"{TITLE}-{fonds}-{year}.{format}")}
    return Response(body, media_type=MEDIA_TYPES[format], headers=headers)


def _fonds(work: Work, code: str) -> str:
    found = work.fonds.by_code(code)
    if found is None:
        raise Missing("no-such-fonds", fonds=code)
    return found.id


def _silent(done: int, of: int) -> None:
    """A browser shows its own progress."""
