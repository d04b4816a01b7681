"""Decides what query a tree becomes in OpenSearch's own language. Pure: nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.domain.searching.tree import Dated, Either, Every, Likely, Node, Section, Stamped, Wild, Without, Words
from index.text.days import latest
from index.text.marked import needle, plain
from index.text.matching import stretches
from index.text.opensearch.layout import LEAD, PAGE, SIGNS, Body

#: A leaf that stands in the description speaks for the page as much as this many in its text.
_DESCRIBED_COUNTS = 5.0


def query(node: Node) -> Body:
    """The query of a tree; what only narrows adds nothing to a score."""
    match node:
        case Words(text, section):
            return _leaf(section, lambda field: _phrase(field, needle(text)))
        case Wild(pattern, section):
            return _leaf(section, lambda field: _spread(f"{field}.{SIGNS}", pattern))
        case Stamped(facet, value):
            return unscored({"term": {facet.value: plain(value)}})
        case Dated():
            return unscored(*dated(node))
        case Every(()):
            return unscored({"match_all": {}})
        case Every(nodes):
            return {"bool": {"must": [query(one) for one in nodes]}}
        case Either(nodes):
            return either([query(one) for one in nodes])
        case Without(one):
            return unscored({"bool": {"must_not": [query(one)]}})
        case Likely(one, weight):
            return {"bool": {"must": [query(one)], "boost": weight}}


def unscored(*conditions: Body) -> Body:
    return {"bool": {"filter": list(conditions)}}


def either(queries: Sequence[Body]) -> Body:
    """One of these at least; of none, nothing."""
    return {"bool": {"should": list(queries), "minimum_should_match": 1}} if queries else {"match_none": {}}


def dated(days: Dated) -> list[Body]:
    """What narrows to pages whose date may lie within these days."""
    if not (days.first or days.last):
        return [{"match_all": {}}]
    conditions: list[Body] = [{"term": {"undated": False}}, {"range": {"latest": {"gte": days.first.ljust(8, "0")}}}]
    if days.last:
        conditions.append({"range": {"date": {"lte": latest(days.last)}}})
    return conditions


def _leaf(section: Section, sought: Callable[[str], Body]) -> Body:
    if section is not Section.ANYWHERE:
        return sought(section.value)
    return either([sought(PAGE), {"bool": {"must": [sought(LEAD)], "boost": _DESCRIBED_COUNTS}}])


def _phrase(field: str, text: str) -> Body:
    """A stretch of marked text by its pairs, one beside the other; a single character by itself."""
    return {"match_phrase": {field: text}} if len(text) > 1 else {"term": {f"{field}.{SIGNS}": text}}


def _spread(field: str, wild: str) -> Body:
    """A pattern: its stretches in their order, each as far from the one before as its signs allow.

    Signs at its ends are passed over, as a span cannot ask for a character that may be any.
    """
    (first, *_), *others = stretches(wild)
    found = _stretch(field, first)
    for piece, least, most in others:
        gap = [{"span_gap": {field: least}}] if least else []
        found = _near([found, *gap, _stretch(field, piece)], most - least)
    return found


def _stretch(field: str, piece: str) -> Body:
    signs: list[Body] = [{"span_term": {field: sign}} for sign in plain(piece)]
    return _near(signs, 0) if len(signs) > 1 else signs[0]


def _near(clauses: Sequence[Body], slop: int) -> Body:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": True}}
