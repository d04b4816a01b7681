"""Decides how a rescan takes the place of a page: the old one is taken out and kept, the new stands in its place."""

from __future__ import annotations

from dataclasses import replace

from index.custody.arranging import chosen, hand_over, in_order, seen, withdrawn_into
from index.custody.moving import check_together
from index.domain.errors import Refused
from index.domain.holdings import Item, PageRole
from index.ports import Work


def replace_page(
    work: Work, item_id: str, version: int, page_id: str, other_id: str, other_version: int, actor: str, reason: str
) -> Item:
    """The one page of the other item in the place of this page; the other item is withdrawn into this one.

    Raises Refused("not-one-page") when the other has more than one, and what `arranging.seen` raises.
    """
    item, other = seen(work, item_id, version, reason), seen(work, other_id, other_version, reason)
    check_together(item, other)
    pages, rescans = work.arrangement.of_item(item_id), work.arrangement.of_item(other_id)
    [old] = chosen(pages, [page_id])
    if sum(page.role is PageRole.CONTENT for page in rescans) != 1:
        raise Refused("not-one-page")
    place = pages.index(old)
    fresh = [replace(page, item_id=item_id) for page in rescans]
    laid = in_order([*pages[:place], replace(old, role=PageRole.REMOVED), *fresh, *pages[place + 1 :]])
    left = hand_over(work, other, laid, actor, "joined", pages=[1], into=item_id, reason=reason.strip())
    told: dict[str, object] = {
        "pages": [old.number],
        "old": old.id,
        "new": [page.id for page in fresh],
        "source": other_id,
    }
    saved = hand_over(work, item, (), actor, "replaced", **told, reason=reason.strip())
    withdrawn_into(work, left, saved, actor, reason.strip())
    return saved
