"""A batch in the seeded room: one file of pages with looks and resolutions that a test chooses."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.domain.batch import Batch, key_of
from index.domain.holdings import Page
from index.domain.identity import new_id
from index.domain.looks import Colour, Look
from index.domain.people import Person
from index.domain.scan import ScanState
from index.ports import Work
from tests.viewer.seeding import MORNING, SCHOOL, Room, _scan
from viewer import passwords

PASSWORD = "一二三四五六七八九十"
SOUND = Look(Colour.GRAY, 0.2, 244, 90)
SEED = 20261123

Change = Callable[[int, Page], Page]


def second_archivist(room: Room, name: str = "second") -> Person:
    """Another archivist, with a password, as has the first one from now on."""
    second = replace(room.people["archivist"], id=f"person-{name}", name=name, password_hash=passwords.hashed(PASSWORD))
    with room.home.catalogue.writing() as work:
        work.people.add(second)
        work.people.save(replace(room.people["archivist"], password_hash=second.password_hash))
    return second


def batch(room: Room, pages: int = 8, change: Change = lambda number, page: page) -> Batch:
    """An open batch of one file with so many pages; `change` alters each (from 1) as it was measured."""
    key = key_of(MORNING.date(), "drop", SCHOOL.id, ("J101", "会议记录"))
    fresh = Batch(new_id(), key, MORNING.date(), MORNING, SEED, fonds_id=SCHOOL.id, title="会议记录")
    with room.home.catalogue.writing() as work:
        kept = work.batches.add(fresh)
        _file(room, work, kept, "2024年第一次.tif", pages, change)
    return kept


def more_pages(room: Room, into: Batch, pages: int = 3) -> Sequence[str]:
    """Another file of so many pages that came later; their ids."""
    with room.home.catalogue.writing() as work:
        return _file(room, work, into, "后来.tif", pages, lambda number, page: page)


def _file(room: Room, work: Work, into: Batch, name: str, pages: int, change: Change) -> Sequence[str]:
    """Pages that all say and look like the one of the plan, in the item of the plan: drawing them costs too much."""
    item = work.items.get(room.items["plan"])
    model = work.pages.of_item(item.id)[0]
    reading, picture = work.pages.reading(model.id), room.home.derived(model.id)
    assert reading is not None
    scan = _scan(f"J101/会议记录/{name}", ScanState.READ, item_id=item.id, batch_id=into.id, sha256="c" * 64)
    work.scans.add(scan)
    laid = work.pages.lay_out(scan, pages)
    for page in laid:
        measured = replace(
            page, width=model.width, height=model.height, dpi=300, kind="image", confidence=0.97, look=SOUND
        )
        made = change(page.frame, measured)
        work.pages.save(made, replace(reading, blank=made.blank, confidence=made.confidence))
        shutil.copytree(picture, room.home.derived(page.id))
    return [page.id for page in laid]
