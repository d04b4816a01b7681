"""The page of completeness: what is missing first, in whose words it is waived, and nothing for who may not see it."""

from __future__ import annotations

import re
from typing import Any

from fastapi.testclient import TestClient

from tests.viewer.conftest import Enter
from tests.viewer.pages.test_proof import hidden
from tests.viewer.seeding import SCHOOL, Room

YEAR = f"{SCHOOL.id}/school/2012"


def employee(client: TestClient) -> str:
    """The address of one of the seeded personnel files, of which nobody said what kind of paper lies in it."""
    shown = client.get("/completeness?pack=employees").text
    return str(re.findall(r'href="(/completeness/unit[?]key=[^"]+)"', shown)[0])


def sent(client: TestClient, at: str, **typed: str) -> Any:
    page = client.get(at).text
    return client.post("/completeness/unit", data={"csrf": hidden(page, "csrf"), "key": hidden(page, "key"), **typed})


def row(client: TestClient, at: str, number: str) -> str:
    """The line of one place of the checklist."""
    rows = re.findall(r"<tr>.*?</tr>", client.get(at).text, re.DOTALL)
    return next(str(one) for one in rows if re.search(rf'class="number code"[^>]*>{number}<', one))


def test_what_is_missing_stands_by_file_and_by_year(held: Room, enter: Enter) -> None:
    shown = enter("archivist").get("/completeness").text
    assert "个人简历" in shown
    assert "上级文件" in shown
    assert "缺得最多" in shown
    assert YEAR in shown
    only = enter("archivist").get("/completeness?fonds=C301&pack=employees").text
    assert YEAR not in only
    assert "舒一禾" in only


def test_a_place_is_waived_with_a_reason_and_taken_back(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    at = employee(client)
    assert "缺" in row(client, at, "1")
    assert sent(client, at, slot="1", deed="waived", reason=" 建档前入职 ").status_code == 303
    waived = row(client, at, "1")
    assert "已免" in waived and "建档前入职" in waived and "archivist" in waived
    assert sent(client, at, slot="1", deed="back").status_code == 303
    assert "已免" not in row(client, at, "1")
    assert sent(client, at, slot="1", deed="present", reason="原件在保险柜").status_code == 303
    assert "✓" in row(client, at, "1")


def test_without_a_reason_nothing_is_waived_and_the_page_says_so(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    at = employee(client)
    refused = sent(client, at, slot="1", deed="waived", reason="  ")
    assert refused.status_code == 400
    assert "请写明原因" in refused.text
    assert "已免" not in row(client, at, "1")


def test_whether_a_place_applies_is_told_either_way(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    at = employee(client)
    assert "是否适用待定" in row(client, at, "5")
    sent(client, at, condition="driver", deed="yes")
    assert "!" in row(client, at, "5")
    sent(client, at, condition="driver", deed="no")
    assert "不适用" in row(client, at, "5")
    assert sent(client, at, condition="pilot", deed="yes").status_code == 404


def test_who_only_reads_learns_nothing(held: Room, enter: Enter) -> None:
    at = employee(enter("archivist"))
    for name in ("reader", "administrator"):
        assert [enter(name).get(one).status_code for one in ("/completeness", at, "/api/completeness")] == [403] * 3
    assert enter("archivist").get("/completeness/unit?key=nobody").status_code == 404


def test_the_api_tells_the_same(held: Room, enter: Enter) -> None:
    told = enter("archivist").get("/api/completeness").json()
    assert {(one["fonds"], one["pack"]) for one in told["packs"]} == {("J101", "school"), ("C301", "employees")}
    units = {one["unit"]: one for one in told["units"]}
    assert units[YEAR]["per"] == "year"
    assert set(units[YEAR]["missing"]) <= {"1", "2", "3", "4", "5"}
    assert [one["fonds"] for one in enter("archivist").get("/api/completeness?fonds=C301").json()["packs"]] == ["C301"]
    scores = [one["score"] for one in told["units"]]
    assert scores == sorted(scores)
