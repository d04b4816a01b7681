"""Decides how a connection behaves: WAL, full sync, foreign keys, and writers that say so from the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

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
