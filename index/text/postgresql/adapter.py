"""Decides how the TextIndex port is kept by PostgreSQL, in a schema of its own of the database that the room names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, errors, sql

from index.ports import Found, PageText, Progress, Search
from index.text.batching import batches
from index.text.postgresql import table
from index.text.postgresql.answer import asked, found
from index.text.postgresql.connections import Connections
from index.text.postgresql.table import SCHEMA, named

_LIVE, _FRESH = "pages", "fresh"
#: Any number: who holds this advisory lock of the database is the one writer.
_WRITER = 0x6D756E69
_BATCH = 1_000
_TIDYING = """
    SELECT sum(gin_clean_pending_list(indexrelid)) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'gin' AND indrelid = to_regclass(%s)
"""


class PostgresIndex:
    """The TextIndex at `address` (postgresql://user@host/database). Safe for threads and for many processes.

    `patience` is how many seconds a second writer waits before Conflict("second-writer"), `deadline` how many the
    server looks for an answer; then it is empty and says that it was cut short. A server that does not answer raises
    Passing("index-unreachable").
    """

    def __init__(self, address: str, password: str = "", patience: float = 5.0, deadline: float = 10.0) -> None:
        self._connections = Connections(address, password)
        self._patience = patience
        self._deadline = deadline
        self._is_made = False

    def add(self, pages: Sequence[PageText]) -> None:
        if pages:
            with self._writing() as connection:
                _put(connection, _LIVE, pages)

    def remove(self, page_ids: Collection[str]) -> None:
        if page_ids:
            with self._writing() as connection:
                _forget(connection, _LIVE, page_ids)

    def search(self, search: Search) -> Found:
        if search.permit.nothing:
            return Found(0, (), {facet.value: {} for facet in search.facets})
        allowed = _milliseconds(self._deadline * search.share)
        try:
            with self._reading() as connection:
                connection.execute("SELECT set_config('statement_timeout', %s, true)", [allowed])
                return found(connection.execute(asked(search, _LIVE)).fetchall(), search)
        except errors.QueryCanceled:
            return Found(0, (), {facet.value: {} for facet in search.facets}, cut_short=True)

    def versions(self) -> Mapping[str, int]:
        return dict(self._told(sql.SQL("SELECT page_id, version FROM {}").format(named(_LIVE))))

    def size(self) -> int:
        [(count,)] = self._told(sql.SQL("SELECT count(*) FROM {}").format(named(_LIVE)))
        return int(count)

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """A fresh table in one transaction: readers keep the old one until it takes its place; a kill leaves none."""
        of = len(pages) if isinstance(pages, Sequence) else 0
        done = 0
        with self._writing() as connection:
            connection.execute(table.made(_FRESH))
            for batch in batches(pages, _BATCH):
                _put(connection, _FRESH, batch)
                done += len(batch)
                progress(done, of)
            connection.execute(table.indexed(_FRESH))
            connection.execute(sql.SQL("DROP TABLE {}").format(named(_LIVE)))
            connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(named(_FRESH), sql.Identifier(_LIVE)))
            connection.execute(sql.SQL("ANALYZE {}").format(named(_LIVE)))
            [(held,)] = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(named(_LIVE)))
        return int(held)

    def check(self) -> Sequence[str]:
        """Rows that somebody changed, and a missing index."""
        return [f"page {page_id} was changed in the database" for (page_id,) in self._told(table.changed(_LIVE))]

    def tidy(self) -> bool:
        """Sort what came in lately into the index of pairs."""
        with self._reading() as connection:
            [(sorted_in,)] = connection.execute(_TIDYING, [f"{SCHEMA}.{_LIVE}"])
        return bool(sorted_in)

    def close(self) -> None:
        self._connections.close()

    def _told(self, statement: sql.Composed) -> list[Any]:
        with self._reading() as connection:
            return connection.execute(statement).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[Connection[Any]]:
        if not self._is_made:
            self._make()
        with self._connections.transaction() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection[Any]]:
        """The one writer's transaction; its lock ends with it, however it ends."""
        self._make()
        with self._connections.transaction() as connection:
            self._lock(connection)
            yield connection

    def _lock(self, connection: Connection[Any]) -> None:
        """Wait for whoever writes, but not for ever."""
        connection.execute("SELECT set_config('lock_timeout', %s, true)", [_milliseconds(self._patience)])
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITER])

    def _make(self) -> None:
        """Make the table where there is none, seen by all at once; nobody waits for a writer where there is one."""
        with self._connections.transaction() as connection:
            if not _is_there(connection):
                self._lock(connection)
                _begin(connection)
        self._is_made = True


def _milliseconds(seconds: float) -> str:
    return f"{round(seconds * 1000) or 1}ms"


def _is_there(connection: Connection[Any]) -> bool:
    [(live,)] = connection.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.{_LIVE}"])
    return live is not None


def _begin(connection: Connection[Any]) -> None:
    """An empty table, unless somebody made it while this one waited."""
    if not _is_there(connection):
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
        connection.execute(table.made(_LIVE))
        connection.execute(table.indexed(_LIVE))


def _forget(connection: Connection[Any], where: str, page_ids: Collection[str]) -> None:
    forget = sql.SQL("DELETE FROM {} WHERE page_id = ANY(%s)").format(named(where))
    connection.execute(forget, [list(page_ids)])


def _put(connection: Connection[Any], into: str, pages: Sequence[PageText]) -> None:
    """Hold these pages instead of those of the same ids."""
    _forget(connection, into, [page.page_id for page in pages])
    with connection.cursor() as cursor, cursor.copy(table.copied(into)) as copy:
        for row in table.rows(pages):
            copy.write_row(row)
