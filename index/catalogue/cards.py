"""Decides how pages that were found are fetched: all of a list in one statement, none of their words unpacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from index.catalogue import tables
from index.catalogue.placed import places_at
from index.catalogue.rows import DRAWN, stamps
from index.domain.holdings import ItemState, PageRole
from index.domain.reading import Place, Script, Stamp
from index.ports.cards import Entry

_fair = tables.fair_copy.c
_item = tables.item.c
_page = tables.page.c
_reading = tables.reading.c

_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
#: Made once: to put a statement together takes longer than to run it.
_CARDS = (
    select(
        *(_page.id, _page.number, _page.script),
        *(func.coalesce(_fair.text, _reading.text), func.coalesce(_fair.words, _reading.words), _reading.stamps),
        *(_page.item_id, _item.state, tables.fonds.c.code, _item.file_id, _item.reference_code, _item.page_count),
        *(_item[name] for name in DRAWN),
    )
    .join(tables.item, _item.id == _page.item_id)
    .outerjoin(tables.fonds, tables.fonds.c.id == _item.fonds_id)
    .outerjoin(tables.reading, _reading.page_id == _page.id)
    .outerjoin(tables.fair_copy, _fair.page_id == _page.id)
    .where(_page.id.in_(_IDS), _page.role == PageRole.CONTENT)
)
_NUMBERS = select(_page.id, _page.number).where(_page.id.in_(_IDS), _page.role == PageRole.CONTENT)


@dataclass(frozen=True, slots=True)
class PackedCard:
    """A page as everybody reads it, its words packed."""

    id: str
    number: int
    script: Script
    item: Entry
    text: str
    stamps: Sequence[Stamp]
    packed: bytes

    def places(self, stretches: Sequence[tuple[int, int]]) -> Sequence[Sequence[Place]]:
        return places_at(self.packed, self.text, stretches) if self.packed else [()] * len(stretches)


class CardBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, page_ids: Collection[str]) -> Mapping[str, PackedCard]:
        found: Iterable[tuple[Any, ...]] = self._sql.execute(_CARDS, {"ids": list(page_ids)}).all()
        return {row[0]: _card(*row) for row in found}

    def numbers(self, page_ids: Collection[str]) -> Mapping[str, int]:
        return dict(self._sql.execute(_NUMBERS, {"ids": list(page_ids)}).all())


def _card(page_id: str, number: int, script: str, text: str, packed: bytes, seals: Any, *item: Any) -> PackedCard:
    return PackedCard(page_id, number, Script(script), _entry(*item), text or "", stamps(seals), packed or b"")


def _entry(item_id: str, state: str, fonds: str, file_id: str, code: str, page_count: int, *drawn: str) -> Entry:
    said = dict(zip(DRAWN, drawn, strict=True))
    return Entry(item_id, ItemState(state), fonds or "", file_id or "", code or "", page_count, said)
