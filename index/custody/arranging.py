"""Decides what holds for every change to the order of pages: seen as it is, told why, kept whole, journalled.

The verbs stand in files of their own (turning, moving, splitting, joining, removing, facing, replacing, blanks), each
one transaction. No page is ever lost or doubled: what is taken out stays with its item and can be put back. A filed
item keeps its reference code, and whoever changes its pages says why.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.custody.listing import LOOSE, follow, out_of_volume
from index.domain.errors import Conflict, Missing, Refused, WrongUse
from index.domain.holdings import Item, ItemState, Page, PageRole
from index.domain.paging import moved_evidence
from index.ports import Work

#: Every verb of the journal that says that a person arranged pages.
VERBS = frozenset(
    {"turned", "moved", "split-off", "joined", "taken-out", "put-back", "parted", "unparted", "replaced", "undone"}
    | {"looked-blank"}
)


def seen(work: Work, item_id: str, version: int, reason: str) -> Item:
    """The item, as the person saw it.

    Raises Conflict("changed-meanwhile" | "wrong-state"), WrongUse("reason-needed") for a filed item without a reason.
    """
    item = work.items.get(item_id)
    if item.version != version:
        raise Conflict("changed-meanwhile")
    if item.state is ItemState.WITHDRAWN:
        raise Conflict("wrong-state", state=item.state)
    if item.filed and not reason.strip():
        raise WrongUse("reason-needed")
    return item


def chosen(pages: Sequence[Page], ids: Collection[str], role: PageRole = PageRole.CONTENT) -> list[Page]:
    """Those of an item's pages that were chosen, in their order; raises Missing("no-such-page") for any other id."""
    found = [page for page in pages if page.id in ids and page.role is role]
    if not found or len(found) != len(set(ids)):
        raise Missing("no-such-page")
    return found


def check_some_left(pages: Sequence[Page], gone: Sequence[Page]) -> None:
    """An item without a page is none: raises Refused("last-page") when all that count would go."""
    if sum(page.role is PageRole.CONTENT for page in pages) == len(gone):
        raise Refused("last-page")


def in_order(pages: Sequence[Page]) -> list[Page]:
    """The pages with ranks that rise in this order: the ranks they had between them, pushed on where that is needed.

    So a frame that comes later still finds its place among those of its scan.
    """
    ranked, last = [], -1
    for page, rank in zip(pages, sorted(page.rank for page in pages), strict=True):
        last = max(last + 1, rank)
        ranked.append(replace(page, rank=last))
    return ranked


def keep(work: Work, item: Item, pages: Sequence[Page], actor: str, verb: str, /, **told: object) -> Item:
    """Keep what was decided of these pages, what they were before in the journal; returns the item as it is now."""
    known = {page.id: page for page in work.arrangement.of_item(item.id)}
    was = [_was(known.get(page.id), page) for page in pages if known.get(page.id) != page]
    saved = _laid(work, item, pages)
    work.journal.write(actor, verb, item.id, **_without_nothing(told), was=was, version=saved.version)
    follow(work, saved, actor, verb)
    return saved


def hand_over(work: Work, item: Item, pages: Sequence[Page], actor: str, verb: str, /, **told: object) -> Item:
    """The same where pages come from or go to another item: what it was before cannot be told by this item alone."""
    saved = _laid(work, item, pages)
    work.journal.write(actor, verb, item.id, **_without_nothing(told))
    follow(work, saved, actor, verb)
    return saved


def _laid(work: Work, item: Item, pages: Sequence[Page]) -> Item:
    """Lay the pages, let the evidence of the description follow them, and raise the item's version."""
    before = {page.id: page.number for page in work.pages.of_item(item.id)}
    work.arrangement.lay(pages)
    after = {page.id: page.number for page in work.pages.of_item(item.id)}
    moved = {number: after[page_id] for page_id, number in before.items() if page_id in after}
    description = moved_evidence(item.description, moved)
    return work.items.save(replace(item, description=description, page_count=len(after)))


def _was(known: Page | None, page: Page) -> list[object]:
    """What a page was before; a half that was never there before goes back to being none."""
    one = known or replace(page, role=PageRole.PARTED)
    return [one.id, one.rank, one.role, one.given_turn, one.given_blank]


def _without_nothing(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def withdrawn_into(work: Work, item: Item, into: Item, actor: str, reason: str) -> Item:
    """The item whose pages went over: out of sight, its code kept and never given again, pointing to where they are."""
    gone = work.items.save(replace(item, state=ItemState.WITHDRAWN, joined_to=into.id, page_count=0, **LOOSE))
    work.journal.write(actor, "withdrawn", item.id, reason=reason, before=item.state, into=into.id)
    return out_of_volume(work, item, gone, actor, "joined")


def arranged_by_a_person(work: Work, item: Item) -> bool:
    """Whether people had their hands on its pages: such an item is never filed by the program alone."""
    return any(event.verb in VERBS for event in work.journal.of(item.id))
