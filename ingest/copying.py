"""Decides how a worker has an access copy made: page by page in the cage, a few a call, whole before it gets its name.

The text that goes over a page is composed here, from what was read: nothing hostile is in it. Everything that opens the
scan, and whatever writes the PDF, is loaded in the cage alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from config.locks import hold
from config.wiring import Home
from index.custody.copies import AccessCopy, can_be_copied, copy_of
from index.domain.errors import BadScan, Conflict, EngineFailed, Missing
from index.domain.holdings import Item, Page
from index.domain.proof.lines import Run, lines_of
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.scan import Scan
from ingest.actors import Desk
from ingest.asking import Asks
from ingest.imaging.layer import Letters, layer
from ingest.imaging.leaf import About, Leaf
from ingest.reading import draw_page
from ingest.sandbox import Limits

#: Pages in one call into the cage: what they cost together stays below what one page of a scan may cost.
AT_ONCE = 16
#: A side of a page in points, as PDF/A-2 bounds it.
LEAST_SIDE, MOST_SIDE = 3.0, 14_400.0
#: Beyond this many scans their digests are not listed in the copy; the catalogue has them.
MOST_SOURCES = 100
#: The long side of A4 in inches: what a page is taken for that does not say how fine it is.
A4_LONG_SIDE = 11.69
_POINTS = 72
_RIM = 0.05
_LANGUAGES = {Script.HANS: "zh-Hans", Script.HANT: "zh-Hant", Script.LATIN: "en"}


@dataclass(frozen=True, slots=True)
class _Order:
    """A copy to be made."""

    place: AccessCopy
    item: Item
    pages: Sequence[Page]
    scans: dict[str, Scan]


def copy(desk: Desk, item_id: str) -> Asks:
    """Make the item's access copy unless it is there; what keeps it from being made is kept for whoever waits.

    An item whose pages are still being read is left: whoever waits asks again.
    """
    order = _order(desk.home, item_id)
    if not can_be_copied(order.pages) or order.place.pdf.exists():
        return []
    order.place.folder.mkdir(parents=True, exist_ok=True)
    try:
        with hold(desk.home.folder("locks") / f"copy-{item_id}", "busy"):
            _make(desk, order)
    except (BadScan, EngineFailed, Missing) as error:
        order.place.refuse(error)
    except Conflict:  # another worker is at it
        pass
    return []


def _order(home: Home, item_id: str) -> _Order:
    with home.catalogue.reading() as work:
        item, pages = work.items.get(item_id), work.pages.of_item(item_id)
        scans = {scan_id: work.scans.get(scan_id) for scan_id in dict.fromkeys(page.scan_id for page in pages)}
    return _Order(copy_of(home.derived(item_id), item, pages), item, pages, scans)


def _make(desk: Desk, order: _Order) -> None:
    folder = order.place.folder
    _clear(folder)
    try:
        parts = [str(part) for part in _parts(desk, order, folder)]
        whole = folder / "making-whole.pdf"
        desk.cage.run(_bind, parts, str(whole), _about(desk.home, order))
        os.replace(whole, order.place.pdf)
    finally:
        _clear(folder)
    for path in order.place.outlived():
        path.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Away with what a worker that was killed left half made; the lock says that nobody is at it."""
    for path in folder.glob("making-*"):
        path.unlink(missing_ok=True)


def _parts(desk: Desk, order: _Order, folder: Path) -> Iterator[Path]:
    pages = iter(order.pages)
    number = 0
    while some := list(islice(pages, AT_ONCE)):
        part = folder / f"making-{number:05}.pdf"
        letters = Letters()
        leaves = [_leaf(desk, order, page, letters) for page in some]
        desk.cage.run(_write_part, leaves, "".join(letters.codes), str(part), desk.cage.limits)
        yield part
        number += 1


def _leaf(desk: Desk, order: _Order, page: Page, letters: Letters) -> Leaf:
    with desk.home.catalogue.reading() as work:
        reading = work.pages.reading(page.id)
    scan = order.scans[page.scan_id]
    width, height = points_of(page)
    over = layer(_runs(reading, width / height), width, height, letters) if reading else b""
    if _half_alone(order, page):
        return Leaf(_drawn(desk, scan, page), "jpeg", 1, 0, width, height, over)
    path, format = desk.home.vault.path(scan.sha256 or ""), scan.format or ""
    return Leaf(path, format, page.frame, page.turned, width, height, over, page.crop)


def _half_alone(order: _Order, page: Page) -> bool:
    """Whether the other half of its scan stands elsewhere: a copy with the whole picture in it would give that away."""
    halves = {one.part for one in order.pages if (one.scan_id, one.frame) == (page.scan_id, page.frame)}
    return page.part > 0 and len(halves) == 1


def _drawn(desk: Desk, scan: Scan, page: Page) -> str:
    """The picture of this page alone, drawn again if it was thrown away."""
    path = desk.home.derived(page.id) / "page.jpg"
    if not path.exists():
        draw_page(desk.cage, desk.home, scan, page)
    return str(path)


def points_of(page: Page) -> tuple[float, float]:
    """Width and height of the upright page in points, within what a PDF/A may have."""
    across, down = max(page.width, 1), max(page.height, 1)
    dpi = page.dpi or max(across, down) / A4_LONG_SIDE
    sides = across * _POINTS / dpi, down * _POINTS / dpi
    scale = min(1.0, MOST_SIDE / max(sides))
    return max(sides[0] * scale, LEAST_SIDE), max(sides[1] * scale, LEAST_SIDE)


def _rim(box: Box) -> Box:
    """The upper rim of a seal: over all of it, readers would mix its name into the lines that it was pressed on."""
    return replace(box, h=box.h * _RIM)


def _runs(reading: PageReading, shape: float) -> list[Run]:
    """What stands on the page in its order, and then what its stamps say."""
    lines = [run for line in lines_of(reading, shape) for run in line.runs]
    stamps = [Word(" ".join(stamp.text.split()), 0, _rim(stamp.box), stamp.confidence) for stamp in reading.stamps]
    return lines + [Run((stamp,), (stamp.text,)) for stamp in stamps if stamp.text]


def _about(home: Home, order: _Order) -> About:
    item, sources = order.item, tuple(dict.fromkeys(scan.sha256 or "" for scan in order.scans.values()))
    return About(
        title=item.title or item.reference_code or item.origin or item.id,
        language=_language(order.pages),
        made=home.clock.now(),
        creator=item.value("creator"),
        identifier=item.reference_code,
        sources=sources if len(sources) <= MOST_SOURCES else (),
    )


def _language(pages: Sequence[Page]) -> str:
    """That of most pages; none where nothing is written."""
    known = Counter(_LANGUAGES[page.script] for page in pages if page.script in _LANGUAGES)
    return known.most_common(1)[0][0] if known else ""


# -- inside the cage -------------------------------------------------------------------------------


def _write_part(leaves: Sequence[Leaf], letters: str, out: str, limits: Limits) -> None:
    from ingest.stages.copy import write_part

    write_part(leaves, letters, out, limits)


def _bind(parts: Sequence[str], out: str, about: About) -> None:
    from ingest.stages.copy import bind

    bind(parts, out, about)
