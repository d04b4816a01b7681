"""Decides what a person says of a page that seemed blank: that it is, or that something faint stands on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from index.custody.arranging import chosen, keep
from index.custody.turning import ask_to_read
from index.domain.errors import Conflict
from index.domain.holdings import Item, ItemState, Page, PageState
from index.ports import Jobs, Work


def look_at(work: Work, jobs: Jobs, item_id: str, page_ids: Collection[str], blank: bool, actor: str) -> Item:
    """Keep what a person saw; a page that is not blank after all is read again, whatever the machine thinks of it.

    No reason is asked for and no version: it says what is on the paper, and says the same twice without harm.
    Raises Conflict("wrong-state"), Missing("no-such-page").
    """
    item = work.items.get(item_id)
    if item.state is ItemState.WITHDRAWN:
        raise Conflict("wrong-state", state=item.state)
    pages = chosen(work.arrangement.of_item(item_id), page_ids)
    looked = [_looked(page, blank) for page in pages]
    saved = keep(work, item, looked, actor, "looked-blank", pages=[page.number for page in pages], blank=blank)
    ask_to_read(jobs, looked)
    return saved


def _looked(page: Page, blank: bool) -> Page:
    said = replace(page, given_blank=blank, blank=blank)
    return said if blank or not page.blank else replace(said, state=PageState.WAITING)
