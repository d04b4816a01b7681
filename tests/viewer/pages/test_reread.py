"""A rereading is ordered on its page, goes on in the background, and its report leads to what changed most."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.domain.proof.rereading import Change, Report, RereadState
from tests.fakes.viewer.misreading import misread
from tests.viewer.conftest import Enter
from tests.viewer.pages.test_proof import hidden
from tests.viewer.seeding import SCHOOL, Room


def send(client: TestClient, address: str = "/reread", **typed: str) -> Any:
    csrf = hidden(client.get("/reread").text, "csrf")
    return client.post(address, data={"csrf": csrf, **typed})


def reports(held: Room) -> list[Report]:
    with held.home.catalogue.reading() as work:
        return list(work.rereadings.reports())


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ({"item": "minutes"}, 5),
        ({"place": f"{SCHOOL.id}/WS·XZ"}, 7),
        ({"place": SCHOOL.id}, 8),
        ({"older": "old 1"}, 1),
        ({"all": "1"}, 11),
    ],
)
def test_pages_are_ordered_by_item_series_fonds_engine_or_all(
    held: Room, enter: Enter, typed: dict[str, str], pages: int
) -> None:
    misread(held.home, held.pages("plan")[0].id, {}, engine="old")
    if "item" in typed:
        typed = {"item": held.item("minutes").reference_code}
    answer = send(enter("archivist"), **typed)
    [report] = reports(held)
    assert answer.headers["location"] == f"/reread/{report.rereading.id}"
    assert (report.total, report.waiting, report.rereading.by) == (pages, pages, "archivist")
    assert held.home.jobs.waiting() == {"reread": pages}


def test_one_page_is_read_again_by_the_other_engine_from_its_own_page(held: Room, enter: Enter) -> None:
    misread(held.home, held.pages("minutes")[1].id, {}, engine="rapidocr")
    client, item_id = enter("archivist"), held.items["minutes"]
    shown = client.get(f"/proof/{item_id}?page=2").text
    assert "用另一引擎重读本页" in shown
    assert re.findall(r"<option>(\w+)</option>", shown) == ["tesseract", "rapidocr"]
    assert (hidden(shown, "item"), hidden(shown, "page")) == (item_id, "2")
    answer = send(client, item=item_id, page="2", engine="tesseract")
    [report] = reports(held)
    assert (report.total, report.rereading.engine) == (1, "tesseract")
    with held.home.catalogue.reading() as work:
        assert work.rereadings.due() == [held.pages("minutes")[1].id]
    assert "第 2 页" in client.get(answer.headers["location"]).text


@pytest.mark.parametrize("page", ["6", "-1"])
def test_a_page_that_is_not_there_cannot_be_asked_for(held: Room, enter: Enter, page: str) -> None:
    answer = send(enter("archivist"), item=held.items["minutes"], page=page)
    assert answer.status_code in (404, 400, 422) and reports(held) == []


def test_everything_is_read_again_only_when_it_is_said(held: Room, enter: Enter) -> None:
    answer = send(enter("archivist"))
    assert answer.status_code == 400 and "哪些页" in answer.text and reports(held) == []


@pytest.mark.parametrize(("typed", "status"), [({"all": "1", "engine": "none"}, 400), ({"item": "no-such"}, 404)])
def test_what_is_not_there_cannot_be_asked_for(held: Room, enter: Enter, typed: dict[str, str], status: int) -> None:
    assert send(enter("archivist"), **typed).status_code == status and reports(held) == []


def test_the_report_shows_sums_and_the_most_changed_pages_and_can_be_stopped(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    send(client, item=held.items["minutes"])
    [report] = reports(held)
    order, pages = report.rereading.id, held.pages("minutes")
    done = Change(pages[0].id, RereadState.DONE, "", 400, 12, 0.8, 0.95, kept=3, conflicts=1)
    with held.home.catalogue.writing() as work:
        work.rereadings.keep(order, done)
        work.rereadings.keep(order, replace(done, page_id=pages[1].id, changed=40, conflicts=0))
        work.rereadings.keep(order, Change(pages[2].id, RereadState.FAILED, "engine-failed"))
    shown = client.get(f"/reread/{order}").text
    assert "2 / 5" in shown and "80.0% → 95.0%" in shown and "进行中" in shown and "! 未识别" in shown
    assert shown.index(f"?page={pages[1].number}") < shown.index(f"?page={pages[0].number}")
    assert send(client, f"/reread/{order}/stop").status_code == 303
    assert "已停止" in client.get(f"/reread/{order}").text and not reports(held)[0].running


def test_the_page_says_which_engines_read_how_many(held: Room, enter: Enter) -> None:
    misread(held.home, held.pages("plan")[0].id, {}, engine="old")
    shown = enter("archivist").get("/reread").text
    assert "old 1" in shown and "seed 1" in shown and "现用" in shown


def test_an_unknown_order_is_no_page(enter: Enter) -> None:
    assert enter("archivist").get("/reread/none").status_code == 404
