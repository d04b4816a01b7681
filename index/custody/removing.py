"""Decides how a page is taken out of its item and put back: never deleted, never counted, never found meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from index.custody.arranging import check_some_left, chosen, keep, seen
from index.domain.holdings import Item, PageRole
from index.ports import Work


def take_out(work: Work, item_id: str, version: int, page_ids: Collection[str], actor: str, reason: str) -> Item:
    """Raises Refused("last-page"): an item without pages is withdrawn as a whole instead."""
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    going = chosen(pages, page_ids)
    check_some_left(pages, going)
    out = [replace(page, role=PageRole.REMOVED) for page in going]
    places = [page.number for page in going]
    return keep(work, item, out, actor, "taken-out", pages=places, reason=reason.strip())


def put_back(work: Work, item_id: str, version: int, page_ids: Collection[str], actor: str, reason: str) -> Item:
    """Where it stood before, between the pages around it then."""
    item = seen(work, item_id, version, reason)
    pages = chosen(work.arrangement.of_item(item_id), page_ids, PageRole.REMOVED)
    back = [replace(page, role=PageRole.CONTENT) for page in pages]
    saved = keep(work, item, back, actor, "put-back", count=len(back), reason=reason.strip())
    return saved
