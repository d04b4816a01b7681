"""Items know which item their pages were joined to; pages know their half of a frame, and who looked at a blank one."""

from index.catalogue import tables
from index.catalogue.migrations.adding import add_columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_columns(tables.item, "joined_to")
    add_columns(tables.page, "crop", "given_blank")
