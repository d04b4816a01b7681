"""Decides how the measured quality of each series is drawn from the pages people have proofed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, func, insert, or_, select

from index.catalogue import rows, tables
from index.catalogue.listings import permitted
from index.domain.access import Permit
from index.domain.errors import Missing
from index.domain.holdings import ItemState, Page, PageRole, PageState
from index.domain.proof.text_quality import Proof, Quality, Sample

_item = tables.item.c
_page = tables.page.c
_proof = tables.proof.c
_sample = tables.sample.c

#: Pages that count: not taken out, not blank, of a filed item.
_STAYS: ColumnElement[bool] = and_(
    _item.state == ItemState.FILED, _page.role == PageRole.CONTENT, _page.blank.is_(False)
)
#: Those whose text counts.
_COUNTS: ColumnElement[bool] = and_(_STAYS, _page.state == PageState.READ)
#: Nothing could be read on it, though something is there: the machine then marks no single word.
_ILLEGIBLE: ColumnElement[bool] = and_(
    _page.state == PageState.READ, _page.blank.is_(False), _page.confidence == 0, _proof.page_id.is_(None)
)
#: Pages at which a person has to look.
_DOUBTED: ColumnElement[bool] = and_(_page.role == PageRole.CONTENT, or_(_page.doubtful > 0, _ILLEGIBLE))
_PAGES: FromClause = tables.page.join(tables.item, _item.id == _page.item_id)
_PROOFED: FromClause = _PAGES.outerjoin(tables.proof, _proof.page_id == _page.id)


class QualityBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def all(self) -> Sequence[Quality]:
        series = (_item.fonds_id, _item.series)
        query = (
            select(*series, func.count(), func.count(_proof.page_id), func.sum(_page.doubtful))
            .select_from(_PROOFED)
            .where(_COUNTS, _item.fonds_id.is_not(None))
        )
        return [self._quality(*row) for row in self._sql.execute(query.group_by(*series).order_by(*series)).all()]

    def pages(self, fonds_id: str, series: str) -> Sequence[str]:
        query = select(_page.id).select_from(_PAGES).where(_COUNTS, *_of(fonds_id, series))
        return list(self._sql.execute(query.order_by(_page.id)).scalars())

    def doubtful(self, permit: Permit, below: float, limit: int) -> Sequence[Page]:
        query = select(tables.page).select_from(_PROOFED).where(permitted(permit), _proof.page_id.is_(None))
        query = query.where(_DOUBTED, _item.state != ItemState.WITHDRAWN)
        order = (_ILLEGIBLE.desc(), (_page.confidence < below).desc(), _page.doubtful.desc(), _page.id)
        return [rows.page(row) for row in self._sql.execute(query.order_by(*order).limit(limit))]

    def doubts(self) -> Mapping[str, int]:
        query = select(_page.item_id, func.sum(_page.doubtful)).select_from(_PROOFED)
        query = query.where(_item.state == ItemState.REVIEW, _DOUBTED)
        return dict(self._sql.execute(query.group_by(_page.item_id)).all())

    def add(self, sample: Sample) -> None:
        self._sql.execute(insert(tables.sample).values({**asdict(sample), "page_ids": list(sample.page_ids)}))

    def get(self, sample_id: str) -> Sample:
        row = self._sql.execute(select(tables.sample).where(_sample.id == sample_id)).first()
        if row is None:
            raise Missing("no-such-sample")
        return _read(row)

    def counting(self, sample: Sample) -> Sequence[str]:
        query = select(_page.id).select_from(_PAGES).where(_STAYS, *_of(sample.fonds_id, sample.series))
        still = set(self._sql.execute(query.where(_page.id.in_(sample.page_ids))).scalars())
        return [page_id for page_id in sample.page_ids if page_id in still]

    def _quality(self, fonds_id: str, series: str, pages: int, proofed: int, doubtful: int) -> Quality:
        sample = self._newest(fonds_id, series)
        proofs = self._proofs(fonds_id, series, sample.page_ids if sample else None)
        shown = proofs if sample or proofed == pages else ()
        still = self.counting(sample) if sample else ()
        gone = tuple(one for one in sample.page_ids if one not in still) if sample else ()
        return Quality(fonds_id, series, pages, proofed, doubtful, sample, tuple(shown), gone)

    def _newest(self, fonds_id: str, series: str) -> Sample | None:
        query = select(tables.sample).where(_sample.fonds_id == fonds_id, _sample.series == series)
        row = self._sql.execute(query.order_by(_sample.at.desc(), _sample.id.desc()).limit(1)).first()
        return _read(row) if row else None

    def _proofs(self, fonds_id: str, series: str, among: Collection[str] | None) -> list[Proof]:
        query = select(tables.proof).select_from(_PAGES.join(tables.proof, _proof.page_id == _page.id))
        found = self._sql.execute(query.where(_COUNTS, *_of(fonds_id, series)))
        proofs = (Proof(**row._mapping) for row in found)
        return [proof for proof in proofs if among is None or proof.page_id in among]


def _of(fonds_id: str, series: str) -> tuple[ColumnElement[bool], ...]:
    return (_item.fonds_id == fonds_id, _item.series == series)


def _read(row: Row[Any]) -> Sample:
    return Sample(**{**row._mapping, "page_ids": tuple(row.page_ids)})
