"""Decides how pages that were found are fetched: all of a list in four statements, none of their words unpacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from index.catalogue import rows, tables
from index.catalogue.placed import words_at
from index.catalogue.proofs import ProofBook
from index.domain.holdings import Item, Page, PageRole
from index.domain.proofing import IN_FORCE
from index.domain.reading import Word

_correction = tables.correction.c
_item = tables.item.c
_page = tables.page.c
_reading = tables.reading.c

#: SQLite takes 32,766 variables in a statement.
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class PackedCard:
    """A page as it was read by the machine alone: its words lie packed."""

    item: Item
    page: Page
    text: str
    packed: bytes

    def words(self, stretches: Iterable[tuple[int, int]]) -> Sequence[Word]:
        return words_at(self.packed, self.text, stretches) if self.packed else ()


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A page that people corrected: its words are there already, since its text is made of them."""

    item: Item
    page: Page
    text: str
    known: Sequence[Word]

    def words(self, stretches: Iterable[tuple[int, int]]) -> Sequence[Word]:
        return self.known


class CardBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, page_ids: Collection[str]) -> Mapping[str, PackedCard | OpenCard]:
        pages = self._pages(page_ids)
        items = self._items({page.item_id for page, _, _ in pages})
        corrected = self._corrected(page_ids)
        return {
            page.id: self._corrected_card(items[page.item_id], page)
            if page.id in corrected
            else PackedCard(items[page.item_id], page, text or "", packed or b"")
            for page, text, packed in pages
        }

    def numbers(self, page_ids: Collection[str]) -> Mapping[str, int]:
        ids, found = list(page_ids), {}
        for at in range(0, len(ids), _AT_ONCE):
            query = select(_page.id, _page.number).where(
                _page.id.in_(ids[at : at + _AT_ONCE]), _page.role == PageRole.CONTENT
            )
            found.update(dict(self._sql.execute(query).all()))
        return found

    def _pages(self, page_ids: Collection[str]) -> list[tuple[Page, str | None, bytes | None]]:
        query = (
            select(tables.page, _reading.text, _reading.words)
            .outerjoin(tables.reading, _reading.page_id == _page.id)
            .where(_page.id.in_(page_ids), _page.role == PageRole.CONTENT)
        )
        return [(rows.page(row), row.text, row.words) for row in self._sql.execute(query)]

    def _items(self, item_ids: Collection[str]) -> Mapping[str, Item]:
        query = select(tables.item).where(_item.id.in_(item_ids))
        return {row.id: rows.item(row) for row in self._sql.execute(query)}

    def _corrected(self, page_ids: Collection[str]) -> set[str]:
        query = select(_correction.page_id).where(_correction.page_id.in_(page_ids), _correction.state.in_(IN_FORCE))
        return set(self._sql.execute(query.distinct()).scalars())

    def _corrected_card(self, item: Item, page: Page) -> OpenCard:
        reading = ProofBook(self._sql).reading(page.id)
        return OpenCard(item, page, reading.text if reading else "", reading.words if reading else ())
