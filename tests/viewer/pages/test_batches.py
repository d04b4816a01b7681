"""The batch sheet in the browser: figures, flaws, sample, check, and a signature that only a second person can give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from index.domain.batch import Batch, BatchState, Verdict
from index.domain.holdings import Page
from index.domain.looks import Colour
from tests.viewer.batching import PASSWORD, SEED, batch, more_pages, second_archivist
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room

Post = Callable[..., Response]


def state(held: Room, made: Batch) -> Batch:
    with held.home.catalogue.reading() as work:
        return work.batches.get(made.id)


def post(client: TestClient, at: str, **said: str) -> Response:
    """Send a form of the page at `at`'s batch, with its token and version."""
    sheet = client.get("/".join(at.split("/")[:3])).text
    token = re.search(r'name="csrf" value="([^"]+)"', sheet)
    version = re.search(r'name="version" value="([^"]+)"', sheet)
    assert token
    hidden = {"csrf": token[1], "version": version[1] if version else ""}
    return client.post(at, data={**hidden, **said})


def look_at_all(held: Room, client: TestClient, made: Batch, bad: int = 0) -> None:
    """Draw the sample and judge every page of it, the first `bad` of them not good."""
    post(client, f"/batches/{made.id}/draw")
    with held.home.catalogue.reading() as work:
        drawn = [mark.page_id for mark in work.batches.marks([made.id])[made.id]]
    for number, page_id in enumerate(drawn):
        said = {"verdict": "bad", "reason": "模糊"} if number < bad else {"verdict": "good"}
        assert post(client, f"/batches/{made.id}/pages/{page_id}", **said).status_code == 303


def poor(number: int, page: Page) -> Page:
    if number == 2:
        return replace(page, dpi=150)
    if number == 3:
        return replace(page, look=replace(page.look, skew=-4.2, colour=Colour.COLOUR))
    return replace(page, blank=number == 4)


def text(page: str) -> str:
    """The words of a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_tells_of_each_batch_what_waits(held: Room, enter: Enter) -> None:
    made = batch(held, 8, poor)
    page = enter("archivist").get("/batches").text
    assert f'href="/batches/{made.id}"' in page
    assert re.search(r"20261123-1 会议记录 2026-11-23 · J101/会议记录 J101 – 7 1 0 2 ! 待检查 –", text(page))


def test_the_list_is_filtered_by_state(held: Room, enter: Enter) -> None:
    batch(held, 2)
    client = enter("archivist")
    assert "20261123-1" in client.get("/batches?state=open").text
    assert "20261123-1" not in client.get("/batches?state=signed").text
    assert "20261123-1" in client.get("/batches?state=nonsense&page=-3").text


def test_a_missing_page_cannot_be_overlooked(held: Room, enter: Enter) -> None:
    made = batch(held, 8, poor)
    client = enter("archivist")
    assert post(client, f"/batches/{made.id}", title="会议", expected_pages="9", operator="").status_code == 303
    page = client.get(f"/batches/{made.id}").text
    assert '<p class="count-line problem">' in page and "应有 9 页，实有 7 页 缺 2 页" in text(page)
    post(client, f"/batches/{made.id}", title="会议", expected_pages="7", operator="")
    assert '<p class="count-line good">' in client.get(f"/batches/{made.id}").text


def test_each_flaw_stands_under_its_rule_with_a_way_to_its_page(held: Room, enter: Enter) -> None:
    made = batch(held, 8, poor)
    page = enter("archivist").get(f"/batches/{made.id}").text
    with held.home.catalogue.reading() as work:
        ids = [one.page.id for one in work.batches.pages([made.id])]
    low, skewed = (re.search(rf'<details[^>]*id="{code}".*?</details>', page, re.DOTALL) for code in ("dpi", "skew"))
    assert low and skewed
    assert f"/batches/{made.id}/pages/{ids[1]}" in low[0] and "150 dpi" in low[0]
    assert f"/pages/{ids[2]}/thumb" in skewed[0] and "4.2°" in skewed[0]
    assert "灰度 7 · 彩色 1" in text(page) and "300 dpi 7 · 150 dpi 1" in text(page)


def test_a_wrong_number_of_pages_comes_back_with_its_sentence(held: Room, enter: Enter) -> None:
    made = batch(held, 2)
    answer = post(enter("archivist"), f"/batches/{made.id}", title="会议", expected_pages="很多", operator="")
    assert answer.status_code == 400
    assert 'class="problem"' in answer.text and 'value="很多"' in answer.text


def test_drawing_leads_to_the_first_page_and_each_verdict_to_the_next(held: Room, enter: Enter) -> None:
    made = batch(held, 8)
    client = enter("archivist")
    at, seen = post(client, f"/batches/{made.id}/draw").headers["location"], []
    while "/pages/" in at:
        seen.append(at)
        assert f"抽检 {len(seen)} / 5" in text(client.get(at).text)
        at = post(client, at, verdict="good").headers["location"]
    assert len(set(seen)) == 5 and at == f"/batches/{made.id}"
    assert "合格率 100.0%" in client.get(at).text and str(SEED) in client.get(at).text


def test_a_bad_page_without_a_reason_comes_back(held: Room, enter: Enter) -> None:
    made = batch(held, 8)
    client = enter("archivist")
    at = post(client, f"/batches/{made.id}/draw").headers["location"]
    assert post(client, at, verdict="bad", reason=" ").status_code == 400
    assert post(client, at, verdict="splendid").status_code == 400
    assert post(client, at, verdict="bad", reason="太浅").status_code == 303


def test_a_page_that_was_not_drawn_can_be_sent_back_to_the_scanner_too(held: Room, enter: Enter) -> None:
    made = batch(held, 8, poor)
    client = enter("archivist")
    with held.home.catalogue.reading() as work:
        page_id = work.batches.pages([made.id])[1].page.id
    answer = post(client, f"/batches/{made.id}/pages/{page_id}", verdict="bad", reason="分辨率不足")
    assert answer.headers["location"] == f"/batches/{made.id}"
    listed = text(client.get(f"/batches/{made.id}/rescans").text)
    assert "J101/会议记录/2024年第一次.tif 2" in listed and "分辨率不足 archivist" in listed


def test_what_came_after_the_draw_is_drawn_from_before_the_check_is_closed(held: Room, enter: Enter) -> None:
    made = batch(held, 8)
    client = enter("archivist")
    look_at_all(held, client, made)
    more_pages(held, made, 60)
    page = client.get(f"/batches/{made.id}").text
    assert "抽样之后又来了 60 页" in page and re.search(r'id="close"[^>]*disabled', page)
    assert post(client, f"/batches/{made.id}/check").status_code == 409
    post(client, f"/batches/{made.id}/draw")
    assert "从 68 页中抽取 5 页" in client.get(f"/batches/{made.id}").text


def test_a_check_that_does_not_come_out_even_asks_for_a_note(held: Room, enter: Enter) -> None:
    made = batch(held, 8)
    client = enter("archivist")
    look_at_all(held, client, made, bad=1)
    refused = post(client, f"/batches/{made.id}/check", note="")
    assert refused.status_code == 400 and "写明原因" in refused.text
    assert "合格率 80.0%，要求不低于 95%" in refused.text
    assert post(client, f"/batches/{made.id}/check", note="已通知重扫").status_code == 303
    assert "已通知重扫" in client.get(f"/batches/{made.id}").text


def checked(held: Room, enter: Enter) -> tuple[Batch, TestClient]:
    """A batch that the archivist has checked, and the browser they did it in; the second archivist is there."""
    second_archivist(held)
    made, client = batch(held, 8), enter("archivist")
    look_at_all(held, client, made)
    assert post(client, f"/batches/{made.id}/check").status_code == 303
    return made, client


def test_whoever_checked_is_told_that_another_has_to_sign(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    answer = post(client, f"/batches/{made.id}/sign", name="archivist", password=PASSWORD)
    assert answer.status_code == 403 and "签字要由另一个人来做：archivist 已经参与了" in answer.text
    assert state(held, made).state is BatchState.CHECKED


def test_a_second_person_signs_at_the_same_desk_with_their_password(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    assert post(client, f"/batches/{made.id}/sign", name=" second ", password=PASSWORD).status_code == 303
    signed = state(held, made)
    assert (signed.state, signed.checked_by, signed.signed_by) == (BatchState.SIGNED, "archivist", "second")
    assert "✓ 已签字" in client.get(f"/batches/{made.id}").text


def test_a_wrong_password_signs_nothing_and_is_throttled_as_at_the_door(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    for _ in range(held.home.settings.viewer.attempts):
        answer = post(client, f"/batches/{made.id}/sign", name="second", password="guess")
        assert answer.status_code == 403 and "guess" not in answer.text
    answer = post(client, f"/batches/{made.id}/sign", name="second", password=PASSWORD)
    assert answer.status_code == 429 and state(held, made).state is BatchState.CHECKED


@pytest.mark.parametrize("name", ["reader", "administrator", "newcomer"])
def test_only_an_archivist_signs(held: Room, enter: Enter, name: str) -> None:
    made, client = checked(held, enter)
    with held.home.catalogue.writing() as work:
        password = work.people.get("person-archivist").password_hash
        work.people.save(replace(held.people[name], password_hash=password))
    answer = post(client, f"/batches/{made.id}/sign", name=name, password=PASSWORD)
    assert answer.status_code == 403 and "不能签字" in answer.text


def test_a_signed_sheet_says_when_its_pages_have_changed(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    post(client, f"/batches/{made.id}/sign", name="second", password=PASSWORD)
    assert "与签字时不一致" not in client.get(f"/batches/{made.id}").text
    more_pages(held, made, 1)
    assert "与签字时不一致" in client.get(f"/batches/{made.id}").text


def test_a_sheet_is_sent_back_with_a_reason(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    assert post(client, f"/batches/{made.id}/reopen", reason="").status_code == 400
    assert post(client, f"/batches/{made.id}/reopen", reason="漏页").status_code == 303
    assert state(held, made).is_open
    assert "退回重检 漏页" in text(client.get(f"/batches/{made.id}").text)


def test_a_form_of_an_older_sheet_changes_nothing(held: Room, enter: Enter) -> None:
    made, client = checked(held, enter)
    old = client.get(f"/batches/{made.id}").text
    version = int(re.search(r'name="version" value="(\d+)"', old)[1]) - 1  # type: ignore[index]
    answer = post(client, f"/batches/{made.id}/sign", name="second", password=PASSWORD, version=str(version))
    assert answer.status_code == 409 and "没有保存" in answer.text


def test_the_start_page_says_what_waits(held: Room, enter: Enter) -> None:
    second_archivist(held)
    one, _, client = batch(held, 8), batch(held, 2), enter("archivist")
    look_at_all(held, client, one)
    post(client, f"/batches/{one.id}/check")
    start = text(client.get("/").text)
    assert "1 个批次待检查" in start and "1 张批次质检单待第二人签字" in start
    assert "批次" not in text(enter("reader").get("/").text)


def test_a_reader_sees_no_batch(held: Room, enter: Enter) -> None:
    made = batch(held, 2)
    client = enter("reader")
    for at in ("/batches", f"/batches/{made.id}", f"/batches/{made.id}/rescans", f"/export/batch-sheet/{made.id}"):
        assert client.get(at).status_code == 403


def test_an_unknown_batch_or_page_is_not_there(held: Room, enter: Enter) -> None:
    made = batch(held, 2)
    client = enter("archivist")
    assert client.get("/batches/nothing").status_code == 404
    assert client.get(f"/batches/{made.id}/pages/{held.pages('notice')[0].id}").status_code == 404
    assert client.get(f"/batches/{made.code}").status_code == 200


def test_a_batch_of_a_thousand_flawed_pages_shows_the_first_and_leads_to_all(held: Room, enter: Enter) -> None:
    made = batch(held, 60, lambda number, page: replace(page, dpi=100))
    client = enter("archivist")
    page = client.get(f"/batches/{made.id}").text
    assert page.count("/thumb") == 48 and f"/batches/{made.id}?rule=dpi#dpi" in page
    assert client.get(f"/batches/{made.id}?rule=dpi").text.count("/thumb") == 60


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_sheet_leaves_as_a_file_and_that_is_journalled(held: Room, enter: Enter, form: str, begins: bytes) -> None:
    made = batch(held, 8, poor)
    answer = enter("archivist").get(f"/export/batch-sheet/{made.id}?format={form}")
    assert (
        answer.content.startswith(begins) and f"batch-sheet-20261123-1.{form}" in answer.headers["content-disposition"]
    )
    with held.home.catalogue.reading() as work:
        (event,) = work.journal.of(made.id)
    assert (event.actor, event.verb, event.details["format"]) == ("archivist", "exported", form)


def test_an_unknown_format_is_told(held: Room, enter: Enter) -> None:
    assert enter("archivist").get(f"/export/batch-sheet/{batch(held, 2).id}?format=doc").status_code == 400


def test_every_verdict_has_a_name() -> None:
    from viewer.words.terms import TERMS

    assert {verdict.value or "waiting" for verdict in Verdict} == set(TERMS["verdict"])
