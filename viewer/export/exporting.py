"""Decides how an export is asked for: the selection read in one snapshot, written in one format, and journalled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.wiring import Home
from index.domain.access import Permit
from index.domain.errors import Missing, Passing, WrongUse
from index.domain.people import OPERATOR
from index.ports import Progress, Search, Selection
from viewer import querying
from viewer.export import csv, item_catalogue, pdf, xlsx
from viewer.export.catalogue import Catalogue, Writer
from viewer.without_index import answered

FORMATS: dict[str, Writer] = {"xlsx": xlsx.write, "csv": csv.write, "pdf": pdf.write}

EVERY_HIT = 1_000_000_000
"""More pages than a room holds: a catalogue that leaves some out in silence is wrong."""

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def export_item_catalogue(
    home: Home, selection: Selection, format: str, out_path: Path, progress: Progress, actor: str = OPERATOR
) -> int:
    """Write the catalogue of filed items and return how many it lists. Raises WrongUse("bad-value"), Missing.

    Progress runs over the items twice: once as they are read, once as they are written.
    """
    if format not in FORMATS:
        raise WrongUse("bad-value", field="format", value=format, hint="、".join(FORMATS))
    catalogue = read_item_catalogue(home, selection, format, progress, actor)
    FORMATS[format](catalogue, out_path, progress)
    return catalogue.size


def select(
    home: Home, permit: Permit, fonds: str = "", year: str = "", series: str = "", retention: str = "", query: str = ""
) -> Selection:
    """What an export covers, by the codes a person knows; a query narrows it to the items that it finds.

    Raises Missing("no-such-fonds"), WrongUse("export-not-whole").
    """
    with home.catalogue.reading() as work:
        found = work.fonds.by_code(fonds) if fonds else None
    if fonds and found is None:
        raise Missing("no-such-fonds", fonds=fonds)
    bounds = Selection(permit, found.id if found else "", series=series, year=year, retention=retention)
    return _narrowed(home, bounds, query.strip()) if query.strip() else bounds


def _narrowed(home: Home, bounds: Selection, query: str) -> Selection:
    """By the index; while that is away, by the descriptions in the catalogue, as search does."""
    search = Search(querying.query(home, query), bounds.permit, facets=(), limit=EVERY_HIT)
    with home.catalogue.reading() as work:
        try:
            found = home.text.search(search)
        except Passing:
            found = answered(work, search)
    if found.missing or found.cut_short:
        raise WrongUse("export-not-whole")
    return replace(bounds, item_ids=tuple(dict.fromkeys(hit.item_id for hit in found.hits)))


def read_item_catalogue(home: Home, selection: Selection, format: str, progress: Progress, actor: str) -> Catalogue:
    """The catalogue as it stands now; that `actor` took it out is journalled before anybody sees it."""
    with home.catalogue.reading() as work:
        counted = home.settings.pages.count_blank
        catalogue = item_catalogue.collect(work, selection, home.packs_by_id, progress, count_blank=counted)
    with home.catalogue.writing() as work:
        work.journal.write(actor, "exported", "item-catalogue", **_what(catalogue, selection, format))
    return catalogue


def _what(catalogue: Catalogue, selection: Selection, format: str) -> dict[str, object]:
    """Which part of the room left it, and in what: never the titles themselves."""
    chosen = {"fonds": selection.fonds_id, "series": selection.series, "year": selection.year}
    bounds = {name: value for name, value in chosen.items() if value}
    return {"format": format, "items": catalogue.size, "booklets": len(catalogue.booklets), **bounds}
