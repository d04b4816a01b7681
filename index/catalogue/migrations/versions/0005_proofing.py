"""People correct what was read, samples are drawn, pages are read again."""

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns, add_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_columns(tables.page, "doubtful")
    for table in (tables.correction, tables.proof, tables.sample, tables.rereading, tables.reread_page):
        add_table(table)
