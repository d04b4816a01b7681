"""Decides how an archivist prints separator and cover sheets: a form, and the sheets as PDF. Printing is journalled."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from index.domain.errors import Final
from viewer import frame
from viewer.export.separating import MOST_SHEETS, Asked, sheets_of
from viewer.export.separators import Sheet, write
from viewer.visit import Here, Visit


def form(visit: Here) -> Response:
    return _page(visit, Asked(), 200)


def sheets(
    visit: Here,
    fonds: Annotated[str, Form(max_length=64)] = "",
    series: Annotated[str, Form(max_length=128)] = "",
    subject_key: Annotated[str, Form(max_length=64)] = "",
    lines: Annotated[str, Form(max_length=100_000)] = "",
    count: Annotated[int, Form()] = 1,
) -> Response:
    """The sheets as PDF; whatever is wrong, the form comes back with what was typed."""
    asked = Asked(fonds, series, subject_key, tuple(lines.splitlines()), count)
    try:
        with visit.home.catalogue.reading() as work:
            printed = sheets_of(visit.home, work, asked, visit.who.name, visit.language)
        body = pdf_of(printed)
    except Final as problem:
        return _page(visit, asked, problem.http_status, problem)
    with visit.home.catalogue.writing() as work:
        work.journal.write(visit.who.name, "separators-printed", "separators", sheets=len(printed), fonds=fonds)
    return Response(
        body, media_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="separators.pdf"'}
    )


def pdf_of(sheets: list[Sheet]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "separators.pdf"
        write(sheets, path)
        return path.read_bytes()


def _page(visit: Visit, asked: Asked, status: int, problem: Final | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        fondses = work.fonds.all()
    shown = {"fondses": fondses, "packs": visit.home.packs, "asked": asked, "most": MOST_SHEETS}
    return frame.show(visit, "separators.html", status, problem=problem, **shown)
