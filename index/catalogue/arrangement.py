"""Decides how the order of pages that people made is kept: which item, which place, which turn; never a page less."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from index.catalogue import rows, tables
from index.catalogue.pages import number
from index.domain.holdings import Page

_page = tables.page.c

#: What a person decides of a page; the rest is read off it.
_DECIDED = ("item_id", "rank", "part", "role", "given_turn", "state")


class ArrangementBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of_item(self, item_id: str) -> Sequence[Page]:
        query = (
            select(tables.page)
            .join(tables.scan, tables.scan.c.id == _page.scan_id)
            .where(_page.item_id == item_id)
            .order_by(_page.rank, tables.scan.c.path, _page.frame, _page.part)
        )
        return [rows.page(row) for row in self._sql.execute(query)]

    def lay(self, pages: Sequence[Page]) -> None:
        known = {page.id: page for page in self._known([page.id for page in pages])}
        for page in pages:
            row = rows.page_row(page)
            if page.id not in known:
                self._sql.execute(insert(tables.page).values(row))
            elif known[page.id] != page:
                decided = {name: row[name] for name in _DECIDED}
                changed = update(tables.page).where(_page.id == page.id)
                self._sql.execute(changed.values(**decided, version=_page.version + 1))
        for item_id in {page.item_id for page in (*pages, *known.values())}:
            number(self._sql, item_id)

    def _known(self, ids: Sequence[str]) -> Sequence[Page]:
        found: list[Page] = []
        for at in range(0, len(ids), 500):
            query = select(tables.page).where(_page.id.in_(ids[at : at + 500]))
            found += [rows.page(row) for row in self._sql.execute(query)]
        return found
