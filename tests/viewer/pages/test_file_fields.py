"""On the page of a customer's file stand its fields: what papers say, what people entered; archivists fill them in."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from config.regulations import PACKS, load
from index.custody.assessing import assess_one
from index.custody.filing import file_item
from index.domain.access import Role, permit_of
from index.domain.holdings import ItemState
from index.domain.rules.particulars import Stated
from tests.fakes.index.holdings import item
from tests.viewer.conftest import Enter
from tests.viewer.seeding import COMPANY, MORNING, Room

CARD = {
    **{"pack": "customers", "series": "ZY·KH·JC", "doc_type": "客户资料表", "title": "客户资料表"},
    **{"retention": "5y", "marking": "confidential", "subject_key": "大江阀门厂", "date": "2025-03-05"},
}


@pytest.fixture
def file_id(held: Room) -> str:
    """A customer's file with one form, whose 行业 was read as 石化."""
    held.home.__dict__["packs"] = (*held.home.packs, load(PACKS / "customers"))
    held.home.__dict__.pop("packs_by_id", None)
    with held.home.catalogue.writing() as work:
        fonds = work.fonds.get(COMPANY.id)
        work.fonds.save(type(fonds)(fonds.id, fonds.code, fonds.title, ("employees", "customers")))
        made = item(ItemState.DESCRIBED, CARD, fonds_id=COMPANY.id)
        work.items.add(made)
        filed = file_item(work, made.id, "archivist", MORNING, held.home.packs)
        work.particulars.state(made.id, [Stated(made.id, "customers", "1.6", "石化", 0.9, "所属行业:石化", 1)])
    assert filed.file_id
    return filed.file_id


def page(client: TestClient, file_id: str) -> Any:
    return client.get("/browse", params={"fonds": COMPANY.code, "series": "ZY·KH·JC", "file": file_id})


def sent(client: TestClient, file_id: str, **form: str) -> Any:
    csrf = page(client, file_id).text.partition('name="csrf" value="')[2].partition('"')[0]
    return client.post(f"/files/{file_id}/fields", data={"csrf": csrf, **form})


def said(held: Room, file_id: str) -> dict[str, str]:
    with held.home.catalogue.reading() as work:
        return {slot: one.value for slot, one in work.particulars.entered(file_id).items()}


def test_the_page_shows_all_fields_in_their_groups_with_what_papers_say(enter: Enter, file_id: str) -> None:
    shown = page(enter("archivist"), file_id).text
    card = shown[shown.index('id="fields"') : shown.index("填写、更正")]
    assert "1/26" in card and "石化" in card and "文件所载，把握 90%" in card
    assert all(words in card for words in ("基础资料", "客户特征", "业务状况", "以往出现的信用问题"))


def test_only_what_was_changed_is_entered_and_completeness_counts_it(held: Room, enter: Enter, file_id: str) -> None:
    form = {"field-1.6": "石化", "seen-1.6": "石化", "field-1.2": "王秀兰", "seen-1.2": ""}
    assert sent(enter("archivist"), file_id, **form).status_code == 303
    assert said(held, file_id) == {"1.2": "王秀兰"}
    with held.home.catalogue.reading() as work:
        found = assess_one(work, held.home.packs, permit_of(Role.ARCHIVIST), file_id).found
        assert [event.verb for event in work.journal.of(file_id)][-1] == "file-described"
    assert (found.filled, found.asked) == (3, 30)
    assert "2/26" in page(enter("archivist"), file_id).text


def test_what_a_person_emptied_stays_empty_until_it_is_taken_back(held: Room, enter: Enter, file_id: str) -> None:
    archivist = enter("archivist")
    sent(archivist, file_id, **{"field-1.6": "", "seen-1.6": "石化"})
    shown = page(archivist, file_id).text
    assert "0/26" in shown and "另有文件载" in shown and said(held, file_id) == {"1.6": ""}
    sent(archivist, file_id, back="1.6")
    assert "1/26" in page(archivist, file_id).text and said(held, file_id) == {}


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(held: Room, enter: Enter, file_id: str) -> None:
    archivist = enter("archivist")
    sent(archivist, file_id, **{"field-1.6": "阀门制造", "seen-1.6": "石化"})
    late = sent(archivist, file_id, **{"field-1.6": "水泵", "seen-1.6": "石化"})
    assert late.status_code == 409 and 'role="alert"' in late.text and 'value="水泵"' in late.text
    assert said(held, file_id) == {"1.6": "阀门制造"}


def test_a_field_that_is_none_is_refused(held: Room, enter: Enter, file_id: str) -> None:
    assert sent(enter("archivist"), file_id, **{"field-9.9": "x"}).status_code == 404
    assert said(held, file_id) == {}


def test_nobody_but_archivists_sees_or_fills_them(held: Room, enter: Enter, file_id: str) -> None:
    assert page(enter("reader"), file_id).status_code == 404
    assert sent(enter("reader"), file_id, **{"field-1.2": "x"}).status_code == 403


def test_files_of_regulations_without_fields_show_none(held: Room, enter: Enter, file_id: str) -> None:
    contract = held.item("contract")
    place = {"fonds": COMPANY.code, "series": contract.value("series"), "file": contract.file_id or ""}
    assert 'id="fields"' not in enter("archivist").get("/browse", params=place).text
