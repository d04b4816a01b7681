"""The workbench without a script: what is odd is told, every button does what it says, refusals change nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient

from index.domain.holdings import ItemState, Page, PageRole
from tests.viewer.benches import foreign_page, loose_page, odd_volume
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room
from tests.viewer.test_guard import token
from viewer.pages.workbench import DEEDS


class Bench:
    """An archivist at the pages of one item, pressing buttons."""

    def __init__(self, held: Room, browser: TestClient, item_id: str) -> None:
        self.held, self.browser, self.item_id = held, browser, item_id
        self.at = f"/items/{item_id}/pages"

    def pages(self) -> list[Page]:
        with self.held.home.catalogue.reading() as work:
            return list(work.pages.of_item(self.item_id))

    def version(self, item_id: str = "") -> int:
        with self.held.home.catalogue.reading() as work:
            return work.items.get(item_id or self.item_id).version

    def press(self, deed: str, *numbers: int, **fields: str) -> tuple[int, str]:
        """Tick these pages and press; the status and what the page then says."""
        ticked = [page.id for page in self.pages() if page.number in numbers]
        sent = {"deed": deed, "version": str(self.version()), "page": ticked, **fields}
        headers = token(self.held, self.browser.cookies.get("muniment"))
        answer = self.browser.post(self.at, data=sent, headers=headers)
        if answer.status_code == 303:
            return 303, unescape(self.browser.get(answer.headers["location"]).text)
        return answer.status_code, unescape(answer.text)

    def printed(self) -> str:
        return " ".join(page.look.printed or "-" for page in self.pages())


@pytest.fixture
def bench(held: Room, enter: Enter) -> Bench:
    return Bench(held, enter("archivist"), odd_volume(held.home))


def test_what_is_odd_is_told_above_on_the_page_and_in_the_review_list(bench: Bench) -> None:
    for at in (bench.at, "/review", f"/review/{bench.item_id}"):
        said = unescape(bench.browser.get(at).text)
        for words in ("缺第 3 页", "第 4 页与第 3 页疑似重复", "第 6 页顺序不对", "1 页空白", "1 页跨页"):
            assert words in said
        assert f"/items/{bench.item_id}/pages" in said or at == bench.at
    shown = unescape(bench.browser.get(bench.at).text)
    assert len(re.findall(r'class="leaf', shown)) == 7
    assert [mark in shown for mark in ("疑似重复", "空白", "跨页", "顺序不对")] == [True] * 4


def test_the_history_says_in_words_why_a_page_was_not_read_or_its_file_put_aside(bench: Bench) -> None:
    with bench.held.home.catalogue.writing() as work:
        work.journal.write("muniment", "unreadable", bench.item_id, page=2, reason="damaged-file")
        why = {"reason": "poison", "because": {"times": "4"}}
        work.journal.write("muniment", "page-quarantined", bench.item_id, **why)
    said = unescape(bench.browser.get(f"/items/{bench.item_id}").text)
    assert "页面未能识别" in said and "文件已损坏" in said
    assert "页面的来源文件已隔离" in said and "连续 4 次处理失败" in said


def test_pages_are_moved_and_it_is_told_who_did_it(bench: Bench) -> None:
    assert bench.printed() == "1 2 4 4 - 7 6"
    assert bench.press("later", 6)[0] == 303
    assert bench.printed() == "1 2 4 4 - 6 7"
    assert bench.press("move", 5, to="1")[0] == 303
    assert bench.printed() == "- 1 2 4 4 6 7"
    status, said = bench.press("undo")
    assert (status, bench.printed()) == (303, "1 2 4 4 - 6 7")
    assert "移动页面" in said and "archivist" in said and "第 6 页 · 移到第 7 页" in said


def test_a_page_is_taken_out_shown_below_and_put_back(bench: Bench) -> None:
    out = bench.pages()[3].id
    _, said = bench.press("take-out", 4)
    assert "已抽出的页" in said and bench.printed() == "1 2 4 - 7 6"
    assert bench.press("put-back", page=out)[0] == 303
    assert bench.printed() == "1 2 4 4 - 7 6"


def test_pages_are_split_off_and_joined_again(bench: Bench) -> None:
    status, said = bench.press("split", 6)
    assert status == 303 and "已拆出：2 页成为单独的一件" in said
    made = re.findall(r"/items/([0-9a-f-]{36})/pages", said)
    other = next(one for one in made if one != bench.item_id)
    with bench.held.home.catalogue.reading() as work:
        assert work.items.get(other).state is ItemState.CAPTURED
    assert bench.press("join", other=f"{other}:{bench.version(other)}")[0] == 303
    assert bench.printed() == "1 2 4 4 - 7 6"
    told = bench.browser.get(f"/items/{other}/pages").text
    assert "已并入" in told and bench.item_id in told


def test_the_ticked_pages_alone_are_split_off_or_moved_over(bench: Bench) -> None:
    loose = loose_page(bench.held.home)
    assert bench.press("split-chosen", 3, 4)[0] == 303
    assert bench.printed() == "1 2 - 7 6"
    assert bench.press("move-to", 3, other=f"{loose}:{bench.version(loose)}")[0] == 303
    assert bench.printed() == "1 2 7 6"
    with bench.held.home.catalogue.reading() as work:
        assert work.items.get(loose).page_count == 2


def test_facing_pages_are_parted_and_put_together(bench: Bench) -> None:
    _, said = bench.press("part", 2, right_first="yes")
    assert [page.part for page in bench.pages()] == [0, 2, 1, 0, 0, 0, 0, 0]
    assert "右半" in said and "正在识别" in said
    assert bench.press("unpart", 3)[0] == 303
    assert bench.printed() == "1 2 4 4 - 7 6"


def test_a_person_says_where_two_pages_part(bench: Bench) -> None:
    assert bench.press("part", 2, gutter="40")[0] == 303
    widths = [page.crop.w for page in bench.pages() if page.crop]
    assert widths == pytest.approx([0.4, 0.6])
    assert bench.press("part", 1, gutter="2")[0] == 400


def test_a_rescan_waiting_in_review_takes_the_place_of_a_page(bench: Bench) -> None:
    rescan = loose_page(bench.held.home)
    shown = bench.browser.get(bench.at).text
    assert f'value="{rescan}:' in shown
    assert bench.press("replace", 4, other=f"{rescan}:{bench.version(rescan)}")[0] == 303
    with bench.held.home.catalogue.reading() as work:
        roles = [page.role for page in work.arrangement.of_item(bench.item_id)]
    assert roles.count(PageRole.REMOVED) == 1 and len(bench.pages()) == 7


def test_what_is_turned_waits_to_be_read_and_stands_turned_meanwhile(bench: Bench) -> None:
    _, said = bench.press("left", 1)
    assert "turn-3" in said and "待识别" in said and 'data-waiting="1"' in said


def test_blank_or_not_is_said_here_too(bench: Bench) -> None:
    _, said = bench.press("blank", 5)
    assert "✓ 空白" in said and "1 页空白" not in said
    assert bench.press("written", 5)[0] == 303
    assert not bench.pages()[4].blank


@pytest.mark.parametrize(
    ("deed", "numbers", "fields", "status", "said"),
    [
        ("take-out", (), {}, 400, "请先勾选页面"),
        ("split", (), {}, 400, "请先勾选页面"),
        ("join", (), {}, 400, "请先选另一件档案"),
        ("take-out", (1, 2, 3, 4, 5, 6, 7), {}, 403, "至少要留一页"),
        ("split", (1,), {}, 403, "至少要留一页"),
        ("join", (), {"code": "NO-SUCH-CODE"}, 404, "没有这件档案"),
        ("right", (1,), {"version": "1"}, 409, "别人"),
        ("burn", (1,), {}, 400, "请求有误"),
        ("undo", (), {}, 409, "没有可以撤销的改动"),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(
    bench: Bench, deed: str, numbers: tuple[int, ...], fields: dict[str, str], status: int, said: str
) -> None:
    found, shown = bench.press(deed, *numbers, **fields)
    assert (found, bench.printed()) == (status, "1 2 4 4 - 7 6")
    assert said in shown


def test_pages_stay_in_their_fonds(bench: Bench) -> None:
    other = foreign_page(bench.held.home)
    assert bench.press("join", other=f"{other}:{bench.version(other)}")[0] == 403
    assert other not in bench.browser.get(bench.at).text


def test_a_filed_item_asks_why_keeps_its_code_and_tells_it_on_its_page(held: Room, enter: Enter) -> None:
    bench = Bench(held, enter("archivist"), odd_volume(held.home, filed=True))
    with held.home.catalogue.reading() as work:
        code = work.items.get(bench.item_id).reference_code
    status, said = bench.press("later", 6)
    assert status == 400 and "请写明原因" in said
    status, said = bench.press("later", 6, reason="扫描时次序颠倒")
    assert status == 303 and bench.printed() == "1 2 4 4 - 6 7"
    with held.home.catalogue.reading() as work:
        assert work.items.get(bench.item_id).reference_code == code
    for at in (f"/items/{bench.item_id}", f"/review/{bench.item_id}", bench.at):
        shown = unescape(bench.browser.get(at).text)
        assert "移动页面" in shown and "扫描时次序颠倒" in shown


def test_what_was_taken_out_is_not_for_readers_nor_is_a_master_that_holds_it(held: Room, enter: Enter) -> None:
    bench = Bench(held, enter("archivist"), odd_volume(held.home, filed=True))
    out, reader = bench.pages()[3], enter("reader")
    master = f"/items/{bench.item_id}/master/{out.scan_id}"
    assert reader.get(f"/pages/{out.id}/thumb").status_code == reader.get(master).status_code == 200
    bench.press("take-out", 4, reason="重复")
    assert reader.get(f"/pages/{out.id}/thumb").status_code == reader.get(master).status_code == 404
    assert bench.browser.get(f"/pages/{out.id}/thumb").status_code == bench.browser.get(master).status_code == 200
    assert reader.get(bench.at).status_code == 403


def test_a_master_is_refused_when_a_page_of_it_stands_in_a_record_the_reader_may_not_see(
    held: Room, enter: Enter
) -> None:
    bench = Bench(held, enter("archivist"), odd_volume(held.home, filed=True))
    scan = bench.pages()[0].scan_id
    bench.press("split", 6, reason="另一件")
    assert enter("reader").get(f"/items/{bench.item_id}/master/{scan}").status_code == 404


def test_every_deed_has_its_button(bench: Bench) -> None:
    bench.press("later", 6)
    bench.press("take-out", 1)
    shown = bench.browser.get(bench.at).text
    buttons = set(re.findall(r'name="deed" value="([a-z-]+)"', shown))
    assert buttons == set(DEEDS) - {"half", "part-all"}


def test_all_facing_pages_are_parted_at_once(held: Room, enter: Enter) -> None:
    bench = Bench(held, enter("archivist"), odd_volume(held.home))
    with held.home.catalogue.writing() as work:
        for page in work.pages.of_item(bench.item_id)[:3]:
            reading = work.pages.reading(page.id)
            assert reading
            work.pages.save(replace(page, look=replace(page.look, spread=0.5)), reading)
    assert "拆分全部 3 张跨页" in unescape(bench.browser.get(bench.at).text)
    assert bench.press("part-all")[0] == 303
    assert [page.part for page in bench.pages()] == [1, 2, 1, 2, 1, 2, 0, 0, 0, 0]


def test_the_old_code_of_a_joined_item_leads_to_where_its_pages_are(held: Room, enter: Enter) -> None:
    bench = Bench(held, enter("archivist"), odd_volume(held.home, filed=True))
    other = odd_volume(held.home, filed=True)
    with held.home.catalogue.reading() as work:
        code = work.items.get(other).reference_code
    assert bench.press("join", code=code, reason="同一件")[0] == 303
    for name in ("archivist", "reader"):
        assert enter(name).get(f"/items/{code}").headers["location"] == f"/items/{bench.item_id}"


# -- blank pages -------------------------------------------------------------------------------------------------------


def test_blank_pages_are_looked_at_in_one_list(bench: Bench) -> None:
    headers = token(bench.held, bench.browser.cookies.get("muniment"))
    blank = bench.pages()[4]
    assert blank.id in bench.browser.get("/blank").text
    bench.browser.post("/blank", data={"page": [blank.id], "deed": "blank"}, headers=headers)
    assert blank.id not in bench.browser.get("/blank").text
    assert blank.id in bench.browser.get("/blank?looked=yes").text
    bench.browser.post("/blank", data={"page": [blank.id], "written": blank.id, "looked": "yes"}, headers=headers)
    assert not bench.pages()[4].blank
    assert blank.id not in bench.browser.get("/blank?looked=yes").text
