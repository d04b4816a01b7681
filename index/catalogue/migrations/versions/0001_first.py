"""The first catalogue: every table as issue "One scan" needs it."""

from alembic import op

from index.catalogue import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The first release has one shape; the next revision freezes what it changes and writes its own DDL.
    tables.metadata.create_all(op.get_bind(), checkfirst=False)
