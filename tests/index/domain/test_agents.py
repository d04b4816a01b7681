from __future__ import annotations

import pytest

from index.domain.agents import Person, all_persons, each_creator, each_person, subject_of, together


@pytest.mark.parametrize(
    ("value", "creators"),
    [
        ("青石县教育局", ("青石县教育局",)),
        ("青石县教育局；青石县财政局", ("青石县教育局", "青石县财政局")),
        ("青石县教育局; 青石县财政局;", ("青石县教育局", "青石县财政局")),
        ("", ()),
    ],
)
def test_creators_are_parted_as_catalogues_part_them(value: str, creators: tuple[str, ...]) -> None:
    assert each_creator(value) == creators


def test_each_creator_is_named_once() -> None:
    assert together(["青石县教育局", "青石县财政局", "青石县教育局"]) == "青石县教育局；青石县财政局"


@pytest.mark.parametrize(
    ("value", "persons"),
    [
        ("季小满", (Person("季小满"),)),
        ("季小满(校长)、柏川", (Person("季小满", "校长"), Person("柏川"))),
        ("季小满（校长），柏川", (Person("季小满", "校长"), Person("柏川"))),
        ("", ()),
    ],
)
def test_a_person_stands_with_the_office(value: str, persons: tuple[Person, ...]) -> None:
    assert each_person(value) == persons


def test_of_two_mentions_the_one_with_the_office_stands() -> None:
    assert all_persons([Person("季小满"), Person("柏川"), Person("季小满", "校长")]) == "柏川、季小满(校长)"


@pytest.mark.parametrize(
    ("value", "name"),
    [("季小满、柏川(经理)", "季小满"), ("柏川(经理)、季小满", "季小满"), ("柏川(签发人)", ""), ("", "")],
)
def test_who_signed_is_not_whom_the_paper_is_about(value: str, name: str) -> None:
    assert subject_of(value) == name
