"""Decides how a page is turned by a person: by quarters, for good, read again that way and no other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from index.custody.arranging import chosen, keep, seen
from index.domain.holdings import Item, ItemState, Page, PageState
from index.ports import Jobs, Work


def turn(
    work: Work,
    jobs: Jobs,
    item_id: str,
    version: int,
    page_ids: Collection[str],
    quarters: int,
    actor: str,
    reason: str,
) -> Item:
    """Turn pages clockwise by so many quarters. An unfiled item is described again once they are read.

    Raises what `arranging.seen` and `chosen` raise.
    """
    item = seen(work, item_id, version, reason)
    pages = chosen(work.arrangement.of_item(item_id), page_ids)
    turned = [_turned(page, quarters) for page in pages]
    fresh = replace(item, state=ItemState.DESCRIBED) if item.state is ItemState.REVIEW else item
    places = [page.number for page in pages]
    saved = keep(work, fresh, turned, actor, "turned", pages=places, quarters=quarters % 4, reason=reason.strip())
    ask_to_read(jobs, turned)
    return saved


def _turned(page: Page, quarters: int) -> Page:
    stands = page.turned if page.given_turn is None else page.given_turn
    return replace(page, given_turn=(stands + quarters) % 4, state=PageState.WAITING)


def ask_to_read(jobs: Jobs, pages: Collection[Page]) -> None:
    """Asked before the commit: a worker that is quicker finds nothing to do, and the sweep asks again."""
    for page in pages:
        if page.state is PageState.WAITING:
            jobs.ask("recognise", page.id)
