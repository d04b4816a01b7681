"""Decides what a worker asks of its cage: to open a scan, and to read one page; only plain values come back.

The heavy libraries are imported inside the cage alone: this module and the worker never load them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.settings import Ocr
from config.wiring import Home
from index.domain.holdings import Page
from index.domain.looks import Look
from index.domain.reading import Box, PageReading, Script
from index.domain.scan import Scan
from ingest.imaging.archive import Caps, Unpacked, unpack
from ingest.sandbox import GIB, Cage, Limits

_MEGA = 1_000_000

#: So many pages of other items must agree before anything is expected of the next item's first page.
AGREEING = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """What a scan holds: its format (see `imaging/formats.py`) and how many pages; none for a ZIP."""

    format: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page's reading, the size of its upright image in pixels, its dpi, and whether it was text or picture."""

    reading: PageReading
    width: int
    height: int
    dpi: int
    kind: str
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person decided of a page: its half of the frame, its quarter turns, and that it is not blank."""

    crop: Box | None = None
    turned: int | None = None
    written: bool = False


def given_of(page: Page) -> Given:
    return Given(page.crop, page.given_turn, page.given_blank is False)


def limits_of(home: Home) -> Limits:
    cage = home.settings.cage
    return Limits(
        memory_bytes=cage.memory_mb * GIB // 1024,
        seconds=cage.seconds,
        cpu_seconds=int(cage.seconds * 2),
        pixels=cage.megapixels * _MEGA,
        pages=cage.pages,
        file_bytes=cage.file_mb * GIB // 1024,
    )


def cage_for(home: Home) -> Cage:
    return Cage(limits_of(home))


def lay_out(cage: Cage, home: Home, scan: Scan) -> Layout:
    """Open a scan and count its pages; raises BadScan. A released scan's name is not held against its content."""
    name = "" if scan.released else scan.name
    return cage.run(_lay_out, home.vault.path(scan.sha256 or ""), name, cage.limits)


def caged_unpack(cage: Cage, path: str, folder: str, caps: Caps) -> tuple[Unpacked, ...]:
    """Unpack a ZIP into the empty `folder`; writing many files may take longer than a page. Raises BadScan."""
    return cage.run(unpack, path, folder, caps, seconds=cage.limits.seconds * 4)


def read_page(cage: Cage, home: Home, scan: Scan, page: Page, lately: Sequence[Page], engine: str = "") -> PageRead:
    """Draw, clean and read one page; its pictures are left in the page's folder. Raises BadScan, EngineFailed.

    `lately` are the pages read before it: what they agree on is expected of this one, and looked at first. Without an
    `engine` the room's own reads.
    """
    expected = _agreed(lately, page)
    folder = home.derived(page.id)
    folder.mkdir(parents=True, exist_ok=True)
    path, ocr = home.vault.path(scan.sha256 or ""), home.settings.ocr
    chosen = (engine or ocr.engine, ocr.timeout_seconds, ocr.cross_check)
    given = given_of(page)
    return cage.run(_read_page, path, scan.format, page.frame, expected, str(folder), chosen, cage.limits, given)


def engine_for(ocr: Ocr, fonds: str, series: str) -> str:
    """The engine chosen for this series, else for its fonds, else the room's."""
    return ocr.series.get(f"{fonds}/{series}") or ocr.series.get(fonds) or ocr.engine


def _agreed(lately: Sequence[Page], page: Page) -> tuple[str | None, int | None]:
    """Script and turn that the pages before agree on; a batch that changes from page to page agrees on nothing.

    A wrong expectation costs a second reading of the page (1.9 x bare Tesseract on a mixed batch, against 1.4 x).
    """
    enough = len(lately) >= AGREEING or any(before.item_id == page.item_id for before in lately)
    scripts, turns = {before.script.value for before in lately}, {before.turned for before in lately}
    return (scripts.pop() if enough and len(scripts) == 1 else None), (
        turns.pop() if enough and len(turns) == 1 else None
    )


def draw_page(cage: Cage, home: Home, scan: Scan, page: Page) -> None:
    """Draw a page's pictures again as they were when it was read: what lies in `derived/` can be thrown away."""
    folder = home.derived(page.id)
    folder.mkdir(parents=True, exist_ok=True)
    path = home.vault.path(scan.sha256 or "")
    cage.run(_draw_page, path, scan.format, page.frame, page.kind, page.turned, str(folder), cage.limits, page.crop)


# -- inside the cage -------------------------------------------------------------------------------


def _lay_out(path: str, name: str, limits: Limits) -> Layout:
    from ingest.stages.render import lay_out

    layout = lay_out(path, name, limits)
    return Layout(layout.format, len(layout.pages))


def _read_page(
    path: str,
    form: str,
    number: int,
    expected: tuple[str | None, int | None],
    folder: str,
    engine: tuple[str, float, bool],
    limits: Limits,
    given: Given,
) -> PageRead:
    from ingest.stages.recognise import ReadingHints, ReadingSettings, read_page

    script, turned = expected
    hints = ReadingHints(Script(script) if script else None, turned, given.crop, given.turned, given.written)
    read = read_page(path, form, number, hints, folder, ReadingSettings(*engine), limits)
    return PageRead(read.reading, read.width, read.height, read.dpi, read.kind, read.look)


def _draw_page(
    path: str, form: str, number: int, kind: str, turned: int, folder: str, limits: Limits, crop: Box | None = None
) -> None:
    from ingest.imaging.paper import Kind
    from ingest.stages.recognise import draw_page

    draw_page(path, form, number, Kind(kind), turned, folder, limits, crop)
