"""A ZIP as a batch: the ledger knows every file in it, whatever is interrupted, and nothing is in by half."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.domain.scan import ScanState
from ingest import actors, intake, reading, unpacking
from ingest.parking import source_of
from ingest.pipeline import due, sweep
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture
from tests.fakes.ingest.imaging.zipped import locked, zipped, zipped_link

BATCH = zipped({"通知.pdf": paper("关于消防检查的通知"), "会议记录/一.pdf": paper("会议记录")})


def states(room: Room) -> dict[str, str]:
    return {scan.shown_path: scan.state.value for scan in room.scans()}


def test_its_files_go_the_normal_way_and_it_is_closed_itself(room: Room) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    room.work()
    assert states(room) == {
        "J101/批次一.zip": "ignored",
        "J101/批次一/会议记录/一.pdf": "read",
        "J101/批次一/通知.pdf": "read",
    }
    closed = room.scan(zip_id)
    assert closed.reason and (closed.reason.code, closed.reason.details) == ("unpacked", {"files": "2"})
    assert room.lies("done") == ["J101/批次一.zip", "J101/批次一/会议记录/一.pdf", "J101/批次一/通知.pdf"]
    assert room.lies("unpacked") == [] and list(room.home.folder("unpacked").iterdir()) == []
    assert list(due(room.home)) == []


def test_its_bytes_stay_in_the_vault(room: Room) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    room.work()
    assert Path(room.home.vault.path(room.scan(zip_id).sha256 or "")).read_bytes() == BATCH


def test_its_files_have_its_fonds_and_its_folders_as_hints(room: Room) -> None:
    room.drop("J101/上半年/批次一.zip", BATCH)
    room.work()
    fonds = {scan.fonds_id for scan in room.scans()}
    assert len(fonds) == 1 and None not in fonds
    hints = {scan.name: scan.hints for scan in room.scans() if scan.state is ScanState.READ}
    assert hints == {"通知.pdf": ("上半年", "批次一"), "一.pdf": ("上半年", "批次一", "会议记录")}


def test_a_numbered_folder_in_it_is_one_item_in_its_order(room: Room) -> None:
    pages = {f"册一/{number}.jpg": picture(f"第{number}页") for number in (10, 9, 8)}
    room.drop("J101/册.zip", zipped({**pages, "别的/说明.pdf": paper("说明")}))
    room.work()
    volume, *_ = [item for item in room.items() if item.run]
    assert volume.origin == "册一" and volume.page_count == 3
    with room.home.catalogue.reading() as work:
        texts = [reading.text for page in room.pages(volume.id) if (reading := work.pages.reading(page.id))]
    assert texts == ["第8页", "第9页", "第10页"]
    assert len(room.items()) == 2


def test_numbered_pictures_beside_something_else_are_items_each(room: Room) -> None:
    pages = {f"{number}.jpg": picture(f"第{number}页") for number in (1, 2)}
    room.drop("J101/册.zip", zipped({**pages, "说明.pdf": paper("说明")}))
    room.work()
    assert [item.run for item in room.items()] == [None, None, None]


def test_the_same_zip_again_is_a_duplicate(room: Room) -> None:
    room.drop("J101/批次一.zip", BATCH)
    room.work()
    again = room.drop("J101/又一次.zip", BATCH)
    room.work()
    assert room.scan(again).state is ScanState.DUPLICATE and len(room.scans()) == 4


def test_another_zip_of_the_same_name_is_another_batch(room: Room) -> None:
    room.drop("J101/批次一.zip", BATCH)
    room.work()
    room.drop("J101/批次一.zip", zipped({"通知.pdf": paper("另一份通知"), "会议记录/一.pdf": paper("会议记录")}))
    room.work()
    found = sorted((scan.shown_path, scan.state.value) for scan in room.scans())
    assert [state for path, state in found if path.endswith("通知.pdf")] == ["read", "read"]
    assert sorted(state for path, state in found if path.endswith("一.pdf")) == ["duplicate", "read"]


def test_what_cannot_be_captured_is_quarantined_by_itself(room: Room) -> None:
    room.drop("J101/批.zip", zipped({"好.pdf": paper("好"), "坏.pdf": paper("bad-file damaged-file")}))
    room.work()
    assert states(room) == {"J101/批.zip": "ignored", "J101/批/坏.pdf": "quarantined", "J101/批/好.pdf": "read"}
    assert room.lies("quarantine") == ["J101/批/坏.pdf", "J101/批/坏.pdf.reason.txt"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (locked(BATCH), "encrypted-file"),
        (zipped({"../通知.pdf": paper("一")}), "unsafe-archive"),
        (zipped({"空/": b""}), "empty-archive"),
        (b"PK\x03\x04 and nothing more", "damaged-archive"),
    ],
)
def test_a_zip_that_stays_shut_is_quarantined_whole(content: bytes, code: str, room: Room) -> None:
    zip_id = room.drop("J101/批.zip", content)
    room.work()
    reason = room.scan(zip_id).reason
    assert reason and reason.code == code and states(room) == {"J101/批.zip": "quarantined"}
    assert room.lies("unpacked") == [] and list(room.home.folder("unpacked").iterdir()) == []


def test_a_zip_in_it_goes_to_a_person_who_may_have_it_unpacked(room: Room) -> None:
    room.drop("J101/外.zip", zipped({"内.zip": BATCH, "好.pdf": paper("好")}))
    room.work()
    assert states(room) == {"J101/外.zip": "ignored", "J101/外/内.zip": "quarantined", "J101/外/好.pdf": "read"}
    assert "J101/外/内.zip" in room.lies("quarantine")
    from index.custody import quarantine

    [inner] = [scan for scan in room.scans() if scan.state is ScanState.QUARANTINED]
    with room.home.catalogue.writing() as work:
        quarantine.retry(work, room.jobs, inner.id, "clerk", room.clock.now())
    room.work()
    assert states(room)["J101/外/内/通知.pdf"] == "read"


def test_links_and_leavings_are_in_the_ledger_and_nowhere_else(room: Room) -> None:
    room.drop("J101/批.zip", zipped_link("链.pdf", "/etc/passwd"))
    room.work()
    assert states(room)["J101/批/链.pdf"] == "ignored"
    assert room.lies("unpacked") == []


def test_killed_while_unpacking_it_begins_anew(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    real = reading.caged_unpack

    def killed(*args: object) -> object:
        real(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    room.work(1)
    left = unpacking._fresh_folder(room.home, room.scan(zip_id))
    (left / "000001").write_bytes(b"half of it")
    with monkeypatch.context() as patched:
        patched.setattr(unpacking, "caged_unpack", killed)
        with pytest.raises(KeyboardInterrupt):
            actors.render(room.desk, zip_id)
    assert states(room) == {"J101/批次一.zip": "stored"}
    sweep(room.home)
    room.work()
    assert sorted(states(room).values()) == ["ignored", "read", "read"]
    assert list(room.home.folder("unpacked").iterdir()) == []


def test_killed_after_the_commit_its_files_are_received(room: Room) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    room.work(1)
    actors.render(room.desk, zip_id)
    room.jobs.queue.clear()
    assert actors.render(room.desk, zip_id) == []
    sweep(room.home)
    room.work()
    assert sorted(states(room).values()) == ["ignored", "read", "read"]
    assert len(room.items()) == 2


def test_two_workers_unpack_it_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    room.work(1)
    scan = room.scan(zip_id)
    first = unpacking.unpack(room.home, room.cage, scan)  # type: ignore[arg-type]
    places, real = [source_of(room.home, room.scan(one)) for _, one in first], reading.caged_unpack

    def while_first_waits(*args: object) -> object:
        assert all(map(os.path.exists, places))
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(unpacking, "caged_unpack", while_first_waits)
    assert len(first) == 2 and unpacking.unpack(room.home, room.cage, scan) == []  # type: ignore[arg-type]
    assert len(room.scans()) == 3 and len(room.lies("unpacked")) == 2
    sweep(room.home)
    room.work()
    assert sorted(states(room).values()) == ["ignored", "read", "read"]


def test_unpacked_once_more_it_takes_nothing_from_what_still_waits(room: Room) -> None:
    zip_id = room.drop("J101/批次一.zip", BATCH)
    room.work(1)
    first = unpacking.unpack(room.home, room.cage, room.scan(zip_id))  # type: ignore[arg-type]
    with room.home.catalogue.writing() as work:
        work.scans.save(replace(work.scans.get(zip_id), state=ScanState.STORED, format=None))
    second = unpacking.unpack(room.home, room.cage, room.scan(zip_id))  # type: ignore[arg-type]
    places = {source_of(room.home, room.scan(one)) for _, one in (*first, *second)}
    assert len(places) == 4 and all(map(os.path.exists, places))


def test_what_is_pointed_at_is_unpacked_and_waited_for(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "批次一.zip"
    place.write_bytes(BATCH)
    ids = intake.take(room.home, [place], None, None)
    monkeypatch.setattr(time, "sleep", lambda seconds: room.work(3))
    told: list[tuple[int, int]] = []
    waited = intake.wait(room.home, ids, lambda done, all: told.append((done, all)))
    assert [room.scan(one).shown_path for one in waited] == [
        os.fspath(place),
        "批次一/会议记录/一.pdf",
        "批次一/通知.pdf",
    ]
    assert told[-1] == (3, 3) and place.exists()
    assert intake.take(room.home, [place], None, None) == ids
    room.work()
    assert len(room.scans()) == 3


def test_a_folder_of_a_zip_called_as_a_fonds_gives_it(room: Room) -> None:
    room.drop("各处.zip", zipped({"C301/合同/一.pdf": paper("劳动合同"), "二.pdf": paper("通知")}))
    room.work()
    with room.home.catalogue.reading() as work:
        codes = {fonds.id: fonds.code for fonds in work.fonds.all()}
    found = {scan.name: (codes.get(scan.fonds_id or ""), scan.hints) for scan in room.scans()}
    assert found["一.pdf"] == ("C301", ("合同",)) and found["二.pdf"] == (None, ("各处",))
