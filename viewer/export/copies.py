"""Decides how copies of one item are taken from the command line: the searchable PDF, made and waited for, or the text.

The PDF is a worker's work; where none runs, one is started for as long as it takes.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from config.supervising import own_command, running
from config.wiring import Home
from index.custody.copies import copy_of
from index.domain.access import Permit
from index.domain.errors import EngineFailed, sentence
from index.domain.holdings import Item, Page
from viewer.attaching import file_name
from viewer.export import alto, hocr
from viewer.export.transcript import Transcript, transcript_of
from viewer.reading import readable

#: How often it is looked whether the PDF is there; seconds.
LOOK = 0.25


def export_copy(home: Home, permit: Permit, kind: str, asked: str, out: Path, language: str) -> Item:
    """Write a copy of the item `asked` for (id or reference code) to `out`, and return the item.

    `kind` is one of KINDS. ALTO goes into a folder, a file a page, or into a ZIP where `out` ends so.
    Raises Missing("no-such-item"), EngineFailed("copy-failed").
    """
    with home.catalogue.reading() as work:
        item = readable(work, permit, asked)
        pages = work.pages.of_item(item.id)
    KINDS[kind](home, item, pages, out, language)
    return item


def _access_copy(home: Home, item: Item, pages: Sequence[Page], out: Path, language: str) -> None:
    with nullcontext() if _somebody_works(home) else running(own_command("work", home, "--workers", "1")):
        made = _waited_for(home, item.id, language)
    _written(out, lambda draft: shutil.copyfile(made, draft))


def _somebody_works(home: Home) -> bool:
    """Whether a worker lives; one that was killed is forgotten first."""
    home.jobs.free()
    return any(one["kind"] == "worker" for one in home.jobs.workers())


def _waited_for(home: Home, item_id: str, language: str) -> Path:
    """The copy of the item as it stands when the copy is there: it may change while one waits."""
    while True:
        with home.catalogue.reading() as work:
            copy = copy_of(home.derived(item_id), work.items.get(item_id), work.pages.of_item(item_id))
        if copy.pdf.is_file():
            return copy.pdf
        if refused := copy.refused():
            raise EngineFailed("copy-failed", reason=sentence(refused.code, language, **refused.details))
        home.jobs.remind("copy", item_id)
        time.sleep(LOOK)


def _alto(home: Home, item: Item, pages: Sequence[Page], out: Path, language: str) -> None:
    if out.suffix.lower() == ".zip":
        _written(out, lambda draft: _zipped(home, item, pages, draft))
        return
    out.mkdir(exist_ok=True)
    for one in _transcripts(home, pages):
        (out / file_name(item, ".xml", one.page.number)).write_bytes(alto.write(one))


def _zipped(home: Home, item: Item, pages: Sequence[Page], draft: Path) -> None:
    with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
        for one in _transcripts(home, pages):
            archive.writestr(file_name(item, ".xml", one.page.number), alto.write(one))


def _hocr(home: Home, item: Item, pages: Sequence[Page], out: Path, language: str) -> None:
    told = hocr.write(item.title or item.reference_code, _transcripts(home, pages))
    _written(out, lambda draft: _filled(draft, told))


def _filled(draft: Path, pieces: Iterator[bytes]) -> None:
    with draft.open("wb") as file:
        file.writelines(pieces)


def _transcripts(home: Home, pages: Sequence[Page]) -> Iterator[Transcript]:
    for page in pages:
        with home.catalogue.reading() as work:
            one = transcript_of(work, page)
        yield one


def _written(out: Path, write: Callable[[Path], object]) -> None:
    """Whole or not at all."""
    draft = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        write(draft)
        os.replace(draft, out)
    finally:
        draft.unlink(missing_ok=True)


KINDS: Mapping[str, Callable[[Home, Item, Sequence[Page], Path, str], None]] = {
    "access-copy": _access_copy,
    "alto": _alto,
    "hocr": _hocr,
}
