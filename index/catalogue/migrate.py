"""Decides how an older catalogue becomes today's: Alembic's revisions beside this file, run at opening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from index.domain.errors import Conflict

#: The newest revision; a test holds it equal to Alembic's own head, so that looking needs no Alembic.
HEAD = "0013"


def bring_up_to_date(engine: Engine) -> None:
    """Run what is missing, in one transaction."""
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    writing = engine.execution_options(writes=True)
    with writing.connect() as connection, _without_references(connection), connection.begin():
        _upgrade(connection)
        _check_references(connection)


@contextmanager
def _without_references(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and may not drop what others refer to; no transaction may be open."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Nothing may refer to a row that is not there any more."""
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if loose:
        raise Conflict("damaged-catalogue", problem=f"foreign keys: {[tuple(row) for row in loose[:5]]}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    # Imported where it is needed: every process of a home opens the catalogue, hardly one changes its shape.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
