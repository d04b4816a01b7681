"""Places are added in their order, and what is no place inside another is told."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.viewer.conftest import Enter


@pytest.fixture
def archivist(enter: Enter) -> TestClient:
    return enter("archivist")


def add(client: TestClient, **values: str) -> bool:
    html = client.get("/places").text
    [csrf] = set(re.findall(r'name="csrf" content="(.*?)"', html))
    inside = values.pop("inside", "")
    found = re.findall(rf'<option value="([^"]+)">{re.escape(inside)} ', html) if inside else [""]
    answer = client.post("/places", data={"csrf": csrf, "inside": found[0], **values})
    assert answer.status_code == 303 or 'role="alert"' in answer.text
    return answer.status_code == 303


def test_a_room_a_cabinet_and_a_shelf_are_added_and_shown_by_address(archivist: TestClient) -> None:
    assert add(archivist, kind="room", number="1", title="一号库房")
    assert add(archivist, kind="cabinet", number="03", inside="1")
    assert add(archivist, kind="shelf", number="2", inside="1-03")
    html = archivist.get("/places").text
    assert "1-03-2" in html and "一号库房" in html and "平时分类橱" in html


@pytest.mark.parametrize(
    "values", [{"kind": "shelf", "number": "1"}, {"kind": "room", "number": " "}, {"kind": "moon", "number": "1"}]
)
def test_what_is_no_place_is_told(archivist: TestClient, values: dict[str, str]) -> None:
    assert not add(archivist, **values)


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_nobody_but_an_archivist_adds_places(enter: Enter, name: str) -> None:
    assert enter(name).get("/places").status_code == 403
