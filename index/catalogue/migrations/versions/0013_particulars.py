"""Papers state what a subject's file says in its fields, and people enter it."""

from index.catalogue import tables
from index.catalogue.migrations.adding import add_table

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (tables.stated, tables.entered):
        add_table(table)
