"""Pages know their rank, part, role and look; readings keep the text of stamps apart."""

from alembic import op
from sqlalchemy import inspect

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if "part" in {column["name"] for column in inspect(op.get_bind()).get_columns("page")}:
        return  # a catalogue made today has today's shape from the first revision on
    add_columns(tables.page, "rank", "part", "given_turn", "role", "look")
    add_columns(tables.reading, "stamps")
    with op.batch_alter_table("page") as page:
        page.drop_constraint("page_frame", type_="unique")
        page.create_unique_constraint("page_frame", ["scan_id", "frame", "part"])
    op.execute("UPDATE page SET rank = (SELECT position FROM scan WHERE scan.id = page.scan_id) * 100000 + frame")
