"""Saved searches: kept, renamed, deleted, and told of what is new, never of what one may not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.domain.access import Marking
from index.domain.description import Value
from index.domain.errors import Passing
from index.domain.searching.saved import SavedSearch
from index.ports import Found, Search, TextIndex
from tests.sheets import sheet
from tests.viewer import seeding
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import Room
from viewer import news
from viewer.asking import Asked


def csrf(browser: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', browser.get("/saved").text)
    assert found
    return found[1]


def send(browser: TestClient, at: str, **fields: str) -> int:
    return browser.post(at, data={"csrf": csrf(browser), **fields}).status_code


def kept(held: Room, name: str) -> list[SavedSearch]:
    with held.home.catalogue.reading() as work:
        return list(work.saved.of_person(held.people[name].id))


def save(held: Room, enter: Enter, name: str, asked: Asked, told: str = "1") -> tuple[TestClient, SavedSearch]:
    browser = enter(name)
    assert send(browser, "/saved", asked=asked.encoded, name=f"我的{asked.q}", told=told) == 303
    return browser, next(one for one in kept(held, name) if one.name == f"我的{asked.q}")


def new_in(browser: TestClient) -> list[int]:
    """What the start page tells as new."""
    return [int(count) for count in re.findall(r"<b>([\d,]+)</b> 页新增于", browser.get("/").text)]


def test_a_search_is_saved_with_everything_its_address_carries(held: Room, enter: Enter) -> None:
    asked = Asked("合同", (("year", "2015"), ("year", "2016")), by="page")
    browser, one = save(held, enter, "archivist", asked)
    assert one.asked == asked.encoded
    page = unescape(browser.get("/saved").text)
    assert "我的合同" in page and asked.address in page
    assert kept(held, "reader") == []
    assert "我的合同" not in enter("reader").get("/saved").text


def test_a_saved_search_is_renamed_and_deleted_by_its_person_alone(held: Room, enter: Enter) -> None:
    browser, one = save(held, enter, "archivist", Asked("合同"))
    for deed in ("", "/look", "/delete"):
        assert send(enter("reader"), f"/saved/{one.id}{deed}", name="x") == 404
    assert send(browser, f"/saved/{one.id}", name=" 劳动  合同 ") == 303
    assert [(one.name, one.told) for one in kept(held, "archivist")] == [("劳动 合同", False)]
    assert send(browser, f"/saved/{one.id}/delete") == 303
    assert kept(held, "archivist") == []


def test_what_is_done_with_saved_searches_is_journalled(held: Room, enter: Enter) -> None:
    browser, one = save(held, enter, "archivist", Asked("合同"))
    send(browser, f"/saved/{one.id}", name="新名", told="1")
    send(browser, f"/saved/{one.id}/delete")
    with held.home.catalogue.reading() as work:
        found = [(event.actor, event.verb) for event in work.journal.all() if event.target == one.id]
    assert found == [("archivist", f"search-{deed}") for deed in ("saved", "changed", "deleted")]


def test_a_name_that_is_taken_is_asked_for_again(held: Room, enter: Enter) -> None:
    browser, _ = save(held, enter, "archivist", Asked("合同"))
    answer = browser.post("/saved", data={"csrf": csrf(browser), "asked": "q=安全", "name": "我的合同"})
    assert answer.status_code == 409
    assert "请另起名称" in answer.text and 'value="q=%E5%AE%89%E5%85%A8"' in answer.text
    assert len(kept(held, "archivist")) == 1


def test_a_search_for_nothing_is_not_saved(held: Room, enter: Enter) -> None:
    assert send(enter("archivist"), "/saved", asked="year=2015", name="x") == 303
    assert kept(held, "archivist") == []


def arrives(held: Room, marking: Marking = Marking.INTERNAL, kind: str = "notice", seed: int = 41) -> str:
    return seeding._item(held.home, seeding.SCHOOL, [sheet(kind, seed)], 50, marking=marking)


def test_new_pages_are_told_on_the_start_page_until_one_has_looked(held: Room, enter: Enter) -> None:
    browser, one = save(held, enter, "reader", Asked("的通知"))
    assert new_in(browser) == []
    item_id = arrives(held)
    arrives(held, kind="plan")
    assert new_in(browser) == [1]
    assert "1 页新增" in browser.get("/saved").text
    answer = browser.post(f"/saved/{one.id}/look", data={"csrf": csrf(browser)})
    shown = browser.get(answer.headers["location"]).text
    assert f"/items/{item_id}?" in shown and f"/items/{held.items['notice']}?" not in shown
    assert new_in(browser) == []


def test_nobody_is_told_of_what_they_may_not_read(held: Room, enter: Enter) -> None:
    reader, _ = save(held, enter, "reader", Asked("通知"))
    archivist, _ = save(held, enter, "archivist", Asked("通知"))
    item_id = arrives(held, Marking.CONFIDENTIAL)
    assert (new_in(reader), new_in(archivist)) == ([], [1])
    with held.home.catalogue.writing() as work:
        item = work.items.get(item_id)
        work.items.save(replace(item, description={**item.description, "marking": Value("internal", 1.0)}))
    assert new_in(reader) == []
    seeding.index(held.home, item_id)
    assert (new_in(reader), new_in(archivist)) == ([1], [1])


def test_what_was_marked_more_closely_since_is_not_told(held: Room, enter: Enter) -> None:
    reader, one = save(held, enter, "reader", Asked("通知"))
    item_id = arrives(held)
    with held.home.catalogue.writing() as work:
        item = work.items.get(item_id)
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1.0)}))
    assert new_in(reader) == []
    seeding.index(held.home, item_id)
    assert new_in(reader) == []
    answer = reader.post(f"/saved/{one.id}/look", data={"csrf": csrf(reader)})
    assert item_id not in reader.get(answer.headers["location"]).text


def test_who_asks_to_be_told_hears_of_what_comes_from_then_on(held: Room, enter: Enter) -> None:
    browser, one = save(held, enter, "reader", Asked("通知"), told="")
    arrives(held)
    assert new_in(browser) == []
    send(browser, f"/saved/{one.id}", name=one.name, told="1")
    assert new_in(browser) == []
    arrives(held, seed=42)
    assert new_in(browser) == [1]


def test_bounds_of_the_search_hold_for_what_is_new(held: Room, enter: Enter) -> None:
    item_id = arrives(held)
    with held.home.catalogue.reading() as work:
        date = work.items.get(item_id).value("date")[:4]
    browser, _ = save(held, enter, "reader", Asked("通知", (("year", date), ("year", "1901"))))
    other, _ = save(held, enter, "archivist", Asked("通知", (("year", "1901"),)))
    arrives(held)
    assert (new_in(browser), new_in(other)) == ([1], [])


class Broken:
    def search(self, search: Search) -> Found:
        raise Passing("index-damaged")


def test_without_the_index_nothing_is_told_and_the_page_says_why(held: Room, enter: Enter) -> None:
    browser, _ = save(held, enter, "reader", Asked("通知"))
    arrives(held)
    close(held.home)
    held.home.__dict__["text"] = Broken()
    assert new_in(browser) == []
    assert "索引暂不可用" in browser.get("/saved").text
    assert browser.get("/").status_code == 200


def test_an_administrator_has_no_searches(enter: Enter) -> None:
    assert enter("administrator").get("/saved").status_code == 403
    assert enter("administrator").get("/").status_code == 200


class Partial:
    """An index that answers with what it has, and says that this is not all."""

    def __init__(self, text: TextIndex, lacking: Mapping[str, Any]) -> None:
        self._text, self._lacking = text, lacking
        self.shares: list[float] = []

    def search(self, search: Search) -> Found:
        self.shares.append(search.share)
        return replace(self._text.search(search), **self._lacking)


@pytest.mark.parametrize("lacking", [{"cut_short": True}, {"missing": ("J101 2024",)}])
def test_where_there_may_be_more_new_pages_the_count_says_so(
    held: Room, enter: Enter, lacking: Mapping[str, Any]
) -> None:
    browser, _ = save(held, enter, "reader", Asked("的通知"))
    save(held, enter, "reader", Asked("无此词语"))
    arrives(held)
    held.home.__dict__["text"] = Partial(held.home.text, lacking)
    assert "<b>1+</b>" in browser.get("/").text
    told = browser.get("/saved").text
    assert "1+ 页新增" in told and "查过的部分没有新增" in told


def test_all_searches_that_are_told_may_together_cost_what_one_may(held: Room, enter: Enter) -> None:
    for number in range(4):
        browser, _ = save(held, enter, "reader", Asked(f"通知{'?' * number}的"))
    arrives(held)
    counting = held.home.__dict__["text"] = Partial(held.home.text, {})
    browser.get("/")
    assert len(counting.shares) == 4 and sum(counting.shares) <= 1


def test_of_what_arrived_so_much_is_looked_at_and_more_is_told(
    held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = save(held, enter, "reader", Asked("的通知"))
    for seed in (41, 42, 43):
        arrives(held, seed=seed)
    assert new_in(browser) == [3]
    monkeypatch.setattr(news, "ARRIVED", 2)
    monkeypatch.setattr(news, "FEWEST", 1)
    assert "<b>2+</b>" in browser.get("/").text
    save(held, enter, "reader", Asked("通知"))
    arrives(held, seed=44)
    told = browser.get("/").text
    assert re.findall(r"<b>([^<]+)</b> 页新增于", told) == ["1+", "1+"]
