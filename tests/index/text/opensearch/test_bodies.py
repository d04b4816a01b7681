"""What OpenSearch is asked and told: a table of bodies, as its documentation has them."""

from __future__ import annotations

from typing import Any

import pytest

from index.domain.access import Role, permit_of
from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Query,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.ports import Hit, PageText, Search, Sort
from index.text.opensearch.answer import asked, found
from index.text.opensearch.layout import Body, creation, digest, document
from index.text.opensearch.tree import query

SIGNS = "title.signs"


def phrase(field: str, text: str) -> Body:
    return {"match_phrase": {field: text}}


def term(field: str, value: object) -> Body:
    return {"term": {field: value}}


def narrowed(*conditions: Body) -> Body:
    return {"bool": {"filter": list(conditions)}}


def near(slop: int, *clauses: Body) -> Body:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": True}}


def sign(character: str) -> Body:
    return {"span_term": {SIGNS: character}}


A, B = Stamped(Facet.FONDS, "A"), Words("乙乙", Section.TITLE)


@pytest.mark.parametrize(
    ("node", "body"),
    [
        (B, phrase("title", "乙乙")),
        (Words("乙", Section.CODE), term("code.signs", "乙")),
        (Words("annual report", Section.TITLE), phrase("title", "\tannual \treport")),
        (Words("7 no", Section.TITLE), phrase("title", "7 \tno")),
        (
            Words("档案"),
            {
                "bool": {
                    "should": [
                        phrase("page", "档案"),
                        {"bool": {"must": [phrase("lead", "档案")], "boost": 5.0}},
                    ],
                    "minimum_should_match": 1,
                }
            },
        ),
        (A, narrowed(term("fonds", "A"))),
        (Every(()), narrowed({"match_all": {}})),
        (Either(()), {"match_none": {}}),
        (Every((A, B)), {"bool": {"must": [narrowed(term("fonds", "A")), phrase("title", "乙乙")]}}),
        (Either((B,)), {"bool": {"should": [phrase("title", "乙乙")], "minimum_should_match": 1}}),
        (Without(B), narrowed({"bool": {"must_not": [phrase("title", "乙乙")]}})),
        (Likely(B, 0.25), {"bool": {"must": [phrase("title", "乙乙")], "boost": 0.25}}),
        (Dated("", ""), narrowed({"match_all": {}})),
        (
            Dated("2024", "202402"),
            narrowed(
                term("undated", False),
                {"range": {"latest": {"gte": "20240000"}}},
                {"range": {"date": {"lte": "20240299"}}},
            ),
        ),
        (Wild("甲?乙", Section.TITLE), near(0, sign("甲"), {"span_gap": {SIGNS: 1}}, sign("乙"))),
        (Wild("甲*乙", Section.TITLE), near(32, sign("甲"), sign("乙"))),
        (
            Wild("甲甲*?乙??丙", Section.TITLE),
            near(
                0,
                near(32, near(0, sign("甲"), sign("甲")), {"span_gap": {SIGNS: 1}}, sign("乙")),
                {"span_gap": {SIGNS: 2}},
                sign("丙"),
            ),
        ),
    ],
)
def test_a_tree_becomes_a_query(node: Node, body: Body) -> None:
    assert query(node) == body


def search(**bounds: Any) -> Search:
    return Search(Query(B), permit_of(Role.READER), **bounds)


def filters(**bounds: Any) -> list[Body]:
    body = asked(search(**bounds))["query"]["bool"]
    assert body["must"] == [phrase("title", "乙乙")]
    return list(body["filter"])


PERMIT = [{"terms": {"marking": ["internal", "open"]}}, term("filed", True)]


@pytest.mark.parametrize(
    ("bounds", "more"),
    [
        ({}, []),
        ({"fonds": "J1", "year": "2020"}, [term("fonds", "J1"), term("year", "2020")]),
        ({"item_id": "i"}, [term("item_id", "i")]),
        ({"within": {"j", "i"}}, [{"terms": {"item_id": ["i", "j"]}}]),
        ({"without": {"j", "i"}}, [{"bool": {"must_not": [{"terms": {"item_id": ["i", "j"]}}]}}]),
    ],
)
def test_permit_and_bounds_are_filters(bounds: dict[str, Any], more: list[Body]) -> None:
    assert filters(**bounds) == [*PERMIT, *more, {"match_all": {}}]


def test_an_archivist_sees_what_is_not_filed() -> None:
    body = asked(Search(Query(B), permit_of(Role.ARCHIVIST)))
    assert term("filed", True) not in body["query"]["bool"]["filter"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        (Sort.RELEVANCE, {"_score": "desc"}),
        (Sort.NEWEST, {"date": "desc"}),
        (Sort.OLDEST, {"undated": "asc"}),
        (Sort.CODE, {"uncoded": "asc"}),
    ],
)
def test_every_order_ends_with_the_id(sort: Sort, first: Body) -> None:
    order = asked(search(sort=sort))["sort"]
    assert (order[0], order[-1]) == (first, {"page_id": "asc"})


def test_a_slice_with_its_facets_is_asked_for_and_read() -> None:
    wanted = search(offset=40, limit=20, facets=(Facet.FONDS,))
    body = asked(wanted)
    assert (body["from"], body["size"], body["track_total_hits"]) == (40, 20, True)
    assert list(body["aggs"]) == ["fonds"]
    buckets = [{"key": "J1", "doc_count": 7}, {"key": "", "doc_count": 2}]
    hits = [{"_id": "p", "_score": 1.5, "_source": {"item_id": "i"}}]
    told = found(
        {"hits": {"total": {"value": 9}, "hits": hits}, "aggregations": {"fonds": {"buckets": buckets}}}, wanted
    )
    assert (told.total, told.hits[0].item_id, told.hits[0].score, told.facets) == (9, "i", 1.5, {"fonds": {"J1": 7}})


@pytest.mark.parametrize("lacking", [{"timed_out": True}, {"_shards": {"failed": 1}}])
def test_what_the_server_did_not_come_to_the_end_of_is_told(lacking: dict[str, Any]) -> None:
    wanted = search(facets=())
    whole = {"timed_out": False, "_shards": {"failed": 0}, "hits": {"total": {"value": 0}, "hits": []}}
    assert (asked(wanted)["timeout"], asked(search(share=0.25))["timeout"]) == ("10000ms", "2500ms")
    assert not found({**whole, "aggregations": {}}, wanted).cut_short
    assert found({**whole, "aggregations": {}, **lacking}, wanted).cut_short


def test_items_are_asked_for_by_their_first_page_and_read_with_the_others() -> None:
    wanted = search(by_item=True, facets=(), sort=Sort.CODE)
    body = asked(wanted)
    pages = body["collapse"]["inner_hits"]
    assert (body["collapse"]["field"], pages["sort"], list(body["aggs"])) == ("item_id", body["sort"], ["items"])
    assert pages["size"] <= creation()["settings"]["index"]["max_inner_result_window"]
    inner = {"pages": {"hits": {"hits": [{"_id": "p"}, {"_id": "q"}]}}}
    hits = [{"_id": "p", "_score": None, "_source": {"item_id": "i"}, "inner_hits": inner}]
    told = found({"hits": {"total": {"value": 2}, "hits": hits}, "aggregations": {"items": {"value": 1}}}, wanted)
    assert (told.total, told.items, told.hits) == (2, 1, (Hit("p", "i", 0.0, ("q",)),))
    assert "collapse" not in asked(search())


def test_the_server_folds_by_our_own_table() -> None:
    mappings = creation()["settings"]["analysis"]["char_filter"]["fold"]["mappings"]
    assert "\\u52de=>\\u52b3" in mappings
    assert len(mappings) > 4000 and all(line.count("=>") == 1 for line in mappings)
    assert "\\u346e=>\\ud86d\\udf48" in mappings  # beyond the first 65,536 characters


def test_a_page_is_told_folded_and_marked_its_description_with_the_leading_page_only() -> None:
    page = PageText(
        "p", "i", 3, "簽訂 Annual Report", True, title="关于", code="J1-7\n旧号", seals="公章", date="20240000"
    )
    told = document(page)
    assert told["page"] == ["公章", "签订\tannual \treport"]
    assert told["lead"] == ["关于", "\tj1-7", "旧号"]
    assert (told["year"], told["latest"], told["sorted_code"], told["undated"]) == ("2024", "20249999", "j1-7", False)
    assert document(PageText("p", "i", 3, "页", title="关于"))["lead"] == []


def test_a_document_that_was_changed_has_another_digest() -> None:
    told = document(PageText("p", "i", 3, "页", marking="personal"))
    assert digest(told) == told["digest"] != digest({**told, "marking": "open"})


def test_no_score_knows_how_rare_a_word_is_among_pages_that_one_may_not_see() -> None:
    """The documented statistics of all pages (`term.docFreq`, `field.docCount` ...) are in no formula."""
    told = creation()
    [(name, formula)] = told["settings"]["similarity"].items()
    script = formula["script"]["source"]
    assert formula["type"] == "scripted" and "term." not in script and "field." not in script
    texts = [field for field in told["mappings"]["properties"].values() if field["type"] == "text"]
    assert texts and all(one["similarity"] == name for field in texts for one in (field, *field["fields"].values()))


def test_every_field_of_a_page_is_declared() -> None:
    assert set(document(PageText("p", "i", 3, "页"))) == set(creation()["mappings"]["properties"])


@pytest.mark.parametrize("section", [section for section in Section if section])
def test_every_section_has_a_field(section: Section) -> None:
    assert SIGNS.partition(".")[2] in creation()["mappings"]["properties"][section.value]["fields"]
