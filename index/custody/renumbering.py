"""Decides how codes are changed for good reason: a class numbered anew, or a fonds's number or grammar (EN-15, WX-11).

Planned first, shown, then done at once with a reason; an archivist stands for it, and for that of a fonds another than
who asks (WX-11). Old to new is kept and what was borne before still leads to its item. A closed class-year is opened
before it is numbered anew; a fonds may change as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.custody.assembling import Shelf, several
from index.custody.closing import check_open
from index.custody.listing import relist
from index.custody.numbering import in_order, names_of
from index.domain.access import Permit, Role, permit_of
from index.domain.arranging.coding import GRAMMARS, class_of, class_words, read, with_number, written
from index.domain.arranging.contents import ordered
from index.domain.arranging.renumbering import Recoding, Renumbering
from index.domain.arranging.volumes import Kind, Volume
from index.domain.errors import Conflict, Refused, WrongUse
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.identity import ReferenceCode, class_key, new_id
from index.domain.rules.policy import Pack
from index.ports import Selection, Work

#: Behind every box that has a number.
_LAST = 10**9


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change: items and volumes of a fonds, and the fonds as it would be then."""

    fonds: Fonds
    scope: Mapping[str, str]
    items: tuple[Recoding, ...]
    volumes: tuple[Recoding, ...] = ()

    @property
    def of_fonds(self) -> bool:
        """Whether the fonds itself changes its number or grammar."""
        return "series" not in self.scope

    @property
    def changes(self) -> tuple[Recoding, ...]:
        return tuple(one for one in (*self.volumes, *self.items) if one.changed)


def plan_class(work: Work, permit: Permit, shelf: Shelf, retention: str = "") -> Plan:
    """Number the items of a class-year without gap in the order in which they lie, each lowest class from 1.

    Those bound in volumes keep theirs; those in boxes take part. `retention` picks one period. Raises
    Conflict("class-closed").
    """
    check_open(work, shelf.fonds.id, shelf.series.code, shelf.year)
    found = work.classes.items(permit, shelf.fonds.id, shelf.series.code, shelf.year)
    chosen = [item for item in found if not retention or item.value("retention") == retention]
    lying = {volume.id: volume for volume in work.volumes.listed(shelf.fonds.id, shelf.series.code, shelf.year)}
    free = [item for item in chosen if _takes_part(item, lying)]
    boxes = {volume.id: volume.number or _LAST for volume in lying.values()}
    coded = [
        one
        for place, items in _by_class(free)
        for one in in_order(work, _as_they_lie(items, boxes), shelf.fonds, place, shelf.names)
    ]
    scope = {"series": shelf.series.code, "year": shelf.year, "retention": retention}
    return Plan(shelf.fonds, {name: value for name, value in scope.items() if value}, tuple(coded))


def plan_fonds(work: Work, fonds: Fonds, packs: Sequence[Pack], number: str = "", grammar: str = "") -> Plan:
    """Every code of a fonds under another number, in another grammar, or both; item numbers stay.

    Raises WrongUse("bad-value" | "nothing-to-renumber"), Conflict("fonds-number-taken").
    """
    if grammar and grammar not in GRAMMARS:
        raise WrongUse("bad-value", field="grammar", value=grammar, hint=", ".join(GRAMMARS))
    changed = replace(fonds, code=number or fonds.code, grammar=grammar or fonds.grammar)
    if changed == fonds:
        raise WrongUse("nothing-to-renumber")
    _check_number(work, fonds, number)
    names = names_of(fonds, packs)
    items = [one for item in _every_item(work, fonds) if (one := _recoded(item, fonds, changed, names))]
    volumes = [_recoded_volume(volume, changed, names) for volume in work.volumes.listed(fonds.id)]
    scope = {"number": number, "grammar": grammar}
    kept = {name: value for name, value in scope.items() if value}
    return Plan(changed, kept, tuple(items), tuple(volumes))


def carry_out(work: Work, plan: Plan, reason: str, actor: str, approved_by: str, now: datetime) -> Renumbering:
    """Do what was planned in this same transaction, and keep old to new; `approved_by` is empty where nobody else did.

    Raises WrongUse("why-needed" | "nothing-to-renumber"), Refused("needs-archivist" | "needs-another").
    """
    if not reason.strip():
        raise WrongUse("why-needed")
    check_approval(work, plan, actor, approved_by)
    before = work.fonds.get(plan.fonds.id)
    if not plan.changes and before == plan.fonds:
        raise WrongUse("nothing-to-renumber")
    changes = tuple((one.id, one.old, one.new) for one in plan.changes)
    done = Renumbering(new_id(), plan.fonds.id, now, actor, approved_by, reason.strip(), plan.scope, changes)
    _write(work, plan, before)
    work.codes.note(done)
    told = {"codes": len(changes), "reason": done.reason, "approved_by": approved_by, **plan.scope}
    work.journal.write(actor, "codes-changed", plan.fonds.id, renumbering=done.id, **told)
    for one in (one for one in plan.items if one.changed):
        work.journal.write(actor, "renumbered", one.id, before=one.old, code=one.new, reason=done.reason)
    for holder in _holders(work, plan):
        relist(work, holder, actor, "renumbered")
    return done


def _holders(work: Work, plan: Plan) -> Iterable[str]:
    """The files, volumes and boxes whose lists name a code that changed."""
    items = several(work, [one.id for one in plan.items if one.changed])
    return dict.fromkeys(holder for item in items if (holder := item.file_id or item.volume_id))


def check_approval(work: Work, plan: Plan, actor: str, approved_by: str) -> None:
    """Raise Refused unless an archivist stands for it: who asks, or who approves; nobody approves what they ask."""
    if approved_by == actor or (plan.of_fonds and not approved_by):
        raise Refused("needs-another", name=actor)
    person = work.people.named(approved_by or actor)
    if person is None or person.disabled_at or person.role is not Role.ARCHIVIST:
        raise Refused("needs-archivist", name=approved_by or actor)


def _write(work: Work, plan: Plan, before: Fonds) -> None:
    if before.code != plan.fonds.code:
        former = tuple(dict.fromkeys((*before.former, before.code)))
        work.fonds.save(replace(plan.fonds, former=tuple(code for code in former if code != plan.fonds.code)))
        work.codes.rename_fonds(before.code, plan.fonds.code)
    elif before != plan.fonds:
        work.fonds.save(plan.fonds)
    work.volumes.recode({one.id: (one.code, one.new) for one in plan.volumes})
    work.codes.recode({one.id: (one.code, one.new) for one in plan.items})
    if before == plan.fonds:
        _count_on(work, plan.items)


def _count_on(work: Work, items: Iterable[Recoding]) -> None:
    """The next number of a class follows its last one."""
    last = {class_key(class_of(one.code)): int(one.code.item_number) for one in items}
    for key, number in last.items():
        work.codes.begin_again(key, number)


def _takes_part(item: Item, lying: Mapping[str, Volume]) -> bool:
    """What is loose or boxed; what lies in a volume, or will, is numbered by that."""
    bound = item.volume_id is not None and lying[item.volume_id].kind is Kind.VOLUME
    return item.code is not None and not item.code.file_number and not bound


def _by_class(items: Sequence[Item]) -> list[tuple[ReferenceCode, list[Item]]]:
    classes: dict[ReferenceCode, list[Item]] = {}
    for item in items:
        if item.code:
            classes.setdefault(class_of(item.code), []).append(item)
    return list(classes.items())


def _as_they_lie(items: Sequence[Item], boxes: Mapping[str, int]) -> list[Item]:
    """Box after box, then what is loose; within each as people put it."""
    box = {item.id: boxes.get(item.volume_id or "", _LAST + 1) for item in items}
    return sorted(ordered(items), key=lambda item: box[item.id])


def _every_item(work: Work, fonds: Fonds) -> Iterable[Item]:
    """Withdrawn ones too: their codes stay their own."""
    everything = Selection(permit_of(Role.ARCHIVIST), fonds_id=fonds.id, states=tuple(ItemState))
    items, _ = work.listings.items(everything)
    return (item for item in items if item.reference_code)


def _recoded(item: Item, fonds: Fonds, changed: Fonds, names: Mapping[str, str]) -> Recoding | None:
    """None for a code that no grammar can read: it stays as it was written."""
    code = item.code or read(item.reference_code, fonds.grammar, names)
    if code is None or code.fonds != fonds.code:
        return None
    moved = replace(code, fonds=changed.code)
    if changed.grammar != fonds.grammar:
        moved = with_number(moved, int(code.item_number), changed.grammar)
    return Recoding(item.id, item.title, item.reference_code, written(moved, changed.grammar, names), moved)


def _recoded_volume(volume: Volume, changed: Fonds, names: Mapping[str, str]) -> Recoding:
    """Drafts and boxes bear no code of their own, but the class they stand for."""
    moved = replace(volume.code, fonds=changed.code)
    words = class_words(moved, changed.grammar, names) if volume.reference_code else ""
    return Recoding(volume.id, volume.title, volume.reference_code, words, moved)


def _check_number(work: Work, fonds: Fonds, number: str) -> None:
    known = work.fonds.by_code(number) if number else None
    if known and known.id != fonds.id:
        raise Conflict("fonds-number-taken", fonds=number)
