"""Decides how separators become items: the pages between them move into items of their own, once, in one transaction.

The first document stays the item that was captured. Only what has just been read is divided: what people have put
together since stays together. Run again, nothing is left to divide.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from config.wiring import Home
from index.custody.covers import covered
from index.domain.holdings import Item, ItemState, Page, PageRole
from index.domain.identity import new_id
from index.domain.people import SYSTEM
from index.domain.scan import ScanState
from index.ports import Work
from ingest.actors import Desk, close_ledger
from ingest.asking import Asks
from ingest.runs import awaits_a_page
from ingest.stages.divide import Document, documents

#: States in which the machine may still lay into an item what its cover says.
_OPEN = frozenset({ItemState.CAPTURED, ItemState.DESCRIBED, ItemState.REVIEW})


def divide(desk: Desk, item_id: str) -> Asks:
    """Part an item at its separators when all of it has been read; each document is then described by itself."""
    home = desk.home
    with home.catalogue.reading() as work:
        if work.pages.waiting(item_id, limit=1) or awaits_a_page(work, work.items.get(item_id)):
            return []
        signed = any(page.look.sign for page in work.arrangement.of_item(item_id))
    if not signed:
        return [("describe", item_id)]
    with home.catalogue.writing() as work:
        items = _divided(home, work, work.items.get(item_id))
    return [("index", ""), *(("describe", one) for one in items)]


def _divided(home: Home, work: Work, item: Item) -> list[str]:
    """The ids of the items that the documents are in; none when there was nothing but separators."""
    first, *others = _documents(work, item)
    _mark(work, first.sheets)
    begun = [_begin(home, work, item, document) for document in others]
    if begun:
        work.journal.write(SYSTEM, "divided", item.id, into=begun)
    left = work.items.get(item.id)  # its pages have been counted anew
    if not first.pages:
        return _without_pages(home, work, left)
    if left.state in _OPEN and first.cover:
        _save_if_changed(work, left, covered(work, left, first.cover, home.packs))
    return [item.id, *begun]


def _documents(work: Work, item: Item) -> list[Document]:
    """The documents to part: those that begin with a sheet just read, or hold nothing but pages just read."""
    fresh = {scan.id for scan in work.scans.of_item(item.id) if scan.state is ScanState.STORED}
    shown = (PageRole.CONTENT, PageRole.SEPARATOR)
    first, *others = documents([page for page in work.arrangement.of_item(item.id) if page.role in shown])
    parted = [first]
    for document in others:
        parted[-1:] = [parted[-1], document] if _is_fresh(document, fresh) else [_joined(parted[-1], document)]
    return parted


def _is_fresh(document: Document, fresh: Collection[str]) -> bool:
    return any(page.scan_id in fresh for page in document.sheets) or all(
        page.scan_id in fresh for page in document.pages
    )


def _joined(before: Document, document: Document) -> Document:
    return replace(before, pages=before.pages + document.pages)


def _begin(home: Home, work: Work, before: Item, document: Document) -> str:
    """A new item for a document that was divided off; its id."""
    scan = work.scans.get(document.pages[0].scan_id)
    now = home.clock.now()
    origin = f"{before.origin} #{scan.position or document.pages[0].frame}"
    bare = Item(new_id(), ItemState.CAPTURED, now, scan.fonds_id, origin=origin)
    item = covered(work, bare, document.cover, home.packs) if document.cover else bare
    work.items.add(item)
    _move(work, document, item.id)
    work.journal.write(SYSTEM, "captured", item.id, scan=scan.id, origin=item.origin, divided_from=before.id)
    return item.id


def _move(work: Work, document: Document, item_id: str) -> None:
    sheets = [replace(page, item_id=item_id, role=PageRole.SEPARATOR) for page in document.sheets]
    work.arrangement.lay([*sheets, *(replace(page, item_id=item_id) for page in document.pages)])


def _mark(work: Work, sheets: Sequence[Page]) -> None:
    unmarked = [page for page in sheets if page.role is not PageRole.SEPARATOR]
    work.arrangement.lay([replace(page, role=PageRole.SEPARATOR) for page in unmarked])


def _save_if_changed(work: Work, item: Item, told: Item) -> None:
    if (told.description, told.fonds_id) != (item.description, item.fonds_id):
        work.items.save(told)


def _without_pages(home: Home, work: Work, item: Item) -> list[str]:
    """Nothing but separators was scanned: there is no record to keep, and the ledger is closed."""
    if item.state in _OPEN:
        work.journal.write(SYSTEM, "only-separators", item.id)
        work.items.save(replace(item, state=ItemState.WITHDRAWN))
    close_ledger(home, work, item.id)
    return []
