"""Decides how saved searches are kept, and how each page's arrivals are numbered, so that new is told from known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, and_, case, delete, exists, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from index.catalogue import tables
from index.domain.access import Marking, Permit
from index.domain.errors import Conflict, Missing
from index.domain.holdings import ItemState, PageRole
from index.domain.searching.saved import SavedSearch

_arrival = tables.arrival.c
_item = tables.item.c
_page = tables.page.c
_saved = tables.saved_search.c

#: SQLite takes 32,766 variables in a statement.
_AT_ONCE = 5_000
#: The standing of what is not filed.
UNFILED = ""
_STANDING = case(
    (
        _item.state == ItemState.FILED,
        func.coalesce(func.nullif(_item.marking, ""), literal(Marking.CONFIDENTIAL.value)),
    ),
    else_=literal(UNFILED),
)


class SavedSearchBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, saved: SavedSearch) -> None:
        try:
            self._sql.execute(insert(tables.saved_search).values(asdict(saved)))
        except IntegrityError as error:
            raise Conflict("saved-name-taken", name=saved.name) from error

    def keep(self, saved: SavedSearch) -> None:
        try:
            self._sql.execute(update(tables.saved_search).where(_saved.id == saved.id).values(asdict(saved)))
        except IntegrityError as error:
            raise Conflict("saved-name-taken", name=saved.name) from error

    def get(self, person_id: str, saved_id: str) -> SavedSearch:
        query = select(tables.saved_search).where(_saved.id == saved_id, _saved.person_id == person_id)
        row = self._sql.execute(query).first()
        if row is None:
            raise Missing("no-such-saved-search")
        return SavedSearch(**row._mapping)

    def of_person(self, person_id: str) -> Sequence[SavedSearch]:
        query = select(tables.saved_search).where(_saved.person_id == person_id)
        return [SavedSearch(**row._mapping) for row in self._sql.execute(query.order_by(_saved.name, _saved.id))]

    def remove(self, saved_id: str) -> None:
        self._sql.execute(delete(tables.saved_search).where(_saved.id == saved_id))


class ArrivalBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def note(self, page_ids: Collection[str]) -> None:
        ids = list(page_ids)
        for at in range(0, len(ids), _AT_ONCE):
            arrived = self._sql.execute(_ARRIVING.where(_page.id.in_(ids[at : at + _AT_ONCE]))).all()
            if arrived:
                self._sql.execute(insert(tables.arrival), [row._asdict() for row in arrived])

    def newest(self) -> int:
        return int(self._sql.execute(select(func.coalesce(func.max(_arrival.number), 0))).scalar_one())

    def since(self, permit: Permit, after: int, until: int = 0, limit: int = 20_000) -> Mapping[str, str]:
        admitted = _admitted(permit)
        known = tables.arrival.alias().c
        before = exists().where(known.page_id == _arrival.page_id, known.number <= after, known.standing.in_(admitted))
        query = (
            select(_page.id, _page.item_id)
            .join(tables.arrival, _arrival.page_id == _page.id)
            .where(_arrival.number > after, _arrival.standing.in_(admitted), _page.role == PageRole.CONTENT, ~before)
            .order_by(_arrival.number.desc())
        )
        query = query.where(_arrival.number <= until) if until else query
        return dict(self._sql.execute(query.limit(limit)).all())


#: Pages that stand as they never stood before. One that changed meanwhile is noted when the index has followed.
_ARRIVING = (
    select(_page.id.label("page_id"), _STANDING.label("standing"))
    .join(tables.item, _item.id == _page.item_id)
    .where(
        and_(_page.role == PageRole.CONTENT, _item.state != ItemState.WITHDRAWN),
        _page.indexed_version == _page.version,
        ~exists().where(_arrival.page_id == _page.id, _arrival.standing == _STANDING),
    )
    .order_by(_page.id)
)


def _admitted(permit: Permit) -> list[str]:
    """The standings that this permit sees."""
    return [*(marking.value for marking in permit.markings), *([UNFILED] if permit.unfiled else [])]
