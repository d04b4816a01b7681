"""The checklists of the regulations, held against what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.rules.completeness import (
    Completeness,
    Held,
    Per,
    Said,
    State,
    Unit,
    Word,
    account,
    completeness,
    slots,
)
from tests.fakes.config.regulations import pack

EMPLOYEES, SCHOOL = pack("employees"), pack("school")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ALWAYS = ("个人简历", "登记表", "身份证复印件", "学历证书复印件", "劳动合同", "保密协议")


def held(*doc_types: str, series: str = "RS·ZZ") -> list[Held]:
    return [Held(series, kind, 1) for kind in doc_types]


def word(slot: str, said: Said) -> dict[str, Word]:
    return {slot: Word("file", slot, said, "lost in the flood of 1998", "clerk", NOW)}


def numbers(found: Completeness, state: State) -> str:
    return " ".join(place.slot.number for place in found.of(state))


def test_of_fourteen_slots_six_are_always_asked_for() -> None:
    empty = completeness(EMPLOYEES, Per.FILE, [])
    assert len(empty.places) == 14
    assert numbers(empty, State.MISSING) == "1 2 3 4 6 11"
    assert numbers(empty, State.UNDECIDED) == "5 7 8 9 10 12 13"
    assert numbers(empty, State.NOT_ASKED) == "14"
    assert (empty.filled, empty.asked, empty.score, empty.complete) == (0, 6, 0.0, False)
    whole = completeness(EMPLOYEES, Per.FILE, held(*ALWAYS))
    assert (whole.filled, whole.asked, whole.complete) == (6, 6, True)


def test_papers_show_that_somebody_left_and_then_the_settlement_is_asked_for() -> None:
    left = completeness(EMPLOYEES, Per.FILE, [*held(*ALWAYS), *held("离职申请单", series="RS·LZ")])
    assert (numbers(left, State.MISSING), left.filled, left.asked) == ("13", 7, 8)
    assert left.score == pytest.approx(7 / 8)


def test_a_person_says_whether_a_condition_holds_and_papers_never_say_that_it_does_not() -> None:
    driver = completeness(EMPLOYEES, Per.FILE, held(*ALWAYS), told={"driver": True, "regularised": False})
    assert numbers(driver, State.MISSING) == "5"
    assert "7" in numbers(driver, State.NOT_ASKED).split()
    assert driver.undecided == ("raise", "transfer", "event", "separated")


def test_either_of_two_papers_fills_a_slot_and_repeated_ones_are_counted() -> None:
    agreement = completeness(EMPLOYEES, Per.FILE, [Held("RS·ZZ", "用工协议", 2), Held("RS·ZZ", "调令单", 3)])
    counts = {place.slot.number: place.count for place in agreement.of(State.FILLED)}
    assert counts == {"6": 2, "9": 3}


def test_what_is_waived_is_not_asked_for_and_what_a_person_saw_is_there() -> None:
    papers = held(*ALWAYS[1:])
    waived = completeness(EMPLOYEES, Per.FILE, papers, word("1", Said.WAIVED))
    assert (numbers(waived, State.WAIVED), waived.asked, waived.complete) == ("1", 5, True)
    seen = completeness(EMPLOYEES, Per.FILE, papers, word("1", Said.PRESENT))
    assert (seen.filled, seen.asked, seen.complete) == (6, 6, True)


def test_a_waiver_of_what_came_after_all_is_beside_the_point() -> None:
    found = completeness(EMPLOYEES, Per.FILE, held(*ALWAYS), word("1", Said.WAIVED))
    assert (numbers(found, State.WAIVED), found.filled) == ("", 6)


def test_the_five_groups_of_a_school_are_asked_for_each_year_and_filled_by_series() -> None:
    year = completeness(SCHOOL, Per.YEAR, held("", series="WS·GH") + held("", series="KU·02"))
    assert (numbers(year, State.FILLED), numbers(year, State.MISSING)) == ("3 5", "1 2 4")
    assert completeness(SCHOOL, Per.FILE, []).places == ()


def test_a_list_that_does_not_say_is_each_files_where_there_are_files() -> None:
    plain = replace(SCHOOL, checklist=tuple(replace(slot, per="") for slot in SCHOOL.checklist))
    assert [len(slots(plain, per)) for per in Per] == [0, 0, 5]
    assert [len(slots(EMPLOYEES, per)) for per in Per] == [14, 0, 0]


def test_what_the_regulation_declares_no_condition_for_concerns_its_slot_alone() -> None:
    bare = replace(EMPLOYEES, conditions=())
    found = completeness(bare, Per.FILE, [], told={"slot 12": True})
    assert (numbers(found, State.MISSING), found.undecided[:2]) == ("1 2 3 4 6 11 12", ("slot 5", "slot 7"))


def test_words_are_kept_under_the_file_or_under_fonds_regulation_and_year() -> None:
    assert Unit(Per.FILE, "f", "employees", file_id="x").key == "x"
    assert Unit(Per.YEAR, "f", "school", year="2024").key == "f/school/2024"
    assert Unit(Per.FONDS, "f", "school").key == "f/school"


def test_the_account_of_many_says_what_is_missing_most() -> None:
    found = [completeness(EMPLOYEES, Per.FILE, held(*ALWAYS[:count])) for count in (6, 5, 4)]
    total = account(found)
    assert (total.units, total.complete, total.filled, total.asked) == (3, 1, 15, 18)
    assert total.missing == (("11", 2), ("6", 1))
    assert account([]).score == 1.0


@given(
    st.lists(st.sampled_from([kind for slot in EMPLOYEES.checklist for kind in slot.doc_types]), max_size=20),
    st.dictionaries(st.sampled_from([one.name for one in EMPLOYEES.conditions]), st.booleans()),
)
def test_one_paper_more_never_takes_a_place_away(kinds: list[str], told: dict[str, bool]) -> None:
    before = completeness(EMPLOYEES, Per.FILE, held(*kinds), told=told)
    after = completeness(EMPLOYEES, Per.FILE, held(*kinds, "劳动合同"), told=told)
    assert after.filled >= before.filled
    assert 0 <= before.score <= 1
    assert len(before.places) == sum(len(before.of(state)) for state in State)
