"""Decides how pages are split off an item: they become an item of their own, which is described and then reviewed."""

from __future__ import annotations

from datetime import datetime

from index.custody.arranging import check_some_left, seen
from index.custody.moving import hand_pages
from index.domain.errors import Missing
from index.domain.holdings import Item, ItemState, PageRole
from index.domain.identity import new_id
from index.ports import Jobs, Work


def split_off(
    work: Work,
    jobs: Jobs,
    item_id: str,
    version: int,
    first: int,
    last: int,
    actor: str,
    now: datetime,
    reason: str,
) -> tuple[Item, Item]:
    """Pages `first` to `last` (their numbers) as a new item of the same fonds; returns what is left, and the new one.

    Raises Missing("no-such-page"), Refused("last-page"), and what `arranging.seen` raises.
    """
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    leaving = [page for page in pages if page.role is PageRole.CONTENT and first <= page.number <= last]
    if not leaving:
        raise Missing("no-such-page")
    check_some_left(pages, leaving)
    new = Item(new_id(), ItemState.CAPTURED, now, item.fonds_id, origin=item.origin)
    work.items.add(new)
    left, made = hand_pages(work, item, new, leaving, actor, "split-off", reason)
    # Asked before the commit; pages that are still to be read ask for it themselves when they are.
    jobs.ask("describe", made.id)
    return left, made
