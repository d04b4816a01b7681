"""Decides what a person sees of a regulation: its life, its scheme, each clause beside what the pack makes of it."""

from __future__ import annotations

from fastapi.responses import Response

from config.clauses import clauses
from index.domain.errors import Missing
from viewer import frame
from viewer.provisions import approver, beside
from viewer.visit import Here


def packs(visit: Here) -> Response:
    """The regulations of this room, and what has to be said of those that do not hold as they stand."""
    with visit.home.catalogue.reading() as work:
        fondses = work.fonds.all()
    held = visit.home.packs
    followed = {pack.id: [fonds.code for fonds in fondses if pack.id in fonds.packs] for pack in held}
    notices = [one.words(visit.language) for one in visit.home.notices()]
    return frame.show(visit, "packs.html", packs=held, followed=followed, notices=notices)


def pack(visit: Here, pack_id: str, digest: str = "") -> Response:
    """One regulation, as it is in force or as a decision knew it; raises Missing("no-such-pack")."""
    found = visit.home.editions.get(pack_id, digest=digest) if digest else visit.home.packs_by_id.get(pack_id)
    if found is None:
        raise Missing("no-such-pack", pack=pack_id)
    text = clauses(visit.home.editions.packs / pack_id)
    return frame.show(
        visit,
        "pack.html",
        pack=found,
        current=visit.home.packs_by_id.get(pack_id),
        history=visit.home.editions.history(pack_id),
        kept={one.code: found.retention(one).words(visit.language) for one in found.series},
        clauses=beside(text, found, visit),
        destroyer=approver(found.disposal_approver, found, visit),
    )
