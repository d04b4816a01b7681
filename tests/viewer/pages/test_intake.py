"""The intake page leaves no file unexplained, and what is in quarantine can be tried again."""

from __future__ import annotations

import re

import pytest

from index.domain.scan import Reason, ScanState
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room, _scan
from viewer.pages.intake import Ledger, ledger


class Asked:
    """Remembers what work was asked for."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, ...]] = []

    def ask(self, actor: str, *ids: str) -> None:
        self.jobs.append((actor, *ids))


def put(held: Room, name: str, state: ScanState, reason: Reason | None = None) -> str:
    scan = _scan(name, state, reason=reason)
    with held.home.catalogue.writing() as work:
        work.scans.add(scan)
    return scan.id


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_day_is_told_in_one_sentence(held: Room, enter: Enter) -> None:
    put(held, "again.png", ScanState.DUPLICATE, Reason("same-bytes", {"name": "a.png"}))
    put(held, "coming.tif", ScanState.SETTLING)
    page = enter("archivist").get("/intake").text
    sentence = re.search(r'class="sentence"[^>]*>([^<]+)<', page)
    assert sentence and sentence[1].translate({0xFF0C: ",", 0xFF1A: ":"}) == (
        "今日收到 10 个文件:6 已归档,1 待核,1 重复,1 隔离,1 处理中。"
    )


def test_the_ledger_is_an_equation() -> None:
    counts = {"seen": 1, "settling": 2, "stored": 3, "read": 4, "duplicate": 5, "quarantined": 6, "ignored": 7}
    assert ledger(counts) == Ledger(stored=7, duplicate=5, quarantined=6, ignored=7, flight=3)
    assert ledger(counts).seen == sum(counts.values())


def test_every_row_has_its_state_and_its_reason_in_words(held: Room, enter: Enter) -> None:
    put(held, "again.png", ScanState.DUPLICATE, Reason("same-bytes", {"name": "原来的.png"}))
    page = enter("archivist").get("/intake?state=duplicate").text
    assert "again.png" in page and "原来的.png" in page and "破损.jpg" not in page


def test_a_name_of_any_bytes_is_shown(held: Room, enter: Enter) -> None:
    put(held, "<b>粗体</b>\n.tif", ScanState.SEEN)
    page = enter("archivist").get("/intake").text
    assert "&lt;b&gt;粗体&lt;/b&gt;" in page


def test_a_row_leads_to_its_item(held: Room, enter: Enter) -> None:
    page = enter("archivist").get("/intake").text
    assert f'href="/items/{held.items["notice"]}"' in page and f'href="/review/{held.items["doubtful"]}"' in page


def test_a_quarantined_file_is_tried_again(held: Room, enter: Enter) -> None:
    asked = held.home.__dict__["jobs"] = Asked()
    client = enter("archivist")
    page = client.get("/intake").text
    scan_id = re.search(r"/intake/([^/]+)/retry", page)
    assert scan_id
    answer = client.post(f"/intake/{scan_id[1]}/retry", data={"csrf": csrf(page), "back": "quarantined"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/intake?state=quarantined")
    assert asked.jobs == [("receive", scan_id[1])]


def test_only_a_wrong_name_can_be_released(held: Room, enter: Enter) -> None:
    asked = held.home.__dict__["jobs"] = Asked()
    named = put(held, "会议.pdf", ScanState.QUARANTINED, Reason("wrong-name", {"named": "PDF", "found": "JPEG"}))
    client = enter("archivist")
    page = client.get("/intake").text
    assert re.findall(r"/intake/([^/]+)/release", page) == [named]
    client.post(f"/intake/{named}/release", data={"csrf": csrf(page)})
    with held.home.catalogue.reading() as work:
        assert work.scans.get(named).released
    assert asked.jobs == [("receive", named)]


def test_a_file_that_is_not_in_quarantine_is_not_tried_again(held: Room, enter: Enter) -> None:
    held.home.__dict__["jobs"] = Asked()
    moving = put(held, "a.tif", ScanState.SEEN)
    with held.home.catalogue.reading() as work:
        assert work.scans.get(moving).state is ScanState.SEEN
    client = enter("archivist")
    read = put(held, "b.tif", ScanState.READ)
    page = client.get("/intake").text
    assert client.post(f"/intake/{read}/retry", data={"csrf": csrf(page)}).status_code == 409


def test_the_live_part_is_the_part_alone(enter: Enter) -> None:
    live = enter("archivist").get("/intake/live").text
    assert 'class="sentence"' in live and "<html" not in live


@pytest.mark.slow
def test_a_thousand_files_come_in_pages(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        for number in range(1000):
            work.scans.add(_scan(f"IMG_{number:04}.tif", ScanState.IGNORED, reason=Reason("temporary-name")))
    page = enter("archivist").get("/intake?state=ignored&page=20").text
    assert page.count('<td class="name"') == 50 and 'rel="next"' not in page


def test_a_reader_does_not_see_the_ledger(enter: Enter) -> None:
    assert enter("reader").get("/intake").status_code == 403
    assert enter("reader").get("/intake/live").status_code == 403
