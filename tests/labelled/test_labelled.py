"""The labelled set: the same for a seed, true to itself, over everything that the regulations name."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from config import regulations
from index.domain.dates import partial_date
from index.domain.folding import folded
from index.domain.rules.policy import Where
from tests.labelled.composing import OPEN_GAP, Document
from tests.labelled.grammar import Part, part
from tests.labelled.making import PARTS, labelled
from tests.labelled.slots import spellings
from tests.sheet import pieces
from tests.typeset import printed

#: The packs and their series (D.0); what is kept of donations and deposits in P7 bears no code there.
SERIES = {
    "school": "WS·DZ WS·XZ WS·GH WS·SX WS·SJ RS KU·01 KU·02 KU·03 KU·04 KJ JX ZP LY LX",
    "property-owners": "ZY·YH·SF ZY·YH·ZX ZY·YH·TZ ZY·YH·WP ZY·YH·CL ZY·YH·LS",
    "customers": "ZY·KH·JC ZY·KH·TZ ZY·KH·YW ZY·KH·JY ZY·KH·XY ZY·KH·FX",
    "employees": "RS·ZZ RS·LZ PX",
    "employees-hr": "RS·NB RS·WB",
    "enterprise": "WS SC KJ KU ZP LY LX DZ SW HT ZJ",
    "municipal": "WS ZY KU ZP LY LX SW 征集 寄存",
    "tenants": " ".join(f"ZY·ZH·{number:02d}" for number in range(1, 12)),
    "overseas": "GL JS SB KY CP KU RS",
    "health-forms": "ZY·DC ZY·GK",
    "customer-quality": "ZY·XX ZY·ZL ZY·TS ZY·MY",
    "dealers": "ZY·JX ZY·YY ZY·YD ZY·LS",
}
#: The share of titles that may be, word for word, what a rule of their pack looks for in a title.
MOST_TERMS = 0.15


@pytest.fixture(scope="module", params=PARTS)
def documents(request: pytest.FixtureRequest) -> list[Document]:
    """Every template of a part once."""
    return list(labelled(3, len(part(request.param).templates), request.param))


def test_the_same_seed_makes_the_same_documents() -> None:
    assert list(labelled(5, 12)) == list(labelled(5, 12))
    assert [one.text for one in labelled(5, 12)] != [one.text for one in labelled(6, 12)]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_what_the_truth_says_stands_on_the_paper(documents: list[Document]) -> None:
    lacking = [
        (one.template, name, getattr(one.truth, name))
        for one in documents
        for name in ("title", "creator", "document_number", "subject_key")
        if getattr(one.truth, name)
        and not any(_bare(value) in _bare(one.text) for value in getattr(one.truth, name).split("|"))
    ]
    assert not lacking


def test_the_day_of_a_document_stands_on_the_paper(documents: list[Document]) -> None:
    lacking = [
        (one.template, one.truth.date)
        for one in documents
        if one.truth.date and not any(_bare(said) in _bare(one.text) for said in spellings(one.truth.date))
    ]
    assert not lacking


def test_every_series_of_every_pack_has_papers(documents: list[Document]) -> None:
    found = {(one.truth.pack, series) for one in documents for series in one.truth.series.split("|")}
    assert not {(pack, series) for pack, named in SERIES.items() for series in named.split()} - found


def test_some_papers_belong_nowhere_and_some_say_nothing_of_themselves(documents: list[Document]) -> None:
    assert sum(not one.truth.series for one in documents) >= len(documents) // 20
    for name in ("title", "date", "document_number", "creator", "subject_key"):
        assert {bool(getattr(one.truth, name)) for one in documents} == {True, False}
    assert {one.script for one in documents} == {"hans", "hant", "latin"}
    assert {len(one.folders) for one in documents} == {0, 1, 2}


def test_titles_are_not_the_words_that_rules_look_for(documents: list[Document]) -> None:
    terms = {
        (pack.id, term)
        for pack in regulations.load_all()
        for rule in pack.rules
        if rule.where is Where.TITLE
        for term in (*rule.any, *rule.all)
    }
    packs = {pack for pack, _ in terms}
    titles = [(one.truth.pack, folded(one.truth.title).text) for one in documents if one.truth.pack in packs]
    assert sum(title in terms for title in titles) <= MOST_TERMS * len(titles)


@pytest.mark.parametrize(("one", "other"), list(combinations(PARTS, 2)))
def test_two_parts_share_neither_templates_nor_bodies(one: str, other: str) -> None:
    ours, theirs = part(one), part(other)
    assert not {each.name for each in ours.templates} & {each.name for each in theirs.templates}
    assert not _lines(ours) & _lines(theirs)
    assert not set(ours.fonds.values()) & set(theirs.fonds.values())


def _lines(of: Part) -> set[str]:
    return {line for pool in of.pools.values() for line in pool}


@pytest.mark.slow
def test_every_word_comes_on_to_the_paper(documents: list[Document]) -> None:
    for page in (page for one in documents[::12] for page in one.pages):
        on_paper = "".join(line.text for line in printed(page, dpi=60).lines)
        assert _bare("".join(piece for block in page.blocks for piece in pieces(block))) in _bare(on_paper)


def test_no_gap_is_left_open(documents: list[Document]) -> None:
    assert not [one.template for one in documents if OPEN_GAP.search(one.text)]


def test_every_truth_is_whole(documents: list[Document]) -> None:
    for one in documents:
        assert one.truth.fonds if one.truth.series else not one.truth.pack
        assert not one.truth.date or partial_date(one.truth.date)
