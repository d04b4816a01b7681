"""Decides what the bench of access copies measures: an item of scans with the text of a full page each, copied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pikepdf import Dictionary, Name, Pdf, Stream

from index.domain.holdings import Item, ItemState
from ingest import copying
from ingest.actors import Desk
from ingest.reading import cage_for
from tests.bench import meter, pages
from tests.fakes.config.homes import Room, room_at
from tests.fakes.ingest.readings import of_print
from tests.paper import printed, render, save
from tests.sheets import sheet

Masters = list[Path]


@contextmanager
def item_of(count: int) -> Iterator[tuple[Room, str, Masters]]:
    """A home with one item of `count` scanned pages, a box a character; the masters."""
    with TemporaryDirectory() as place:
        room = room_at(Path(place) / "home")
        made = [sheet(pages.KINDS[number % len(pages.KINDS)], 100 + number) for number in range(count)]
        masters = [
            save([render(one, "noisy", number)], Path(place) / "scans" / f"{number:03}.jpg")
            for number, one in enumerate(made)
        ]
        item_id = _captured(room, masters)
        with room.home.catalogue.writing() as work:
            for page, one in zip(work.pages.of_item(item_id), made, strict=True):
                work.pages.save(replace(page, width=1654, height=2339, dpi=200), of_print(printed(one, 50)))
        yield room, item_id, masters
        room.home.catalogue.close()


def _captured(room: Room, masters: Masters) -> str:
    """Every master in the vault, and its page in the item."""
    item = Item("item", ItemState.REVIEW, room.clock.now(), run="run")
    with room.home.catalogue.writing() as work:
        work.items.add(item)
    for position, master in enumerate(masters, start=1):
        scan_id = room.drop(f"J101/卷/{master.name}", master.read_bytes(), run="run", position=position)
        room.work(1)
        room.jobs.queue.clear()
        with room.home.catalogue.writing() as work:
            scan = replace(work.scans.get(scan_id), item_id=item.id, format="jpeg")
            work.scans.save(scan)
            work.pages.lay_out(scan, 1)
    return item.id


def spent_on_copy(room: Room, item_id: str) -> float:
    """CPU seconds of the worker and its cage for one access copy, once both are warm."""
    desk = Desk(room.home, cage_for(room.home))
    try:
        _copied(desk, item_id)
        before = meter.cpu_of(os.getpid())
        _copied(desk, item_id)
        return meter.cpu_of(os.getpid()) - before
    finally:
        desk.cage.close()


def _copied(desk: Desk, item_id: str) -> None:
    for made in desk.home.derived(item_id).glob("copy-*"):
        made.unlink()
    copying.copy(desk, item_id)
    [_] = desk.home.derived(item_id).glob("copy-*.pdf")


def spent_on_pictures(masters: Masters, out: Path) -> float:
    """CPU seconds of putting the masters' bytes into a PDF, and nothing else."""
    before = meter.cpu_of(os.getpid())
    with Pdf.new() as plain:
        for master in masters:
            facts = {"Width": 1654, "Height": 2339, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
            picture = Stream(plain, master.read_bytes(), Subtype=Name.Image, Filter=Name.DCTDecode, **facts)
            page = plain.add_blank_page(page_size=(595, 842))
            page.Resources = Dictionary(XObject=Dictionary(Picture=plain.make_indirect(picture)))
            page.Contents = plain.make_stream(b"595 0 0 842 0 0 cm /Picture Do")
        plain.save(out)
    return meter.cpu_of(os.getpid()) - before
