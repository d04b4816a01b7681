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
from viewer.file_card import Card, card
from viewer.pages.browse import Place, shown
from viewer.pages.workbench import Sent
from viewer.visit import Here, Visit

#: Before the number of a field, in the form: what it is to say, and what it said as the form was made.
_FIELD, _SEEN = "field-", "seen-"


def keep(visit: Here, file_id: str, sent: Sent) -> Response:
    """Enter what was changed; `back` names the field whose entry is taken back."""
    told = {name: str(value) for name, value in sent.items()}
    with visit.home.catalogue.reading() as work:
        file = work.files.get(file_id)
        place = Place(work.fonds.get(file.fonds_id).code, file.series, file.id)
        _card(visit, work, file)  # the regulations are read before anybody waits for the lock
    try:
        with visit.home.catalogue.writing() as work:
            _keep(visit, work, file, told)
    except Final as problem:
        return shown(visit, place, problem=problem, typed=_named(told, _FIELD))
    return RedirectResponse(f"{place.address()}#fields", 303)


def _keep(visit: Visit, work: Work, file: File, told: Mapping[str, str]) -> None:
    held = _card(visit, work, file)
    if told.get("back"):
        take_back(work, file, told["back"], visit.who.name)
        return
    said, seen = _named(told, _FIELD), _named(told, _SEEN)
    enter(work, held.fields, file, said, seen, visit.who.name, visit.home.clock.now())


def _card(visit: Visit, work: Work, file: File) -> Card:
    """Raises Missing("no-such-item") where the file's regulation asks for no fields."""
    held = card(visit, work, file)
    if held is None:
        raise Missing("no-such-item")
    return held


def _named(told: Mapping[str, str], head: str) -> dict[str, str]:
    return {name.removeprefix(head): value for name, value in told.items() if name.startswith(head)}
