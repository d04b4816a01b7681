"""People save searches and are told of new pages, and hits show fair copies of pages that were corrected.

What the index holds by now is new to nobody.
"""

from alembic import op

from index.catalogue import tables
from index.catalogue.migrations.adding import add_table
from index.catalogue.proofs import ProofBook
from index.catalogue.saved import ArrivalBook

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (tables.saved_search, tables.arrival, tables.fair_copy):
        add_table(table)
    connection = op.get_bind()
    held = connection.exec_driver_sql("SELECT id FROM page WHERE indexed_version > 0 ORDER BY id").scalars().all()
    ArrivalBook(connection).note(held)
    proofs = ProofBook(connection)
    for page_id in connection.exec_driver_sql("SELECT DISTINCT page_id FROM correction").scalars().all():
        proofs.copy_fair(page_id)
