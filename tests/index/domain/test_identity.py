from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.errors import WrongUse
from index.domain.identity import (
    DAT13_ITEM,
    DAT13_LEGACY,
    DAT13_VOLUME,
    DAT22,
    ReferenceCode,
    class_key,
    new_id,
    numbered,
    parse,
    render,
)

OFFICIAL = [
    (DAT22, "Z109-WS·2011-Y-BGS-0001"),
    (DAT13_VOLUME, "J019-ZY·JC·CC·2019·D30-001-001"),
    (DAT13_VOLUME, "J019-KU·01·2017-001-001"),
    (DAT13_VOLUME, "A002-RS-001-002"),
    (DAT13_VOLUME, "X032-KJ·KY·01-003"),
    (DAT13_VOLUME, "X032-KJ·JJ·02-005-054"),
    (DAT13_VOLUME, "K021-ZP·2019·D30-025-005"),
    (DAT13_VOLUME, "A439-WS·2015·D30·003-005"),
    (DAT13_ITEM, "Z109-WS·2011·Y·办公室-0001"),
    (DAT13_ITEM, "Z008-WS·2019·Y-037"),
    (DAT13_ITEM, "C015-WY·TZGG·2019·D10-00001"),
    (DAT13_ITEM, "B168-SW·2015·Y-001"),
    (DAT13_LEGACY, "C038-001-002-003"),
]


@pytest.mark.parametrize(("grammar", "text"), OFFICIAL)
def test_an_official_example_is_parsed_and_written_as_it_was(grammar: str, text: str) -> None:
    assert render(parse(text, grammar), grammar) == text


@pytest.mark.parametrize(("grammar", "text"), [(DAT22, "A001-征集·2012-0007"), (DAT13_ITEM, "A001-寄存·2012·D10-0007")])
def test_a_category_without_letters_of_its_own_goes_by_its_name(grammar: str, text: str) -> None:
    assert render(parse(text, grammar), grammar) == text


def test_parts_are_named_as_the_standard_names_them() -> None:
    code = parse("J019-ZY·JC·CC·2019·D30-001-002", DAT13_VOLUME)
    assert code == ReferenceCode("J019", "ZY", ("JC", "CC"), 2019, "D30", file_number="001", item_number="002")
    assert code.series == "ZY·JC·CC"


@pytest.mark.parametrize(
    ("text", "grammar"),
    [
        ("Z109-WS·2011-Y-BGS-0001", DAT13_ITEM),
        ("Z109-WS·2011·Y·办公室-0001", DAT22),
        ("Z109-WS·2011-Y-BGS-001", DAT22),
        ("Z109-WS·2011-Y-BGS", DAT22),
        ("Z109-WS·11-Y-BGS-0001", DAT22),
        ("", DAT22),
        ("Z109-WS·2011-Y-BGS-0001", "dat99"),
    ],
)
def test_a_code_of_another_grammar_is_refused(text: str, grammar: str) -> None:
    with pytest.raises(WrongUse) as refused:
        parse(text, grammar)
    assert refused.value.code == "bad-reference-code"


def test_golden_case_15_both_grammars_write_the_same_parts() -> None:
    names = {"BGS": "办公室"}
    by_item = parse("Z109-WS·2011·Y·办公室-0001", DAT13_ITEM, names)
    assert by_item == parse("Z109-WS·2011-Y-BGS-0001", DAT22)
    assert render(by_item, DAT13_ITEM, names) == "Z109-WS·2011·Y·办公室-0001"
    assert render(by_item, DAT22) == "Z109-WS·2011-Y-BGS-0001"


def test_a_grammar_without_a_place_for_a_part_refuses_to_drop_it() -> None:
    with pytest.raises(WrongUse):
        render(ReferenceCode("J101", "WS", year=2024, retention="D10", file_number="001", item_number="0001"), DAT22)


def test_an_unset_period_leaves_its_segment_out() -> None:
    code = ReferenceCode("C301", "PX", year=2024, item_number="0007")
    assert render(code) == "C301-PX·2024-0007"
    assert parse("C301-PX·2024-0007") == code


def test_item_numbers_are_padded_by_the_grammar_and_counted_in_the_lowest_class() -> None:
    code = ReferenceCode("J101", "WS", ("SJ",), 2024, "D10")
    assert render(numbered(code, 12)) == "J101-WS·SJ·2024-D10-0012"
    assert class_key(numbered(code, 12)) == class_key(numbered(code, 13))
    assert class_key(code) != class_key(ReferenceCode("J101", "WS", ("SJ",), 2024, "D30"))


fonds = st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True)
categories = st.sampled_from(["WS", "RS", "KU", "ZY", "PX"])
subs = st.lists(st.sampled_from(["01", "02", "DZ", "SJ", "YH", "SF"]), max_size=3).map(tuple)
years = st.integers(1900, 2199)
periods = st.sampled_from(["Y", "D30", "D10", "D2"])
organisations = st.sampled_from(["", "BGS", "XZ"])
items = st.integers(1, 9999).map("{:04d}".format)


@given(fonds, categories, subs, years, st.one_of(st.just(""), periods), organisations, items)
def test_what_dat22_writes_it_reads(
    fonds: str, category: str, subs: tuple[str, ...], year: int, kept: str, organisation: str, item: str
) -> None:
    code = ReferenceCode(fonds, category, subs, year, kept, organisation, item_number=item)
    assert parse(render(code, DAT22), DAT22) == code


@given(fonds, categories, subs, years, periods, organisations, st.sampled_from(["", "001"]), items)
def test_what_dat13_writes_it_reads(
    fonds: str, category: str, subs: tuple[str, ...], year: int, kept: str, organisation: str, file: str, item: str
) -> None:
    code = ReferenceCode(fonds, category, subs, year, kept, organisation, file_number=file, item_number=item)
    grammar = DAT13_VOLUME if file else DAT13_ITEM
    assert parse(render(code, grammar), grammar) == code


def test_ids_are_version_7_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(100)]
    assert {UUID(one).version for one in ids} == {7}
    assert len(set(ids)) == 100
    earlier, later = (new_id(datetime(year, 1, 1, tzinfo=UTC)) for year in (2024, 2025))
    assert earlier < later
    assert ids == sorted(ids)
