"""Decides how contents lists follow their documents: in the same transaction, every version kept (OWN-15, OWN-16).

Where the pack keeps files by signing date, the documents of a file are numbered in that order: an older one that comes
later moves those behind it on, and what they bore before still leads to them (TN-13).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from index.custody.numbering import in_order
from index.domain.arranging.coding import class_of
from index.domain.arranging.contents import ContentsLine, by_signing, listed, ordered
from index.domain.errors import Missing
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode
from index.domain.rules.policy import Pack
from index.ports import Work


def listed_anew(work: Work, before: Item, item: Item, pack: Pack, actor: str) -> Item:
    """After an item was filed: the lists of where it lay and where it lies now; returns it as it is then."""
    if item.file_id and by_signing(pack):
        _by_signing_date(work, item.file_id, actor, {item.id} if item.reference_code != before.reference_code else ())
    for holder in dict.fromkeys((before.file_id or before.volume_id, item.file_id or item.volume_id)):
        relist(work, holder, actor, "filed", signing=by_signing(pack))
    return work.items.get(item.id)


def follow(work: Work, item: Item, actor: str, why: str) -> None:
    """After anything else about an item changed that its list says."""
    relist(work, item.file_id or item.volume_id, actor, why)


#: Where an item stands that is taken out of the holdings' view.
LOOSE: Mapping[str, Any] = {"volume_id": None, "place": 0, "arranged_at": None, "shelved_at": None}


def out_of_volume(work: Work, before: Item, item: Item, actor: str, why: str) -> Item:
    """After an item left the holdings' view: its file's or volume's list goes on without it."""
    relist(work, before.file_id or before.volume_id, actor, why)
    return item


def relist(work: Work, holder_id: str | None, actor: str, why: str, *, signing: bool = False) -> None:
    """Write the next version of a holder's list, if it says something else than the last one did.

    A draft of a volume has no list yet: sealing makes the first.
    """
    last = work.contents.newest(holder_id) if holder_id else None
    if holder_id is None or (last is None and not _lists(work, holder_id)):
        return
    lines = lines_of(work, holder_id, signing=signing)
    if last is None or last.lines != lines:
        made = work.contents.add(holder_id, actor, why, lines)
        work.journal.write(actor, "listed", holder_id, version=made.version, items=len(lines), why=why)


def lines_of(work: Work, holder_id: str, *, signing: bool = False) -> tuple[ContentsLine, ...]:
    """What the list says as things are."""
    items = ordered(work.volumes.items(holder_id), signing=signing)
    return listed(items, counted(work, [item.id for item in items]))


def counted(work: Work, item_ids: Sequence[str]) -> Mapping[str, int]:
    """Item id -> pages with text or picture: blank ones are not counted (DA/T 22-2015)."""
    pages = work.arrangement.of_items(item_ids)
    return {item_id: sum(not page.blank for page in held) for item_id, held in pages.items()}


def _lists(work: Work, holder_id: str) -> bool:
    """Whether it keeps a list: a subject file always, a volume once it is sealed."""
    with suppress(Missing):
        return work.volumes.get(holder_id).sealed
    return True


def _by_signing_date(work: Work, file_id: str, actor: str, unseen: Collection[str]) -> None:
    """Number the documents of a file anew; the number that one of `unseen` was filed under just now nobody saw.

    Those of each series are numbered by themselves, as their codes are.
    """
    items = ordered(work.volumes.items(file_id), signing=True)
    fonds = work.fonds.get(items[0].fonds_id or "")
    classes: dict[ReferenceCode, list[Item]] = {}
    for item in items:
        if item.code:
            classes.setdefault(class_of(item.code), []).append(item)
    coded = [one for place, held in classes.items() for one in in_order(work, held, fonds, place, {})]
    changes = [one for one in coded if one.changed]
    work.codes.recode({one.id: (one.code, one.new) for one in changes}, unseen)
    for one in (one for one in changes if one.id not in unseen):
        work.journal.write(actor, "renumbered", one.id, before=one.old, code=one.new, reason="signing-date")
