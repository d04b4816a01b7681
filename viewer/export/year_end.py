"""Decides how the catalogues of year-end are asked for: which kind, of what, in which format; each is journalled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.wiring import Home
from index.domain.access import Permit
from index.domain.arranging.volumes import Kind
from index.domain.errors import Missing, WrongUse
from index.domain.people import OPERATOR
from index.ports import Progress, Work
from viewer.export import contents_list, file_catalogue, full_catalogue, note_sheet, renumbering_map
from viewer.export.catalogue import Catalogue
from viewer.export.exporting import FORMATS
from viewer.export.holders import Bounds, Holder, holders


@dataclass(frozen=True, slots=True)
class Asked:
    """What is exported, for whom."""

    bounds: Bounds
    permit: Permit
    progress: Progress


Collect = Callable[[Home, Work, Asked], Catalogue]


def _of_files(make: Callable[..., Catalogue]) -> Collect:
    return lambda home, work, asked: make(_holders(home, work, asked, (Kind.VOLUME,)))


def _contents(home: Home, work: Work, asked: Asked) -> Catalogue:
    """A box has a list only when it is asked for by name: in a by-item room 归档文件目录 is its catalogue."""
    kinds = tuple(Kind) if asked.bounds.holder else (Kind.VOLUME,)
    return contents_list.catalogue(_holders(home, work, asked, kinds))


def _notes(kind: Kind) -> Collect:
    return lambda home, work, asked: note_sheet.catalogue(_holders(home, work, asked, (kind,)), kind)


def _mapping(home: Home, work: Work, asked: Asked) -> Catalogue:
    fonds = work.fonds.by_code(asked.bounds.fonds) if asked.bounds.fonds else None
    done = work.codes.noted(fonds.id if fonds else "")
    chosen = [one for one in done if asked.bounds.holder in ("", one.id)]
    return renumbering_map.catalogue(work, asked.permit, chosen)


KINDS: Mapping[str, Collect] = {
    "file-catalogue": _of_files(file_catalogue.catalogue),
    "contents-list": _contents,
    "full-catalogue": _of_files(full_catalogue.catalogue),
    "note-sheet": _notes(Kind.VOLUME),
    "box-note-sheet": _notes(Kind.BOX),
    "renumbering": _mapping,
}


def collect(home: Home, kind: str, asked: Asked, format: str, actor: str) -> Catalogue:
    """The catalogue as things stand, its taking journalled. Raises WrongUse("bad-value"), Missing."""
    if kind not in KINDS:
        raise WrongUse("bad-value", field="kind", value=kind, hint=", ".join(KINDS))
    with home.catalogue.reading() as work:
        if asked.bounds.fonds and work.fonds.by_code(asked.bounds.fonds) is None:
            raise Missing("no-such-fonds", fonds=asked.bounds.fonds)
        made = KINDS[kind](home, work, asked)
    if asked.bounds.holder and not made.booklets:
        raise Missing("no-such-volume", volume=asked.bounds.holder)
    bounds = {name: value for name in Bounds.__slots__ if (value := getattr(asked.bounds, name))}
    with home.catalogue.writing() as work:
        work.journal.write(
            actor, "exported", kind, format=format, rows=made.size, booklets=len(made.booklets), **bounds
        )
    return made


def export(home: Home, kind: str, asked: Asked, format: str, out_path: Path, actor: str = OPERATOR) -> int:
    """Write one of `KINDS` and return how many rows it has."""
    if format not in FORMATS:
        raise WrongUse("bad-value", field="format", value=format, hint="、".join(FORMATS))
    made = collect(home, kind, asked, format, actor)
    FORMATS[format](made, out_path, asked.progress)
    return made.size


def _holders(home: Home, work: Work, asked: Asked, kinds: tuple[Kind, ...]) -> list[Holder]:
    return holders(work, asked.permit, home.packs_by_id, asked.bounds, kinds, asked.progress)
