"""The page of arrangement: what it shows, what it does, and who may open it."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from index.domain.arranging.stages import Stage, stage_of
from index.domain.holdings import Item
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room

Values = dict[str, str | list[str]]


def bench(client: TestClient, one: Item) -> str:
    answer = client.get(
        "/arrangement", params={"fonds": "J101", "year": one.filing_year, "series": one.value("series")}
    )
    assert answer.status_code == 200
    return answer.text


def do(client: TestClient, one: Item, deed: str, **values: str | list[str]) -> bool:
    """Press a button as the page offers it, with its token; whether it was done, else the page tells why not."""
    [csrf] = set(re.findall(r'name="csrf" content="(.*?)"', bench(client, one)))
    place: Values = {"fonds": "J101", "year": one.filing_year, "series": one.value("series"), "csrf": csrf}
    answer = client.post("/arrangement", data={**place, "deed": deed, **values})
    done = answer.status_code == 303
    assert done or (answer.status_code == 200 and 'role="alert"' in answer.text)
    return done


def hidden(html: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="(.*?)"', html)


@pytest.fixture
def notice(held: Room) -> Item:
    return held.item("notice")


@pytest.fixture
def archivist(enter: Enter) -> TestClient:
    return enter("archivist")


def test_the_classes_of_a_year_are_listed_with_counts_and_whether_they_are_open(
    archivist: TestClient, notice: Item
) -> None:
    html = bench(archivist, notice)
    assert notice.title in html and notice.reference_code in html
    assert "逾期" in html or "还有" in html or "年度未满" in html


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_nobody_but_an_archivist_arranges(enter: Enter, name: str, notice: Item) -> None:
    assert enter(name).get("/arrangement").status_code == 403


def test_a_class_that_is_not_there_is_told_in_words(archivist: TestClient) -> None:
    answer = archivist.get("/arrangement?fonds=C301")
    assert answer.status_code == 200 and "还没有按年度归档" in answer.text


def test_ticked_items_become_a_volume_that_is_sealed_described_and_opened(
    archivist: TestClient, held: Room, notice: Item
) -> None:
    assert do(archivist, notice, "volume", item=notice.id, title="二〇二四年通知")
    [volume], version = set(hidden(bench(archivist, notice), "volume")), "1"
    assert not do(archivist, notice, "seal", volume=volume, version="7")
    assert do(archivist, notice, "seal", volume=volume, version=version)
    assert stage_of(held.item("notice")) is Stage.ARRANGED
    words = {"title": "行政通知", "situation": "第1页缺角", "checked_by": "乙", "checked_on": "2026-11-23"}
    assert do(archivist, notice, "describe", volume=volume, version="2", **words)
    html = bench(archivist, notice)
    assert "第1页缺角" in html and 'value="2026-11-23"' in html
    bad = {**words, "checked_on": "yesterday"}
    assert not do(archivist, notice, "describe", volume=volume, version="3", **bad)
    assert not do(archivist, notice, "unseal", volume=volume, version="3")
    assert do(archivist, notice, "unseal", volume=volume, version="3", reason="漏订")
    assert do(archivist, notice, "take-out", volume=volume, version="4", item=notice.id)
    assert 'name="volume"' not in bench(archivist, notice)


@pytest.mark.parametrize("deed", ["earlier", "later", "move", "volume", "box", "put-in"])
def test_what_needs_items_asks_for_them(archivist: TestClient, notice: Item, deed: str) -> None:
    assert not do(archivist, notice, deed)


def test_a_deed_nobody_knows_is_wrong_use(archivist: TestClient, notice: Item) -> None:
    assert not do(archivist, notice, "burn")


def test_numbers_are_written_only_as_they_were_shown(archivist: TestClient, notice: Item) -> None:
    assert not do(archivist, notice, "number", reason="重排", digest="stale")


@pytest.mark.parametrize("format", ["print", "xlsx", "csv", "pdf"])
@pytest.mark.parametrize("kind", ["file-catalogue", "contents-list", "full-catalogue", "note-sheet", "box-note-sheet"])
def test_catalogues_leave_through_the_browser(
    archivist: TestClient, held: Room, notice: Item, kind: str, format: str
) -> None:
    do(archivist, notice, "box" if kind.startswith("box") else "volume", item=notice.id, title="通知")
    [volume] = set(hidden(bench(archivist, notice), "volume"))
    do(archivist, notice, "seal", volume=volume, version="1")
    answer = archivist.get(f"/export/year-end/{kind}", params={"fonds": "J101", "format": format})
    assert answer.status_code == 200 and answer.content
    if format == "csv":
        assert ("archivist" if "note" in kind else "通知" if "file" in kind else notice.title) in answer.text
    assert archivist.get("/export/year-end/nonsense").status_code == 400
    assert archivist.get(f"/export/year-end/{kind}?fonds=X9&format=csv").status_code == 404


def test_a_class_is_put_into_order_by_date_without_a_tick(archivist: TestClient, notice: Item) -> None:
    html = bench(archivist, notice)
    assert 'value="by-date"' in html and notice.id in hidden(html, "of")
    assert do(archivist, notice, "by-date", of=notice.id)
    assert not do(archivist, notice, "by-date", of="nobody")


def test_a_volume_says_how_long_it_is_kept(archivist: TestClient, notice: Item) -> None:
    do(archivist, notice, "box", item=notice.id, title="通知")
    assert re.search(r"盒 · \S+ · 未封", bench(archivist, notice))
