"""Decides how the journal is kept: append-only, each entry sealed with the hash of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, insert, select

from index.catalogue import tables
from index.domain.events import FIRST, Event, sealed
from index.ports import Clock

_event = tables.event.c


class JournalBook:
    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._sql = connection
        self._clock = clock

    def write(self, actor: str, verb: str, target: str, **details: object) -> None:
        head = self._sql.execute(select(_event.seq, _event.hash).order_by(_event.seq.desc()).limit(1)).first()
        seq, before = (head.seq + 1, head.hash) if head else (1, FIRST)
        event = Event(seq, self._clock.now(), actor, verb, target, details, before)
        event = replace(event, hash=sealed(event))
        self._sql.execute(insert(tables.event).values({c.name: getattr(event, c.name) for c in tables.event.columns}))

    def of(self, target: str) -> Sequence[Event]:
        query = select(tables.event).where(_event.target == target).order_by(_event.seq)
        return [_read(row) for row in self._sql.execute(query)]

    def all(self) -> Iterable[Event]:
        query = select(tables.event).order_by(_event.seq).execution_options(yield_per=1000)
        return (_read(row) for row in self._sql.execute(query))


def _read(row: Row[tuple[object, ...]]) -> Event:
    return Event(**dict(row._mapping))
