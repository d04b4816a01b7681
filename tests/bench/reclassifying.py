"""Decides how long it takes to ask anew where ten thousand items belong after a regulation was edited.

    MUNIMENT_BENCH_ITEMS=1000 python -m tests.bench.bench reclassify

The labelled set's documents with their words spoilt, each many times over, described and placed as a worker does it;
those that are sure are filed, the others wait in review. Then the school's regulation is edited.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from config import regulations
from config.editions import Editions
from config.founding import found
from config.wiring import Home
from index.custody.filing import file_item, lacks, place_of
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.identity import new_id
from index.domain.people import SYSTEM
from index.domain.reading import PageReading
from index.domain.scan import Scan, ScanState
from index.ports import Work
from ingest.placing import Case, place, placed
from ingest.reclassifying import reclassify
from ingest.stages.describe import describe
from tests.bench import meter
from tests.bench.readings import reader
from tests.labelled.composing import Document
from tests.labelled.grammar import part
from tests.labelled.making import labelled

COUNT, DISTINCT, MOST_SECONDS = 10_000, 600, 300
#: Items are laid down so many in a transaction.
_TOGETHER = 200
_EDITS = (('version = "', 'version = "bench-'), ('period = "10y"', 'period = "30y"'))


@dataclass(frozen=True)
class _Read:
    """A document as it was read and described, before it is laid down as often as the bench asks."""

    item: Item
    readings: Sequence[PageReading]
    hints: tuple[str, ...]
    sure: bool


def measured() -> dict[str, object]:
    """Seconds from the edit to the last proposal, and what changed; nothing that was filed or given may have."""
    count = int(os.environ.get("MUNIMENT_BENCH_ITEMS", COUNT))
    with TemporaryDirectory() as folder:
        packs, path = Path(folder) / "packs", Path(folder) / "home"
        shutil.copytree(regulations.PACKS, packs)
        _fill(_opened(path, packs), count)
        before = _stand(_opened(path, packs))
        _edit(packs / "school" / "pack.toml")
        home, told = _opened(path, packs), list[int]()
        cpu, wall = meter.own_cpu(), time.monotonic()
        outcome = reclassify(home, None, lambda done, of: told.append(done))
        spent = meter.Spent(meter.own_cpu() - cpu, time.monotonic() - wall)
        touched = sum(before[item] != now for item, now in _stand(home).items())
    return {
        "ours": round(spent.wall, 1),
        "must": f"<= {MOST_SECONDS * count // COUNT}",
        "ok": spent.wall <= MOST_SECONDS * count / COUNT and not touched and len(told) > 1,
        "unit": "s",
        "items": count,
        "cpu": round(spent.cpu, 1),
        "filed": len(before),
        "touched": touched,
        "told": len(told),
        **outcome,
    }


def _opened(path: Path, packs: Path) -> Home:
    """The home as a new process opens it; founded when there is none."""
    if not path.exists():
        found(path, [], [f"{code}={said}" for code, said in part("practice").fonds.items()]).catalogue.close()
    home = Home(path)
    home.__dict__.update(editions=Editions(path / "editions", packs))
    return home


def _edit(place: Path) -> None:
    """Another version, in which what was kept for ten years is kept for thirty."""
    said = place.read_text("utf-8")
    for old, new in _EDITS:
        said = said.replace(old, new)
    place.write_text(said, "utf-8")


def _stand(home: Home) -> dict[str, object]:
    """Every filed item as it stands."""
    with home.catalogue.reading() as work:
        return {item_id: work.items.get(item_id) for item_id in work.items.in_state(ItemState.FILED)}


def _fill(home: Home, count: int) -> None:
    with home.catalogue.reading() as work:
        fondses = work.fonds.all()
    every = [_read(home, fondses, one) for one in labelled(1, min(count, DISTINCT))]
    waiting = islice(cycle(every), count)
    while some := list(islice(waiting, _TOGETHER)):
        with home.catalogue.writing() as work:
            for one in some:
                _laid(home, work, one)


def _read(home: Home, fondses: Sequence[Fonds], document: Document) -> _Read:
    reads = reader("spoilt")
    readings = [reads.page(document, number) for number in range(1, len(document.pages) + 1)]
    fonds = next((one for one in fondses if one.code in document.folders[:1]), None)
    hints = document.folders[1:] if fonds else document.folders
    known = [one.title for one in fondses]
    found = describe(readings, hints, fonds.title if fonds else "", known, today=home.clock.today())
    item = Item("", ItemState.DESCRIBED, home.clock.now(), fonds.id if fonds else None, description=found)
    placement, whose = place(home, Case(item, readings, hints, fondses, None, {}))
    there = replace(item, **placed(item, placement, whose))  # type: ignore[arg-type]
    sure = whose.fonds is not None and placement.sure and not lacks(there, *place_of(there, home.packs))
    return _Read(there, readings, hints, sure)


def _laid(home: Home, work: Work, one: _Read) -> None:
    """One more item of these words, filed where it is sure, else sent to review."""
    item = replace(one.item, id=new_id(), state=ItemState.DESCRIBED if one.sure else ItemState.REVIEW)
    at, path = item.captured_at, item.id.encode()
    scan = Scan(new_id(), path, "drop", ScanState.READ, at, at, item.fonds_id, hints=one.hints, item_id=item.id)
    work.items.add(item)
    work.scans.add(scan)
    for page, reading in zip(work.pages.lay_out(scan, len(one.readings)), one.readings, strict=True):
        work.pages.save(page, reading)
    if one.sure:
        file_item(work, item.id, SYSTEM, home.clock.now(), home.packs)
