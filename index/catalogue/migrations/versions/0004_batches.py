"""Batches with their marks; a scan knows its batch. What was captured before belongs to none."""

from alembic import op
from sqlalchemy import inspect

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns, add_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_table(tables.batch)
    add_table(tables.batch_mark)
    add_columns(tables.scan, "batch_id")
    if "scan_batch" not in {one["name"] for one in inspect(op.get_bind()).get_indexes("scan")}:
        op.create_index("scan_batch", "scan", ["batch_id"])
