"""A person settles what the machine doubts; nothing typed is lost, whatever goes wrong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from index.domain.description import Value
from index.domain.holdings import ItemState
from tests.viewer.conftest import Enter
from tests.viewer.seeding import MORNING, Room

DECIDED = {
    "title": "关于食堂卫生的通知",
    "date": "2024-03-05",
    "marking": "internal",
    "fonds": "J101",
    "pack": "school",
    "series": "school/WS·XZ",
    "retention": "10y",
    "creator": "第一实验小学",
}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def send(client: TestClient, item_id: str, address: str = "", **typed: str):  # type: ignore[no-untyped-def]
    page = client.get(f"/review/{item_id}").text
    carried = {name: hidden(page, name) for name in ("csrf", "version", "came_from")}
    return client.post(f"/review/{item_id}{address}", data=carried | typed)


def test_the_list_says_what_is_doubtful(held: Room, enter: Enter) -> None:
    page = enter("archivist").get("/review").text
    assert f"/review/{held.items['doubtful']}" in page
    assert "密级" in page and "41%" in page


def test_saving_files_the_item_under_what_the_person_decided(held: Room, enter: Enter) -> None:
    answer = send(enter("archivist"), held.items["doubtful"], **DECIDED)
    item = held.item("doubtful")
    assert answer.headers["location"] == "/review"
    assert item.state is ItemState.FILED and item.reference_code.startswith("J101-WS·2024-D10-XZ-")
    assert item.description["title"] == Value(DECIDED["title"], 1.0, None, "archivist")


def test_what_filing_needs_is_said_beside_its_field_and_what_was_typed_stays(held: Room, enter: Enter) -> None:
    answer = send(enter("archivist"), held.items["doubtful"], **DECIDED | {"retention": "", "date": "2024-02-30"})
    assert answer.status_code == 422
    assert 'id="wrong-retention"' in answer.text and 'id="wrong-date"' in answer.text
    assert DECIDED["title"] in answer.text and "2024-02-30" in answer.text
    assert held.item("doubtful").state is ItemState.REVIEW


def test_an_item_can_be_kept_for_later_half_described(held: Room, enter: Enter) -> None:
    answer = send(enter("archivist"), held.items["doubtful"], title="未写完", deed="keep")
    assert answer.status_code == 303
    assert (held.item("doubtful").title, held.item("doubtful").state) == ("未写完", ItemState.REVIEW)


def test_a_conflict_keeps_what_was_typed_and_shows_what_the_other_saved(held: Room, enter: Enter) -> None:
    client, item_id = enter("archivist"), held.items["doubtful"]
    page = client.get(f"/review/{item_id}").text
    send(enter("archivist"), item_id, title="别人的题名", deed="keep")
    carried = {name: hidden(page, name) for name in ("csrf", "version", "came_from")}
    answer = client.post(f"/review/{item_id}", data=carried | DECIDED)
    assert answer.status_code == 409
    assert DECIDED["title"] in answer.text and 'data-take="别人的题名"' in answer.text
    again = {name: hidden(answer.text, name) for name in ("csrf", "version", "came_from")}
    assert client.post(f"/review/{item_id}", data=again | DECIDED).status_code == 303
    assert held.item("doubtful").title == DECIDED["title"]


def test_another_mistake_does_not_hide_a_conflict(held: Room, enter: Enter) -> None:
    client, item_id = enter("archivist"), held.items["doubtful"]
    page = client.get(f"/review/{item_id}").text
    send(enter("archivist"), item_id, title="别人的题名", deed="keep")
    carried = {name: hidden(page, name) for name in ("csrf", "version", "came_from")}
    answer = client.post(f"/review/{item_id}", data=carried | DECIDED | {"retention": ""})
    assert answer.status_code == 422
    assert 'data-take="别人的题名"' in answer.text and 'id="wrong-retention"' in answer.text


def test_the_history_speaks_the_words_of_the_trade(held: Room, enter: Enter) -> None:
    client, item_id = enter("archivist"), held.items["doubtful"]
    send(client, item_id, **DECIDED)
    history = client.get(f"/review/{item_id}").text.partition("办理记录")[2]
    assert "<ins>10年</ins>" in history and "<ins>内部</ins>" in history and "<ins>学校文书档案</ins>" in history


def test_a_filed_item_is_corrected_with_its_history_and_only_the_change_is_signed(held: Room, enter: Enter) -> None:
    client, item_id = enter("archivist"), held.items["notice"]
    before = held.item("notice")
    shown = {name: before.value(name) for name in ("title", "document_number", "creator", "date", "marking", "pack")}
    typed = shown | {"fonds": "J101", "series": f"school/{before.value('series')}", "retention": "permanent"}
    answer = send(client, item_id, **typed)
    after = held.item("notice")
    assert answer.headers["location"] == f"/items/{item_id}"
    assert [name for name, value in after.description.items() if value.given] == ["retention"]
    assert "-Y-" in after.reference_code and after.reference_code != before.reference_code
    history = client.get(f"/review/{item_id}").text
    assert "<del>30年</del> → <ins>永久</ins>" in history


def test_an_item_is_withdrawn_with_a_reason_and_brought_back(held: Room, enter: Enter) -> None:
    client, item_id = enter("archivist"), held.items["doubtful"]
    send(client, item_id, "/withdraw", reason="重复扫描")
    assert held.item("doubtful").state is ItemState.WITHDRAWN
    assert "重复扫描" in client.get(f"/review/{item_id}").text
    send(client, item_id, "/reopen")
    assert held.item("doubtful").state is ItemState.REVIEW


def test_withdrawing_without_a_reason_is_refused(held: Room, enter: Enter) -> None:
    assert send(enter("archivist"), held.items["doubtful"], "/withdraw", reason=" ").status_code == 400
    assert held.item("doubtful").state is ItemState.REVIEW


def test_skipping_goes_round_the_list(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        other = replace(held.item("doubtful"), id="other-item", confidence=0.6)
        work.items.add(other)
    first, second = held.items["doubtful"], "other-item"
    client = enter("archivist")
    assert client.get(f"/review/next?after={first}").headers["location"] == f"/review/{second}?after={first}"
    assert client.get(f"/review/next?after={second}").headers["location"] == f"/review/{first}?after={second}"


def test_the_item_before_lends_its_values(held: Room, enter: Enter) -> None:
    page = enter("archivist").get(f"/review/{held.items['doubtful']}?after={held.items['notice']}").text
    assert f'data-previous="{held.item("notice").title}"' in page


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_only_an_archivist_reviews(held: Room, enter: Enter, name: str) -> None:
    client = enter(name)
    assert client.get("/review").status_code == 403
    assert client.get(f"/review/{held.items['doubtful']}").status_code == 403


def test_looking_at_a_personal_record_is_journalled(held: Room, enter: Enter) -> None:
    enter("archivist").get(f"/review/{held.items['contract']}")
    with held.home.catalogue.reading() as work:
        looked = [event for event in work.journal.of(held.items["contract"]) if event.verb == "read"]
    assert [(event.actor, event.at) for event in looked] == [("archivist", MORNING)]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_pages_speak_each_language(held: Room, enter: Enter, language: str) -> None:
    with held.home.catalogue.writing() as work:
        work.people.save(replace(held.people["archivist"], language=language))
    page = enter("archivist").get(f"/review/{held.items['doubtful']}").text
    assert {"zh-Hans": "归档\uff0c下一件", "zh-Hant": "歸檔\uff0c下一件", "en": "File, next"}[language] in page
