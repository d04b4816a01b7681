"""Decides what is asked of the server for a search, and what its answer says: permit and bounds are filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from index.domain.searching.tree import Dated, Facet
from index.ports import Found, Hit, Search, Sort
from index.text.marked import plain
from index.text.opensearch.layout import PAGES_OF_ITEM, Body
from index.text.opensearch.tree import dated, query

#: More values than any facet has.
_VALUES = 10_000
#: Up to so many items are counted exactly.
_COUNTED = 40_000
#: The server answers with what it has after so many milliseconds, and says so.
_TIME = 10_000
_TIED: list[Body] = [{"date": "desc"}, {"page_id": "asc"}]
#: Pages without a date or a code stand last; those that tie, latest first, then by id.
_ORDERS: Mapping[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, *_TIED],
    Sort.NEWEST: _TIED,
    Sort.OLDEST: [{"undated": "asc"}, {"date": "asc"}, {"page_id": "asc"}],
    Sort.CODE: [{"uncoded": "asc"}, {"sorted_code": "asc"}, *_TIED],
}


def asked(search: Search) -> Body:
    """The body of a search."""
    counts: Body = {facet.value: {"terms": {"field": facet.value, "size": _VALUES}} for facet in search.facets}
    return {
        **(_by_item(search) if search.by_item else {}),
        "query": {"bool": {"must": [query(search.query.tree)], "filter": list(_bounds(search))}},
        "sort": _ORDERS[search.sort],
        "from": search.offset,
        "size": search.limit,
        "track_total_hits": True,
        "timeout": f"{round(_TIME * search.share)}ms",
        "_source": ["item_id"],
        "aggs": counts | (_ITEMS if search.by_item else {}),
    }


#: How many items the pages stand in.
_ITEMS: Body = {"items": {"cardinality": {"field": "item_id", "precision_threshold": _COUNTED}}}


def _by_item(search: Search) -> Body:
    """Each item by the first of its pages, with the others in their order."""
    pages = {"name": "pages", "size": PAGES_OF_ITEM, "sort": _ORDERS[search.sort], "_source": False}
    return {"collapse": {"field": "item_id", "inner_hits": pages}}


def _bounds(search: Search) -> Iterator[Body]:
    yield {"terms": {"marking": sorted(search.permit.markings)}}
    if not search.permit.unfiled:
        yield {"term": {"filed": True}}
    for facet in Facet:
        if value := getattr(search, facet.value):
            yield {"term": {facet.value: plain(value)}}
    if search.item_id:
        yield {"term": {"item_id": search.item_id}}
    if search.within:
        yield {"terms": {"item_id": sorted(search.within)}}
    if search.without:
        yield {"bool": {"must_not": [{"terms": {"item_id": sorted(search.without)}}]}}
    yield from dated(Dated(search.date_from, search.date_to))


def found(answer: Mapping[str, Any], search: Search) -> Found:
    """What the server's answer says."""
    hits = tuple(_hit(hit) for hit in answer["hits"]["hits"])
    facets = {facet.value: _counts(answer["aggregations"][facet.value]) for facet in search.facets}
    items = int(answer["aggregations"]["items"]["value"]) if search.by_item else 0
    lacking = bool(answer.get("timed_out") or answer.get("_shards", {}).get("failed"))
    return Found(int(answer["hits"]["total"]["value"]), hits, facets, items, cut_short=lacking)


def _hit(hit: Mapping[str, Any]) -> Hit:
    pages = hit["inner_hits"]["pages"]["hits"]["hits"] if "inner_hits" in hit else ()
    others = tuple(page["_id"] for page in pages if page["_id"] != hit["_id"])
    return Hit(hit["_id"], hit["_source"]["item_id"], hit.get("_score") or 0.0, others)


def _counts(aggregation: Mapping[str, Any]) -> Mapping[str, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in aggregation["buckets"] if bucket["key"]}
