"""People save searches and are told of new pages; what the index holds by now is new to nobody."""

from alembic import op

from index.catalogue import tables
from index.catalogue.migrations.adding import add_table
from index.catalogue.saved import ArrivalBook

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_table(tables.saved_search)
    add_table(tables.arrival)
    connection = op.get_bind()
    held = connection.exec_driver_sql("SELECT id FROM page WHERE indexed_version > 0 ORDER BY id").scalars().all()
    ArrivalBook(connection).note(held)
