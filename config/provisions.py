"""Decides whether what a regulation asks of people holds together: its duties, matrix, loans, seals, intake, checklist.

Each look yields the key and what is wrong with it; `soundness.py` asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from index.domain.access import Marking
from index.domain.arranging.years import Years
from index.domain.errors import MunimentError, WrongUse
from index.domain.rules.approvers import approvers
from index.domain.rules.completeness import ALWAYS, EVENT, FREE, Per
from index.domain.rules.intake import alternatives
from index.domain.rules.lending import LENT
from index.domain.rules.matrix import granted
from index.domain.rules.particulars import asked_for
from index.domain.rules.policy import ArrangedBy, Pack, Room, Scheme
from index.domain.rules.provisions import LANGUAGES
from index.domain.rules.rounds import calendar_of
from index.domain.rules.ruling import Because, because, because_of
from index.domain.rules.timing import AfterEvent, Unit, events_of, timing

Found = Iterator[tuple[str, Because]]

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
            yield key, because("pack-finance")


def _too_long_with_finance(when: str) -> bool:
    held = (one.offset for one in timing(when) if isinstance(one, AfterEvent) and one.event == "ku-filed")
    return any(one.count * {Unit.YEAR: 12, Unit.MONTH: 1}.get(one.unit, 0) > _FINANCE_AT_MOST for one in held)


def _sentences(pack: Pack) -> Found:
    """What a clerk reads is there in every language, and a clause is decided in a room that there is."""
    said = [
        *((f"duties {duty.id}", words) for duty in pack.duties for words in (duty.what, duty.evidence)),
        *((f"elsewhere {one.id}", one.why) for one in pack.elsewhere),
    ]
    without = because("pack-words", languages=", ".join(LANGUAGES))
    yield from ((key, without) for key, words in said if set(words) != set(LANGUAGES))
    for one in pack.elsewhere:
        if one.room not in set(Room):
            yield f"elsewhere {one.id}", because("pack-room", room=one.room, choices=", ".join(Room))


def _calendar(pack: Pack) -> Found:
    wrong = _refused(calendar_of, pack)
    if wrong:
        yield "settings", wrong
        return
    for category in sorted(set(Years.of(pack).closing_of) - {one.category for one in pack.series}):
        yield "settings", because("pack-no-category", category=category)


def _access(pack: Pack) -> Found:
    for row in pack.access:
        key = f"access {row.role}"
        for right in row.rights:
            wrong = _refused(granted, right)
            if wrong:
                yield key, wrong
        if not set(row.evidence_for) <= set(row.reasons):
            yield key, because("pack-access-evidence")


def _approvers(pack: Pack) -> Found:
    """Whoever has to approve something stands in the matrix: an approver nobody knows approves nothing (A.16 X10)."""
    known = {row.role for row in pack.access}
    for key, expression in _expressions(pack):
        wrong = _refused(approvers, expression)
        if wrong:
            yield key, wrong
            continue
        named = {one.role for together in approvers(expression) for one in together}
        yield from ((key, because("pack-approver-no-row", role=role)) for role in sorted(named - known))


def _expressions(pack: Pack) -> Iterator[tuple[str, str]]:
    if pack.disposal_approver:
        yield "disposal_approver", pack.disposal_approver
    yield from ((f"access {row.role}", row.approver) for row in pack.access if row.approver)
    yield from ((f"loans {rule.kind}", rule.approver) for rule in pack.loans if rule.approver)
    yield from (("sealed", seal.approver) for seal in pack.sealed)


def _loans(pack: Pack) -> Found:
    for rule in pack.loans:
        wrong = _refused(_counted_from_lending, rule.back) if rule.back else None
        if wrong:
            yield f"loans {rule.kind}", wrong


def _counted_from_lending(back: str) -> None:
    moments = timing(back)
    if len(moments) != 1 or events_of(moments) != (LENT,):
        raise WrongUse("pack-loan-back", event=LENT)


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
        yield from ((key, because("pack-no-series", series=code)) for code in sorted(set(series) - codes))


def _intake(pack: Pack) -> Found:
    for rule in pack.intake:
        if not rule.needs:
            yield f"intake {rule.id}", because("pack-intake-empty")
        if any(set(alternatives(need)) & set(rule.when) for need in rule.needs):
            yield f"intake {rule.id}", because("pack-intake-sure")


def _destruction(pack: Pack) -> Found:
    """Two witnesses at least, whatever the method (A.16 X7)."""
    seen: set[str] = set()
    for rule in pack.destruction:
        for marking in rule.markings:
            if marking not in set(Marking):
                yield "destruction", because("pack-no-marking", marking=marking)
            if marking in seen:
                yield "destruction", because("pack-marking-twice", marking=marking)
            seen.add(marking)
        if not rule.methods:
            yield "destruction", because("pack-no-method")
        if rule.witnesses < 2:
            yield "destruction", because("pack-witnesses")


def _checklist(pack: Pack) -> Found:
    known = {ALWAYS, FREE, EVENT, *(one.name for one in pack.conditions)}
    for slot in pack.checklist:
        key = f"checklist {slot.number}"
        if slot.per and slot.per not in set(Per):
            yield key, because("pack-per", per=slot.per, choices=", ".join(Per))
        if slot.per == Per.YEAR and not slot.series and not slot.doc_types:
            yield key, because("pack-slot-of-year")
        if pack.conditions and slot.when not in known:
            yield key, because("pack-no-condition", condition=slot.when)
    yield from _fields(pack)


def _fields(pack: Pack) -> Found:
    """Fields of a file's description: filled behind labels of their own, in files alone."""
    files = any(one.arranged_by is ArrangedBy.SUBJECT_FILE for one in pack.series)
    whose: dict[str, str] = {}
    for slot in asked_for(pack):
        key = f"checklist {slot.number}"
        if slot.series or slot.doc_types:
            yield key, because("pack-field-papers")
        if not files or slot.per not in ("", Per.FILE):
            yield key, because("pack-field-per")
        for label in slot.labels:
            if whose.setdefault(label, slot.number) != slot.number:
                yield key, because("pack-label-twice", label=label, slot=whose[label])


def _consent(pack: Pack) -> Found:
    """Forms about people that are so private as to be sealed come in with their consent alone (A.16 X8)."""
    personal = {one.code for one in pack.series if one.scheme is Scheme.PERSONAL}
    asked = [rule for rule in pack.intake if "consent" in rule.needs]
    for code in sorted(personal & {code for seal in pack.sealed for code in seal.series}):
        if not any(not rule.series or code in rule.series for rule in asked):
            yield "sealed", because("pack-consent", series=code)


def _training(pack: Pack) -> Found:
    """Training in or out of the personnel file: the switch and the rules say the same (A.16 X3)."""
    said = pack.settings.get(_TRAINING)
    personal = {one.code for one in pack.series if one.arranged_by is ArrangedBy.SUBJECT_FILE}
    kept_out = any(personal & set(rule.excludes) for rule in pack.rules)
    if said is not None and said not in ("yes", "no"):
        yield "settings", because("pack-training-value", name=_TRAINING)
    if said == "no" and not kept_out:
        yield "settings", because("pack-training-no", name=_TRAINING)
    if said == "yes" and any(personal & set(rule.excludes) and "培训" in rule.doc_type for rule in pack.rules):
        yield "settings", because("pack-training-yes", name=_TRAINING)


def _refused(read: Callable[..., object], said: object) -> Because | None:
    """Why this cannot be read, or nothing."""
    try:
        read(said)
    except MunimentError as error:
        return because_of(error)
    return None


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
