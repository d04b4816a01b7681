"""Decides what a person sees of a regulation: its life, its scheme, each clause beside what the pack makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from config.clauses import Clause, clauses
from index.domain.errors import Missing
from index.domain.policy import AccessRow, Duty, Floor, Pack, Rule, ScheduleRow, Series, Slot
from index.domain.retention import period
from viewer import frame
from viewer.visit import Here, Visit

#: Words of a rule that are shown; the rest are counted.
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of a pack that stands on a clause: its `kind`, what it is called, what it says; `confirm` is a †."""

    kind: str
    name: str
    words: str
    confirm: bool = False


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
    )


def beside(text: Mapping[str, Clause], pack: Pack, visit: Visit) -> list[tuple[Clause, Sequence[Provision]]]:
    """Each clause in the order of the regulation, with the parts of the pack that stand on it."""
    standing: dict[str, list[Provision]] = defaultdict(list)
    for clause, provision in _provisions(pack, visit):
        standing[clause].append(provision)
    unread = [Clause(id, "") for id in standing if id not in text]
    return [(clause, standing.get(clause.id, [])) for clause in (*text.values(), *unread)]


def _provisions(pack: Pack, visit: Visit) -> Iterator[tuple[str, Provision]]:
    yield from ((one.clause, _series(one, pack, visit)) for one in pack.series)
    yield from ((one.clause, _row(one, visit)) for one in pack.schedule)
    yield from ((one.clause, _floor(one, visit)) for one in pack.floors)
    yield from ((one.clause, _rule(one, pack, visit)) for one in pack.rules)
    yield from ((one.clause, _slot(one, visit)) for one in pack.checklist)
    yield from ((one.clause, _duty(one, pack, visit)) for one in pack.duties)
    yield from ((one.clause, _access(one, pack, visit)) for one in pack.access)
    yield from ((one.clause, _plain("loan", called(pack, one.kind, visit), "")) for one in pack.loans)
    yield from ((one.clause, _plain("sealed", "、".join(one.series), "")) for one in pack.sealed)
    yield from ((one.clause, _plain("gate", called(pack, one.event, visit), "")) for one in pack.gates)
    yield from ((one.clause, _plain("intake", "", visit.say("What an item must bring with it"))) for one in pack.intake)
    yield from ((one.clause, _methods(one.methods, pack, visit)) for one in pack.destruction)
    yield from ((one.id, Provision("elsewhere", one.room, one.why)) for one in pack.elsewhere)


def called(pack: Pack, name: str, visit: Visit) -> str:
    """What the pack calls a short name of its own (a role, a method), in the reader's language."""
    return pack.called.get(name, {}).get(visit.language, name)


def _plain(kind: str, name: str, words: str) -> Provision:
    return Provision(kind, name, words)


def _series(one: Series, pack: Pack, visit: Visit) -> Provision:
    return Provision("series", one.code, f"{one.title[visit.language]} · {pack.retention(one).words(visit.language)}")


def _row(one: ScheduleRow, visit: Visit) -> Provision:
    kept = period(one.period).words(visit.language)
    return Provision("schedule", one.title[visit.language], f"{kept} · {one.basis}".strip(" ·"), one.confirm)


def _floor(one: Floor, visit: Visit) -> Provision:
    least = visit.say("at least {period}", period=period(one.period).words(visit.language))
    return Provision("floor", one.doc_type, f"{least} · {one.basis}".strip(" ·"))


def _rule(one: Rule, pack: Pack, visit: Visit) -> Provision:
    series = pack.series_of(one.series)
    looked = visit.say(_PLACES[one.where.value])
    words = (*one.all, *one.any)
    shown = "、".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
    name = f"{one.series} {series.title[visit.language] if series else ''}".strip()
    least = visit.say("{n} of these words", n=one.at_least) if one.at_least > 1 else ""
    return Provision("rule", name, " · ".join(filter(None, (looked, least, shown))))


def _slot(one: Slot, visit: Visit) -> Provision:
    return Provision("checklist", f"{one.number} {one.title[visit.language]}", "、".join(one.doc_types))


def _duty(one: Duty, pack: Pack, visit: Visit) -> Provision:
    return Provision("duty", called(pack, one.who, visit), f"{one.when} · {one.what} → {one.evidence}", one.confirm)


def _access(one: AccessRow, pack: Pack, visit: Visit) -> Provision:
    rights = "、".join(_right(said, visit) for said in one.rights)
    return Provision("access", called(pack, one.role, visit), rights, one.confirm)


def _right(said: str, visit: Visit) -> str:
    bound = _BOUNDS.get(said[1:], "")
    return visit.say(_RIGHTS[said[0]]) + (visit.say(bound) if bound else "")


def _methods(methods: Sequence[str], pack: Pack, visit: Visit) -> Provision:
    return Provision("destruction", "、".join(called(pack, one, visit) for one in methods), "")


def N_(message: str) -> str:
    """Marks a message that is said later."""
    return message


_PLACES = {
    "title": N_("in the title"),
    "text": N_("in the text"),
    "creator": N_("in the creator"),
    "hint": N_("in the names of folders"),
}
_RIGHTS = {
    "R": N_("read"),
    "D": N_("download or print"),
    "L": N_("borrow"),
    "E": N_("edit"),
    "A": N_("approve"),
}
_BOUNDS = {
    "*": N_(" (own only)"),
    "!": N_(" (after approval)"),
    " of open items": N_(" (open items)"),
    " of reports": N_(" (reports)"),
}
