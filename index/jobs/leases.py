"""Decides who holds which message: a row a message, claimed under a lease, freed when its holder is gone.

The ledger in the catalogue says what is due; these rows only say what has been asked for. Losing this file loses
no work (the sweep asks again), so it is kept apart from the catalogue and synced less strictly.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import psutil
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from index.catalogue.engine import open_engine, said_plainly
from index.jobs.bell import Bell

metadata = MetaData()

message = Table(
    "message",
    metadata,
    # The key is not the message's id: Retries enqueues the same id again before the first is acknowledged.
    Column("key", Integer, primary_key=True),
    Column("queue", String(32), nullable=False),
    Column("asks", String(160), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("due", Float, nullable=False),
    Column("owner", String(128)),
    Column("until", Float, nullable=False, default=0.0),
    Column("deliveries", Integer, nullable=False, default=0),
    Index("message_next", "queue", "due"),
    Index("message_asks", "asks"),
)

worker = Table(
    "worker",
    metadata,
    Column("owner", String(128), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("seen", Float, nullable=False),
    Column("doing", String(160), nullable=False),
)

#: A process whose start seems to have moved by less is the same one; seconds.
_CLOCK_SET = 3.0

_m = message.c
_w = worker.c


@dataclass(frozen=True, slots=True)
class Claim:
    """A message handed to a holder: `key` to give back, how often it was handed out already."""

    key: int
    body: bytes
    deliveries: int


def this_owner() -> str:
    """host:pid:start: a pid used again by another process is another owner."""
    return _owner(os.getpid())


@cache
def _owner(pid: int) -> str:
    # Asked once: the start is reckoned from the time of boot, which moves when the clock is set.
    return f"{os.uname().nodename}:{pid}:{int(psutil.Process(pid).create_time())}"


def is_gone(owner: str) -> bool:
    """Whether the process behind an owner of this host has ended; of other hosts nothing is known."""
    host, pid, start = owner.rsplit(":", 2)
    if host != os.uname().nodename:
        return False
    try:
        process = psutil.Process(int(pid))
        started: float = process.create_time()
        return abs(started - int(start)) > _CLOCK_SET or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Leases:
    """The messages of one home. `now` gives seconds since the epoch."""

    def __init__(self, path: Path, lease_seconds: float, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._seconds = lease_seconds
        self._now = now
        self.bell = Bell(path.with_suffix(".bell"))

    @cached_property
    def _engine(self) -> Engine:
        engine = open_engine(self._path, synchronous="NORMAL")
        metadata.create_all(engine.execution_options(writes=True))
        return engine

    def put(self, queue: str, asks: str, body: bytes, *, delay: float = 0.0, unless: str = "waiting") -> bool:
        """Add a message unless the same ask is already waiting (or, with "held", waiting or held)."""
        with self._writing() as sql:
            same = select(_m.key).where(_m.asks == asks)
            if unless == "waiting":
                same = same.where(_m.owner.is_(None))
            if unless and sql.execute(same.limit(1)).first():
                return False
            sql.execute(insert(message).values(queue=queue, asks=asks, body=body, due=self._now() + delay))
        self.bell.ring()
        return True

    def claim(self, queues: Sequence[str], owner: str) -> Claim | None:
        """The next message that is due and that nobody holds, for `owner`, under a lease."""
        if not self._anything_due(queues):
            return None
        with self._writing() as sql:
            row = sql.execute(self._due(queues)).first()
            if row is None:
                return None
            held = {"owner": owner, "until": self._now() + self._seconds, "deliveries": row.deliveries + 1}
            sql.execute(update(message).where(_m.key == row.key).values(held))
        return Claim(row.key, row.body, row.deliveries + 1)

    def done(self, key: int, owner: str) -> bool:
        """Take the message away, if `owner` still holds it: an answer that comes too late changes nothing."""
        with self._writing() as sql:
            return sql.execute(delete(message).where(_m.key == key, _m.owner == owner)).rowcount == 1

    def give_back(self, key: int, owner: str) -> None:
        """Let others have it, as if it had never been handed out."""
        back = {"owner": None, "until": 0.0, "deliveries": _m.deliveries - 1}
        with self._writing() as sql:
            sql.execute(update(message).where(_m.key == key, _m.owner == owner).values(back))
        self.bell.ring()

    def renew(self, owner: str, kind: str, doing: str) -> None:
        """The heartbeat: prolong every lease of `owner` and say what it is doing."""
        with self._writing() as sql:
            sql.execute(update(message).where(_m.owner == owner).values(until=self._now() + self._seconds))
            sql.execute(delete(worker).where(_w.owner == owner))
            sql.execute(insert(worker).values(owner=owner, kind=kind, seen=self._now(), doing=doing))

    def free(self, pid: int | None = None) -> int:
        """Free the leases of process `pid` of this host, or of all that are gone; returns how many."""
        owners = [owner for owner in self._owners() if _is_of(owner, pid) if pid is not None or is_gone(owner)]
        if not owners:
            return 0
        with self._writing() as sql:
            sql.execute(delete(worker).where(_w.owner.in_(owners)))
            freed = update(message).where(_m.owner.in_(owners)).values(owner=None, until=0.0)
            count = sql.execute(freed).rowcount
        self.bell.ring()
        return count

    def waiting(self) -> Mapping[str, int]:
        query = select(_m.queue, func.count()).group_by(_m.queue)
        with self._reading() as sql:
            return dict(sql.execute(query).all())

    def workers(self) -> Sequence[tuple[str, str, float, str]]:
        """(owner, kind, seen, doing) of every worker that has been heard of within a lease."""
        query = select(_w.owner, _w.kind, _w.seen, _w.doing).where(_w.seen > self._now() - self._seconds)
        with self._reading() as sql:
            return list(sql.execute(query.order_by(_w.owner)).all())

    def purge(self, queue: str = "") -> None:
        """Forget messages; the ledger is not touched, so what is due will be asked for again."""
        with self._writing() as sql:
            sql.execute(delete(message).where(_m.queue == queue) if queue else delete(message))

    def next_due(self, queues: Sequence[str]) -> float | None:
        """Seconds until the next message is due that nobody holds; None when there is none."""
        query = select(func.min(_m.due)).where(_m.queue.in_(queues), _m.owner.is_(None))
        with self._reading() as sql:
            due: float | None = sql.execute(query).scalar()
        return None if due is None else due - self._now()

    def _due(self, queues: Sequence[str]) -> Select[int, bytes, int]:
        free = or_(_m.owner.is_(None), _m.until < self._now())
        return (
            select(_m.key, _m.body, _m.deliveries)
            .where(_m.queue.in_(queues), _m.due <= self._now(), free)
            .order_by(_m.due, _m.key)
            .limit(1)
        )

    def _anything_due(self, queues: Sequence[str]) -> bool:
        """A look without the write lock: idle workers must not queue for it."""
        with self._reading() as sql:
            return sql.execute(self._due(queues)).first() is not None

    def _owners(self) -> set[str]:
        with self._reading() as sql:
            held = sql.execute(select(_m.owner).where(_m.owner.is_not(None)).distinct()).scalars()
            return {*held, *sql.execute(select(_w.owner)).scalars()}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with said_plainly(), self._engine.connect() as sql:
            yield sql

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with said_plainly(), self._engine.execution_options(writes=True).begin() as sql:
            yield sql


def _is_of(owner: str, pid: int | None) -> bool:
    host, owner_pid, _ = owner.rsplit(":", 2)
    return host == os.uname().nodename and pid in (None, int(owner_pid))
