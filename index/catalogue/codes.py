"""Decides how codes are kept: an old one leads to its item for ever, many change at once, renumberings are noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, literal, select, update

from index.catalogue import rows, tables
from index.domain.arranging.renumbering import Renumbering
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode

_alias = tables.alias.c
_item = tables.item.c
_number = tables.item_number.c
_renumbering = tables.renumbering.c

_SLICE = 500

_FORGET = delete(tables.alias).where(_alias.code == bindparam("words"), _alias.item_id == bindparam("of"))
_RECODE = (
    update(tables.item)
    .where(_item.id == bindparam("of"))
    .values(code=bindparam("packed"), reference_code=bindparam("words"), version=_item.version + 1)
)


class CodeBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def taken(self, code: str) -> bool:
        borne = select(_item.id).where(_item.reference_code == code)
        return self._sql.execute(borne.union_all(select(_alias.item_id).where(_alias.code == code))).first() is not None

    def aliases(self, item_id: str) -> Sequence[str]:
        query = select(_alias.code).where(_alias.item_id == item_id).order_by(_alias.number)
        return list(self._sql.execute(query).scalars())

    def remember(self, item_id: str, code: str) -> None:
        keep_aliases(self._sql, {item_id: code})
        restamp(self._sql, item_id)

    def recode(self, codes: Mapping[str, tuple[ReferenceCode, str]], unseen: Collection[str] = ()) -> None:
        before = self._borne(list(codes))
        changed = [item_id for item_id, code in before.items() if code != codes[item_id][1]]
        keep_aliases(self._sql, {item_id: before[item_id] for item_id in changed if item_id not in unseen})
        # In two steps: one's new code may be what another still bears.
        for part in slices(changed):
            self._sql.execute(update(tables.item).where(_item.id.in_(part)).values(reference_code=None))
        new = [{"of": one, "packed": rows.packed_code(codes[one][0]), "words": codes[one][1]} for one in changed]
        if new:
            self._sql.execute(_RECODE, new)
        for part in slices(changed):
            restamp(self._sql, *part)

    def _borne(self, ids: Sequence[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for part in slices(ids):
            query = select(_item.id, _item.reference_code).where(_item.id.in_(part))
            found |= {row.id: row.reference_code or "" for row in self._sql.execute(query)}
        return found

    def borne(self, words: str, besides: Collection[str]) -> Collection[str]:
        within = (_item.reference_code > f"{words}-", _item.reference_code < f"{words}.")  # "." follows "-"
        found = self._sql.execute(select(_item.id, _item.reference_code).where(*within))
        return {row.reference_code for row in found if row.id not in besides}

    def begin_again(self, class_key: str, last: int) -> None:
        self._sql.execute(delete(tables.item_number).where(_number.class_key == class_key))
        self._sql.execute(insert(tables.item_number).values(class_key=class_key, last=last))

    def rename_fonds(self, old: str, new: str) -> None:
        for mark in ("", "volume|", "box|"):
            before, after = f"{mark}{old}|", f"{mark}{new}|"
            changed = literal(after).concat(func.substr(_number.class_key, len(before) + 1))
            mine = _number.class_key.startswith(before, autoescape=True)
            self._sql.execute(update(tables.item_number).where(mine).values(class_key=changed))

    def note(self, renumbering: Renumbering) -> None:
        fields = {column.name: getattr(renumbering, column.name) for column in tables.renumbering.columns}
        changes = [list(change) for change in renumbering.changes]
        self._sql.execute(
            insert(tables.renumbering).values({**fields, "scope": dict(renumbering.scope)} | {"changes": changes})
        )

    def noted(self, fonds_id: str = "") -> Sequence[Renumbering]:
        query = select(tables.renumbering).order_by(_renumbering.at, _renumbering.id)
        query = query.where(_renumbering.fonds_id == fonds_id) if fonds_id else query
        return [_renumbered(dict(row._mapping)) for row in self._sql.execute(query)]


def _renumbered(fields: dict[str, Any]) -> Renumbering:
    return Renumbering(**{**fields, "changes": tuple((one, old, new) for one, old, new in fields["changes"])})


def keep_alias(sql: Connection, item: Item) -> None:
    """The code that an item bears in the catalogue, when it is to bear another."""
    known: str | None = sql.execute(select(_item.reference_code).where(_item.id == item.id)).scalar()
    if known and known != item.reference_code:
        keep_aliases(sql, {item.id: known})


def keep_aliases(sql: Connection, codes: Mapping[str, str]) -> None:
    """Item id -> the code that leads to it from now on, after every other that it bore."""
    kept = [{"code": code, "item_id": item_id} for item_id, code in codes.items() if code]
    if kept:
        old = [{"of": one["item_id"], "words": one["code"]} for one in kept]
        sql.execute(_FORGET, old)
        sql.execute(insert(tables.alias), kept)


def slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one statement takes."""
    return (ids[at : at + _SLICE] for at in range(0, len(ids), _SLICE))


def once(code: str) -> Select[Any]:
    """The item that bore this code last, of those that bear another now."""
    held = select(tables.item).join(tables.alias, _alias.item_id == _item.id).where(_alias.code == code)
    return held.order_by(_alias.number.desc()).limit(1)


def restamp(sql: Connection, *item_ids: str) -> None:
    """Raise the version of every page of these items: the index must learn of it."""
    page = tables.page.c
    sql.execute(update(tables.page).where(page.item_id.in_(item_ids)).values(version=page.version + 1))
