"""Decides how copies of an item leave through the browser: the searchable PDF, made when it is asked for, and the text.

Whoever may take the master may take these, and every taking is journalled. The web process makes no PDF: it asks the
workers for one, and says so on a page that looks again by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi.responses import FileResponse, Response, StreamingResponse

from index.custody.copies import AccessCopy, can_be_copied, copy_of
from index.domain.errors import EngineFailed, Missing, sentence
from index.domain.holdings import Item, Page
from viewer import frame
from viewer.attaching import attachment, file_name
from viewer.export import alto as in_alto
from viewer.export import hocr as in_hocr
from viewer.export.transcript import Transcript, transcript_of
from viewer.reading import note_taking, readable
from viewer.visit import Here, Visit

#: The page that waits looks again after so many seconds.
AGAIN = 2
_PIECE = 1 << 16


def pdf(visit: Here, item_id: str) -> Response:
    """The searchable PDF; until it is made, a page that waits for it. Raises EngineFailed("copy-failed")."""
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        pages = work.pages.of_item(item.id)
    copy = copy_of(visit.home.derived(item.id), item, pages)
    if copy.pdf.is_file():
        return _handed_out(visit, item, copy)
    if refused := copy.refused():
        raise EngineFailed("copy-failed", reason=sentence(refused.code, visit.language, **refused.details))
    if can_be_copied(pages):
        visit.home.jobs.remind("copy", item.id)
    shown = {"item": item, "unread": not can_be_copied(pages), "working": _somebody_works(visit)}
    return frame.show(visit, "copy_waiting.html", 202, again=AGAIN, **shown)


def _handed_out(visit: Visit, item: Item, copy: AccessCopy) -> Response:
    note_taking(visit, item, "download", form="pdf")
    headers = {"Content-Disposition": attachment(file_name(item, ".pdf"))}
    return FileResponse(copy.pdf, media_type="application/pdf", headers=headers)


def _somebody_works(visit: Visit) -> bool:
    return any(worker["kind"] == "worker" for worker in visit.home.jobs.workers())


def alto(visit: Here, item_id: str, number: int) -> Response:
    """The text of one page, with the place of every word, in ALTO."""
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        page = next((page for page in work.pages.of_item(item.id) if page.number == number), None)
        if page is None:
            raise Missing("no-such-page")
        told = in_alto.write(transcript_of(work, page))
    note_taking(visit, item, "download", form="alto", page=number)
    headers = {"Content-Disposition": attachment(file_name(item, ".xml", number))}
    return Response(told, media_type=in_alto.MEDIA_TYPE, headers=headers)


def all_alto(visit: Here, item_id: str) -> Response:
    """Every page's ALTO in a ZIP."""
    item, pages = _opened(visit, item_id)
    note_taking(visit, item, "download", form="alto")
    packed = TemporaryFile()  # noqa: SIM115 - closed when the last piece has left
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for one in _transcripts(visit, pages):
            archive.writestr(file_name(item, ".xml", one.page.number), in_alto.write(one))
    packed.seek(0)

    def pieces() -> Iterator[bytes]:
        with packed:
            while piece := packed.read(_PIECE):
                yield piece

    headers = {"Content-Disposition": attachment(file_name(item, "-alto.zip"))}
    return StreamingResponse(pieces(), media_type="application/zip", headers=headers)


def hocr(visit: Here, item_id: str) -> Response:
    """The text of the whole item in hOCR."""
    item, pages = _opened(visit, item_id)
    note_taking(visit, item, "download", form="hocr")
    told = in_hocr.write(item.title or item.reference_code, _transcripts(visit, pages))
    headers = {"Content-Disposition": attachment(file_name(item, ".hocr"))}
    return StreamingResponse(told, media_type=in_hocr.MEDIA_TYPE, headers=headers)


def _opened(visit: Visit, item_id: str) -> tuple[Item, list[Page]]:
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        return item, list(work.pages.of_item(item.id))


def _transcripts(visit: Visit, pages: list[Page]) -> Iterator[Transcript]:
    """One page after the other, each in a reading of its own: a volume takes minutes to be fetched."""
    for page in pages:
        with visit.home.catalogue.reading() as work:
            one = transcript_of(work, page)
        yield one
