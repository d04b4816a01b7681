"""The register is entered once, compared with what is filed, and signed with what is missing named."""

from __future__ import annotations

from dataclasses import replace

from index.catalogue.sql import SqlWork
from index.custody.reconciling import decide, put_in, reconcile, sign
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


def register(work: SqlWork, name: str = "收文簿.csv") -> Import:
    made = Import(name, Kind.REGISTER, name, "0" * 64, fonds(work), "clerk", MORNING, ImportState.READ)
    made = replace(made, headings=HEADINGS, columns=proposed(REGISTER, HEADINGS))
    work.imports.add(made)
    work.imports.keep_rows(name, [Row(number, row) for number, row in enumerate(ROWS, 2)])
    return made


def test_sound_rows_are_entered_once_also_from_a_second_list(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        assert put_in(work, register(work), "clerk") == 2
        assert put_in(work, register(work, "again.csv"), "clerk") == 0
        assert [one.receipt_number for one in work.incoming.of_year(fonds(work), 2024)] == ["1", "2"]


def test_the_register_is_compared_decided_and_signed(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        put_in(work, register(work), "clerk")
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
