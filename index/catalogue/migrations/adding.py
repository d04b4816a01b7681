"""Decides how a revision adds to a catalogue that may have today's shape already: only what is not there."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Table, inspect


def add_columns(table: Table, *names: str) -> None:
    """Add these columns of `table`, as it is today, where they are missing."""
    known = {column["name"] for column in inspect(op.get_bind()).get_columns(table.name)}
    for name in names:
        if name not in known:
            column = table.columns[name]
            plain = Column(name, column.type, nullable=column.nullable, server_default=column.server_default)
            op.add_column(table.name, plain)


def add_table(table: Table) -> None:
    """Create `table` with its indexes where it is missing."""
    table.create(op.get_bind(), checkfirst=True)
