"""Separators divide what was scanned into items, once, whatever is interrupted; sheets are no records."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.custody import covers, quarantine, withdrawing
from index.domain.access import Role, permit_of
from index.domain.errors import DiskFull
from index.domain.holdings import Item, ItemState, PageRole
from index.domain.scan import Reason, ScanState
from index.domain.searching.tree import Query, Words
from index.domain.separators import Cover, code_of
from index.ports import Search
from ingest import dividing
from ingest.intake import items_of
from ingest.pipeline import due, sweep
from tests.conftest import ROOT
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture

NOTICE = "关于开展2024年{}检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"
FIRE, FOOD, ROAD = (NOTICE.format(what) for what in ("消防", "食堂", "校车"))
PROSE = "窗外的雨下了一整天。\n没有人知道它什么时候停。"
PLAIN = code_of(Cover())


def sheet(**said: object) -> str:
    return code_of(Cover(**said, by="陈档案"))  # type: ignore[arg-type]


def texts(room: Room, item: Item) -> list[str]:
    with room.home.catalogue.reading() as work:
        readings = [work.pages.reading(page.id) for page in work.pages.of_item(item.id)]
        return [reading.text.partition("\n")[0] for reading in readings if reading]


def laid(room: Room) -> list[list[str]]:
    """The first line of every page of every item, items in the order in which they were captured."""
    return [texts(room, item) for item in room.items() if item.state is not ItemState.WITHDRAWN]


def firsts(*pages: str) -> list[str]:
    return [page.partition("\n")[0] for page in pages]


def reasons(room: Room, item: Item) -> list[str]:
    with room.home.catalogue.reading() as work:
        return [doubt.code for doubt in covers.doubts(work, item, room.home.packs)]


def run_of(room: Room, *pages: str, start: int = 1) -> list[str]:
    return [
        room.drop(f"J101/册一/{position:03d}.jpg", picture(page), run="run-1", position=position)
        for position, page in enumerate(pages, start=start)
    ]


@pytest.mark.parametrize(
    ("pages", "documents"),
    [
        ((FIRE, PLAIN, FOOD, "二", PLAIN, ROAD), [(FIRE,), (FOOD, "二"), (ROAD,)]),
        ((PLAIN, FIRE, PLAIN, FOOD), [(FIRE,), (FOOD,)]),
        ((FIRE, PLAIN), [(FIRE,)]),
        ((FIRE, PLAIN, PLAIN, "PATCHT", FOOD), [(FIRE,), (FOOD,)]),
        ((FIRE, PLAIN, "blank", FOOD, "blank"), [(FIRE,), (FOOD, "blank")]),
        ((FIRE, "PATCHT", "blank", "blank", FOOD), [(FIRE,), ("blank", FOOD)]),
        ((FIRE, "MUNIMENT1 00000000", FOOD), [(FIRE, "MUNIMENT1 00000000", FOOD)]),
    ],
)
@pytest.mark.parametrize("folder", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_separators_part_documents(
    room: Room, pages: Sequence[str], documents: Sequence[Sequence[str]], folder: bool
) -> None:
    if folder:
        run_of(room, *pages)
    else:
        room.drop("J101/卷.pdf", paper(*pages))
    room.work()
    assert laid(room) == [["" if page == "blank" else firsts(page)[0] for page in one] for one in documents]
    assert [item.page_count for item in room.items()] == [len(one) for one in documents]
    assert {scan.state for scan in room.scans()} == {ScanState.READ}
    assert list(due(room.home)) == []


def test_each_document_is_described_numbered_and_found_by_itself(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD, PLAIN, "blank", ROAD))
    room.work()
    items = room.items()
    assert [item.title for item in items] == [firsts(page)[0] for page in (FIRE, FOOD, ROAD)]
    assert sorted(item.reference_code[-4:] for item in items) == ["0001", "0002", "0003"]
    search = Search(Query(Words("校车")), permit_of(Role.ARCHIVIST))
    assert [hit.item_id for hit in room.home.text.search(search).hits] == [items[2].id]
    with room.home.catalogue.reading() as work:
        assert items_of(work, work.scans.get(scan_id)) == items
        assert [[scan.id for scan in work.scans.of_item(item.id)] for item in items] == [[scan_id]] * 3


def test_separators_are_kept_and_neither_counted_nor_indexed(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(FIRE, PLAIN, "blank", FOOD))
    room.work()
    _, second = room.items()
    with room.home.catalogue.reading() as work:
        sheets = [page for page in work.arrangement.of_item(second.id) if page.role is PageRole.SEPARATOR]
    assert [page.frame for page in sheets] == [2, 3]
    assert not {page.id for page in sheets} & set(room.home.text.versions())
    assert [page.number for page in room.pages(second.id)] == [1]


def test_what_a_cover_says_counts_as_given_by_who_printed_it(room: Room) -> None:
    told = sheet(fonds="J101", pack="school", series="WS·GH", title="教研组记录", pages=1)
    room.drop("卷.pdf", paper(told, PROSE, PLAIN, FOOD))
    room.work()
    first, _ = room.items()
    given = {name: (value.value, value.given_by) for name, value in first.description.items() if value.given}
    assert given["title"] == ("教研组记录", "陈档案") and given["series"] == ("WS·GH", "陈档案")
    with room.home.catalogue.reading() as work:
        assert first.fonds_id and work.fonds.get(first.fonds_id).code == "J101"
    assert first.value("retention") not in ("", "unset")


def test_a_cover_before_a_patch_code_still_counts(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(FIRE, sheet(title="食堂检查"), "PATCHT", FOOD))
    room.work()
    assert room.items()[1].title == "食堂检查"


def test_a_given_code_is_kept_and_its_number_never_given_again(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(sheet(reference_code="J101-WS·2024-D10-XZ-0002"), FIRE, PLAIN, FOOD, PLAIN, ROAD))
    room.work()
    codes = [item.reference_code for item in room.items()]
    assert codes[0] == "J101-WS·2024-D10-XZ-0002"
    assert sorted(code[-4:] for code in codes) == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"reference_code": "J101-WS·2024-D10-XZ-0001"}, "cover-code"),
        ({"reference_code": "J101-WS·1999-D10-XZ-0007"}, "cover-code"),
        ({"reference_code": "甲乙丙"}, "cover-code"),
        ({"fonds": "Z999"}, "cover-unknown-fonds"),
        ({"fonds": "C301"}, "cover-fonds"),
        ({"series": "XX·YY"}, "cover-series"),
        ({"pages": 3}, "cover-pages"),
    ],
)
def test_what_a_cover_says_and_does_not_hold_goes_to_a_person(room: Room, said: dict[str, object], reason: str) -> None:
    room.drop("J101/先.pdf", paper(ROAD))
    room.work()
    room.drop("J101/卷.pdf", paper(sheet(**said), FIRE))
    room.work()
    _, item = room.items()
    assert item.state is ItemState.REVIEW
    assert reasons(room, item) == [reason]


@pytest.mark.parametrize("pages", [2, 4])
def test_a_cover_may_count_blank_backs_or_leave_them_out(room: Room, pages: int) -> None:
    room.drop("J101/卷.pdf", paper(sheet(pages=pages), "blank", FIRE, "blank", "附件", "blank"))
    room.work()
    [item] = room.items()
    assert (item.state, item.page_count, reasons(room, item)) == (ItemState.FILED, 4, [])


def test_nothing_but_separators_is_no_item(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(PLAIN, "blank", PLAIN))
    room.work()
    [item] = room.items()
    assert item.state is ItemState.WITHDRAWN and item.page_count == 0
    assert room.scan(scan_id).state is ScanState.READ
    assert list(due(room.home)) == [] and not room.home.text.versions()


def test_dividing_again_changes_nothing(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(PLAIN, FIRE, sheet(title="食堂检查"), FOOD))
    room.work()
    before = room.items()
    for item in before:
        room.work_on("divide", item.id)
    room.work()
    assert room.items() == before


@pytest.mark.slow
def test_interrupted_anywhere_nothing_is_lost_or_doubled(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is lost after each step, the sweep finds it; a step that dies within leaves nothing half done."""
    dying = iter([True, False] * 3)
    move = dividing._move

    def dies(*words: object) -> None:
        move(*words)  # type: ignore[arg-type]
        if next(dying, False):
            raise DiskFull("disk-full")

    monkeypatch.setattr(dividing, "_move", dies)
    room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD, PLAIN, ROAD))
    for _ in range(60):
        room.work(1)
        room.jobs.queue.clear()
        sweep(room.home)
    room.work()
    assert laid(room) == [firsts(FIRE), firsts(FOOD), firsts(ROAD)]
    assert list(due(room.home)) == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from config.wiring import Home
from ingest import dividing
from ingest.actors import Desk

moves, move = [], dividing._move

def dies(work, document, item_id):
    move(work, document, item_id)
    moves.append(item_id)
    if len(moves) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

dividing._move = dies
dividing.divide(Desk(Home(Path(sys.argv[1])), None), sys.argv[3])
"""


@pytest.mark.slow
@pytest.mark.parametrize("moves", [1, 2, 3])
def test_killed_while_dividing_nothing_is_half_done(room: Room, moves: int) -> None:
    """kill -9 in the middle of the transaction, and (with more moves than documents) not at all."""
    room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD, PLAIN, ROAD))
    while room.jobs.queue[0][0] != "divide":
        room.work(1)
    target = room.jobs.queue[0][1]
    said = subprocess.run([sys.executable, "-c", _KILLED, str(room.home.path), str(moves), target], cwd=ROOT)
    assert said.returncode == (-signal.SIGKILL if moves < 3 else 0)
    assert len(room.items()) == (1 if moves < 3 else 3)
    sweep(room.home)
    room.work()
    assert laid(room) == [firsts(FIRE), firsts(FOOD), firsts(ROAD)]
    assert list(due(room.home)) == []


def test_later_pages_of_a_folder_join_the_last_document(room: Room) -> None:
    run_of(room, FIRE, PLAIN, FOOD)
    room.work()
    run_of(room, "食堂附件", start=4)
    room.work()
    assert laid(room) == [firsts(FIRE), firsts(FOOD, "食堂附件")]
    assert list(due(room.home)) == []


@pytest.mark.slow
def test_a_document_that_follows_a_trailing_separator_later_is_one_of_its_own(room: Room) -> None:
    run_of(room, FIRE, PLAIN)
    room.work()
    run_of(room, FOOD, PLAIN, ROAD, start=3)
    room.work()
    assert laid(room) == [firsts(FIRE), firsts(FOOD), firsts(ROAD)]


def test_a_newer_version_of_a_divided_scan_is_divided_anew(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD))
    room.work()
    (room.home.folder("done") / "J101/卷.pdf").write_bytes(paper(FIRE, PLAIN, FOOD, "食堂附件", PLAIN, ROAD))
    room.jobs.ask("receive", scan_id)
    room.work()
    assert laid(room) == [firsts(FIRE), firsts(FOOD, "食堂附件"), firsts(ROAD)]
    assert [scan.state for scan in room.scans()] == [ScanState.READ]


@pytest.mark.slow
def test_a_newer_version_that_lacks_a_document_takes_its_item_out(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD))
    room.work()
    (room.home.folder("done") / "J101/卷.pdf").write_bytes(paper(FIRE))
    room.jobs.ask("receive", scan_id)
    room.work()
    assert [item.state for item in room.items()] == [ItemState.FILED, ItemState.WITHDRAWN]
    assert len(room.home.text.versions()) == 1 and list(due(room.home)) == []


def test_one_withdrawn_item_of_several_leaves_the_others(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(FIRE, PLAIN, FOOD))
    room.work()
    first, second = room.items()
    with room.home.catalogue.writing() as work:
        withdrawing.withdraw(work, second.id, second.version, "重复", "clerk", room.clock.now())
    room.jobs.ask("index")
    room.work()
    assert {page.id for page in room.pages(first.id)} == set(room.home.text.versions())


@pytest.mark.slow
def test_quarantine_takes_all_unfiled_documents_and_a_retry_brings_all_back(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(PROSE, PLAIN, PROSE + "二"))
    room.work()
    with room.home.catalogue.writing() as work:
        scan = quarantine.put_aside(work, room.scan(scan_id), Reason("poison", {}), room.clock.now(), "clerk")
        assert scan.state is ScanState.QUARANTINED
    assert {item.state for item in room.items()} == {ItemState.WITHDRAWN}
    with room.home.catalogue.writing() as work:
        quarantine.retry(work, room.jobs, scan_id, "clerk", room.clock.now())
    room.work()
    assert [item.state for item in room.items()] == [ItemState.REVIEW] * 2


@pytest.mark.slow
def test_a_page_in_quarantine_keeps_every_document_of_its_folder_waiting(room: Room) -> None:
    scans = run_of(room, FIRE, PLAIN, FOOD, "bad damaged-file")
    room.work()
    assert {item.state for item in room.items()} <= {ItemState.REVIEW, ItemState.WITHDRAWN}
    place = room.home.vault.path(room.scan(scans[3]).sha256 or "")
    room.cage.healed = {place}
    with room.home.catalogue.writing() as work:
        quarantine.retry(work, room.jobs, scans[3], "clerk", room.clock.now())
    room.work()
    assert list(due(room.home)) == []
    assert [len(one) for one in laid(room)] == [1, 2]


@pytest.mark.slow
def test_what_people_joined_is_not_parted_again(room: Room) -> None:
    run_of(room, FIRE, PLAIN, FOOD)
    room.work()
    first, second = room.items()
    with room.home.catalogue.writing() as work:
        pages = work.arrangement.of_item(second.id)
        work.arrangement.lay([replace(page, item_id=first.id) for page in pages])
    room.work_on("divide", first.id)
    room.work()
    assert texts(room, first) == firsts(FIRE, FOOD)
