"""Items are bound into sets, filed ones have proposals, and a subject file says what its key tells apart.

Until now the only subject files were of employees.
"""

from alembic import op
from sqlalchemy import select, update

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns, add_table
from index.domain.placing.relations import number_key, title_key

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_table(tables.relation)
    add_table(tables.proposal)
    add_columns(tables.item, "number_key", "title_key")
    _draw_keys()
    add_columns(tables.file, "subject")
    op.execute("UPDATE file SET subject = 'employee_number' WHERE subject = ''")
    op.execute("DROP INDEX IF EXISTS file_open")
    for table, name in (
        (tables.file, "file_open"),
        (tables.item, "item_number_key"),
        (tables.item, "item_title_key"),
    ):
        next(one for one in table.indexes if one.name == name).create(op.get_bind(), checkfirst=True)


def _draw_keys() -> None:
    """What new items get when they are written."""
    item = tables.item.c
    for row in op.get_bind().execute(select(item.id, item.document_number, item.title)).all():
        keys = {"number_key": number_key(row.document_number), "title_key": title_key(row.title)}
        op.get_bind().execute(update(tables.item).where(item.id == row.id).values(keys))
