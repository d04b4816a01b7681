"""The whole way in, without processes: what is dropped is filed, reviewed or explained, whatever is interrupted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from index.custody import quarantine, withdrawing
from index.domain.description import Value
from index.domain.errors import DiskFull
from index.domain.holdings import ItemState, PageState
from index.domain.scan import AT_REST, ScanState
from ingest import actors, placing
from ingest.pipeline import STAGES, due, sweep
from ingest.stages import classify
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"
PROSE = "窗外的雨下了一整天。\n没有人知道它什么时候停。"


def retried(room: Room, scan_id: str) -> None:
    with room.home.catalogue.writing() as work:
        quarantine.retry(work, room.jobs, scan_id, "clerk", room.clock.now())
    room.work()


def run_of(room: Room, *pages: str, folder: str = "J101/册一", run: str = "run-1", start: int = 1) -> list[str]:
    """A numbered folder, handed over as the watcher does; the scans' ids."""
    return [
        room.drop(f"{folder}/{position:03d}.jpg", picture(page), run=run, position=position)
        for position, page in enumerate(pages, start=start)
    ]


# -- the way -----------------------------------------------------------------------------------------------------------


def test_a_notice_files_itself_under_the_first_number_of_its_class(room: Room) -> None:
    scan_id = room.drop("J101/通知.pdf", paper(NOTICE))
    room.work()
    [item] = room.items()
    assert (item.state, item.reference_code) == (ItemState.FILED, "J101-WS·2024-D10-XZ-0001")
    assert room.scan(scan_id).state is ScanState.READ
    assert room.lies("done") == ["J101/通知.pdf"]
    assert set(room.home.text.versions()) == {page.id for page in room.pages(item.id)}


def test_what_no_rule_recognises_goes_to_a_person(room: Room) -> None:
    scan_id = room.drop("J101/散文.pdf", paper(PROSE))
    room.work()
    [item] = room.items()
    assert item.state is ItemState.REVIEW and item.reference_code == ""
    assert room.scan(scan_id).state is ScanState.READ


def test_where_no_folder_names_the_fonds_the_only_one_that_follows_the_regulation_is_taken(room: Room) -> None:
    room.drop("通知.pdf", paper(NOTICE))
    room.work()
    [item] = room.items()
    with room.home.catalogue.reading() as work:
        assert work.fonds.get(item.fonds_id or "").code == "J101"


def test_a_numbered_folder_becomes_one_item_in_its_order(room: Room) -> None:
    scans = run_of(room, NOTICE, "第二页", "第三页")
    room.jobs.queue.reverse()
    room.work()
    [item] = room.items()
    assert [page.scan_id for page in room.pages(item.id)] == scans
    assert (item.page_count, item.origin, item.state) == (3, "册一", ItemState.FILED)


def test_a_late_page_joins_the_item_that_was_filed_already(room: Room) -> None:
    scans = run_of(room, NOTICE, "第二页")
    room.work()
    scans += run_of(room, "第三页", start=3)
    room.work()
    [item] = room.items()
    assert [page.scan_id for page in room.pages(item.id)] == scans
    assert item.page_count == 3 and item.state is ItemState.FILED
    assert room.scan(scans[2]).state is ScanState.READ
    assert list(due(room.home)) == []


def test_blank_pages_are_kept_and_marked(room: Room) -> None:
    room.drop("J101/通知.pdf", paper(NOTICE, "blank"))
    room.work()
    [item] = room.items()
    assert [page.blank for page in room.pages(item.id)] == [False, True]


# -- bad pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["bad damaged-file", "broken", "hang"])
def test_a_page_that_cannot_be_read_quarantines_its_file_and_withdraws_the_item(room: Room, first: str) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(NOTICE, first, "第三页"))
    room.work()
    [item] = room.items()
    assert room.scan(scan_id).state is ScanState.QUARANTINED
    assert item.state is ItemState.WITHDRAWN
    assert room.lies("done") == []
    assert room.lies("quarantine") == ["J101/卷.pdf", "J101/卷.pdf.reason.txt"]
    assert not room.home.text.versions()


def test_nothing_more_is_due_for_what_lies_in_quarantine(room: Room) -> None:
    room.drop("J101/卷.pdf", paper("bad damaged-file", "第二页", "第三页"))
    room.work(3)
    sweep(room.home)
    room.work()
    assert list(due(room.home)) == []


def test_a_retry_brings_the_item_back_and_reads_only_what_was_not_read(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(NOTICE, "broken"))
    room.work()
    before = Counter(number for _, number in room.cage.read)
    place = room.home.vault.path(room.scan(scan_id).sha256 or "")
    room.cage.healed = {place}
    retried(room, scan_id)
    [item] = room.items()
    assert item.state is ItemState.FILED
    assert room.lies("quarantine") == [] and room.lies("done") == ["J101/卷.pdf"]
    assert Counter(number for _, number in room.cage.read)[1] == before[1]


@pytest.mark.slow
def test_a_file_mended_in_quarantine_is_read_anew_from_its_first_page(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper("旧的第一页", "broken", "旧的第三页"))
    room.work()
    (room.home.folder("quarantine") / "J101/卷.pdf").write_bytes(paper(NOTICE, "新的第二页"))
    retried(room, scan_id)
    [item] = room.items()
    with room.home.catalogue.reading() as work:
        texts = [reading.text for page in work.pages.of_item(item.id) if (reading := work.pages.reading(page.id))]
        assert len(work.versions.of(scan_id)) == 2
    assert texts == [NOTICE, "新的第二页"]
    assert (item.page_count, item.state) == (2, ItemState.FILED)
    assert set(room.home.text.versions()) == {page.id for page in room.pages(item.id)}


def test_a_numbered_folder_with_a_bad_page_is_never_filed_by_itself(room: Room) -> None:
    for order in (1, -1):
        run_of(room, NOTICE, "bad damaged-file", "第三页", folder=f"J101/册{order}", run=f"run{order}")
        room.jobs.queue[:] = room.jobs.queue[::order]
        room.work()
        sweep(room.home)
        room.work()
    assert {item.state for item in room.items()} <= {ItemState.WITHDRAWN, ItemState.REVIEW}
    assert list(due(room.home)) == []


@pytest.mark.slow
def test_a_numbered_folder_is_filed_once_its_bad_page_was_mended(room: Room) -> None:
    scans = run_of(room, NOTICE, "bad damaged-file", "第三页")
    room.work()
    (room.home.folder("quarantine") / "J101/册一/002.jpg").write_bytes(picture("第二页"))
    retried(room, scans[1])
    [item] = room.items()
    assert (item.state, item.page_count) == (ItemState.FILED, 3)
    assert [page.scan_id for page in room.pages(item.id)] == scans


def test_a_release_believes_the_content_and_not_the_name(room: Room) -> None:
    scan_id = room.drop("J101/通知.pdf", paper("misnamed\n" + NOTICE))
    room.work()
    assert room.scan(scan_id).state is ScanState.QUARANTINED
    with room.home.catalogue.writing() as work:
        quarantine.release(work, room.jobs, scan_id, "clerk", room.clock.now())
    room.work()
    assert room.scan(scan_id).state is ScanState.READ


def test_what_we_hold_can_be_tried_again_although_its_source_is_gone(room: Room) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(NOTICE, "broken"))
    room.work()
    (room.home.folder("quarantine") / "J101/卷.pdf").unlink()
    room.cage.healed = {room.home.vault.path(room.scan(scan_id).sha256 or "")}
    retried(room, scan_id)
    assert room.scan(scan_id).state is ScanState.READ


# -- a person's word ---------------------------------------------------------------------------------------------------


def test_what_a_person_gave_stands_after_everything_is_described_again(room: Room) -> None:
    scan_id = room.drop("J101/散文.pdf", paper(PROSE))
    room.work()
    [item] = room.items()
    with room.home.catalogue.writing() as work:
        given = {**item.description, "title": Value("雨", 1.0, None, "clerk")}
        work.items.save(replace(item, description=given))
    (room.home.folder("done") / "J101/散文.pdf").write_bytes(paper(PROSE, "第二页"))
    room.jobs.ask("receive", scan_id)
    room.work()
    [item] = room.items()
    assert item.title == "雨" and item.description["title"].given_by == "clerk"
    assert item.page_count == 2


def test_a_person_who_is_quicker_than_a_stage_is_not_overwritten(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.drop("J101/散文.pdf", paper(PROSE))
    original = classify.propose

    def meanwhile(*arguments: object, **named: object) -> object:
        monkeypatch.setattr(placing, "propose", original)
        [item] = room.items()
        with room.home.catalogue.writing() as work:
            given = {**item.description, "title": Value("雨", 1.0, None, "clerk")}
            work.items.save(replace(item, description=given))
        return original(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(placing, "propose", meanwhile)
    room.work()
    sweep(room.home)
    room.work()
    [item] = room.items()
    assert item.title == "雨" and item.state is ItemState.REVIEW


def test_what_the_place_decided_is_not_guessed_again_before_it_is_filed(room: Room) -> None:
    """A stage may be asked for twice: an item described again between its placing and its filing keeps its kind."""
    room.drop("C301/合同.pdf", paper("劳动合同书\n甲方:石榴川机械有限公司\n乙方:石晚晴\n工号:20090128\n2024年3月5日"))
    while ("file",) not in [message[:1] for message in room.jobs.queue]:
        room.work(1)
    [item] = room.items()
    actors.describe(room.desk, item.id)
    actors.file(room.desk, item.id)
    [item] = room.items()
    assert (item.value("doc_type"), item.value("series")) == ("劳动合同", "RS·ZZ")


# -- again is harmless -------------------------------------------------------------------------------------------------


def told(room: Room) -> object:
    """Everything that matters of a home, without the counters of its own bookkeeping."""
    items = [(i.id, i.state, i.version, i.reference_code, dict(i.description), i.page_count) for i in room.items()]
    scans = [(s.id, s.state, s.sha256, s.parked, s.reason) for s in room.scans()]
    return items, scans, dict(room.home.text.versions()), room.lies("done"), room.lies("quarantine")


@pytest.mark.slow
def test_every_stage_run_again_after_the_end_changes_nothing(room: Room) -> None:
    room.drop("J101/通知.pdf", paper(NOTICE, "第二页"))
    room.drop("J101/散文.pdf", paper(PROSE))
    room.drop("J101/坏.pdf", paper("bad damaged-file"))
    run_of(room, NOTICE.replace("消防", "交通"), "第二页")
    room.work()
    before, read = told(room), len(room.cage.read)
    targets = {
        "scan": [scan.id for scan in room.scans()],
        "item": [item.id for item in room.items()],
        "page": [page.id for item in room.items() for page in room.pages(item.id)],
        "nothing": [""],
    }
    for stage in STAGES:
        for target in targets[stage.of]:
            room.work_on(stage.name, target)
            room.work()
    assert told(room) == before
    assert len(room.cage.read) == read


def test_every_message_delivered_twice_files_everything_once(room: Room) -> None:
    room.drop("J101/通知.pdf", paper(NOTICE, "第二页"))
    run_of(room, NOTICE.replace("消防", "交通"), "第二页")
    while room.jobs.queue:
        actor, *ids = room.jobs.take()
        room.work_on(actor, *ids)
        room.work_on(actor, *ids)
    assert sorted(item.reference_code[-4:] for item in room.items()) == ["0001", "0002"]
    assert max(Counter(room.cage.read).values()) == 1


@pytest.mark.slow
def test_a_long_volume_costs_few_messages_and_is_opened_once(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(NOTICE, *(f"第{number}页" for number in range(2, 121))))
    room.work(60)
    sweep(room.home)
    room.work()
    [item] = room.items()
    assert (item.page_count, item.state) == (120, ItemState.FILED)
    assert room.jobs.asked["recognise"] == 120 and room.jobs.asked["render"] <= 2
    assert len(room.cage.opened) == 1 and len(room.cage.read) == 120


@pytest.mark.parametrize("done", [pytest.param(n, marks=[] if n % 6 == 0 else pytest.mark.slow) for n in range(15)])
def test_whatever_the_queue_loses_the_sweep_asks_for_exactly_what_is_due(room: Room, done: int) -> None:
    room.drop("J101/通知.pdf", paper(NOTICE, "第二页"))
    run_of(room, NOTICE.replace("消防", "交通"), "第二页")
    room.work(done)
    room.jobs.lose()
    wanted = set(due(room.home))
    sweep(room.home)
    assert {(actor, *ids, "")[:2] for actor, *ids in room.jobs.queue} == wanted
    room.work()
    assert [item.state for item in room.items()] == [ItemState.FILED] * 2
    assert all(scan.state in AT_REST for scan in room.scans())
    assert max(Counter(room.cage.read).values()) == 1
    assert list(due(room.home)) == []


def test_the_sweep_does_not_ask_for_what_is_being_done(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(NOTICE, "第二页", "第三页"))
    room.work(3)
    assert set(due(room.home)) == {("index", "")}


# -- giving up ---------------------------------------------------------------------------------------------------------


def test_a_step_about_an_item_that_always_fails_ends_with_a_person_and_not_with_the_sweep(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(actors, "described", fails)
    scan_id = room.drop("J101/通知.pdf", paper(NOTICE))
    room.work()
    [item] = room.items()
    assert item.state is ItemState.REVIEW and item.confidence == 0.0
    assert room.scan(scan_id).state is ScanState.READ
    assert [ask for ask in due(room.home) if ask[0] != "index"] == []


def test_a_step_about_a_scan_that_always_fails_ends_in_quarantine(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(actors, "lay_out", fails)
    scan_id = room.drop("J101/通知.pdf", paper(NOTICE))
    room.work()
    scan = room.scan(scan_id)
    assert scan.state is ScanState.QUARANTINED and scan.reason and scan.reason.code == "poison"
    assert room.lies("quarantine") == ["J101/通知.pdf", "J101/通知.pdf.reason.txt"]


@pytest.mark.parametrize("actor", ["recognise", "draw"])
def test_a_page_that_a_shorter_version_dropped_is_nobodys_work(room: Room, actor: str) -> None:
    scan_id = room.drop("J101/卷.pdf", paper(NOTICE, "第二页"))
    room.work()
    dropped = room.pages(room.items()[0].id)[1].id
    (room.home.folder("done") / "J101/卷.pdf").write_bytes(paper(NOTICE))
    room.jobs.ask("receive", scan_id)
    room.work()
    room.work_on(actor, dropped)
    actors.give_up(room.desk, actor, dropped, "4")
    assert room.scan(scan_id).state is ScanState.READ and list(due(room.home)) == []


def test_a_full_disk_quarantines_nothing_and_the_sweep_goes_on_when_there_is_room(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> object:
        raise DiskFull("disk-full")

    scan_id = room.drop("J101/通知.pdf", paper(NOTICE))
    with monkeypatch.context() as while_full:
        while_full.setattr(room.home.vault, "put", full)
        room.work()
    assert room.scan(scan_id).state is ScanState.SETTLING
    sweep(room.home)
    room.work()
    assert room.scan(scan_id).state is ScanState.READ


def test_a_page_waits_for_the_index_no_longer_than_the_next_sweep(room: Room) -> None:
    room.drop("J101/卷.pdf", paper(NOTICE, "第二页"))
    room.work(3)
    [item] = room.items()
    assert [page.state for page in room.pages(item.id)].count(PageState.READ) == 1
    assert ("index", "") in set(due(room.home))


@pytest.mark.slow
def test_a_late_page_does_not_bring_back_what_a_person_withdrew(room: Room) -> None:
    run_of(room, PROSE, PROSE + "二")
    room.work()
    [item] = room.items()
    with room.home.catalogue.writing() as work:
        withdrawing.withdraw(work, item.id, item.version, "两份重复", "clerk", room.clock.now())
    run_of(room, PROSE + "三", start=3)
    room.work()
    [kept] = room.items()
    assert kept.state is ItemState.WITHDRAWN and kept.page_count == 3
