"""Decides how an older catalogue becomes today's: Alembic's revisions beside this file, run at opening."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

#: The newest revision; a test holds it equal to Alembic's own head, so that looking needs no Alembic.
HEAD = "0001"


def bring_up_to_date(engine: Engine) -> None:
    """Run what is missing, in one transaction."""
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with engine.execution_options(writes=True).begin() as connection:
        _upgrade(connection)


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
