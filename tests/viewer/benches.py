"""Decides which volumes lie on the workbench in tests: pages whose printed numbers and looks leave much to be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from config.wiring import Home
from index.domain.looks import Look
from tests.sheets import sheet, volume
from tests.viewer.seeding import COMPANY, SCHOOL, _item

#: Two fingerprints far from each other and from all others here.
TWIN, OTHER = "0f1e2d3c4b5a6978", "ffff0000ffff0000"


def odd_volume(home: Home, *, filed: bool = False, dpi: int = 50) -> str:
    """Seven pages: 1, 2 (two facing), 4 (3 lacks), 4 again, a blank one, 7 and 6 (in the wrong order)."""
    first, *rest = [sheet("minutes", 2), *volume(3, 2), sheet("prose", 6), sheet("prose", 7)]
    sheets = [replace(first, blocks=first.blocks[:4]), *(replace(one, blocks=one.blocks[:1]) for one in rest)]
    item_id = _item(home, SCHOOL, [*sheets[:4], *sheets[3:]], dpi, filed=filed)
    looks = [
        Look(printed="1"),
        Look(printed="2", spread=0.49),
        Look(printed="4", fingerprint=TWIN),
        Look(printed="4", fingerprint=TWIN),
        Look(fingerprint=OTHER),
        Look(printed="7"),
        Look(printed="6"),
    ]
    looked_at(home, item_id, looks, blank={5})
    return item_id


def looked_at(home: Home, item_id: str, looks: Sequence[Look], blank: set[int]) -> None:
    """Let the pages have these looks, and some of them nothing on them; the third and fourth read the same."""
    with home.catalogue.writing() as work:
        pages = work.pages.of_item(item_id)
        readings = [work.pages.reading(page.id) for page in pages]
        readings[3] = readings[2]
        for page, look, reading in zip(pages, looks, readings, strict=True):
            assert reading
            nothing = page.number in blank
            read = replace(reading, blank=True, text="", words=()) if nothing else reading
            work.pages.save(replace(page, look=look, key="seed"), read)


def loose_page(home: Home, seed: int = 9, dpi: int = 50) -> str:
    """An item of one page in review: a rescan that waits for its place."""
    return _item(home, SCHOOL, [sheet("plan", seed)], dpi, filed=False)


def foreign_page(home: Home, dpi: int = 50) -> str:
    """The same of another fonds."""
    return _item(home, COMPANY, [sheet("contract", 9)], dpi, filed=False)
