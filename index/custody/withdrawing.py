"""Decides how an item is taken out of the holdings' view, and brought back: never deleted, always with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from index.custody.listing import LOOSE, out_of_volume
from index.domain.errors import Conflict, WrongUse
from index.domain.holdings import Item, ItemState, check_step
from index.ports import Work


def withdraw(work: Work, item_id: str, version: int, reason: str, actor: str, now: datetime) -> Item:
    """Take an item out; its reference code stays its own and is never given again.

    Raises WrongUse("bad-value") without a reason, Conflict("changed-meanwhile" | "wrong-state").
    """
    if not reason.strip():
        raise WrongUse("bad-value", field="reason", value="", hint="")
    return _step(work, item_id, version, ItemState.WITHDRAWN, actor, "withdrawn", reason.strip())


def reopen(work: Work, item_id: str, version: int, actor: str, now: datetime) -> Item:
    """Bring a withdrawn item back into review. Raises Conflict("joined-away") for one whose pages went to another."""
    if work.items.get(item_id).joined_to:
        raise Conflict("joined-away")
    return _step(work, item_id, version, ItemState.REVIEW, actor, "reopened", "")


def withdrew_a_person(work: Work, item: Item) -> bool:
    """Whether the item is out by a person's word: a page that comes later does not bring it back by itself."""
    verbs = [event.verb for event in work.journal.of(item.id) if event.verb in ("withdrawn", "reopened")]
    return verbs[-1:] == ["withdrawn"]


def _step(work: Work, item_id: str, version: int, to: ItemState, actor: str, verb: str, reason: str) -> Item:
    item = work.items.get(item_id)
    if item.version != version:
        raise Conflict("changed-meanwhile")
    check_step(item.state, to)
    work.journal.write(actor, verb, item.id, reason=reason, before=item.state)
    return out_of_volume(work, item, work.items.save(replace(item, state=to, **LOOSE)), actor, verb)
