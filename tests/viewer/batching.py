"""A batch in the seeded room: pages of our own sheets with looks and resolutions that a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.domain.batch import Batch, key_of
from index.domain.holdings import Page, PageState
from index.domain.identity import new_id
from index.domain.looks import Colour, Look
from index.domain.people import Person
from index.domain.scan import ScanState
from tests.sheets import sheet, volume
from tests.typeset import printed
from tests.viewer.seeding import MORNING, SCHOOL, Room, _draw, _item, _read, _scan
from viewer import passwords

PASSWORD = "一二三四五六七八九十"
SOUND = Look(Colour.GRAY, 0.2, 244, 90)
SEED = 20261123


def second_archivist(room: Room, name: str = "second") -> Person:
    """Another archivist, with a password, as has the first one from now on."""
    second = replace(room.people["archivist"], id=f"person-{name}", name=name, password_hash=passwords.hashed(PASSWORD))
    with room.home.catalogue.writing() as work:
        work.people.add(second)
        work.people.save(replace(room.people["archivist"], password_hash=second.password_hash))
    return second


def batch(room: Room, pages: int = 8, change: Callable[[int, Page], Page] = lambda number, page: page) -> Batch:
    """An open batch of one file with so many pages; `change` alters each (from 1) as it was measured."""
    item_id = _item(room.home, SCHOOL, [sheet("minutes", 9), *volume(pages - 1, 3)], 50)
    key = key_of(MORNING.date(), "drop", SCHOOL.id, ("J101", "会议记录"))
    fresh = Batch(new_id(), key, MORNING.date(), MORNING, SEED, fonds_id=SCHOOL.id, title="会议记录")
    with room.home.catalogue.writing() as work:
        kept = work.batches.add(fresh)
        scan = replace(work.scans.of_item(item_id)[0], batch_id=kept.id, path="J101/会议记录/2024年第一次.tif".encode())
        work.scans.save(scan)
        for page in work.pages.of_item(item_id):
            reading = work.pages.reading(page.id)
            assert reading is not None
            made = change(page.number, replace(page, dpi=300, kind="image", look=SOUND))
            work.pages.save(made, replace(reading, blank=made.blank, confidence=made.confidence))
    return kept


def more_pages(room: Room, into: Batch, pages: int = 3) -> Sequence[str]:
    """So many pages that came later; their ids."""
    sheets = volume(pages, 6)
    with room.home.catalogue.writing() as work:
        item = work.items.get(room.items["notice"])
        scan = _scan("后来.tif", ScanState.READ, item_id=item.id, batch_id=into.id, sha256="c" * 64)
        work.scans.add(scan)
        laid = work.pages.lay_out(scan, pages)
        for page, one in zip(laid, sheets, strict=True):
            print_ = printed(one, 50)
            read = replace(page, dpi=300, kind="image", look=SOUND, state=PageState.READ)
            work.pages.save(read, _read(one, print_))
            _draw(room.home.derived(page.id), print_)
    return [page.id for page in laid]
