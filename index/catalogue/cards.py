"""Decides how pages that were found are fetched: all of a list in one statement, none of their words unpacked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, exists, select

from index.catalogue import tables
from index.catalogue.placed import places_at
from index.catalogue.proofs import ProofBook
from index.catalogue.rows import DRAWN, stamps
from index.domain.holdings import ItemState, PageRole
from index.domain.proofing import IN_FORCE
from index.domain.reading import Place, Script, Stamp, places_of
from index.ports.cards import Entry

_correction = tables.correction.c
_item = tables.item.c
_page = tables.page.c
_reading = tables.reading.c

_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_IN_FORCE = [state.value for state in IN_FORCE]
#: Made once: to put a statement together takes longer than to run it.
_CARDS = (
    select(
        *(
            _page.id,
            _page.number,
            _page.script,
            _reading.text,
            _reading.words,
            _reading.stamps,
            tables.fonds.c.code.label("fonds"),
        ),
        exists().where(_correction.page_id == _page.id, _correction.state.in_(_IN_FORCE)).label("corrected"),
        *(_page.item_id, _item.state, _item.file_id, _item.reference_code, _item.page_count),
        *(_item[name] for name in DRAWN),
    )
    .join(tables.item, _item.id == _page.item_id)
    .outerjoin(tables.fonds, tables.fonds.c.id == _item.fonds_id)
    .outerjoin(tables.reading, _reading.page_id == _page.id)
    .where(_page.id.in_(_IDS), _page.role == PageRole.CONTENT)
)
_NUMBERS = select(_page.id, _page.number).where(_page.id.in_(_IDS), _page.role == PageRole.CONTENT)


@dataclass(frozen=True, slots=True)
class PackedCard:
    """A page as it was read by the machine alone: its words lie packed."""

    id: str
    number: int
    script: Script
    item: Entry
    text: str
    stamps: Sequence[Stamp]
    packed: bytes

    def places(self, stretches: Sequence[tuple[int, int]]) -> Sequence[Sequence[Place]]:
        return places_at(self.packed, self.text, stretches) if self.packed else [()] * len(stretches)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A page that people corrected: its words are there already, since its text is made of them."""

    id: str
    number: int
    script: Script
    item: Entry
    text: str
    stamps: Sequence[Stamp]
    known: Sequence[Place]

    def places(self, stretches: Sequence[tuple[int, int]]) -> Sequence[Sequence[Place]]:
        return [[one for one in self.known if one.touches(*stretch)] for stretch in stretches]


class CardBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, page_ids: Collection[str]) -> Mapping[str, PackedCard | OpenCard]:
        return {row.id: self._card(row) for row in self._sql.execute(_CARDS, {"ids": list(page_ids)}).all()}

    def numbers(self, page_ids: Collection[str]) -> Mapping[str, int]:
        return dict(self._sql.execute(_NUMBERS, {"ids": list(page_ids)}).all())

    def _card(self, row: Row[Any]) -> PackedCard | OpenCard:
        page = (row.id, row.number, Script(row.script), _entry(row))
        if row.corrected:
            reading = ProofBook(self._sql).reading(row.id)
            assert reading is not None
            return OpenCard(*page, reading.text, reading.stamps, places_of(reading.words))
        return PackedCard(*page, row.text or "", stamps(row), row.words or b"")


def _entry(row: Row[Any]) -> Entry:
    known = row._mapping
    return Entry(
        row.item_id,
        ItemState(row.state),
        row.fonds or "",
        row.file_id or "",
        row.reference_code or "",
        row.page_count,
        {name: known[name] for name in DRAWN},
    )
