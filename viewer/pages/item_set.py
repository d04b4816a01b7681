"""Decides what an archivist says of an item's set (成套): that a paper belongs to it and how, or that it does not.

It is said on the item's own page; what is refused is told there, and nothing is changed then.
"""

from __future__ import annotations

from fastapi.responses import RedirectResponse, Response

from index.custody.relating import affirm, part, relate
from index.domain.errors import Final, Missing, WrongUse
from index.domain.placing.relations import Bond
from index.ports import Work
from viewer.asking import LONGEST_QUERY
from viewer.binding import BACK, SAYABLE
from viewer.pages.item import shown
from viewer.pages.workbench import Sent
from viewer.reading import readable
from viewer.visit import Here, Visit


def say(visit: Here, item_id: str, sent: Sent) -> Response:
    """`deed` is find (by what was `typed`), relate (`other` as `bond`), confirm or deny (a `relation`)."""
    told = {name: str(value) for name, value in sent.items()}
    typed = told.get("typed", "").strip()[:LONGEST_QUERY]
    if told.get("deed") == "find":
        return shown(visit, item_id, typed=typed)
    try:
        with visit.home.catalogue.writing() as work:
            _keep(visit, work, item_id, told)
    except Final as problem:
        return shown(visit, item_id, typed=typed, problem=problem)
    return RedirectResponse(f"/items/{item_id}#set", 303)


def _keep(visit: Visit, work: Work, item_id: str, told: dict[str, str]) -> None:
    item, deed, who = readable(work, visit.permit, item_id), told.get("deed"), visit.who.name
    if deed == "relate":
        if not told.get("other"):
            raise WrongUse("choose-other")
        other = readable(work, visit.permit, told["other"])
        bond, turned = _bond(told.get("bond", ""))
        ends = (other.id, item.id) if turned else (item.id, other.id)
        relate(work, *ends, bond, who, visit.home.clock.now())
        return
    relation = work.relations.get(told.get("relation", ""))
    if item.id not in (relation.item_id, relation.other_id):
        raise Missing("no-such-relation")
    if deed == "confirm":
        affirm(work, relation.id, who)
    else:
        part(work, relation.id, who)


def _bond(said: str) -> tuple[Bond, bool]:
    """Raises WrongUse("bad-value")."""
    if said not in SAYABLE:
        raise WrongUse("bad-value", field="bond", value=said, hint=", ".join(SAYABLE))
    return Bond(said.removesuffix(BACK)), said.endswith(BACK)
