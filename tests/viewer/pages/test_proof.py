"""A page is proofed as a plain form: doubt is marked, what is saved is read at once, nothing typed is lost."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.domain.holdings import Page
from index.domain.proof.proof_lines import lines
from tests.fakes.viewer.misreading import misread
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room

SWAPS = {"的": "旳", "日": "曰"}


@pytest.fixture
def page(held: Room) -> Page:
    [page] = held.pages("notice")
    misread(held.home, page.id, SWAPS)
    return held.pages("notice")[0]


def at(held: Room, name: str = "notice", number: int = 1) -> str:
    return f"/proof/{held.items[name]}?page={number}"


def hidden(shown: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', shown)
    assert found, name
    return html.unescape(found[1])


def opened(client: TestClient, address: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the form carries, and the lines by their key."""
    shown = client.get(address).text
    seen = hidden(shown, "seen")
    return {"csrf": hidden(shown, "csrf"), "seen": seen}, json.loads(seen)


def key_of(seen: Mapping[str, str], part: str) -> str:
    return next(key for key, text in seen.items() if part in text)


def send(client: TestClient, address: str, typed: Mapping[str, str], **more: str) -> Any:
    carried, _ = opened(client, address)
    return client.post(address, data={**carried, **typed, **more})


def read(held: Room, page: Page) -> str:
    with held.home.catalogue.reading() as work:
        reading = work.pages.reading(page.id)
    assert reading
    return reading.text


def test_doubtful_characters_are_marked_and_counted(held: Room, enter: Enter, page: Page) -> None:
    shown = enter("archivist").get(at(held)).text
    assert re.search(r'<span class="doubt">旳</span>', shown)
    assert f"{page.doubtful} 个疑字" in shown and page.doubtful > 3


def test_a_corrected_line_is_read_by_everybody_and_the_index_is_told(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    _, seen = opened(client, at(held))
    key = key_of(seen, "旳通知")
    answer = send(client, at(held), {f"line-{key}": seen[key].replace("旳", "的")})
    assert answer.status_code == 303
    assert "的通知" in read(held, page)
    assert "的通知" in enter("reader").get(f"/items/{held.items['notice']}").text
    assert held.home.jobs.waiting() == {"index": 1}


def test_a_line_found_right_is_doubtful_no_more(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    _, seen = opened(client, at(held))
    send(client, at(held), {f"right-{key_of(seen, '旳通知')}": "on"})
    assert held.pages("notice")[0].doubtful < page.doubtful
    assert "✓" in client.get(at(held)).text


def test_all_of_it_is_right_makes_the_page_proofed_and_goes_on(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    answer = send(client, at(held), {}, deed="whole")
    assert answer.headers["location"] == f"/items/{held.items['notice']}?page=1"
    with held.home.catalogue.reading() as work:
        assert work.proofs.finished(page.id)
    assert "已校对全页" in client.get(at(held)).text


def test_saving_goes_on_to_the_next_page_and_from_the_last_to_where_the_item_is_looked_at(
    held: Room, enter: Enter
) -> None:
    client = enter("archivist")
    assert send(client, at(held, "minutes", 1), {}).headers["location"] == at(held, "minutes", 2)
    assert send(client, at(held, "minutes", 1), {}, deed="stay").headers["location"].startswith(at(held, "minutes", 1))
    assert send(client, at(held, "doubtful"), {}).headers["location"] == f"/review/{held.items['doubtful']}"


def test_without_a_number_the_most_doubtful_page_lies_on_the_desk(held: Room, enter: Enter) -> None:
    misread(held.home, held.pages("minutes")[2].id, SWAPS)
    shown = enter("archivist").get(f"/proof/{held.items['minutes']}").text
    assert held.pages("minutes")[2].id in shown


def test_a_conflict_keeps_what_was_typed_and_shows_what_the_other_saved(held: Room, enter: Enter, page: Page) -> None:
    mine, theirs = enter("archivist"), enter("archivist")
    carried, seen = opened(mine, at(held))
    first, other = list(seen)[:2]
    send(theirs, at(held), {f"line-{first}": "别人先改的"})
    typed = {f"line-{first}": "我改的", f"line-{other}": "另一行也改了"}
    answer = mine.post(at(held), data={**carried, **typed})
    assert answer.status_code == 409
    for words in ("别人先改的", "我改的", "另一行也改了", "对方保存的是"):
        assert words in answer.text
    assert "我改的" not in read(held, page)
    again = {"csrf": hidden(answer.text, "csrf"), "seen": hidden(answer.text, "seen")}
    assert mine.post(at(held), data={**again, **typed}).status_code == 303
    assert read(held, page).split("\n")[:2] == ["我改的", "另一行也改了"]


def test_what_was_typed_for_lines_that_are_gone_is_shown(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    carried, seen = opened(client, at(held))
    with held.home.catalogue.writing() as work:
        machine = work.proofs.machine(page.id)
        assert machine
        work.pages.save(page, _without_first_line(machine))
    last = list(seen)[-1]
    answer = client.post(at(held), data={**carried, f"line-{last}": "打了半天的一行"})
    assert answer.status_code == 409 and "打了半天的一行" in answer.text


def _without_first_line(machine: Any) -> Any:
    cut = machine.text.index("\n") + 1
    words = tuple(replace(word, start=word.start - cut) for word in machine.words if word.start >= cut)
    return replace(machine, text=machine.text[cut:], words=words)


def test_the_history_says_who_gave_what(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    _, seen = opened(client, at(held))
    key = key_of(seen, "旳通知")
    send(client, at(held), {f"line-{key}": "改过的题名"})
    shown = client.get(at(held)).text
    assert f"<del>{seen[key]}</del> → <ins>改过的题名</ins>" in shown


def test_a_missing_line_is_added_where_it_belongs(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    _, seen = opened(client, at(held))
    send(client, at(held), {"missing": "漏掉的一行", "missing-below": next(iter(seen))})
    assert read(held, page).split("\n")[1] == "漏掉的一行"
    assert "漏掉的一行" in client.get(at(held)).text


@pytest.mark.parametrize("seen", ["", "no json", "[]", '{"999": "x"}'])
def test_a_form_that_was_tampered_with_is_no_fault_of_ours(held: Room, enter: Enter, page: Page, seen: str) -> None:
    client = enter("archivist")
    answer = send(client, at(held), {"line-999": "y"}, seen=seen)
    assert answer.status_code in {303, 409}
    assert "y" not in read(held, page)


# -- two people --------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(held: Room) -> Room:
    """The school's administrative series asks for two entries; there is a second archivist."""
    settings = held.home.settings
    proof = settings.proof.model_copy(update={"double_entry": ["J101/WS·XZ"]})
    vars(held.home)["settings"] = settings.model_copy(update={"proof": proof})
    second = replace(held.people["archivist"], id="person-second", name="second")
    with held.home.catalogue.writing() as work:
        work.people.add(second)
    return Room(held.home, {**held.people, "second": second}, held.items)


def sit(room: Room, enter: Enter, name: str) -> TestClient:
    client = enter("")
    client.cookies.set("muniment", room.cookie(name))
    return client


def test_the_second_person_does_not_see_the_first_entry(two: Room, enter: Enter, page: Page) -> None:
    first, second = sit(two, enter, "archivist"), sit(two, enter, "second")
    _, seen = opened(first, at(two))
    key = key_of(seen, "旳通知")
    send(first, at(two), {f"line-{key}": "第一人录的"})
    assert "第一人录的" in first.get(at(two)).text
    assert "第一人录的" not in second.get(at(two)).text
    assert "第一人录的" not in read(two, page)
    send(second, at(two), {f"line-{key}": "第二人录的"})
    decided = first.get(at(two)).text
    assert "第一人录的" in decided and "第二人录的" in decided and "待裁定" in first.get("/proof").text
    send(first, at(two), {f"line-{key}": "第二人录的"})
    assert "第二人录的" in read(two, page)


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_the_most_doubtful_pages_and_what_is_often_misread(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    shown = client.get("/proof").text
    assert f"/proof/{held.items['notice']}?page=1" in shown and "暂时没有可归纳的" in shown
    _, seen = opened(client, at(held))
    send(client, at(held), {f"line-{key}": text.replace("旳", "的") for key, text in seen.items() if "旳" in text})
    assert re.search(r"<b>旳</b> → <b class=\"meant\">的</b>", client.get("/proof").text)


def test_what_was_learned_is_suggested_and_not_applied(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    _, seen = opened(client, at(held))
    send(client, at(held), {f"line-{key}": text.replace("旳", "的") for key, text in seen.items() if "旳" in text})
    [plan] = held.pages("plan")
    misread(held.home, plan.id, SWAPS)
    shown = client.get(at(held, "plan")).text
    assert '<span class="habit" data-meant="的">旳</span>' in shown and 'data-meant="的"' in shown
    assert "旳" in read(held, plan)


def test_review_says_how_many_words_are_doubtful_and_leads_to_them(held: Room, enter: Enter) -> None:
    [page] = held.pages("doubtful")
    misread(held.home, page.id, SWAPS)
    count = held.pages("doubtful")[0].doubtful
    client, item_id = enter("archivist"), held.items["doubtful"]
    assert f'href="/proof/{item_id}">{count}</a>' in client.get("/review").text
    form = client.get(f"/review/{item_id}").text
    assert f'href="/proof/{item_id}"' in form and f"{count} 个疑字" in form


def test_a_page_of_which_nothing_could_be_read_is_marked_wherever_pages_are(held: Room, enter: Enter) -> None:
    misread(held.home, held.pages("minutes")[1].id, SWAPS)
    for page in (held.pages("minutes")[2], held.pages("doubtful")[0]):
        with held.home.catalogue.writing() as work:
            machine = work.proofs.machine(page.id)
            assert machine
            work.pages.save(page, replace(machine, text="", words=(), confidence=0.0))
    client, item_id = enter("archivist"), held.items["doubtful"]
    listed = client.get("/proof").text
    assert at(held, "minutes", 3) in listed and at(held, "doubtful", 1) in listed
    assert f'href="/proof/{item_id}">?</a>' in client.get("/review").text
    assert "第 1 页未识别出文字" in client.get(f"/review/{item_id}").text
    assert held.pages("minutes")[2].id in client.get(f"/proof/{held.items['minutes']}").text


def test_review_opens_at_the_most_doubtful_page(held: Room, enter: Enter) -> None:
    misread(held.home, held.pages("minutes")[2].id, SWAPS)
    form = enter("archivist").get(f"/review/{held.items['minutes']}").text
    assert re.search(r'data-number="3">', form) and re.search(r'data-number="1" hidden>', form)


def test_a_blank_or_unread_page_says_so(held: Room, enter: Enter, page: Page) -> None:
    with held.home.catalogue.writing() as work:
        machine = work.proofs.machine(page.id)
        assert machine
        work.pages.save(page, replace(machine, text="", words=(), blank=True))
    client = enter("archivist")
    assert "空白" in client.get(at(held)).text
    assert send(client, at(held), {}, deed="whole").status_code == 303
    with held.home.catalogue.reading() as work:
        proof = work.proofs.finished(page.id)
        assert proof and proof.characters == 0 and lines(work.proofs.machine(page.id) or machine, ()) == []


def test_reading_a_personal_page_at_the_desk_is_journalled(held: Room, enter: Enter) -> None:
    enter("archivist").get(at(held, "contract"))
    with held.home.catalogue.reading() as work:
        assert [event.actor for event in work.journal.of(held.items["contract"]) if event.verb == "read"] == [
            "archivist"
        ]


def test_pages_hold_nothing_inline(held: Room, enter: Enter, page: Page) -> None:
    client = enter("archivist")
    for address in (at(held), "/proof", "/quality", "/reread"):
        shown = client.get(address).text
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:|<script(?![^>]*\bsrc=)", shown)
