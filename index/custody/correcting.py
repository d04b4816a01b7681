"""Decides how a person's word enters a description: checked, dated, signed, and never lost to a later guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from index.custody.filing import file_item
from index.domain.access import Marking
from index.domain.dates import partial_date
from index.domain.description import FIELDS, Value
from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.holdings import Item, ItemState
from index.domain.retention import period
from index.domain.rules.policy import Pack
from index.ports import Work

#: An item in any of these may be corrected.
OPEN = frozenset({ItemState.DESCRIBED, ItemState.REVIEW, ItemState.FILED})


def correct(
    work: Work,
    item_id: str,
    version: int,
    changes: Mapping[str, str],
    actor: str,
    now: datetime,
    packs: Sequence[Pack],
) -> Item:
    """Lay a person's values into an item; "fonds" among `changes` is a fonds code. A filed item is filed again.

    `version` is the one the person saw: raises Conflict("changed-meanwhile") when the item is another by now,
    Conflict("wrong-state"), WrongUse("bad-value") and Missing for what is no value.
    """
    item = work.items.get(item_id)
    if item.version != version:
        raise Conflict("changed-meanwhile")
    if item.state not in OPEN:
        raise Conflict("wrong-state", state=item.state)
    checked = {name: _checked(name, value.strip(), changes, packs) for name, value in changes.items()}
    corrected = _laid_in(work, item, checked, actor)
    work.journal.write(actor, "corrected", item.id, changes=_differences(work, item, corrected))
    saved = work.items.save(corrected)
    return file_item(work, saved.id, actor, now, packs, item) if item.filed else saved


def _laid_in(work: Work, item: Item, values: Mapping[str, str], actor: str) -> Item:
    given = {
        name: Value(value, 1.0, None, actor)
        for name, value in values.items()
        if name != "fonds" and (value != item.value(name) or name in item.description)
    }
    fonds = work.fonds.by_code(values["fonds"]) if values.get("fonds") else None
    if values.get("fonds") and fonds is None:
        raise Missing("no-such-fonds", fonds=values["fonds"])
    if fonds:
        given["fonds"] = Value(fonds.code, 1.0, None, actor)
    corrected = replace(
        item, description={**item.description, **given}, fonds_id=fonds.id if fonds else item.fonds_id, confidence=1.0
    )
    # Another regulation decides from here on: filing keeps the edition that it then stands in.
    moved = corrected.value("pack") != item.value("pack")
    return replace(corrected, pack_version="", pack_digest="") if moved else corrected


def _checked(name: str, value: str, changes: Mapping[str, str], packs: Sequence[Pack]) -> str:
    """The value in its stored form; raises WrongUse("bad-value") or Missing."""
    if name not in (*FIELDS, "fonds"):
        raise WrongUse("bad-value", field=name, value=value, hint="")
    return _CHECKS[name](value, changes, packs) if value and name in _CHECKS else value


def _marking(value: str, changes: Mapping[str, str], packs: Sequence[Pack]) -> str:
    if value not in set(Marking):
        raise WrongUse("bad-value", field="marking", value=value, hint=", ".join(Marking))
    return value


def _pack(value: str, changes: Mapping[str, str], packs: Sequence[Pack]) -> str:
    if value not in {pack.id for pack in packs}:
        raise Missing("no-such-pack", pack=value)
    return value


def _series(value: str, changes: Mapping[str, str], packs: Sequence[Pack]) -> str:
    named = changes.get("pack")
    if not any(pack.series_of(value) for pack in packs if named in (None, pack.id)):
        raise Missing("no-such-series", series=value)
    return value


_CHECKS = {
    "date": lambda value, changes, packs: partial_date(value).iso,
    "retention": lambda value, changes, packs: str(period(value)),
    "marking": _marking,
    "pack": _pack,
    "series": _series,
}


def _differences(work: Work, before: Item, after: Item) -> dict[str, list[str]]:
    """field -> [before, after] of what changed: what the history shows."""
    changed = {
        name: [before.value(name), after.value(name)] for name in FIELDS if before.value(name) != after.value(name)
    }
    if before.fonds_id != after.fonds_id:
        changed["fonds"] = [_fonds_code(work, before.fonds_id), _fonds_code(work, after.fonds_id)]
    return changed


def _fonds_code(work: Work, fonds_id: str | None) -> str:
    return work.fonds.get(fonds_id).code if fonds_id else ""
