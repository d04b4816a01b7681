"""Decides how the incoming register is compared on the screen (SCH-09): what is filed, what not, and who signs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.custody import reconciling
from index.domain.errors import Missing
from index.domain.lists.incoming import Outcome
from index.ports import Work
from viewer import frame
from viewer.export.exporting import MEDIA_TYPES
from viewer.export.incoming_register import TITLE, export_incoming_register
from viewer.visit import Here


def incoming(visit: Here, fonds: str = "", year: int = 0, outcome: str = "") -> Response:
    """The register of a fonds and year, compared as it is opened."""
    with visit.home.catalogue.writing() as work:
        fondses = work.fonds.all()
        chosen = next((one for one in fondses if fonds in ("", one.code)), None)
        if chosen is None:
            raise Missing("no-such-fonds", fonds=fonds)
        every = work.incoming.of_year(chosen.id, 0)
        years = sorted({one.received_on.year for one in every}, reverse=True)
        shown = year or (years[0] if years else visit.home.clock.today().year)
        counts = reconciling.reconcile(work, chosen.id, shown, visit.home.clock.now())
        entries = [one for one in work.incoming.of_year(chosen.id, shown) if outcome in ("", one.outcome)]
    values = {"fondses": fondses, "fonds": chosen, "years": years, "year": shown, "outcome": outcome}
    tally = {one.value: counts[one] for one in Outcome}
    return frame.show(visit, "incoming.html", entries=entries, counts=tally, total=sum(counts.values()), **values)


def decide(visit: Here, entry: str = Form(""), reason: str = Form("", max_length=400)) -> Response:
    """Not for filing for this reason; without one, it is asked for again. Raises Missing("no-such-entry")."""
    outcome = Outcome.NOT_FOR_FILING if reason.strip() else Outcome.MISSING
    with visit.home.catalogue.writing() as work:
        said = reconciling.decide(work, entry, outcome, reason, visit.who.name, visit.home.clock.now())
        code = work.fonds.get(said.fonds_id).code
    return RedirectResponse(f"/incoming?fonds={quote(code)}&year={said.received_on.year}#{said.id}", 303)


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
    name = quote(f"{TITLE}-{fonds}-{year}.{format}", safe="")
    disposition = f"attachment; filename=\"incoming-register.{format}\"; filename*=UTF-8''{name}"
    return Response(body, media_type=MEDIA_TYPES[format], headers={"Content-Disposition": disposition})


def _fonds(work: Work, code: str) -> str:
    found = work.fonds.by_code(code)
    if found is None:
        raise Missing("no-such-fonds", fonds=code)
    return found.id


def _silent(done: int, of: int) -> None:
    """A browser shows its own progress."""
