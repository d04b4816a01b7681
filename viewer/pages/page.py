"""Decides which files leave the room: the picture of a page and its thumbnail for the screen, the master as a download.

Pictures come from what `render` made, never from a master; a master is never shown, only saved, as the bytes scanned.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi.responses import FileResponse, Response

from index.domain.errors import Missing
from index.domain.holdings import Item
from index.domain.scan import Scan
from viewer.attaching import attachment, file_name
from viewer.reading import check_whole, note_reading, note_taking, page_of, readable
from viewer.visit import Here, Visit

SUFFIXES = {
    "tiff": ".tif",
    "jpeg": ".jpg",
    "jpeg2000": ".jp2",
    "png": ".png",
    "webp": ".webp",
    "heic": ".heic",
    "avif": ".avif",
    "gif": ".gif",
    "bmp": ".bmp",
    "pdf": ".pdf",
    "ofd": ".ofd",
}


def image(visit: Here, page_id: str) -> Response:
    """The upright page as JPEG."""
    with visit.home.catalogue.reading() as work:
        item, page = page_of(work, visit.permit, page_id)
    note_reading(visit, item, page.number)
    return _picture(visit, page_id, "page.jpg")


def thumb(visit: Here, page_id: str) -> Response:
    """The small picture: too small to read, so not journalled."""
    with visit.home.catalogue.reading() as work:
        page_of(work, visit.permit, page_id)
    return _picture(visit, page_id, "thumb.jpg")


def master(visit: Here, item_id: str, scan_id: str) -> Response:
    """The scanned bytes of one scan of the item, as an attachment. Always journalled.

    A scan that separators divided holds other items too: only who may read all of them may take it away whole.
    """
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        scan = _scan_of(work.scans.of_item(item.id), scan_id)
        check_whole(work, visit.permit, scan.id)
    path = Path(visit.home.vault.path(str(scan.sha256)))
    note_taking(visit, item, "download", scan=scan.id, sha256=scan.sha256)
    return FileResponse(
        path, media_type="application/octet-stream", headers={"Content-Disposition": _attachment(item, scan)}
    )


def _picture(visit: Visit, page_id: str, name: str) -> Response:
    """A picture that was thrown away is drawn again: asked for here, there the next time somebody looks."""
    path = visit.home.derived(page_id) / name
    if not path.is_file():
        visit.home.jobs.ask("draw", page_id)
        raise Missing("no-page-image")
    return FileResponse(path, media_type="image/jpeg")


def _scan_of(scans: Sequence[Scan], scan_id: str) -> Scan:
    """The scan, if it is one of the item's and its bytes were kept."""
    for scan in scans:
        if scan.id == scan_id and scan.sha256:
            return scan
    raise Missing("no-such-scan")


def _attachment(item: Item, scan: Scan) -> str:
    """A name that says which record it is, and which of its scans."""
    number = f"-{scan.position}" if scan.position else ""
    return attachment(file_name(item, f"{number}{SUFFIXES.get(scan.format or '', '')}"))
