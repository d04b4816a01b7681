"""Decides what a reader has open: the volumes of the valid edition, opened when asked for and kept while they last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from index.domain.errors import Passing
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.editions.proving import Prover
from index.text.stock.volume import Volume


@dataclass(frozen=True, slots=True)
class Standing:
    """A volume as of one commit: `gone` are the numbers of its deleted pages."""

    volume: Volume
    gone: frozenset[int]


class Shelf:
    """The readers of one process, shared by its threads under the adapter's lock."""

    def __init__(self, root: Path, prover: Prover) -> None:
        self._root = root
        self._prover = prover
        self._spoilt: set[str] = set()
        self._mark: tuple[int, int] | None = None
        self._standing: tuple[Standing, ...] = ()

    def standing(self) -> tuple[Standing, ...]:
        """The volumes of the last commit of any process; raises Passing("index-damaged")."""
        mark = edition.mark(self._root)
        while mark != self._mark or self._spoilt or (mark is None and edition.is_lost(self._root)):
            try:
                self._turn_to(mark)
            except Passing:
                now = edition.mark(self._root)
                if now == mark:
                    raise
                mark = now
        return self._standing

    def close(self) -> None:
        self._keep(())
        self._mark = None

    def _turn_to(self, mark: tuple[int, int] | None) -> None:
        with ToldAsDamage():
            sealed = edition.current(self._root)
        if sealed is None or not edition.is_whole(self._root, sealed):
            raise Passing("index-damaged")
        with ToldAsDamage():
            self._keep(self._opened(self._root / sealed.edition, sealed) if sealed.edition else ())
        self._mark = mark

    def _opened(self, folder: Path, sealed: edition.Seal) -> tuple[Standing, ...]:
        table = edition.contents_of(folder, sealed.contents)
        storage = FileStorage(str(folder))
        kept = {standing.volume.name: standing.volume for standing in self._standing}
        self._spoilt.intersection_update(segment.segment_id() for segment in table.segments)
        if self._spoilt:
            raise Passing("index-damaged")

        def volume(segment: Any) -> Volume:
            name = segment.segment_id()
            return kept.get(name) or Volume(self._believed(storage, name, sealed), table.schema, segment)

        return tuple(Standing(volume(segment), frozenset(segment.deleted_docs())) for segment in table.segments)

    def _believed(self, storage: FileStorage, name: str, sealed: edition.Seal) -> FileStorage:
        """Once every file of this segment may be read; raises Passing("index-damaged")."""
        for file in sealed.files:
            path = Path(storage.folder) / file
            if file.startswith(f"{name}.") and not self._prover.believes(path, sealed, lambda: self._spoilt.add(name)):
                raise Passing("index-damaged")
        return storage

    def _keep(self, standing: tuple[Standing, ...]) -> None:
        names = {one.volume.name for one in standing}
        for old in self._standing:
            if old.volume.name not in names:
                old.volume.close()
        self._standing = standing
