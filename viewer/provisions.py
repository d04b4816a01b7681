"""Decides in which sentence each part of a regulation is said, and beside which of its clauses it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.clauses import Clause
from index.domain.retention import period
from index.domain.rules.approvers import Approver, approvers
from index.domain.rules.intake import alternatives
from index.domain.rules.matrix import Extent
from index.domain.rules.occasions import occasion
from index.domain.rules.policy import AccessRow, Duty, Elsewhere, Floor, Pack, Rule, ScheduleRow, Series, Slot
from index.domain.rules.provisions import Condition, DestructionRule, Gate, IntakeRule, LoanRule, Seal, in_language
from index.domain.rules.timing_words import words as in_words
from viewer.visit import Visit
from viewer.words.terms import term

#: Words of a rule that are shown; the rest are counted.
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of a pack that stands on a clause: its `kind`, what it is called, what it says; `confirm` is a †."""

    kind: str
    name: str
    words: str
    confirm: bool = False


def beside(text: Mapping[str, Clause], pack: Pack, visit: Visit) -> list[tuple[Clause, Sequence[Provision]]]:
    """Each clause in the order of the regulation, with the parts of the pack that stand on it."""
    standing: dict[str, list[Provision]] = defaultdict(list)
    for clause, provision in _provisions(pack, visit):
        standing[clause].append(provision)
    unread = [Clause(id, "") for id in standing if id not in text]
    return [(clause, standing.get(clause.id, [])) for clause in (*text.values(), *unread)]


def approver(expression: str, pack: Pack, visit: Visit) -> str:
    """Whose approval it is, in words: "the head of the department or the leading group"; empty where it is nobody's."""
    if not expression:
        return ""
    together = (visit.say(" and ").join(_role(one, pack, visit) for one in roles) for roles in approvers(expression))
    return visit.say(" or ").join(together)


def _provisions(pack: Pack, visit: Visit) -> Iterator[tuple[str, Provision]]:
    yield from ((one.clause, _series(one, pack, visit)) for one in pack.series)
    yield from ((one.clause, _row(one, visit)) for one in pack.schedule)
    yield from ((one.clause, _floor(one, visit)) for one in pack.floors)
    yield from ((one.clause, _rule(one, pack, visit)) for one in pack.rules)
    yield from ((one.clause, _slot(one, pack, visit)) for one in pack.checklist)
    yield from ((one.clause, _condition(one, pack, visit)) for one in pack.conditions)
    yield from ((one.clause, _duty(one, pack, visit)) for one in pack.duties)
    yield from ((one.clause, _access(one, pack, visit)) for one in pack.access)
    yield from ((one.clause, _loan(one, pack, visit)) for one in pack.loans)
    yield from ((one.clause, _seal(one, pack, visit)) for one in pack.sealed)
    yield from ((one.clause, _gate(one, pack, visit)) for one in pack.gates)
    yield from ((one.clause, _intake(one, pack, visit)) for one in pack.intake)
    yield from ((one.clause, _destruction(one, pack, visit)) for one in pack.destruction)
    yield from ((one.id, _elsewhere(one, visit)) for one in pack.elsewhere)


def _series(one: Series, pack: Pack, visit: Visit) -> Provision:
    return Provision("series", one.code, _line(one.title[visit.language], pack.retention(one).words(visit.language)))


def _row(one: ScheduleRow, visit: Visit) -> Provision:
    kept = one.kept.words(visit.language)
    note = in_language(one.note, visit.language) if one.note else ""
    return Provision("schedule", one.title[visit.language], _line(kept, one.basis, one.host_basis, note), one.confirm)


def _floor(one: Floor, visit: Visit) -> Provision:
    least = visit.say("at least {period}", period=period(one.period).words(visit.language))
    return Provision("floor", one.doc_type, _line(least, one.basis))


def _rule(one: Rule, pack: Pack, visit: Visit) -> Provision:
    looked = visit.say(_PLACES[one.where.value])
    words = (*one.all, *one.beside, *one.any)
    shown = "、".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
    least = visit.say("{n} of these words", n=one.at_least) if one.at_least > 1 else ""
    return Provision("rule", _titled(one.series, pack, visit), _line(looked, least, shown))


def _slot(one: Slot, pack: Pack, visit: Visit) -> Provision:
    asked = [visit.say("where: {what}", what=it.title[visit.language]) for it in pack.conditions if it.name == one.when]
    return Provision("checklist", f"{one.number} {one.title[visit.language]}", _line(*asked, "、".join(one.doc_types)))


def _condition(one: Condition, pack: Pack, visit: Visit) -> Provision:
    shown = _several([*one.doc_types, *(_titled(code, pack, visit) for code in one.series)], visit)
    words = visit.say("known by: {papers}", papers=shown) if shown else visit.say("a person says so")
    return Provision("condition", one.title[visit.language], words)


def _duty(one: Duty, pack: Pack, visit: Visit) -> Provision:
    who = _several([_called(pack, role, visit) for role in one.who.split(", ")], visit)
    done = f"{in_language(one.what, visit.language)} → {in_language(one.evidence, visit.language)}"
    return Provision("duty", who, _line(in_words(one.when, visit.language, pack.called), done), one.confirm)


def _access(one: AccessRow, pack: Pack, visit: Visit) -> Provision:
    if not one.rights:
        return Provision("access", _called(pack, one.role, visit), visit.say("none"), one.confirm)
    rights = _several([_right(said, bool(one.approver), visit) for said in one.rights], visit)
    only = _several([_titled(name, pack, visit) for name in one.only], visit)
    words = (
        rights,
        visit.say("only {what}", what=only) if only else "",
        visit.say("approved by {who}", who=approver(one.approver, pack, visit)) if one.approver else "",
        visit.say("days at most: {n}", n=one.days) if one.days else "",
        *_reasons(one, pack, visit),
        visit.say("the purpose is stated") if one.purpose else "",
    )
    return Provision("access", _called(pack, one.role, visit), _line(*words), one.confirm)


def _reasons(one: AccessRow, pack: Pack, visit: Visit) -> Iterator[str]:
    if one.reasons:
        yield visit.say("reasons: {which}", which=_things(one.reasons, pack, visit))
    if one.evidence_for:
        yield visit.say("a paper proves it for: {which}", which=_things(one.evidence_for, pack, visit))


def _right(said: str, approver_named: bool, visit: Visit) -> str:
    """A right with its bound; that it needs an approval goes without saying where the row names who approves."""
    bound = "" if said[1:] == Extent.APPROVED and approver_named else _BOUNDS.get(said[1:], "")
    return visit.say(_RIGHTS[said[0]]) + (visit.say(bound) if bound else "")


def _loan(one: LoanRule, pack: Pack, visit: Visit) -> Provision:
    back = visit.say("back {when}", when=in_words(one.back, visit.language, pack.called)) if one.back else ""
    words = (
        _lent(one, approver(one.approver, pack, visit), visit),
        back or visit.say("the day of return is agreed on"),
        visit.say("taken back only with {what}", what=_things(one.back_with, pack, visit)) if one.back_with else "",
    )
    return Provision("loan", _called(pack, one.kind, visit), _line(*words), one.confirm)


def _lent(one: LoanRule, who: str, visit: Visit) -> str:
    if one.allowed:
        return visit.say("lent with the approval of {who}", who=who) if who else visit.say("lent without an approval")
    return visit.say("not lent, unless {who} approves a stated purpose", who=who) if who else visit.say("not lent")


def _seal(one: Seal, pack: Pack, visit: Visit) -> Provision:
    words = visit.say(_OPENED, who=approver(one.approver, pack, visit))
    return Provision("sealed", _several([_titled(code, pack, visit) for code in one.series], visit), words)


def _gate(one: Gate, pack: Pack, visit: Visit) -> Provision:
    held = _several([visit.say(term("held", kind)) for kind in one.held], visit)
    words = (
        visit.say("given back first: {what}", what=held) if held else "",
        visit.say("needed: {what}", what=_things(one.needs, pack, visit)) if one.needs else "",
    )
    before = visit.say("before {event}", event=occasion(one.event, visit.language, pack.called))
    return Provision("gate", before, _line(*words))


def _intake(one: IntakeRule, pack: Pack, visit: Visit) -> Provision:
    name = _several([_titled(code, pack, visit) for code in one.series], visit) or visit.say("Every item")
    needs = [visit.say(" or ").join(_called(pack, fact, visit) for fact in alternatives(need)) for need in one.needs]
    uses = _several([visit.say(term("use", use)) for use in one.bars], visit)
    words = (
        visit.say("where there is {what}", what=_things(one.when, pack, visit)) if one.when else "",
        visit.say("needed: {what}", what=_several(needs, visit)),
        visit.say(term("otherwise", one.otherwise)),
        visit.say("until then not used for {uses}", uses=uses) if uses else "",
    )
    return Provision("intake", name, _line(*words))


def _destruction(one: DestructionRule, pack: Pack, visit: Visit) -> Provision:
    markings = _several([visit.say(term("marking", marking)) for marking in one.markings], visit)
    methods = visit.say(" or ").join(_called(pack, method, visit) for method in one.methods)
    words = visit.say("{methods}, before {n} witnesses", methods=methods, n=one.witnesses)
    return Provision("destruction", markings, words)


def _elsewhere(one: Elsewhere, visit: Visit) -> Provision:
    return Provision("elsewhere", visit.say(term("room", one.room)), in_language(one.why, visit.language))


def _role(one: Approver, pack: Pack, visit: Visit) -> str:
    who = _called(pack, one.role, visit)
    return visit.say("{who} (of the owning department)", who=who) if one.owning else who


def _called(pack: Pack, name: str, visit: Visit) -> str:
    """What the pack calls a short name of its own (a role, a method), in the reader's language."""
    return pack.called.get(name, {}).get(visit.language, name)


def _titled(name: str, pack: Pack, visit: Visit) -> str:
    """A series by code and title; what is no series here (a kind of document) is shown as it is."""
    series = pack.series_of(name)
    return f"{name} {series.title[visit.language]}" if series else name


def _things(names: Iterable[str], pack: Pack, visit: Visit) -> str:
    return _several([_called(pack, name, visit) for name in names], visit)


def _several(words: Iterable[str], visit: Visit) -> str:
    return (", " if visit.language == "en" else "、").join(words)


def _line(*words: str) -> str:
    return " · ".join(filter(None, words))


def N_(message: str) -> str:
    """Marks a message that is said later."""
    return message


_OPENED = N_("opened once for each approval of {who}; the opening is logged, then it is sealed again")
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
    " of registers": N_(" (registers)"),
}
