"""Decides what the pages call a field, and in which words they say why a value is proposed.

A clerk reads words, never the names that rules have in the program: where on the paper it was found, the regulation
with its clause, or that it only follows from the regulation.
"""

from __future__ import annotations

from urllib.parse import urlencode

from index.domain.description import Value
from index.domain.holdings import Item
from index.domain.rules.policy import Pack
from viewer.visit import Visit
from viewer.words.terms import TERMS, term

PLACED = frozenset({"pack", "series", "retention", "marking", "doc_type"})
"""The fields that a regulation decides."""


def field_name(visit: Visit, name: str, item: Item | None = None) -> str:
    """The field's name; the key of a subject file is called what it is (工号), where the regulation says."""
    subjects = _subjects(visit, item) if name == "subject_key" else set()
    return visit.say(term("subject", subjects.pop()) if len(subjects) == 1 else term("field", name))


def follows(name: str, value: Value) -> bool:
    """Whether nothing on the paper speaks for the value: it is only what the regulation lays down."""
    said = value.evidence
    return name in PLACED and not value.given and not (said and (said.rule or said.words or said.page))


def reason(visit: Visit, item: Item, name: str) -> str:
    """Why the value of this field is proposed; empty when all there is to say is its confidence."""
    value = item.description[name]
    if follows(name, value):
        return _followed(visit, item, name)
    rule = value.evidence.rule if value.evidence else ""
    return _ruled(visit, item, name, rule) if rule else ""


def clause(visit: Visit, item: Item, name: str) -> str:
    """The address of the clause that the reason names, in the edition that decided; empty where it names none."""
    value, pack = item.description[name], _pack(visit, item)
    if pack is None or value.given or name not in PLACED:
        return ""
    said = _clause_of_series(pack, item) if follows(name, value) else _clause_of_rule(pack, value)
    return f"/packs/{pack.id}?{urlencode({'digest': item.pack_digest or pack.digest})}#{said}" if said else ""


def _clause_of_series(pack: Pack, item: Item) -> str:
    series = pack.series_of(item.value("series"))
    return series.clause if series else ""


def _clause_of_rule(pack: Pack, value: Value) -> str:
    rule = value.evidence.rule if value.evidence else ""
    return next((one.clause for one in pack.rules if one.id == rule), "")


def _ruled(visit: Visit, item: Item, name: str, rule: str) -> str:
    """The clause, where the item's regulation has this rule; else what was looked at on the paper."""
    pack = _pack(visit, item)
    said = _clause_of_rule(pack, item.description[name]) if pack and name in PLACED else ""
    if pack and said:
        return visit.say("by “{pack}”, {clause}", pack=pack.title[visit.language], clause=said)
    return visit.say(term("rule", rule)) if rule in TERMS["rule"] else visit.say("by a rule of the room")


def _followed(visit: Visit, item: Item, name: str) -> str:
    pack, placed = _pack(visit, item), bool(item.value("series"))
    if pack is None:
        return visit.say("for the time being: the regulation is not known yet")
    if name == "pack" and not placed:
        return visit.say("the only regulation it can be under")
    if name == "retention" and not placed:
        return visit.say("comes with the series")
    title = pack.title[visit.language]
    if name == "pack":
        return visit.say("from the series")
    if placed:
        return visit.say("as “{pack}” lays down for this series", pack=title)
    return visit.say("what “{pack}” says of all its documents", pack=title)


def _subjects(visit: Visit, item: Item | None) -> set[str]:
    """What the subject files are about: of the item's series, else of its regulation, else of all in this room."""
    pack = _pack(visit, item) if item else None
    series = pack.series_of(item.value("series")) if pack and item else None
    chosen = [series] if series else [one for known in ([pack] if pack else visit.home.packs) for one in known.series]
    return {one.subject for one in chosen if one.subject}


def _pack(visit: Visit, item: Item) -> Pack | None:
    return visit.home.packs_by_id.get(item.value("pack"))
