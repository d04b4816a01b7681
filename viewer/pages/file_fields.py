"""Decides how the fields of a subject's file are entered on its page: by archivists alone.

What a person did not change stays what the papers say; what is refused is told on the page, with what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import RedirectResponse, Response

from index.custody.describing import enter, take_back
from index.domain.errors import Final, Missing
from index.domain.holdings import File
from index.ports import Work
from viewer.file_card import card
from viewer.pages.browse import Place, shown
from viewer.pages.workbench import Sent
from viewer.visit import Here, Visit

#: Before the number of a field, in the form: what it is to say, and what it said as the form was made.
_FIELD, _SEEN = "field-", "seen-"


def keep(visit: Here, file_id: str, sent: Sent) -> Response:
    """Enter what was changed; `back` names the field whose entry is taken back."""
    told = {name: str(value) for name, value in sent.items()}
    assert visit.home.packs  # read before anybody waits for the lock
    with visit.home.catalogue.reading() as work:
        file = work.files.get(file_id)
        place = Place(work.fonds.get(file.fonds_id).code, file.series, file.id)
    try:
        with visit.home.catalogue.writing() as work:
            _keep(visit, work, file, told)
    except Final as problem:
        return shown(visit, place, problem=problem, typed=_named(told, _FIELD))
    return RedirectResponse(f"{place.address()}#fields", 303)


def _keep(visit: Visit, work: Work, file: File, told: Mapping[str, str]) -> None:
    held = card(visit, work, file)
    if held is None:
        raise Missing("no-such-item")
    if told.get("back"):
        take_back(work, file, told["back"], visit.who.name)
        return
    said, seen = _named(told, _FIELD), _named(told, _SEEN)
    enter(work, held.fields, file, said, seen, visit.who.name, visit.home.clock.now())


def _named(told: Mapping[str, str], head: str) -> dict[str, str]:
    return {name.removeprefix(head): value for name, value in told.items() if name.startswith(head)}
