"""Decides how imported lists and the incoming register lie in SQL; the other tables stand in `tables`."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from index.catalogue.tables import Moment, metadata

import_ = Table(
    "import",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("series", String(64), nullable=False),
    Column("folder", Text, nullable=False),
    Column("link", String(16), nullable=False),
    Column("headings", JSON, nullable=False),
    Column("columns", JSON, nullable=False),
)

import_row = Table(
    "import_row",
    metadata,
    Column("import_id", String(36), ForeignKey("import.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("cells", JSON, nullable=False),
    # The item, or the entry of the register, that it became; no foreign key, for it may be either.
    Column("target", String(36), nullable=False),
    Column("refused", JSON, nullable=False),
    Index("import_row_target", "target"),
)

incoming = Table(
    "incoming",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("receipt_number", String(64), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("sender", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("item_id", String(36), ForeignKey("item.id")),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", Moment),
    Index("incoming_number", "fonds_id", "year", "receipt_number", unique=True),
)
