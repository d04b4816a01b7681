"""Decides how pages are moved: to another place in their item, or into another item."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.custody.arranging import check_some_left, chosen, hand_over, in_order, keep, seen
from index.domain.errors import Refused
from index.domain.holdings import Item, Page, PageRole
from index.ports import Work


def move(work: Work, item_id: str, version: int, page_ids: Collection[str], to: int, actor: str, reason: str) -> Item:
    """Move pages, together and in their order, so that the first of them becomes page `to` (from 1)."""
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    moving = chosen(pages, page_ids)
    staying = [page for page in pages if page not in moving]
    laid = in_order(inserted(staying, moving, to))
    places = [page.number for page in moving]
    return keep(work, item, laid, actor, "moved", pages=places, to=to, reason=reason.strip())


def move_to(
    work: Work,
    item_id: str,
    version: int,
    page_ids: Collection[str],
    other_id: str,
    other_version: int,
    actor: str,
    reason: str,
) -> tuple[Item, Item]:
    """Move pages to the end of another item; returns both. Raises Refused("last-page" | "other-fonds")."""
    item, other = seen(work, item_id, version, reason), seen(work, other_id, other_version, reason)
    check_together(item, other)
    pages = work.arrangement.of_item(item_id)
    moving = chosen(pages, page_ids)
    check_some_left(pages, moving)
    return hand_pages(work, item, other, moving, actor, "moved", reason)


def hand_pages(
    work: Work, item: Item, other: Item, moving: Sequence[Page], actor: str, verb: str, reason: str
) -> tuple[Item, Item]:
    """Let pages go from an item to the end of another; the journal of both says so."""
    there = in_order([*work.arrangement.of_item(other.id), *(replace(page, item_id=other.id) for page in moving)])
    places, why = [page.number for page in moving], reason.strip()
    left = hand_over(work, item, there, actor, verb, pages=places, into=other.id, reason=why)
    taken = hand_over(work, other, (), actor, verb, count=len(moving), source=item.id, reason=why)
    return left, taken


def inserted(staying: Sequence[Page], moving: Sequence[Page], to: int) -> list[Page]:
    """`moving` among `staying`, before that page that counts as number `to` there; at the end when there is none."""
    places = [at for at, page in enumerate(staying) if page.role is PageRole.CONTENT]
    at = places[to - 1] if 1 <= to <= len(places) else len(staying) if to > len(places) else 0
    return [*staying[:at], *moving, *staying[at:]]


def check_together(item: Item, other: Item) -> None:
    """Pages never leave their fonds (来源原则), and no item gives to itself."""
    if item.id == other.id:
        raise Refused("same-item")
    if None not in (item.fonds_id, other.fonds_id) and item.fonds_id != other.fonds_id:
        raise Refused("other-fonds")
