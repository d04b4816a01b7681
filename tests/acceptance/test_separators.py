"""A pile scanned at once: separators printed by us come back from the scanner, and each document is its own item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.domain.separators import Cover
from tests import paper, sheets
from tests.driver import Archive, wait_until
from tests.separators import aged, scanned

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = {"MUNIMENT_WATCH__FOLDER_SETTLE_SECONDS": "2", "MUNIMENT_WATCH__SETTLE_SECONDS": "0.5"}
    archive = Archive(tmp_path / "home", settings)
    archive.home.mkdir()
    archive.ask("init", "--pack", "school")
    yield archive


def test_three_documents_of_one_pile_are_three_items(archive: Archive, tmp_path: Path) -> None:
    first, plain, last = scanned(
        [
            Cover("J101", "school", "WS·GH", title="工会活动记录", pages=1, by="陈档案"),
            Cover(),
            Cover(title="无人知晓的题名", pages=7, by="陈档案"),
        ]
    )
    pages = [paper.render(sheets.sheet("notice", seed=seed), "clean", seed=seed) for seed in (1, 2, 3, 4)]
    pile = [aged(first, "skew 8"), pages[0], aged(plain, "head down"), pages[1], pages[2], aged(last, "fax"), pages[3]]
    scan = paper.save(pile, tmp_path / "一叠.pdf")
    with archive.running("watch", "work --workers 1"):
        archive.lay(scan, "J101")
        wait_until(archive.at_rest(1), 150)
    found = [archive.json("show", item) for item in {hit["item"] for hit in archive.json("search", "学校")["hits"]}]
    by_title = {item["title"]: item for item in found}
    assert len(found) == 3
    assert by_title["工会活动记录"]["series"] == "WS·GH" and by_title["工会活动记录"]["pages"] == 1
    assert by_title["无人知晓的题名"]["state"] == "review" and by_title["无人知晓的题名"]["pages"] == 1
    assert sorted(item["pages"] for item in found) == [1, 1, 2]
    assert archive.json("verify")["ok"]


def test_a_folder_with_a_profile_is_its_items(archive: Archive, tmp_path: Path) -> None:
    settings = archive.home / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[profiles]\n"J101/散页" = "name_page"\n', "utf-8")
    with archive.running("watch", "work --workers 1"):
        for name in ("甲_2", "乙_1", "甲_1"):
            page = paper.render(sheets.sheet("notice", seed=len(name)), "clean", seed=7, dpi=100)
            archive.lay(paper.save([page], tmp_path / f"{name}.jpg"), "J101/散页")
        wait_until(archive.at_rest(3), 150)
    status = archive.json("status")
    assert status["ledger"]["filed"] + status["ledger"]["review"] == 2
