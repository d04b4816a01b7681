"""Decides how items are kept: saved only if nobody else did meanwhile, numbered without gap or double."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select, text, update

from index.catalogue import rows, tables
from index.catalogue.codes import keep_alias, once, restamp
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Item, ItemState

_item = tables.item.c
_page = tables.page.c


#: Filed into a series that a person gave.
_TAUGHT = (
    _item.state == ItemState.FILED,
    _item.description["series"]["given_by"].as_string().is_not(None),
)


class ItemBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, item: Item) -> None:
        self._sql.execute(insert(tables.item).values(rows.item_row(item)))

    def save(self, item: Item) -> Item:
        saved = replace(item, version=item.version + 1)
        keep_alias(self._sql, saved)
        change = (
            update(tables.item).where(_item.id == item.id, _item.version == item.version).values(rows.item_row(saved))
        )
        if self._sql.execute(change).rowcount != 1:
            raise Conflict("changed-meanwhile")
        self.restamp(item.id)
        return saved

    def get(self, item_id: str) -> Item:
        row = self._sql.execute(select(tables.item).where(_item.id == item_id)).first()
        row = row or self._sql.execute(select(tables.item).where(_item.reference_code == item_id)).first()
        row = row or self._sql.execute(once(item_id)).first()
        if row is None:
            raise Missing("no-such-item")
        return rows.item(row)

    def of_run(self, run: str) -> Item | None:
        row = self._sql.execute(select(tables.item).where(_item.run == run).order_by(_item.id.desc())).first()
        return rows.item(row) if row else None

    def in_state(self, *states: ItemState) -> Sequence[str]:
        query = select(_item.id).where(_item.state.in_(states)).order_by(_item.captured_at, _item.id)
        return list(self._sql.execute(query).scalars())

    def taught(self, limit: int) -> Sequence[str]:
        newest = select(_item.id).where(*_TAUGHT).order_by(_item.filed_at.desc(), _item.id.desc()).limit(limit)
        return list(self._sql.execute(newest).scalars())[::-1]

    def taught_count(self) -> int:
        return int(self._sql.execute(select(func.count()).select_from(tables.item).where(*_TAUGHT)).scalar_one())

    def next_number(self, class_key: str) -> int:
        number = tables.item_number.c
        last: int | None = self._sql.execute(select(number.last).where(number.class_key == class_key)).scalar()
        if last is None:
            self._sql.execute(insert(tables.item_number).values(class_key=class_key, last=1))
            return 1
        self._sql.execute(update(tables.item_number).where(number.class_key == class_key).values(last=last + 1))
        return last + 1

    def lagging(self) -> Sequence[str]:
        query = select(_page.item_id).where(text(tables.BEHIND))
        return list(self._sql.execute(query.distinct()).scalars())

    def old_codes(self) -> Mapping[str, Sequence[str]]:
        joined = self._sql.execute(
            select(_item.id, _item.joined_to, _item.reference_code).where(_item.joined_to.is_not(None))
        ).all()
        target = {row.id: row.joined_to for row in joined}
        codes: dict[str, list[str]] = {}
        for row in joined:
            if row.reference_code:
                codes.setdefault(_followed(target, row.id), []).append(row.reference_code)
        for row in self._sql.execute(select(tables.alias).order_by(tables.alias.c.number)):
            codes.setdefault(_followed(target, row.item_id), []).append(row.code)
        return codes

    def restamp(self, item_id: str) -> None:
        restamp(self._sql, item_id)


def _followed(target: Mapping[str, str], item_id: str) -> str:
    """Where the pages of an item went in the end."""
    while item_id in target:
        item_id = target[item_id]
    return item_id
