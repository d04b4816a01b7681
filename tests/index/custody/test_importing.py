"""A row's values become its item's, faults are told before, and nothing is entered twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalogue.sql import SqlWork
from index.custody.importing import Report, dry_run, enter
from index.domain.errors import Conflict
from index.domain.holdings import Item, ItemState
from index.domain.lists.entries import CATALOGUE, proposed
from index.domain.lists.importing import Import, ImportState, Kind
from index.domain.lists.linking import By
from index.domain.lists.sheet import Row
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, scan

HEADINGS = ("档号", "题名", "日期", "密级", "页数", "备注")


def fonds(work: SqlWork, code: str = "J101") -> str:
    found = work.fonds.by_code(code)
    assert found
    return found.id


def captured(work: SqlWork, name: str, state: ItemState = ItemState.REVIEW, **values: str) -> Item:
    said = {"title": "识别出的题名", "marking": "internal", **values}
    made = item(state, said, fonds_id=fonds(work), origin=name, page_count=1)
    work.items.add(made)
    work.scans.add(scan(f"J101/卷一/{name}".encode(), item_id=made.id))
    return made


def listed(work: SqlWork, *rows: tuple[str, ...], **changes: object) -> Import:
    wide = [Row(number, (*row, *[""] * (len(HEADINGS) - len(row)))) for number, row in enumerate(rows, 2)]
    columns = proposed(CATALOGUE, HEADINGS)
    made = Import(f"list {rows}{changes}"[-36:], Kind.CATALOGUE, "目录.xlsx", "0" * 64, fonds(work), "clerk", MORNING)
    made = replace(made, headings=HEADINGS, columns=columns, state=ImportState.READ, **changes)  # type: ignore[arg-type]
    work.imports.add(made)
    work.imports.keep_rows(made.id, wide)
    return made


def looked(room: Room, one: Import) -> Report:
    with room.home.catalogue.reading() as work:
        return dry_run(work, one, room.home.packs)


def entered(room: Room, one: Import) -> list[Item]:
    found = looked(room, one)
    kept = []
    for entry in found.ready:
        with room.home.catalogue.writing() as work:
            image = found.images[entry.number]
            kept.append(enter(work, one, entry, image, "clerk", MORNING, room.home.packs))
    return kept


def codes(report: Report) -> dict[int, list[str]]:
    return {entry.number: [fault.code for fault in entry.faults] for entry in report.faulty}


def test_a_row_files_its_image_under_the_code_that_it_brings(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "J101-WS.2023-Y-XZ-0007.tif")
        one = listed(work, ("J101-WS·2023-Y-XZ-0007", "关于校舍的请示", "20230506", "", "1", "附图一张"))
    (filed,) = entered(room, one)
    assert (filed.state, filed.reference_code) == (ItemState.FILED, "J101-WS·2023-Y-XZ-0007")
    said = {name: filed.value(name) for name in ("title", "date", "series", "retention", "note")}
    assert said == {
        "title": "关于校舍的请示",
        "date": "2023-05-06",
        "series": "WS·XZ",
        "retention": "permanent",
        "note": "附图一张",
    }
    assert filed.description["title"].given_by == "clerk"


def test_without_a_series_the_item_keeps_what_was_said_and_stays_in_review(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "0007.tif")
        one = listed(work, ("", "关于校舍的请示", "2023"), link=By.POSITION)
    (kept,) = entered(room, one)
    assert (kept.state, kept.title) == (ItemState.REVIEW, "关于校舍的请示")


def test_a_series_for_rows_that_name_none_files_them(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "0007.tif")
        one = listed(work, ("", "关于校舍的请示", "2023"), link=By.POSITION, series="WS·XZ")
    (kept,) = entered(room, one)
    assert kept.state is ItemState.FILED and kept.value("series") == "WS·XZ"


def test_nothing_is_entered_twice_and_what_a_list_corrects_is_corrected(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "A-1.tif")
        one = listed(work, ("A-1", "初稿题名", "2023"), series="WS·XZ")
    (first,) = entered(room, one)
    assert entered(room, one) == [] and looked(room, one).entered == 1
    with room.home.catalogue.writing() as work:
        same = listed(work, ("A-1", "初稿题名", "2023"), series="WS·XZ", name="again.xlsx")
        better = listed(work, ("A-1", "定稿题名", "2023"), series="WS·XZ", name="better.xlsx")
    assert looked(room, same).entered == 1 and looked(room, same).ready == []
    (after,) = entered(room, better)
    assert (after.id, after.title, after.reference_code) == (first.id, "定稿题名", first.reference_code)


@pytest.mark.parametrize(
    ("row", "changes", "code"),
    [
        (("A-1", "甲"), {"series": "ZZ·9"}, "no-such-series"),
        (("X-9", "甲"), {}, "entry-no-image"),
        (("A-1", "甲", "2024", "机密"), {}, "entry-state-secret"),
        (("A-1", "甲", "2024", "", "9"), {}, "entry-pages-differ"),
    ],
)
def test_faults_are_told_before_anything_is_written(
    room: Room, row: tuple[str, ...], changes: dict[str, str], code: str
) -> None:
    with room.home.catalogue.writing() as work:
        before = captured(work, "A-1.tif")
        one = listed(work, row, **changes)
    assert codes(looked(room, one)) == {2: [code]}
    with room.home.catalogue.reading() as work:
        assert work.items.get(before.id) == before


def test_a_code_that_another_record_has_is_a_fault(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        taken = captured(work, "other.tif")
        work.items.save(replace(taken, reference_code="A-1", state=ItemState.FILED))
        captured(work, "scan.tif", reference_code="A-1")
        one = listed(work, ("A-1", "甲"))
    assert codes(looked(room, one)) == {2: ["entry-two-images"]}
    with room.home.catalogue.writing() as work:
        by_position = listed(work, ("", "乙"), ("A-1", "甲"), link=By.POSITION)
    assert codes(looked(room, by_position)) == {3: ["entry-code-taken"]}


def test_only_images_of_the_folder_are_looked_at(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "A-1.tif")
        inside = listed(work, ("A-1", "甲"), folder="J101/卷一")
        outside = listed(work, ("A-1", "甲"), folder="卷二")
    assert len(looked(room, inside).ready) == 1 and codes(looked(room, outside)) == {2: ["entry-no-image"]}


def test_what_filing_refuses_undoes_the_whole_row(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        before = captured(work, "A-1.tif")
        one = listed(work, ("A-1", "甲", "2023"), series="WS·XZ")
        found = dry_run(work, one, room.home.packs)
        work.items.save(replace(before, state=ItemState.WITHDRAWN))
    with pytest.raises(Conflict), room.home.catalogue.writing() as work:
        enter(work, one, found.ready[0], found.images[2], "clerk", MORNING, room.home.packs)
    with room.home.catalogue.reading() as work:
        assert work.imports.rows(one.id)[0].target == ""
        assert work.items.get(before.id).title == "识别出的题名"


def test_a_code_of_another_grammar_still_leads_to_its_item(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        captured(work, "旧-37.tif")
        one = listed(work, ("旧-37", "关于校舍的请示", "2023"), series="WS·XZ")
    (filed,) = entered(room, one)
    assert filed.reference_code != "旧-37"
    with room.home.catalogue.reading() as work:
        assert work.items.get("旧-37").id == filed.id
        assert work.codes.aliases(filed.id) == ["旧-37"]
