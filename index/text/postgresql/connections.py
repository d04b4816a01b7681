"""Decides how many connections a process has to the database, and what is said when there is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psycopg
from psycopg import Connection, errors

from index.domain.errors import Conflict, Passing

#: So many threads search at once in one process; others wait.
_MOST = 4


class Connections:
    """Connections to one database, opened when needed and kept."""

    def __init__(self, address: str, password: str) -> None:
        self._address, self._password = address, password
        self._idle: list[Connection[Any]] = []
        self._room = threading.Semaphore(_MOST)

    @contextmanager
    def transaction(self) -> Iterator[Connection[Any]]:
        """One transaction, undone when anything is raised.

        Raises Passing("index-unreachable"), Passing("index-damaged"), Conflict("second-writer"), and QueryCanceled
        where a statement took longer than it was given.
        """
        with self._room, _told_plainly(), ExitStack() as failing:
            connection = self._taken()
            failing.callback(connection.close)
            with connection.transaction():
                yield connection
            failing.pop_all()
            self._idle.append(connection)

    def _taken(self) -> Connection[Any]:
        with suppress(IndexError):
            while (kept := self._idle.pop()).closed or kept.broken:
                kept.close()
            return kept
        return psycopg.connect(
            self._address, password=self._password or None, autocommit=True, connect_timeout=5, client_encoding="UTF8"
        )

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except errors.QueryCanceled:
        raise
    except errors.LockNotAvailable as error:
        raise Conflict("second-writer") from error
    except (errors.UndefinedTable, errors.UndefinedColumn, errors.DataCorrupted, errors.IndexCorrupted) as error:
        raise Passing("index-damaged") from error
    except (psycopg.OperationalError, errors.InsufficientPrivilege, errors.UntranslatableCharacter) as error:
        raise Passing("index-unreachable", problem=str(error).strip()[:200]) from error
