"""The labelled set: the same for a seed, true to itself, over everything that the regulations name."""

from __future__ import annotations

import re

import pytest

from index.domain.dates import partial_date
from tests.labelled.composing import OPEN_GAP, Document
from tests.labelled.grammar import half
from tests.labelled.making import HALVES, labelled


@pytest.fixture(scope="module", params=HALVES)
def documents(request: pytest.FixtureRequest) -> list[Document]:
    """Every template of a half once."""
    return list(labelled(3, len(half(request.param).templates), request.param))


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


def test_no_gap_is_left_open(documents: list[Document]) -> None:
    assert not [one.template for one in documents if OPEN_GAP.search(one.text)]


def test_every_truth_is_whole(documents: list[Document]) -> None:
    for one in documents:
        assert one.truth.fonds if one.truth.series else not one.truth.pack
        assert not one.truth.date or partial_date(one.truth.date)
