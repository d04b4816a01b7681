"""Saved searches and pages like one over the JSON API: the same rights as the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.domain.access import Marking
from tests.sheets import sheet
from tests.viewer import seeding
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room


def post(browser: TestClient, at: str, **fields: str) -> Any:
    found = re.search(r'name="csrf" content="([^"]+)"', browser.get("/saved").text)
    assert found
    answer = browser.post(at, data=fields, headers={"x-csrf-token": found[1]})
    return answer.json() | {"status": answer.status_code}


def searches(browser: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get("/api/saved").json()["searches"]
    return found


def arrives(held: Room, marking: Marking = Marking.INTERNAL) -> str:
    return seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 41)], 50, marking=marking)


def test_a_search_is_kept_told_of_looked_at_changed_and_let_go(held: Room, enter: Enter) -> None:
    reader = enter("reader")
    kept = post(reader, "/api/saved", q=" 的通知 ", name="通知", tell="true")
    assert (kept["name"], kept["query"], kept["told"], kept["new"]) == ("通知", "的通知", True, 0)
    item_id = arrives(held)
    [one] = searches(reader)
    assert (one["id"], one["new"], one["whole"]) == (kept["id"], 1, True)
    looked = post(reader, f"/api/saved/{kept['id']}/look")
    assert [hit["item"] for hit in looked["hits"]] == [item_id]
    assert searches(reader)[0]["new"] == 0
    changed = post(reader, f"/api/saved/{kept['id']}", name="各类通知")
    assert (changed["name"], changed["told"]) == ("各类通知", False)
    assert searches(reader)[0]["new"] is None
    assert post(reader, f"/api/saved/{kept['id']}/delete")["deleted"] == kept["id"]
    assert searches(reader) == []


def test_an_address_is_kept_with_all_its_bounds(enter: Enter) -> None:
    kept = post(enter("archivist"), "/api/saved", asked="q=合同&year=2015&year=2016&by=page")
    assert kept["asked"] == "q=%E5%90%88%E5%90%8C&year=2015&year=2016&by=page"
    assert kept["name"] == "合同"


def test_they_are_everybodys_own(held: Room, enter: Enter) -> None:
    kept = post(enter("archivist"), "/api/saved", q="通知", tell="true")
    arrives(held, Marking.CONFIDENTIAL)
    assert searches(enter("archivist"))[0]["new"] == 1
    reader = enter("reader")
    assert searches(reader) == []
    for deed in ("", "/look", "/delete"):
        assert post(reader, f"/api/saved/{kept['id']}{deed}", name="x")["status"] == 404
    assert post(reader, "/api/saved", q="通知", tell="true")["status"] == 200
    assert enter("administrator").get("/api/saved").status_code == 403


@pytest.mark.parametrize("fields", [{}, {"q": "  "}, {"asked": "year=2015"}])
def test_a_search_for_nothing_is_wrong_use(enter: Enter, fields: dict[str, str]) -> None:
    answer = post(enter("reader"), "/api/saved", **fields)
    assert (answer["status"], answer["error"]) == (400, "nothing-asked")


def test_without_the_sessions_token_nothing_is_kept(enter: Enter) -> None:
    assert enter("reader").post("/api/saved", data={"q": "通知"}).status_code == 403


# -- what may have been meant, and pages like one --


def test_what_may_have_been_meant_is_offered_from_what_one_may_see(enter: Enter) -> None:
    asked = {"q": "劳动和合同"}
    offered = enter("archivist").get("/api/search", params=asked).json()["did_you_mean"]
    assert {"query": "劳动合同", "pages": offered[0]["pages"]} in offered
    assert enter("reader").get("/api/search", params=asked).json()["did_you_mean"] == []
    told = enter("archivist").get("/api/search", params={"q": "合同 颜色:红"}).json()
    assert (told["read_as"], told["odd"]) == ("“合同” + “颜色:红”", ["颜色:红"])


def test_pages_like_one_keep_to_ones_rights_and_are_journalled(held: Room, enter: Enter) -> None:
    hidden = seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 3)], 50, marking=Marking.CONFIDENTIAL)
    at = f"/api/items/{held.items['notice']}/like"
    told = enter("archivist").get(at).json()
    assert hidden in {hit["item"] for hit in told["hits"]} and told["about"]
    assert hidden not in {hit["item"] for hit in enter("reader").get(at).json()["hits"]}
    assert enter("reader").get(f"/api/items/{held.items['contract']}/like").status_code == 403
    assert enter("reader").get(f"{at}?page=9").status_code == 404
    with held.home.catalogue.reading() as work:
        noted = [event for event in work.journal.all() if event.verb == "search"]
    assert hidden in str(noted[-1].details["items"])
