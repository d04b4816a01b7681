"""Scans know what their name says by the profile of their folder."""

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_columns(tables.scan, "named")
