"""Decides how a connection behaves: WAL, full sync, foreign keys, and writers that say so from the start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import ConnectionPoolEntry

from index.domain.errors import Busy, DiskFull, MunimentError

#: Waiting for another writer; every write is one short transaction, so this is never reached in health.
BUSY_MILLISECONDS = 10_000


def open_engine(path: Path, *, synchronous: str = "FULL") -> Engine:
    """An engine over the SQLite file. Made once in each process, after the fork."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _settings(synchronous))
    event.listen(engine, "begin", _begin)
    return engine


def _settings(synchronous: str) -> Any:
    def apply(connection: Any, _: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling is switched off: it would begin too late, and deferred.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return apply


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once with SQLITE_BUSY when another wrote meanwhile.
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def said_plainly() -> Iterator[None]:
    """SQLite's two passing troubles under our own names; to wait in vain for a connection is to be busy too."""
    try:
        yield
    except OperationalError as error:
        raise _named(error) from error
    except NoConnection as error:
        raise Busy("busy") from error


def _named(error: OperationalError) -> MunimentError | OperationalError:
    words = str(error.orig)
    if "locked" in words or "busy" in words:
        return Busy("busy")
    if "disk" in words or "full" in words:
        return DiskFull("disk-full")
    return error
