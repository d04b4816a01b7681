"""Decides which records a visitor may see, why not, and which reading, printing and taking away is journalled.

One decision for text, pictures, masters, prints and JSON alike. Without a marking yet, a record counts as confidential.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from index.domain.access import LOGGED, Marking, Permit
from index.domain.errors import Missing, Refused
from index.domain.holdings import Item, Page, PageRole
from index.ports import Entry, Work
from viewer.visit import Visit

ONE_READING = timedelta(minutes=30)
"""Turning the pages of one item again within this time is not journalled again."""


def marking_of(item: Item | Entry) -> Marking:
    return Marking(item.value("marking") or Marking.CONFIDENTIAL)


def admitted(item: Item | Entry, permit: Permit) -> bool:
    return permit.admits(marking_of(item), filed=item.filed)


def readable(work: Work, permit: Permit, item_id: str) -> Item:
    """The item, by id or reference code. Raises Refused("restricted-item"), Missing("no-such-item").

    Who holds the id of a filed item learns that it is restricted, never its title; codes can be guessed, ids cannot.
    """
    item = work.items.get(item_id)
    if admitted(item, permit):
        return item
    if item.filed and item.id == item_id:
        raise Refused("restricted-item")
    raise Missing("no-such-item")


def page_of(work: Work, permit: Permit, page_id: str) -> tuple[Item, Page]:
    """The page with its item, under the same rule; what was taken out is the archivists' alone."""
    page = work.pages.get(page_id)
    if page.role is not PageRole.CONTENT and not permit.unfiled:
        raise Missing("no-such-page")
    return readable(work, permit, page.item_id), page


def check_whole(work: Work, permit: Permit, scan_id: str) -> None:
    """A master holds all pages of its scan, those too that stand in other items or were taken out: all must be allowed.

    Raises Refused("restricted-item"), Missing.
    """
    for page in work.pages.of_scan(scan_id):
        if page.role in (PageRole.CONTENT, PageRole.REMOVED):
            page_of(work, permit, page.id)


def note_reading(visit: Visit, item: Item, page: int) -> None:
    """Journal that this page of a personal or confidential item was read, once in a while for each reader (EA-09)."""
    if marking_of(item) not in LOGGED:
        return
    since = visit.home.clock.now() - ONE_READING
    with visit.home.catalogue.writing() as work:
        before = (e for e in work.journal.of(item.id) if e.verb == "read" and e.at >= since)
        if not any(e.actor == visit.who.name and e.details.get("page") == page for e in before):
            work.journal.write(visit.who.name, "read", item.id, page=page)


def note_taking(visit: Visit, item: Item, verb: str, **details: object) -> None:
    """Journal a print or a download; these always are."""
    with visit.home.catalogue.writing() as work:
        work.journal.write(visit.who.name, verb, item.id, marking=marking_of(item), **details)


def note_restricted(visit: Visit, query: str, items: Sequence[str]) -> None:
    """A snippet of a personal or confidential page is a reading too: journal whose (EA-09)."""
    if items:
        with visit.home.catalogue.writing() as work:
            work.journal.write(visit.who.name, "search", "", query=query, items=items)
