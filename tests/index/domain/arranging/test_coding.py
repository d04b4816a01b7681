"""Codes as parts: each grammar writes them its own way, and reads back what it wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.arranging.coding import GRAMMARS, class_of, class_words, grammar_of, loose, read, with_number, written
from index.domain.identity import DAT13_ITEM, DAT13_LEGACY, DAT13_VOLUME, DAT22, ReferenceCode

LOOSE = ReferenceCode("Z109", "WS", (), 2011, "Y", "BGS", item_number="0001")
BOUND = ReferenceCode("Z109", "WS", (), 2011, "Y", "BGS", "002", "007", "003")
NAMES = {"BGS": "办公室"}


@pytest.mark.parametrize(
    ("code", "grammar", "words"),
    [
        (LOOSE, DAT22, "Z109-WS·2011-Y-BGS-0001"),
        (LOOSE, DAT13_ITEM, "Z109-WS·2011·Y·办公室-0001"),
        (LOOSE, DAT13_VOLUME, "Z109-WS·2011·Y·办公室-0001"),
        (LOOSE, DAT13_LEGACY, "Z109-WS·2011·Y·办公室-0001"),
        (BOUND, DAT22, "Z109-WS·2011·Y·办公室-007-003"),
        (BOUND, DAT13_VOLUME, "Z109-WS·2011·Y·办公室-007-003"),
        (BOUND, DAT13_LEGACY, "Z109-002-007-003"),
    ],
)
def test_a_fonds_writes_what_is_loose_and_what_is_bound_as_its_grammar_allows(
    code: ReferenceCode, grammar: str, words: str
) -> None:
    assert written(code, grammar, NAMES) == words


@given(
    number=st.integers(1, 999),
    year=st.integers(1000, 2999),
    kept=st.sampled_from(["Y", "D30", "D10", "D5"]),
    organisation=st.sampled_from(["", "BGS", "XZ"]),
    grammar=st.sampled_from(GRAMMARS),
    file=st.sampled_from(["", "012"]),
)
def test_what_is_written_is_read_back_as_the_same_parts(
    number: int, year: int, kept: str, organisation: str, grammar: str, file: str
) -> None:
    bare = ReferenceCode("J101", "WS", (), year, kept, organisation, "", file)
    code = with_number(bare, number, grammar)
    assert read(written(code, grammar, NAMES), grammar, NAMES) == code
    assert class_of(code) == bare and loose(code) == ReferenceCode("J101", "WS", (), year, kept, organisation)


def test_a_volume_is_called_by_its_code_without_an_item() -> None:
    assert class_words(BOUND, DAT13_VOLUME, NAMES) == "Z109-WS·2011·Y·办公室-007"
    assert class_words(BOUND, DAT13_LEGACY) == "Z109-002-007"
    assert class_words(LOOSE, DAT22) == "Z109-WS·2011-Y-BGS"


def test_what_no_grammar_knows_is_no_code() -> None:
    assert read("旧-17", DAT22) is None


def test_a_subject_file_has_no_catalogue_so_it_is_written_by_volume_in_a_legacy_fonds_too() -> None:
    assert grammar_of(ReferenceCode("C301", "RS", ("ZZ",), file_number="001"), DAT13_LEGACY) == DAT13_VOLUME
