"""The register is compared by number whatever its brackets, else by title and sender; what a person said stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from index.domain.errors import WrongUse
from index.domain.lists.entries import Entry
from index.domain.lists.incoming import Filed, Incoming, Outcome, compared, decided, incoming

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ENTRY = Incoming("e1", "f1", "12", date(2024, 3, 4), "某市教育局", "教发〔2024〕5号", "关于防汛的通知")


@pytest.mark.parametrize("number", ["教发〔2024〕5号", "教发[2024]5号", "教發（2024）第5號", "教发【2024】 5 号"])
def test_a_number_is_the_same_in_any_brackets(number: str) -> None:
    (after,) = compared([ENTRY], [Filed("i1", number, "另一题名")])
    assert (after.outcome, after.item_id) == (Outcome.FILED, "i1")


def test_another_number_is_another_document_though_the_title_is_the_same() -> None:
    assert compared([ENTRY], [Filed("i1", "教发〔2024〕6号", ENTRY.title, ENTRY.sender)]) == []


@pytest.mark.parametrize(("creator", "found"), [("某市教育局", True), ("某县教育局", False)])
def test_without_a_number_title_and_sender_decide(creator: str, found: bool) -> None:
    bare = replace(ENTRY, document_number="")
    assert bool(compared([bare], [Filed("i1", "", "關於防汛的通知", creator)])) is found


def test_what_was_filed_and_is_no_more_is_missing_again() -> None:
    (after,) = compared([replace(ENTRY, outcome=Outcome.FILED, item_id="i1")], [])
    assert (after.outcome, after.item_id) == (Outcome.MISSING, None)


def test_what_a_person_said_stays_until_they_take_it_back() -> None:
    said = decided(ENTRY, Outcome.NOT_FOR_FILING, " 重份 ", "archivist", NOW)
    assert (said.outcome, said.reason, said.decided_by) == (Outcome.NOT_FOR_FILING, "重份", "archivist")
    assert compared([said], [Filed("i1", ENTRY.document_number, "")]) == []
    assert decided(said, Outcome.MISSING, "", "archivist", NOW).outcome is Outcome.MISSING


@pytest.mark.parametrize(("outcome", "reason"), [(Outcome.NOT_FOR_FILING, " "), (Outcome.FILED, "x")])
def test_nobody_says_filed_and_nobody_says_not_for_filing_without_a_reason(outcome: Outcome, reason: str) -> None:
    with pytest.raises(WrongUse):
        decided(ENTRY, outcome, reason, "archivist", NOW)


def test_a_row_becomes_an_entry_and_a_day_that_is_not_whole_begins_its_month() -> None:
    row = Entry(2, {"receipt_number": "7", "received_on": "2024-03", "title": "函", "copies": "2", "note": "急件"})
    made = incoming(row, "e7", "f1")
    assert (made.received_on, made.copies, made.reason, made.key) == (date(2024, 3, 1), 2, "急件", ("f1", 2024, "7"))
