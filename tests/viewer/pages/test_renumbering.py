"""A fonds gets another number on screen: shown first, asked for by one archivist, approved there by another (WX-11)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.domain.access import Role
from index.domain.people import Person
from tests.viewer.conftest import Enter
from tests.viewer.seeding import MORNING, Room
from viewer import passwords

SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def second(held: Room) -> None:
    """Another archivist; everybody's password is the same here."""
    with held.home.catalogue.writing() as work:
        known = passwords.hashed(SECRET)
        work.people.add(Person("person-second", "second", Role.ARCHIVIST, known, MORNING))
        for name in ("archivist", "reader"):
            work.people.save(replace(held.people[name], password_hash=known))


def preview(client: TestClient, **asked: str) -> str:
    return client.get("/renumbering", params={"fonds": "J101", **asked}).text


def sign(client: TestClient, name: str, password: str = SECRET, **changed: str) -> Any:
    shown = preview(client, number="J109")
    sent = {key: re.findall(rf'name="{key}" value="(.*?)"', shown)[-1] for key in ("csrf", "digest", "fonds", "number")}
    form = {**sent, "grammar": "", "reason": "全宗号整理", "name": name, "password": password, **changed}
    return client.post("/renumbering", data=form)


def test_what_would_change_is_shown_and_nothing_written(held: Room, enter: Enter) -> None:
    shown = preview(enter("archivist"), number="J109")
    notice = held.item("notice")
    assert notice.reference_code in shown and notice.reference_code.replace("J101", "J109") in shown
    assert "请另一位档案员" in shown
    assert held.item("notice") == notice


def test_another_archivist_signs_and_both_are_kept(held: Room, enter: Enter) -> None:
    archivist, before = enter("archivist"), held.item("notice").reference_code
    assert sign(archivist, "second").status_code == 303
    assert held.item("notice").reference_code == before.replace("J101", "J109")
    with held.home.catalogue.reading() as work:
        [done] = work.codes.noted(held.item("notice").fonds_id or "")
        assert (done.by, done.approved_by) == ("archivist", "second")
        assert work.items.get(before).id == held.items["notice"]
    assert "second" in archivist.get("/renumbering?fonds=J109").text


@pytest.mark.parametrize(
    ("name", "changed", "status", "words"),
    [
        ("archivist", {}, 403, "不能批准自己提出的改号"),
        ("reader", {}, 403, "reader"),
        ("second", {"password": "wrong"}, 403, "密码"),
        ("second", {"digest": "0" * 16}, 409, ""),
        ("second", {"reason": " "}, 400, ""),
    ],
)
def test_what_is_not_signed_by_another_archivist_changes_nothing(
    held: Room, enter: Enter, name: str, changed: dict[str, str], status: int, words: str
) -> None:
    before = held.item("notice")
    refused = sign(enter("archivist"), name, **changed)
    assert refused.status_code == status and 'role="alert"' in refused.text and words in refused.text
    assert SECRET not in refused.text
    assert held.item("notice") == before


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_nobody_but_an_archivist_asks_for_it(enter: Enter, name: str) -> None:
    assert enter(name).get("/renumbering?fonds=J101&number=J109").status_code == 403


@pytest.mark.parametrize(("asked", "status"), [({"number": "C301"}, 409), ({"grammar": "none"}, 400), ({}, 200)])
def test_a_number_that_is_taken_or_a_form_that_is_none_is_told(
    enter: Enter, asked: dict[str, str], status: int
) -> None:
    assert enter("archivist").get("/renumbering", params={"fonds": "J101", **asked}).status_code == status
