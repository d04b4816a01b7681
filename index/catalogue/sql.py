"""Decides where a transaction begins and ends, and hands out the books inside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine

from index.catalogue.arrangement import ArrangementBook
from index.catalogue.batches import BatchBook
from index.catalogue.cards import CardBook
from index.catalogue.classes import ClassBook
from index.catalogue.codes import CodeBook
from index.catalogue.completeness import CompletionBook
from index.catalogue.engine import open_engine, said_plainly
from index.catalogue.files import FileBook
from index.catalogue.fonds import FondsBook
from index.catalogue.imports import ImportBook, IncomingBook
from index.catalogue.items import ItemBook
from index.catalogue.journal import JournalBook
from index.catalogue.listings import ListingBook
from index.catalogue.migrate import bring_up_to_date
from index.catalogue.pages import PageBook
from index.catalogue.particulars import ParticularBook
from index.catalogue.people import PeopleBook, SessionBook
from index.catalogue.places import PlaceBook
from index.catalogue.proofs import ProofBook
from index.catalogue.quality import QualityBook
from index.catalogue.relations import ProposalBook, RelationBook
from index.catalogue.rereadings import RereadBook
from index.catalogue.saved import ArrivalBook, SavedSearchBook
from index.catalogue.scans import RunBook, ScanBook, VersionBook
from index.catalogue.volumes import ContentsBook, VolumeBook
from index.ports import Clock


@dataclass(frozen=True)
class SqlWork:
    """The books over one connection, in one transaction."""

    fonds: FondsBook
    scans: ScanBook
    runs: RunBook
    versions: VersionBook
    items: ItemBook
    files: FileBook
    pages: PageBook
    batches: BatchBook
    arrangement: ArrangementBook
    people: PeopleBook
    sessions: SessionBook
    journal: JournalBook
    listings: ListingBook
    proofs: ProofBook
    quality: QualityBook
    rereadings: RereadBook
    cards: CardBook
    saved: SavedSearchBook
    arrivals: ArrivalBook
    completions: CompletionBook
    particulars: ParticularBook
    imports: ImportBook
    incoming: IncomingBook
    relations: RelationBook
    proposals: ProposalBook
    codes: CodeBook
    classes: ClassBook
    volumes: VolumeBook
    contents: ContentsBook
    places: PlaceBook


class SqlCatalogue:
    """The catalogue in SQLite. Raises Busy and DiskFull for what may pass."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    @cached_property
    def _engine(self) -> Engine:
        return open_engine(self._path)

    def migrate(self) -> None:
        """Make or bring up to date the tables; nothing is done when they are. The file is its owner's alone."""
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        bring_up_to_date(self._engine)

    @contextmanager
    def reading(self) -> Iterator[SqlWork]:
        with said_plainly(), self._engine.connect() as connection:
            yield self._work(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlWork]:
        with said_plainly(), self._engine.execution_options(writes=True).begin() as connection:
            yield self._work(connection)

    def backup(self, target: Path) -> None:
        """A consistent copy while others write, by SQLite's backup API (never by copying the file)."""
        with sqlite3.connect(self._path) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        copy.close()
        source.close()

    def close(self) -> None:
        self._engine.dispose()

    def _work(self, sql: Connection) -> SqlWork:
        return SqlWork(
            FondsBook(sql),
            ScanBook(sql),
            RunBook(sql),
            VersionBook(sql),
            ItemBook(sql),
            FileBook(sql),
            PageBook(sql),
            BatchBook(sql),
            ArrangementBook(sql),
            PeopleBook(sql),
            SessionBook(sql),
            JournalBook(sql, self._clock),
            ListingBook(sql),
            ProofBook(sql),
            QualityBook(sql),
            RereadBook(sql),
            CardBook(sql),
            SavedSearchBook(sql),
            ArrivalBook(sql),
            CompletionBook(sql),
            ParticularBook(sql),
            ImportBook(sql),
            IncomingBook(sql),
            RelationBook(sql),
            ProposalBook(sql),
            CodeBook(sql),
            ClassBook(sql),
            VolumeBook(sql),
            ContentsBook(sql, self._clock),
            PlaceBook(sql),
        )
