"""Year-end: parts of codes, old codes, class-years, volumes, contents lists, places.

The codes that items bear are taken apart where their grammar is known; filed items stand in the interim cabinet.
"""

from alembic import op
from sqlalchemy import inspect, update

from index.catalogue import rows, tables
from index.catalogue.migrations.adding import add_columns, add_table
from index.catalogue.places import PlaceBook
from index.domain.arranging.coding import read

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (tables.alias, tables.volume, tables.contents, tables.class_year, tables.location, tables.renumbering):
        add_table(table)
    add_columns(tables.fonds, "former")
    add_columns(tables.item, "code", "place", "volume_id", "location_id", "arranged_at", "shelved_at", "late")
    known = {one["name"] for one in inspect(op.get_bind()).get_indexes("item")}
    for index in tables.item.indexes:
        if index.name in ("item_volume", "item_class_year") and index.name not in known:
            index.create(op.get_bind())
    _take_apart()
    _stand_in_the_interim_cabinet()


def _take_apart() -> None:
    sql = op.get_bind()
    coded = (
        "SELECT item.id, reference_code, grammar FROM item JOIN fonds ON fonds.id = fonds_id WHERE item.code IS NULL"
    )
    for item_id, words, grammar in sql.exec_driver_sql(coded).fetchall():
        code = read(words, grammar) if words else None
        if code:
            packed = rows.packed_code(code)
            sql.execute(update(tables.item).where(tables.item.c.id == item_id).values(code=packed))


def _stand_in_the_interim_cabinet() -> None:
    sql = op.get_bind()
    item = tables.item.c
    mine = (item.state == "filed", item.filing_year != "", item.location_id.is_(None))
    if sql.exec_driver_sql("SELECT 1 FROM item WHERE state = 'filed' AND filing_year != '' LIMIT 1").first():
        sql.execute(update(tables.item).where(*mine).values(location_id=PlaceBook(sql).interim().id))
