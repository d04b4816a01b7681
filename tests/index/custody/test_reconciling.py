"""The register is entered once, compared with what is filed, and signed with what is missing named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.catalogue.sql import SqlWork
from index.custody.reconciling import decide, dry_run, put_in, reconcile, sign
from index.domain.holdings import ItemState
from index.domain.lists.entries import proposed
from index.domain.lists.importing import Import, ImportState, Kind
from index.domain.lists.incoming import REGISTER, Outcome
from index.domain.lists.sheet import Row
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item

HEADINGS = ("收文号", "收文日期", "来文单位", "文号", "题名")
ROWS = (
    ("1", "2024-03-04", "某市教育局", "教发〔2024〕5号", "关于防汛的通知"),
    ("2", "2024-03-09", "某市教育局", "教发〔2024〕9号", "关于消防的通知"),
    ("3", "不详", "某市教育局", "", "关于体检的函"),
)


def fonds(work: SqlWork) -> str:
    found = work.fonds.by_code("J101")
    assert found
    return found.id


def entered(work: SqlWork, one: Import) -> int:
    return put_in(work, one, dry_run(work, one).ready, "clerk")


def register(work: SqlWork, name: str = "收文簿.csv", rows: Sequence[tuple[str, ...]] = ROWS) -> Import:
    made = Import(name, Kind.REGISTER, name, "0" * 64, fonds(work), "clerk", MORNING, ImportState.READ)
    made = replace(made, headings=HEADINGS, columns=proposed(REGISTER, HEADINGS))
    work.imports.add(made)
    work.imports.keep_rows(name, [Row(number, row) for number, row in enumerate(rows, 2)])
    return made


def test_sound_rows_are_entered_once_also_from_a_second_list(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        assert entered(work, register(work)) == 2
        assert entered(work, register(work, "again.csv")) == 0
        assert [one.receipt_number for one in work.incoming.of_year(fonds(work), 2024)] == ["1", "2"]


def test_the_register_is_compared_decided_and_signed(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        entered(work, register(work))
        filed = item(ItemState.FILED, {"title": "x", "document_number": "教发[2024]5号"}, fonds_id=fonds(work))
        work.items.add(filed)
        assert reconcile(work, fonds(work), 2024, MORNING) == {Outcome.FILED: 1, Outcome.MISSING: 1}
        first, second = work.incoming.of_year(fonds(work), 2024)
        assert first.item_id == filed.id
        sign(work, fonds(work), 2024, "archivist", MORNING)
        decide(work, second.id, Outcome.NOT_FOR_FILING, "重份", "archivist", MORNING)
        sign(work, fonds(work), 2024, "archivist", MORNING)
        signed = [event.details for event in work.journal.of(fonds(work)) if event.verb == "register-signed"]
    assert [one["numbers"] for one in signed] == [["2"], []]
    assert (signed[1]["filed"], signed[1]["missing"], signed[1]["not-for-filing"]) == (1, 0, 1)


def test_a_number_of_two_papers_is_told_and_entered_for_neither(room: Room) -> None:
    again = ("1", "2024-05-06", "某县教育局", "县教〔2024〕3号", "关于用电的通知")
    of_another_year = ("1", "2025-01-06", "某市教育局", "教发〔2025〕1号", "关于用电的通知")
    with room.home.catalogue.writing() as work:
        one = register(work, rows=(ROWS[0], again, of_another_year, ROWS[1], ROWS[1]))
        told = {entry.number: [fault.code for fault in entry.faults] for entry in dry_run(work, one).entries}
        assert told == {2: ["receipt-twice"], 3: ["receipt-twice"], 4: [], 5: [], 6: []}
        assert entered(work, one) == 2
        assert [title.title for title in work.incoming.of_year(fonds(work), 2024)] == ["关于消防的通知"]


def test_a_number_that_is_another_papers_in_the_register_is_told(room: Room) -> None:
    other = ("1", "2024-05-06", "某县教育局", "县教〔2024〕3号", "关于用电的通知")
    with room.home.catalogue.writing() as work:
        entered(work, register(work))
        [entry] = dry_run(work, register(work, "again.csv", (other,))).entries
    assert [(fault.code, fault.details["title"]) for fault in entry.faults] == [("receipt-taken", "关于防汛的通知")]
