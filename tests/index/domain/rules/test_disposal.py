from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.access import Marking
from index.domain.rules.approvers import Approval
from index.domain.rules.disposal import Destruction, Hold, Part, Verdict, appraise, destroy
from index.domain.rules.policy import ScheduleRow
from index.domain.rules.provisions import DestructionRule
from tests.fakes.config.regulations import pack

TODAY = date(2030, 1, 1)
TITLE = {"zh-Hans": "", "zh-Hant": "", "en": ""}
ROWS = {said: ScheduleRow(said, TITLE, said, "closed", "C-1") for said in ("2y", "10y", "permanent", "unset")}
REGULATION = replace(
    pack("school"),
    disposal_approver="head and manager",
    destruction=(DestructionRule(("open", "internal"), ("shred", "tear"), "C-2", witnesses=3),),
)
CLOSED = {"closed": date(2025, 1, 1)}


def parts(*rows: str) -> list[Part]:
    return [Part(f"{number} {name}", ROWS[name]) for number, name in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "verdict", "free_from"),
    [
        (["2y", "2y"], Verdict.WHOLE, date(2027, 1, 1)),
        (["2y", "10y"], Verdict.SPLIT, date(2035, 1, 1)),
        (["2y", "permanent"], Verdict.SPLIT, None),
        (["2y", "unset"], Verdict.SPLIT, None),
        (["10y"], Verdict.NOTHING, date(2035, 1, 1)),
        (["unset"], Verdict.NOTHING, None),
        ([], Verdict.NOTHING, None),
    ],
)
def test_a_file_goes_whole_split_or_not_at_all(rows: list[str], verdict: Verdict, free_from: date | None) -> None:
    found = appraise(REGULATION, parts(*rows), CLOSED, TODAY)
    assert (found.verdict, found.free_from) == (verdict, free_from)
    assert len(found.free) + len(found.bound) == len(rows)


@pytest.mark.parametrize(
    ("hold", "stands"),
    [
        (Hold("claim", date(2029, 1, 1)), True),
        (Hold("claim", date(2029, 1, 1), lifted=date(2030, 1, 2)), True),
        (Hold("claim", date(2029, 1, 1), lifted=TODAY), False),
        (Hold("claim", date(2030, 1, 2)), False),
    ],
)
def test_under_a_hold_nothing_goes(hold: Hold, stands: bool) -> None:
    found = appraise(REGULATION, parts("2y"), CLOSED, TODAY, [hold])
    assert (found.verdict is Verdict.NOTHING, not found.whole.allowed) == (stands, stands)


@given(st.lists(st.sampled_from(sorted(ROWS)), max_size=6), st.dates(date(2025, 1, 1), date(2050, 1, 1)))
def test_the_whole_is_free_exactly_when_every_part_is(rows: list[str], today: date) -> None:
    found = appraise(REGULATION, parts(*rows), CLOSED, today)
    whole = found.free_from is not None and today >= found.free_from
    assert (found.verdict is Verdict.WHOLE) is whole


APPROVALS = (Approval("head", "head", TODAY), Approval("manager", "manager", TODAY))
HOW = Destruction("tear", "archivist", ("a", "b", "c"), APPROVALS)


@pytest.mark.parametrize(
    ("marking", "how", "against"),
    [
        (Marking.INTERNAL, HOW, []),
        (Marking.INTERNAL, replace(HOW, method="burn"), ["method-refused"]),
        (Marking.INTERNAL, replace(HOW, witnesses=("a", "b")), ["witnesses-needed"]),
        (Marking.INTERNAL, replace(HOW, approvals=APPROVALS[:1]), ["approval-needed"]),
        # Where the regulation says nothing, only what is safest and two witnesses.
        (Marking.PERSONAL, HOW, ["method-refused"]),
        (Marking.PERSONAL, replace(HOW, method="shred", witnesses=("a", "b")), []),
    ],
)
def test_it_is_destroyed_as_the_marking_allows(marking: Marking, how: Destruction, against: list[str]) -> None:
    assert [why.code for why in destroy(REGULATION, marking, how, TODAY).reasons] == against


def test_where_nobody_may_approve_nothing_is_destroyed() -> None:
    nobody = replace(REGULATION, disposal_approver="")
    assert [why.code for why in destroy(nobody, Marking.INTERNAL, HOW, TODAY).reasons] == ["approval-needed"]
