"""Decides what can be done on the page of arrangement: a button names the deed, `DEEDS` is the whole table.

Each is one transaction; whatever is refused is told above the items, and nothing is changed then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from index.custody import assembling, closing, ordering, renumbering, shelving
from index.custody.assembling import Shelf, shelf_of
from index.domain.arranging.contents import ordered
from index.domain.arranging.volumes import Kind, Volume
from index.domain.errors import Conflict, Final, Missing, WrongUse
from index.domain.holdings import Item
from index.domain.rules.policy import Pack
from index.ports import Work
from viewer.pages.arrangement import Place, digest, page
from viewer.visit import Here, Visit


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One deed as the form asks for it."""

    place: Place
    items: tuple[str, ...]
    volume: str
    version: int
    to: int
    words: Mapping[str, str]

    @property
    def reason(self) -> str:
        return self.words.get("reason", "")


def deed(visit: Here, sent: Sent) -> Response:
    """Do what the pressed button says, and come back to the same class with the same items ticked."""
    asked = _asked(sent)
    try:
        act = DEEDS.get(str(sent.get("deed", "")))
        if act is None:
            raise WrongUse("bad-request")
        packs = visit.home.packs  # read before anybody waits for the lock
        with visit.home.catalogue.writing() as work:
            act(visit, work, _shelf(work, packs, asked.place), asked)
    except Final as problem:
        return page(visit, asked.place, problem, asked.items)
    return RedirectResponse(asked.place.address(), 303)


def _asked(sent: FormData) -> Asked:
    to, version = str(sent.get("to", "")), str(sent.get("version", ""))
    words = {name: str(sent.get(name, "")).strip()[:_LONGEST] for name in WORDS}
    return Asked(
        Place(str(sent.get("fonds", "")), str(sent.get("year", "")), str(sent.get("series", ""))),
        tuple(str(item) for item in sent.getlist("item")),
        str(sent.get("volume", "")),
        int(version) if version.isdecimal() else 0,
        int(to) if to.isdecimal() else 0,
        words,
    )


WORDS = (
    *("of", "reason", "title", "digest", "kind", "place", "slot"),
    *("situation", "assembled_by", "assembled_on", "checked_by", "checked_on"),
)


def _shelf(work: Work, packs: Sequence[Pack], place: Place) -> Shelf:
    fonds = work.fonds.by_code(place.fonds)
    if fonds is None:
        raise Missing("no-such-fonds", fonds=place.fonds)
    return shelf_of(work, packs, fonds.id, place.series, place.year)


# -- deeds -------------------------------------------------------------------------------------------------------------

Deed = Callable[[Visit, Work, Shelf, Asked], object]


def _shifted(by: int) -> Deed:
    def act(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
        beside = _beside(visit, work, shelf, asked)
        first = next(place for place, item in enumerate(beside, 1) if item.id in asked.items)
        _move_to(visit, work, shelf, asked, first + by)

    return act


def _beside(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> list[Item]:
    """The items that are put in order together with those that are ticked. Raises WrongUse("choose-items")."""
    if asked.volume:
        items = ordered(work.volumes.items(asked.volume))
    else:
        items = assembling.loose_items(work, visit.permit, shelf)
    first = next((item for item in items if item.id in asked.items), None)
    if first is None:
        raise WrongUse("choose-items")
    return items if asked.volume else [item for item in items if ordering.same_class(item, first)]


def _moved(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    _move_to(visit, work, shelf, asked, asked.to)


def _dated(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    """All of the desk, whatever is ticked: `of` names one that lies on it."""
    if asked.volume:
        ordering.date_volume(work, _volume(work, asked), visit.who.name)
    else:
        ordering.date_class(work, visit.permit, shelf, asked.words["of"], visit.who.name)


def _move_to(visit: Visit, work: Work, shelf: Shelf, asked: Asked, to: int) -> None:
    if asked.volume:
        ordering.move_in_volume(work, _volume(work, asked), asked.items, max(1, to), visit.who.name)
    else:
        ordering.move_in_class(work, visit.permit, shelf, asked.items, max(1, to), visit.who.name)


def _assemble(kind: Kind) -> Deed:
    def act(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
        now, today = visit.home.clock.now(), visit.home.clock.today()
        items = _in_order(visit, work, shelf, asked)
        assembling.assemble(work, shelf, kind, items, asked.words["title"], visit.who.name, now, today)

    return act


def _in_order(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> list[str]:
    """Those that are still loose, as they stood on the page: in a proposal sets have an order of their own."""
    still = {item.id for item in assembling.loose_items(work, visit.permit, shelf)}
    return [one for one in asked.items if one in still]


def _accept_all(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    """Those that were shown: of this kind, and of at most `to` pages."""
    now, today, who = visit.home.clock.now(), visit.home.clock.today(), visit.who.name
    kind = _kind(asked.words["kind"] or shelf.kind)
    for one in assembling.proposals(work, visit.permit, shelf, kind, asked.to):
        assembling.assemble(work, shelf, one.kind, one.item_ids, one.title, who, now, today)


def _kind(said: str) -> Kind:
    """Raises WrongUse("bad-value")."""
    if said not in set(Kind):
        raise WrongUse("bad-value", field="kind", value=said, hint=", ".join(Kind))
    return Kind(said)


def _put_in(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    """Into the draft that the list names."""
    items = _in_order(visit, work, shelf, asked)
    if not items:
        raise WrongUse("choose-items")
    assembling.put_in(work, work.volumes.get(asked.words["place"]), items, visit.who.name)


def _take_out(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    if not asked.items:
        raise WrongUse("choose-items")
    assembling.take_out(work, shelf, _volume(work, asked), asked.items, visit.who.name)


def _seal(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    closing.check_open(work, shelf.fonds.id, shelf.series.code, shelf.year)
    assembling.seal(work, shelf, _volume(work, asked), visit.who.name, visit.home.clock.now())


def _unseal(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    assembling.unseal(work, _volume(work, asked), asked.reason, visit.who.name)


def _describe(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    said: dict[str, str | date | None] = {name: asked.words[name] for name in _NOTED}
    days = {name: _day(asked.words[name]) for name in ("assembled_on", "checked_on")}
    assembling.describe(work, _volume(work, asked), visit.who.name, **said, **days)


_NOTED = ("title", "situation", "assembled_by", "checked_by")


def _day(typed: str) -> date | None:
    """Raises WrongUse("bad-value") for what is no day."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise WrongUse("bad-value", field="date", value=typed, hint="2025-03-05") from error


def _shelve(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    words, now = asked.words, visit.home.clock.now()
    shelving.shelve(work, _volume(work, asked), words["place"], visit.who.name, now, words["slot"])


def _number(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    """As it was shown, or not at all. Raises Conflict("plan-changed")."""
    plan = renumbering.plan_class(work, visit.permit, shelf)
    if digest(plan) != asked.words["digest"]:
        raise Conflict("plan-changed")
    renumbering.carry_out(work, plan, asked.reason, visit.who.name, "", visit.home.clock.now())


def _close(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    here = (shelf.fonds.id, shelf.series.code, shelf.year)
    now, today = visit.home.clock.now(), visit.home.clock.today()
    assembling.close_year(work, visit.permit, visit.home.packs, *here, visit.who.name, now, today)


def _reopen(visit: Visit, work: Work, shelf: Shelf, asked: Asked) -> None:
    closing.reopen(work, shelf.fonds.id, shelf.series.code, shelf.year, asked.reason, visit.who.name)


def _volume(work: Work, asked: Asked) -> Volume:
    """The volume as the person saw it. Raises Conflict("volume-changed-meanwhile"), Missing("no-such-volume")."""
    volume = work.volumes.get(asked.volume)
    if volume.version != asked.version:
        raise Conflict("volume-changed-meanwhile")
    return volume


DEEDS: Mapping[str, Deed] = {
    "earlier": _shifted(-1),
    "later": _shifted(1),
    "move": _moved,
    "by-date": _dated,
    "volume": _assemble(Kind.VOLUME),
    "box": _assemble(Kind.BOX),
    "accept-all": _accept_all,
    "put-in": _put_in,
    "take-out": _take_out,
    "seal": _seal,
    "unseal": _unseal,
    "describe": _describe,
    "shelve": _shelve,
    "number": _number,
    "close": _close,
    "reopen": _reopen,
}
