"""Decides how catalogues and batch sheets leave through the browser: as a file, or as a page made for printing.

It holds what the reader may read and nothing else, and that it was taken is journalled (Act.EXPORT).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import Response

from index.domain.access import Act
from index.ports import Selection
from viewer import frame
from viewer.export.batch_sheet import export_batch_sheet
from viewer.export.exporting import FORMATS, MEDIA_TYPES, export_item_catalogue, read_item_catalogue, select
from viewer.export.holders import Bounds
from viewer.export.item_catalogue import TITLE
from viewer.export.year_end import Asked, collect
from viewer.export.year_end import export as write
from viewer.pages.arrangement import Place
from viewer.visit import Here, Visit
from viewer.words.terms import term


def export(
    visit: Here,
    fonds: str = "",
    year: str = "",
    series: str = "",
    retention: str = "",
    q: str = Query("", max_length=200),
    format: str = "xlsx",
) -> Response:
    """归档文件目录 of a fonds, year, series, retention period or search. Raises WrongUse("bad-value"), Missing."""
    selection = select(visit.home, visit.permit, fonds, year, series, retention, q)
    if format == "print":
        catalogue = read_item_catalogue(visit.home, selection, format, _silent, visit.who.name)
        return frame.show(visit, "catalogue_print.html", catalogue=catalogue, kind="item-catalogue", back="/browse")
    name = "-".join(part for part in (TITLE, fonds, year, series) if part)
    return _file(visit, selection, format, f"{name}.{format}")


def year_end(
    visit: Here,
    kind: str,
    fonds: str = "",
    series: str = "",
    year: str = "",
    volume: str = "",
    format: str = "xlsx",
) -> Response:
    """案卷目录, 卷内文件目录, 全引目录 and what else lies in `KINDS`. Raises WrongUse("bad-value"), Missing."""
    asked = Asked(Bounds(fonds, series, year, volume), visit.permit, _silent)
    if format == "print":
        made = collect(visit.home, kind, asked, format, visit.who.name)
        back = "/browse" if not visit.may(Act.REVIEW) else Place(fonds, year, series).address()
        return frame.show(visit, "catalogue_print.html", catalogue=made, kind=kind, back=back)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue"
        write(visit.home, kind, asked, format, path, visit.who.name)
        body = path.read_bytes()
    name = "-".join(part for part in (visit.say(term("export", kind)), fonds, series, year) if part)
    return _attached(body, format, f"{kind}.{format}", f"{name}.{format}")


def batch_sheet(visit: Here, batch_id: str, format: str = "pdf") -> Response:
    """批次质检单 of one batch. Raises WrongUse("bad-value"), Missing("no-such-batch")."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        sheet = export_batch_sheet(visit.home, batch_id, format, path, _silent, visit.who.name, visit.language)
        body = path.read_bytes()
    name = f"{visit.say('Batch sheet')}-{sheet.batch.code}.{format}"
    return _attached(body, format, f"batch-sheet-{sheet.batch.code}.{format}", name)


def _file(visit: Visit, selection: Selection, format: str, name: str) -> Response:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue"
        export_item_catalogue(visit.home, selection, format, path, _silent, visit.who.name)
        body = path.read_bytes()
    return _attached(body, format, f"item-catalogue.{format if format in FORMATS else 'bin'}", name)


def _attached(body: bytes, format: str, plain: str, name: str) -> Response:
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(body, media_type=MEDIA_TYPES[format], headers={"Content-Disposition": disposition})


def _silent(done: int, of: int) -> None:
    """A browser shows its own progress."""
