"""People say of a checklist's slot that it is waived or there, and of a condition whether it holds."""

from index.catalogue import tables
from index.catalogue.migrations.adding import add_table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (tables.slot_word, tables.circumstance):
        add_table(table)
