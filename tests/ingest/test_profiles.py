"""Files of a folder with a profile become the items their names say; fronts and backs are put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.custody import covers
from index.domain import naming
from index.domain.holdings import Item, ItemState
from index.domain.proof.text_quality import Proof
from index.domain.scan import ScanState
from ingest import intake
from ingest.pipeline import due
from ingest.watch import Watcher
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper, picture

NOTICE = "关于开展2024年消防检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"

Dropped = Callable[..., None]


def told(room: Room, **profiles: str) -> None:
    """The room's settings say how the folders below J101 are named."""
    known = {f"J101/{folder}": profile for folder, profile in profiles.items()}
    room.home.__dict__["settings"] = room.home.settings.model_copy(update={"profiles": known})


@pytest.fixture
def dropped(room: Room) -> Dropped:
    """Lay files into a folder, let it rest, watch, and work: names -> the text of each, pages parted by form feeds."""
    now = [100.0]
    watcher = Watcher(room.home, lambda: now[0])

    def drop(folder: str, **files: str) -> None:
        for name, text in files.items():
            single = not name.endswith("_pdf")
            path = room.lay(f"J101/{folder}/{name.replace('_pdf', '.pdf') if not single else name + '.jpg'}", _of(text))
            watcher.ended(os.path.join(watcher.root, path))
        for _ in range(2):
            watcher.look_at_everything()
            now[0] += 60
        room.work()

    return drop


def _of(text: str) -> bytes:
    return paper(*text.split("|")) if "|" in text else picture(text)


def texts(room: Room, item: Item) -> list[str]:
    with room.home.catalogue.reading() as work:
        readings = [work.pages.reading(page.id) for page in work.pages.of_item(item.id)]
        return [reading.text.partition("\n")[0] for reading in readings if reading]


def laid(room: Room) -> dict[str, list[str]]:
    return {item.origin: texts(room, item) for item in room.items()}


def reasons(room: Room, item: Item) -> Sequence[str]:
    with room.home.catalogue.reading() as work:
        return [doubt.code for doubt in covers.doubts(work, item, room.home.packs)]


def test_a_folder_of_several_names_is_several_items(room: Room, dropped: Dropped) -> None:
    told(room, 合同="name_page")
    dropped("合同", 甲_2="甲二", 乙_1="乙一", 甲_1="甲一", 乙_3="乙三", 说明="别的")
    assert laid(room) == {"合同/甲": ["甲一", "甲二"], "合同/乙": ["乙一", "乙三"], "说明.jpg": ["别的"]}
    assert {scan.state for scan in room.scans()} == {ScanState.READ} and list(due(room.home)) == []


def test_a_profile_holds_for_the_folders_below_it_too(room: Room, dropped: Dropped) -> None:
    told(room, 合同="name_page")
    dropped("合同/2024", 甲_2="甲二", 甲_1="甲一")
    assert laid(room) == {"2024/甲": ["甲一", "甲二"]}


def test_without_a_profile_the_same_files_are_loose(room: Room, dropped: Dropped) -> None:
    dropped("合同", 甲_2="甲二", 乙_1="乙一")
    assert sorted(laid(room)) == ["乙_1.jpg", "甲_2.jpg"]


def test_a_page_that_comes_later_takes_its_place(room: Room, dropped: Dropped) -> None:
    told(room, 合同="name_page")
    dropped("合同", 甲_1="甲一", 甲_3="甲三")
    dropped("合同", 甲_2="甲二")
    assert laid(room) == {"合同/甲": ["甲一", "甲二", "甲三"]}
    assert list(due(room.home)) == []


def test_the_same_numbers_again_are_another_item(room: Room, dropped: Dropped) -> None:
    told(room, 合同="name_page")
    dropped("合同", 甲_1="旧一", 甲_2="旧二")
    dropped("合同", 甲_1="新一", 甲_2="新二")
    assert [texts(room, item) for item in room.items()] == [["旧一", "旧二"], ["新一", "新二"]]


def test_a_code_in_the_name_is_kept(room: Room, dropped: Dropped) -> None:
    told(room, 旧档="code_page")
    dropped("旧档", **{"J101-WS·2024-D10-XZ-0042_1": NOTICE, "J101-WS·2024-D10-XZ-0042_2": "附件"})
    [item] = room.items()
    assert (item.state, item.reference_code) == (ItemState.FILED, "J101-WS·2024-D10-XZ-0042")


def test_a_code_in_the_name_that_is_none_goes_to_a_person(room: Room, dropped: Dropped) -> None:
    told(room, 旧档="code_page")
    dropped("旧档", **{"盒3件7_1": NOTICE})
    [item] = room.items()
    assert item.state is ItemState.REVIEW and reasons(room, item) == ["cover-code"]


def test_a_page_of_which_nothing_could_be_read_is_not_filed_unseen(room: Room, dropped: Dropped) -> None:
    told(room, 旧档="code_page")
    dropped("旧档", **{"J101-WS·2024-D10-XZ-0042_1": NOTICE, "J101-WS·2024-D10-XZ-0042_2": "smudged"})
    [item] = room.items()
    assert item.state is ItemState.REVIEW and reasons(room, item) == ["illegible-pages"]
    with room.home.catalogue.writing() as work:
        work.proofs.finish(Proof(room.pages(item.id)[1].id, "甲", room.clock.now(), 0, 0))
    assert reasons(room, item) == []


def test_fronts_and_backs_of_two_files_are_put_together(room: Room, dropped: Dropped) -> None:
    told(room, 双面="fronts-backs")
    dropped("双面", 卷_back_pdf="六|四|二", 卷_front_pdf=f"{NOTICE}|三|五")
    [item] = room.items()
    assert texts(room, item)[1:] == ["二", "三", "四", "五", "六"]
    assert reasons(room, item) == [] and item.page_count == 6


def test_fronts_and_backs_of_single_pages_are_put_together(room: Room, dropped: Dropped) -> None:
    told(room, 双面="{name}_{half:front/back}_{page}")
    dropped("双面", 卷_back_1="四", 卷_back_2="二", 卷_front_1="一", 卷_front_2="三")
    [item] = room.items()
    assert texts(room, item) == ["一", "二", "三", "四"]


def test_one_file_whose_second_half_are_the_backs(room: Room, dropped: Dropped) -> None:
    told(room, 双面="backs-behind")
    dropped("双面", 卷_pdf="一|三|四|二")
    [item] = room.items()
    assert texts(room, item) == ["一", "二", "三", "四"]


def test_halves_that_differ_stay_as_scanned_and_go_to_a_person(room: Room, dropped: Dropped) -> None:
    told(room, 双面="fronts-backs")
    dropped("双面", 卷_back_pdf="四|二", 卷_front_pdf=f"{NOTICE}|三|五")
    [item] = room.items()
    assert texts(room, item)[1:] == ["三", "五", "四", "二"]
    assert item.state is ItemState.REVIEW and reasons(room, item) == ["halves-differ"]


def test_ingest_reads_names_by_the_profile_it_is_told(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "旧扫描"
    folder.mkdir()
    for name in ("甲-1.jpg", "甲-2.jpg", "乙-1.jpg"):
        (folder / name).write_bytes(picture(name))
    intake.take(room.home, [folder], None, None, naming.profile("name-page"))
    room.work()
    assert {item.origin: item.page_count for item in room.items()} == {"旧扫描/甲": 2, "旧扫描/乙": 1}


def test_a_name_that_is_no_text_is_read_all_the_same(room: Room, dropped: Dropped) -> None:
    told(room, 合同="name_page")
    for number in (1, 2):
        room.lay(b"J101/\xe5\x90\x88\xe5\x90\x8c/\xff\xfe_%d.jpg" % number, picture(str(number)))
    dropped("合同")
    dropped("合同")
    [item] = room.items()
    assert item.page_count == 2
