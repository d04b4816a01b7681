"""Decides whether what a regulation asks of people holds together: its duties, matrix, loans, seals, intake, checklist.

Each look yields the key and what is wrong with it, in words; `soundness.py` asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from index.domain.access import Marking
from index.domain.errors import MunimentError
from index.domain.rules.approvers import approvers
from index.domain.rules.completeness import ALWAYS, EVENT, FREE, Per
from index.domain.rules.intake import alternatives
from index.domain.rules.lending import LENT
from index.domain.rules.matrix import granted
from index.domain.rules.particulars import asked_for
from index.domain.rules.policy import ArrangedBy, Pack, Room, Scheme
from index.domain.rules.provisions import LANGUAGES
from index.domain.rules.rounds import calendar_of
from index.domain.rules.timing import AfterEvent, Unit, events_of, timing

Found = Iterator[tuple[str, str]]

_TRAINING = "training_in_personnel_file"
_FINANCE_AT_MOST = 36
"""Months for which finance may hold accounting files, with consent (会计档案管理办法 第十一条, A.16 X6)."""


def _duties(pack: Pack) -> Found:
    for duty in pack.duties:
        key = f"duties {duty.id}"
        wrong = _refused(timing, duty.when)
        if wrong:
            yield key, wrong
        elif _too_long_with_finance(duty.when):
            yield key, "finance may hold accounting files for three years at most (A.16 X6)"


def _too_long_with_finance(when: str) -> bool:
    held = (one.offset for one in timing(when) if isinstance(one, AfterEvent) and one.event == "ku-filed")
    return any(one.count * {Unit.YEAR: 12, Unit.MONTH: 1}.get(one.unit, 0) > _FINANCE_AT_MOST for one in held)


def _sentences(pack: Pack) -> Found:
    """What a clerk reads is there in every language, and a clause is decided in a room that there is."""
    said = [
        *((f"duties {duty.id}", words) for duty in pack.duties for words in (duty.what, duty.evidence)),
        *((f"elsewhere {one.id}", one.why) for one in pack.elsewhere),
    ]
    yield from ((key, f"needs words in {', '.join(LANGUAGES)}") for key, words in said if set(words) != set(LANGUAGES))
    for one in pack.elsewhere:
        if one.room not in set(Room):
            yield f"elsewhere {one.id}", f"{one.room} is no room ({', '.join(Room)})"


def _calendar(pack: Pack) -> Found:
    wrong = _refused(calendar_of, pack)
    if wrong:
        yield "settings", wrong


def _access(pack: Pack) -> Found:
    for row in pack.access:
        key = f"access {row.role}"
        for right in row.rights:
            wrong = _refused(granted, right)
            if wrong:
                yield key, wrong
        if not set(row.evidence_for) <= set(row.reasons):
            yield key, "asks for evidence of a reason that it does not list"


def _approvers(pack: Pack) -> Found:
    """Whoever has to approve something stands in the matrix: an approver nobody knows approves nothing (A.16 X10)."""
    known = {row.role for row in pack.access}
    for key, expression in _expressions(pack):
        wrong = _refused(approvers, expression)
        if wrong:
            yield key, wrong
            continue
        named = {one.role for together in approvers(expression) for one in together}
        yield from ((key, f"the approver {role} has no row in the access matrix") for role in sorted(named - known))


def _expressions(pack: Pack) -> Iterator[tuple[str, str]]:
    if pack.disposal_approver:
        yield "disposal_approver", pack.disposal_approver
    yield from ((f"access {row.role}", row.approver) for row in pack.access if row.approver)
    yield from ((f"loans {rule.kind}", rule.approver) for rule in pack.loans if rule.approver)
    yield from (("sealed", seal.approver) for seal in pack.sealed)


def _loans(pack: Pack) -> Found:
    for rule in pack.loans:
        wrong = _refused(_counted_from_lending, rule.back) if rule.back else ""
        if wrong:
            yield f"loans {rule.kind}", wrong


def _counted_from_lending(back: str) -> None:
    moments = timing(back)
    if len(moments) != 1 or events_of(moments) != (LENT,):
        raise ValueError(f"back must be one day counted from {LENT}")


def _named_series(pack: Pack) -> Found:
    """Every series that a provision speaks of is one of the pack."""
    named = [
        *(("sealed", seal.series) for seal in pack.sealed),
        *((f"intake {rule.id}", rule.series) for rule in pack.intake),
        *((f"checklist {slot.number}", slot.series) for slot in pack.checklist),
        *((f"conditions {one.name}", one.series) for one in pack.conditions),
    ]
    codes = {series.code for series in pack.series}
    for key, series in named:
        yield from ((key, f"there is no series {code}") for code in sorted(set(series) - codes))


def _intake(pack: Pack) -> Found:
    for rule in pack.intake:
        if not rule.needs:
            yield f"intake {rule.id}", "needs nothing, so it decides nothing"
        if any(set(alternatives(need)) & set(rule.when) for need in rule.needs):
            yield f"intake {rule.id}", "can never fail: what it needs is what it asks about"


def _destruction(pack: Pack) -> Found:
    """Two witnesses at least, whatever the method (A.16 X7)."""
    seen: set[str] = set()
    for rule in pack.destruction:
        for marking in rule.markings:
            if marking not in set(Marking):
                yield "destruction", f"{marking} is not a marking"
            if marking in seen:
                yield "destruction", f"{marking} has two rules"
            seen.add(marking)
        if not rule.methods:
            yield "destruction", "names no method"
        if rule.witnesses < 2:
            yield "destruction", "needs two witnesses at least (A.16 X7)"


def _checklist(pack: Pack) -> Found:
    known = {ALWAYS, FREE, EVENT, *(one.name for one in pack.conditions)}
    for slot in pack.checklist:
        key = f"checklist {slot.number}"
        if slot.per and slot.per not in set(Per):
            yield key, f"per {slot.per} is not known ({', '.join(Per)})"
        if slot.per == Per.YEAR and not slot.series and not slot.doc_types:
            yield key, "a slot of a year needs the series or the kinds of document that fill it"
        if pack.conditions and slot.when not in known:
            yield key, f"there is no condition {slot.when}"
    yield from _fields(pack)


def _fields(pack: Pack) -> Found:
    """Fields of a file's description: filled behind labels of their own, in files alone."""
    files = any(one.arranged_by is ArrangedBy.SUBJECT_FILE for one in pack.series)
    whose: dict[str, str] = {}
    for slot in asked_for(pack):
        key = f"checklist {slot.number}"
        if slot.series or slot.doc_types:
            yield key, "is a field with labels, which no paper fills by its kind"
        if not files or slot.per not in ("", Per.FILE):
            yield key, "is a field, which only files of a subject have"
        for label in slot.labels:
            if whose.setdefault(label, slot.number) != slot.number:
                yield key, f"the label {label} is that of {whose[label]} already"


def _consent(pack: Pack) -> Found:
    """Forms about people that are so private as to be sealed come in with their consent alone (A.16 X8)."""
    personal = {one.code for one in pack.series if one.scheme is Scheme.PERSONAL}
    asked = [rule for rule in pack.intake if "consent" in rule.needs]
    for code in sorted(personal & {code for seal in pack.sealed for code in seal.series}):
        if not any(not rule.series or code in rule.series for rule in asked):
            yield "sealed", f"{code} holds people's own data, but no intake rule asks for their consent (A.16 X8)"


def _training(pack: Pack) -> Found:
    """Training in or out of the personnel file: the switch and the rules say the same (A.16 X3)."""
    said = pack.settings.get(_TRAINING)
    personal = {one.code for one in pack.series if one.arranged_by is ArrangedBy.SUBJECT_FILE}
    kept_out = any(personal & set(rule.excludes) for rule in pack.rules)
    if said is not None and said not in ("yes", "no"):
        yield "settings", f"{_TRAINING} is yes or no"
    if said == "no" and not kept_out:
        yield "settings", f"{_TRAINING} says no, but no rule keeps anything out of a personnel file (A.16 X3)"
    if said == "yes" and any(personal & set(rule.excludes) and "培训" in rule.doc_type for rule in pack.rules):
        yield "settings", f"{_TRAINING} says yes, but a rule keeps training out (A.16 X3)"


def _refused(read: Callable[..., object], said: object) -> str:
    """Why this cannot be read, or nothing."""
    try:
        read(said)
    except (MunimentError, ValueError) as error:
        return str(error).removesuffix(".")
    return ""


PROVISIONS: Iterable[Callable[[Pack], Found]] = (
    _duties,
    _sentences,
    _calendar,
    _access,
    _approvers,
    _loans,
    _named_series,
    _intake,
    _destruction,
    _checklist,
    _consent,
    _training,
)
