"""The index follows pages too that wait to be read again: the list of those it has to learn of is drawn anew."""

from alembic import op

from index.catalogue import tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("page_behind", "page", if_exists=True)
    next(one for one in tables.page.indexes if one.name == "page_behind").create(op.get_bind())
