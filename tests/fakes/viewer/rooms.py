"""A small room with items in it, on the real catalogue: for tests of the pages and of what leaves the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Marking
from index.domain.description import Value
from index.domain.holdings import Fonds, Item, ItemState, PageState
from index.domain.identity import new_id
from index.domain.reading import PageReading, Script
from index.domain.rules.policy import Pack, Scheme, Series
from index.domain.scan import Scan, ScanState

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FONDS = Fonds("f1", "S100", "第一实验小学", ("school",))


class StillClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW

    def today(self) -> date:
        return NOW.date()


def _series(
    code: str, title: str, scheme: Scheme = Scheme.INTERNAL, organisation: str = "", year: str = "calendar"
) -> Series:
    titles = {"zh-Hans": title, "zh-Hant": title, "en": code}
    return Series(code, titles, "WS", "clause", "row", organisation=organisation, scheme=scheme, year=year)


PACK = Pack(
    id="school",
    title={"zh-Hans": "学校", "zh-Hant": "學校", "en": "School"},
    version="1",
    effective_from=date(2024, 1, 1),
    drafter="",
    approver="",
    interpreter="",
    custodian="",
    example_fonds=(),
    threshold=0.8,
    marking=Marking.INTERNAL,
    scheme=Scheme.INTERNAL,
    series=(
        _series("WS·XZ", "行政", organisation="BGS"),
        _series("RS·DA", "人事", Scheme.PERSONAL),
        _series("RS·ZZ", "在职员工", Scheme.PERSONAL, year="none"),
        _series("WS·XS", "销售", Scheme.COMMERCIAL),
    ),
    schedule=(),
    rules=(),
    access=(),
)
PACKS = {PACK.id: PACK}

_PLAIN = {"pack": "school", "series": "WS·XZ", "retention": "30y", "marking": "internal", "title": "通知"}


@dataclass(frozen=True)
class Room:
    """A catalogue with one fonds."""

    catalogue: SqlCatalogue

    def file(
        self, code: str, pages: Sequence[str] = ("字",), state: ItemState = ItemState.FILED, **fields: str
    ) -> Item:
        """An item under this code with these described fields, and one page for each text of `pages` ("" is blank)."""
        description = {name: Value(value, 1.0) for name, value in (_PLAIN | fields).items()}
        item = Item(new_id(), state, NOW, FONDS.id, reference_code=code, description=description, page_count=len(pages))
        scan = Scan(new_id(), code.encode(), "drop", ScanState.READ, NOW, NOW, fonds_id=FONDS.id, item_id=item.id)
        with self.catalogue.writing() as work:
            work.items.add(item)
            work.scans.add(scan)
            for page, text in zip(work.pages.lay_out(scan, len(pages)), pages, strict=True):
                read = replace(page, blank=not text, state=PageState.READ)
                work.pages.save(read, PageReading(text, (), Script.HANS, 0, "fake", "1", 1.0, blank=not text))
        return item
