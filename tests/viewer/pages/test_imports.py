"""A list handed in by the browser is kept, settled and entered by archivists alone; the register is compared there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from index.domain.lists.importing import Import
from index.domain.lists.incoming import Incoming
from ingest import importing
from ingest.actors import Desk
from ingest.sandbox import Cage
from tests.viewer.conftest import Enter
from tests.viewer.seeding import SCHOOL, Room

CATALOGUE = "档号,题名,日期\nJ101-WS·2024-Y-XZ-0099,关于防汛的通知,2024-03-05\n,,\nB-2,无图的一件,2024\n"
REGISTER = "收文号,收文日期,来文单位,文号,题名\n1,2024-03-04,某市教育局,,关于防汛的通知\n2,不详,某局,,函\n"


class Open:
    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)


def token(client: TestClient) -> str:
    return client.get("/imports").text.partition('name="csrf" content="')[2].partition('"')[0]


def handed_in(held: Room, client: TestClient, kind: str, text: str) -> Import:
    """Handed in by the browser and read as a worker does."""
    answer = client.post(
        "/imports",
        data={"csrf": token(client), "kind": kind, "fonds": SCHOOL.id},
        files={"file": ("C:\\目录\\我的目录.csv", text.encode("gb18030"))},
    )
    assert answer.status_code == 303
    import_id = answer.headers["location"].rpartition("/")[2]
    assert "正在读取" in client.get(f"/imports/{import_id}").text
    importing.read(Desk(held.home, cast(Cage, Open())), import_id)
    with held.home.catalogue.reading() as work:
        return work.imports.get(import_id)


def settled(client: TestClient, one: Import, **said: str) -> tuple[int, str]:
    columns = {f"column-{name}": str(at) for name, at in one.columns.items()}
    answer = client.post(f"/imports/{one.id}", data={"csrf": token(client), **columns, **said})
    return answer.status_code, client.get(f"/imports/{one.id}").text


def test_a_list_is_kept_for_its_owner_alone_and_its_faults_are_shown(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    one = handed_in(held, client, "catalogue", CATALOGUE)
    kept = held.home.folder("imports") / one.id
    assert one.name == "我的目录.csv" and kept.stat().st_mode & 0o777 == 0o600
    page = client.get(f"/imports/{one.id}").text
    assert "有问题 2 行" in page and "找不到对应的扫描件" in page and "无图的一件" in page
    faults = client.get(f"/imports/{one.id}/faults.csv")
    assert faults.content.decode("utf-8-sig").splitlines()[0] == "行,题名,问题" and "无图的一件" in faults.text


def test_a_list_is_tried_and_then_entered(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["doubtful"])
        scan = work.scans.of_item(item.id)[0]
        work.scans.save(replace(scan, path=b"J101/J101-WS.2024-Y-XZ-0099.jpg"))
        work.items.save(replace(item, fonds_id=SCHOOL.id))
    client = enter("archivist")
    one = handed_in(held, client, "catalogue", CATALOGUE)
    status, page = settled(client, one, deed="try", link="name")
    assert status == 303 and "导入 1 行" in page
    status, page = settled(client, one, deed="enter", link="name")
    assert status == 303 and "正在导入" in page and 'http-equiv="refresh"' in page
    importing.enter(Desk(held.home, cast(Cage, Open())), one.id)
    assert held.item("doubtful").reference_code == "J101-WS·2024-Y-XZ-0099"
    assert held.item("doubtful").title == "关于防汛的通知"


def test_columns_that_cannot_be_are_refused_on_the_page(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    one = handed_in(held, client, "catalogue", CATALOGUE)
    answer = client.post(f"/imports/{one.id}", data={"csrf": token(client), "column-date": "0"})
    assert answer.status_code == 400 or answer.status_code == 422
    assert "题名" in answer.text and 'role="alert"' in answer.text


def test_what_is_no_spreadsheet_says_so(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    one = handed_in(held, client, "catalogue", "一行")
    assert "没有可导入的内容" in client.get(f"/imports/{one.id}").text
    empty = client.post("/imports", data={"csrf": token(client), "fonds": SCHOOL.id}, files={"file": ("a.csv", b"")})
    assert empty.status_code in (400, 422) and "不是 XLSX 或 CSV" in empty.text


def test_the_register_is_compared_decided_signed_and_exported(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    one = handed_in(held, client, "register", REGISTER)
    settled(client, one, deed="enter")
    importing.enter(Desk(held.home, cast(Cage, Open())), one.id)
    page = client.get("/incoming?fonds=J101&year=2024").text
    assert "收文 1 件" in page and "未归档 1 件" in page
    with held.home.catalogue.reading() as work:
        (entry,) = work.incoming.of_year(SCHOOL.id, 2024)
    client.post("/incoming", data={"csrf": token(client), "entry": entry.id, "reason": "重份"})
    client.post("/incoming/sign", data={"csrf": token(client), "fonds": "J101", "year": "2024"})
    told = client.get("/export/incoming-register?fonds=J101&year=2024&format=csv").content.decode("utf-8-sig")
    assert told.splitlines() == [
        "收文号,收文日期,来文单位,文号,题名,份数,归卷号/不归档原因",
        "1,20240304,某市教育局,,关于防汛的通知,1,重份",
    ]
    with held.home.catalogue.reading() as work:
        assert [one.verb for one in work.journal.of(SCHOOL.id)] == ["register-signed"]


def test_a_long_register_is_shown_in_pages(held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("archivist")
    monkeypatch.setattr("viewer.pages.incoming.PER_PAGE", 2)
    day = date(2024, 3, 5)
    entries = [Incoming(f"e{n}", SCHOOL.id, f"{n}", day, "某市教育局", "", f"第{n}份来文") for n in range(1, 6)]
    with held.home.catalogue.writing() as work:
        work.incoming.put(entries)
    shown = [client.get(f"/incoming?fonds=J101&year=2024&page={page}").text for page in (1, 2, 3)]
    assert [[n for n in range(1, 6) if f"第{n}份来文" in page] for page in shown] == [[1, 2], [3, 4], [5]]
    assert all("收文 5 件" in page for page in shown)
    kept = client.post("/incoming", data={"csrf": token(client), "entry": "e4", "reason": "重份", "page": "2"})
    assert "page=2#e4" in kept.headers["location"] and "重份" in client.get(kept.headers["location"]).text


@pytest.mark.parametrize("address", ["/imports/none", "/export/incoming-register?fonds=X9", "/incoming?fonds=X9"])
def test_what_is_not_there_is_said(enter: Enter, address: str) -> None:
    assert enter("archivist").get(address).status_code == 404
