"""Rooms bring the lists that they kept in spreadsheets, and the register of what they received."""

from index.catalogue import import_tables
from index.catalogue.migrations.adding import add_table

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (import_tables.import_, import_tables.import_row, import_tables.incoming):
        add_table(table)
