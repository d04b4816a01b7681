"""Decides how two items become one: the second's pages behind the first's, the second withdrawn with a pointer."""

from __future__ import annotations

from index.custody.arranging import seen, withdrawn_into
from index.custody.moving import check_together, hand_pages
from index.domain.holdings import Item
from index.ports import Work


def join(work: Work, item_id: str, version: int, other_id: str, other_version: int, actor: str, reason: str) -> Item:
    """Take all pages of the other item, also those taken out of it; returns this one.

    The other's reference code stays its own and is never given again. Raises Refused("same-item" | "other-fonds"), and
    what `arranging.seen` raises.
    """
    item, other = seen(work, item_id, version, reason), seen(work, other_id, other_version, reason)
    check_together(item, other)
    left, taken = hand_pages(work, other, item, work.arrangement.of_item(other_id), actor, "joined", reason)
    withdrawn_into(work, left, taken, actor, reason.strip())
    return taken


def follow(work: Work, item: Item) -> Item:
    """The item that this one's pages went to, however often it was joined; itself when it never was."""
    while item.joined_to:
        item = work.items.get(item.joined_to)
    return item
