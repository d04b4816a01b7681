"""Decides how pages and their readings are kept: laid out once, read once, and followed by the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, text, update

from index.catalogue import rows, tables
from index.catalogue.proofs import ProofBook
from index.catalogue.saved import ArrivalBook
from index.domain.errors import Missing
from index.domain.holdings import ItemState, Page, PageRole, PageState
from index.domain.identity import new_id
from index.domain.reading import PageReading
from index.domain.scan import Scan, ScanState

_page = tables.page.c
_scan = tables.scan.c
_item = tables.item.c

#: Ranks of a scan's frames lie this far from those of the next scan of its run.
_FRAMES = 100_000


class PageBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def lay_out(self, scan: Scan, frames: int) -> Sequence[Page]:
        if scan.item_id is None:
            raise Missing("no-such-item")
        known = {page.frame for page in self.of_scan(scan.id)}
        others = {page.item_id for page in self.of_scan(scan.id)} - {scan.item_id}
        self._drop_beyond(scan.id, frames)
        fresh = [frame for frame in range(1, frames + 1) if frame not in known]
        if fresh:
            item_id = self._item_before(scan, fresh[0]) or scan.item_id
            laid = [Page(new_id(), item_id, scan.id, 0, frame, rank=rank_of(scan, frame)) for frame in fresh]
            self._sql.execute(insert(tables.page), [rows.page_row(page) for page in laid])
            others.add(item_id)
        for item_id in (scan.item_id, *others):
            number(self._sql, item_id)
        return self.of_scan(scan.id)

    def _item_before(self, scan: Scan, frame: int) -> str | None:
        """Where a page that comes late belongs in a pile that separators divided: to the document before its place.

        Pages that a person moved tell nothing of the pile's order any more.
        """
        of_pile = _scan.run == scan.run if scan.run else _scan.id == scan.id
        in_place = _page.rank == _scan.position * _FRAMES + _page.frame
        query = select(_page.item_id).join(tables.scan, _scan.id == _page.scan_id)
        query = query.where(of_pile, in_place, _page.rank < rank_of(scan, frame))
        return self._sql.execute(query.order_by(_page.rank.desc()).limit(1)).scalar()

    def _drop_beyond(self, scan_id: str, frames: int) -> None:
        """A newer version of the scan has fewer pages."""
        beyond = select(_page.id).where(_page.scan_id == scan_id, _page.frame > frames)
        ProofBook(self._sql).forget(list(self._sql.execute(beyond).scalars()))
        self._sql.execute(delete(tables.reading).where(tables.reading.c.page_id.in_(beyond)))
        self._sql.execute(delete(tables.page).where(_page.scan_id == scan_id, _page.frame > frames))

    def get(self, page_id: str) -> Page:
        pages = self._pages(select(tables.page).where(_page.id == page_id))
        if not pages:
            raise Missing("no-such-page")
        return pages[0]

    def of_item(self, item_id: str) -> Sequence[Page]:
        content = select(tables.page).where(_page.item_id == item_id, _page.role == PageRole.CONTENT)
        return self._pages(content.order_by(_page.number))

    def of_scan(self, scan_id: str) -> Sequence[Page]:
        return self._pages(select(tables.page).where(_page.scan_id == scan_id).order_by(_page.frame, _page.part))

    def save(self, page: Page, reading: PageReading) -> None:
        proofs = ProofBook(self._sql)
        before = proofs.machine(page.id)
        read = replace(
            page,
            state=PageState.READ,
            blank=reading.blank if page.given_blank is None else page.given_blank,
            turned=reading.turned,
            script=reading.script,
            confidence=reading.confidence,
        )
        values = {name: value for name, value in rows.page_row(read).items() if name not in _NOT_READ_OFF}
        self._sql.execute(
            update(tables.page).where(_page.id == page.id).values({**values, "version": _page.version + 1})
        )
        self._sql.execute(delete(tables.reading).where(tables.reading.c.page_id == page.id))
        self._sql.execute(insert(tables.reading).values(rows.reading_row(page.id, reading)))
        proofs.follow(page.id, before, reading)

    def reading(self, page_id: str) -> PageReading | None:
        return ProofBook(self._sql).reading(page_id)

    def waiting(self, item_id: str = "", limit: int = 0) -> Sequence[str]:
        # Pages of a scan that lies in quarantine wait for a person, not for a worker; a page that a person turned waits
        # although the ledger has closed its scan.
        query = (
            select(_page.id)
            .join(tables.scan, _scan.id == _page.scan_id)
            .where(_page.state == PageState.WAITING, _scan.state.in_((ScanState.STORED, ScanState.READ)))
            .order_by(_page.id)
        )
        query = query.where(_page.item_id == item_id) if item_id else query
        return list(self._sql.execute(query.limit(limit) if limit else query).scalars())

    def lately(self, page: Page, count: int) -> Sequence[Page]:
        read = select(tables.page).where(_page.state == PageState.READ, _page.blank.is_(False), _page.id != page.id)
        earlier = read.where(_page.item_id == page.item_id, _page.number < page.number)
        fonds = select(_item.fonds_id).where(_item.id == page.item_id).scalar_subquery()
        of_fonds = read.join(tables.item, _item.id == _page.item_id).where(_item.fonds_id == fonds)
        return self._pages(earlier.order_by(_page.number.desc()).limit(1)) or self._pages(
            of_fonds.order_by(_page.id.desc()).limit(count)
        )

    def reread(self, scan: Scan) -> None:
        of_scan = update(tables.page).where(_page.scan_id == scan.id)
        self._sql.execute(of_scan.values(state=PageState.WAITING))
        # Whether it is a separator is seen anew: where one lay, a page of the record may lie now.
        self._sql.execute(of_scan.where(_page.role == PageRole.SEPARATOR).values(role=PageRole.CONTENT))

    def behind(self, limit: int) -> Sequence[Page]:
        query = select(tables.page).where(text(tables.BEHIND))
        return self._pages(query.order_by(_page.id).limit(limit))

    def written(self) -> bool:
        of_items = select(_page.id).join(tables.item, _item.id == _page.item_id)
        held = _page.indexed_version > 0, _page.role == PageRole.CONTENT, _item.state != ItemState.WITHDRAWN
        return self._sql.execute(of_items.where(*held).limit(1)).first() is not None

    def indexed(self, versions: Mapping[str, int]) -> None:
        for page_id, version in versions.items():
            self._sql.execute(update(tables.page).where(_page.id == page_id).values(indexed_version=version))
        ArrivalBook(self._sql).note(versions)

    def _pages(self, query: Select[Any]) -> Sequence[Page]:
        return [rows.page(row) for row in self._sql.execute(query)]


def rank_of(scan: Scan, frame: int) -> int:
    """Where a frame stands among all frames of its run, until somebody moves its page."""
    return scan.position * _FRAMES + frame


def number(sql: Connection, item_id: str) -> None:
    """Number an item's content pages by their rank, renumber only what moved, and count them."""
    query = (
        select(_page.id, _page.number)
        .join(tables.scan, _scan.id == _page.scan_id)
        .where(_page.item_id == item_id, _page.role == PageRole.CONTENT)
        .order_by(_page.rank, _scan.path, _page.frame, _page.part)
    )
    for place, (page_id, before) in enumerate(sql.execute(query).all(), start=1):
        if place != before:
            sql.execute(update(tables.page).where(_page.id == page_id).values(number=place))
    content = (_page.item_id == item_id) & (_page.role == PageRole.CONTENT)
    count = select(func.count()).where(content).scalar_subquery()
    sql.execute(update(tables.item).where(_item.id == item_id).values(page_count=count))


#: What a reading does not decide: who the page is, where it stands, and what the index knows of it.
_NOT_READ_OFF = frozenset(
    {"id", "item_id", "scan_id", "number", "frame", "version", "indexed_version", "rank", "part", "role"}
    | {"given_turn", "given_blank", "crop"}
)
