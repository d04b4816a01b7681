"""Decides what is asked of the table for a search: permit and bounds first, then the tree, then order and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from psycopg import sql

from index.domain.searching.tree import Dated, Facet
from index.ports import Found, Hit, Search, Sort
from index.text.grouping import by_item
from index.text.marked import plain
from index.text.postgresql.table import named
from index.text.postgresql.tree import Sql, clause, dated

_TOTAL, _ITEMS, _HIT = "total", "items", "hit"
#: Pages without a date or a code stand last; those that tie, latest first, then by id.
_ORDERS: Mapping[Sort, Sql] = {
    Sort.RELEVANCE: sql.SQL("score DESC, date DESC, page_id"),
    Sort.NEWEST: sql.SQL("date DESC, page_id"),
    Sort.OLDEST: sql.SQL("date = '', date, page_id"),
    Sort.CODE: sql.SQL("sorted_code = '', sorted_code, date DESC, page_id"),
}

Told = tuple[str, int, str, str, float]


def asked(search: Search, table: str) -> sql.Composed:
    """One statement: rows (kind, place, value or page, item, count or score). Scores are counted where they order."""
    wanted = clause(search.query.tree)
    score = wanted.score if search.sort is Sort.RELEVANCE else sql.SQL("0.0")
    facets = [sql.Identifier(facet.value) for facet in search.facets]
    kept = sql.SQL(", ").join([*map(sql.Identifier, ("page_id", "item_id", "date", "sorted_code")), *facets])
    total = sql.SQL("SELECT 'total', 0, '', '', count(*) FROM matching")
    parts = [*(_hits_by_item(search) if search.by_item else [_hits(search)]), total, *map(_counted, search.facets)]
    return sql.SQL("WITH matching AS MATERIALIZED (SELECT {}, ({})::float8 AS score FROM {} WHERE {}) {}").format(
        kept, score, named(table), _AND.join([*_bounds(search), wanted.holds]), sql.SQL(" UNION ALL ").join(parts)
    )


_AND = sql.SQL(" AND ")


def _hits(search: Search) -> Sql:
    return sql.SQL(
        "(SELECT 'hit', row_number() OVER (ORDER BY {0}), page_id, item_id, score FROM matching"
        " ORDER BY {0} LIMIT {1} OFFSET {2})"
    ).format(_ORDERS[search.sort], sql.Literal(search.limit), sql.Literal(search.offset))


def _hits_by_item(search: Search) -> list[Sql]:
    """All pages of the items asked for, and how many items there are."""
    items = sql.SQL(
        "(WITH placed AS (SELECT *, row_number() OVER (ORDER BY {}) AS place FROM matching),"
        " items AS (SELECT item_id FROM placed GROUP BY item_id ORDER BY min(place) LIMIT {} OFFSET {})"
        " SELECT 'hit', place, page_id, item_id, score FROM placed WHERE item_id IN (SELECT item_id FROM items))"
    ).format(_ORDERS[search.sort], sql.Literal(search.limit), sql.Literal(search.offset))
    return [items, sql.SQL("SELECT 'items', 0, '', '', count(DISTINCT item_id) FROM matching")]


def _counted(facet: Facet) -> Sql:
    return sql.SQL("SELECT {}, 0, {column}, '', count(*) FROM matching WHERE {column} <> '' GROUP BY {column}").format(
        sql.Literal(facet.value), column=sql.Identifier(facet.value)
    )


def _bounds(search: Search) -> Iterator[Sql]:
    yield sql.SQL("marking = ANY({})").format(sql.Literal(sorted(search.permit.markings)))
    if not search.permit.unfiled:
        yield sql.SQL("filed")
    for facet in Facet:
        if value := getattr(search, facet.value):
            yield sql.SQL("{} = {}").format(sql.Identifier(facet.value), sql.Literal(plain(value)))
    if search.item_id:
        yield sql.SQL("item_id = {}").format(sql.Literal(plain(search.item_id)))
    if search.within:
        yield sql.SQL("item_id = ANY({})").format(sql.Literal([plain(item_id) for item_id in search.within]))
    if search.without:
        yield sql.SQL("item_id <> ALL({})").format(sql.Literal([plain(item_id) for item_id in search.without]))
    yield dated(Dated(search.date_from, search.date_to))


def found(told: Sequence[Told], search: Search) -> Found:
    """What the statement's rows say."""
    placed = sorted(
        (place, Hit(page_id, item_id, score)) for kind, place, page_id, item_id, score in told if kind == _HIT
    )
    hits = [hit for _, hit in placed]
    figures = {kind: int(count) for kind, *_, count in told if kind in {_TOTAL, _ITEMS}}
    facets = {facet.value: _most_first(told, facet.value) for facet in search.facets}
    return Found(figures[_TOTAL], tuple(by_item(hits) if search.by_item else hits), facets, figures.get(_ITEMS, 0))


def _most_first(told: Sequence[Told], facet: str) -> Mapping[str, int]:
    counts = [(value, int(count)) for kind, _, value, _, count in told if kind == facet]
    return dict(sorted(counts, key=lambda one: (-one[1], one[0])))
