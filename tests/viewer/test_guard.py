"""Nobody opens anything unless a rule says so: every route as everybody, forms, hosts, headers."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount
from structlog.testing import capture_logs

from index.domain.access import Act, may
from index.domain.sentences.all import SENTENCES
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room
from viewer.app import ROUTES, create_app
from viewer.edges import HEADERS
from viewer.guard import BEFORE_THE_CHANGE, Route

SELDOM = [pytest.param(name, marks=pytest.mark.slow) for name in ("administrator", "disabled", "newcomer")]
EVERYBODY = ("", "archivist", "reader", *SELDOM)
NO = SENTENCES["not-allowed"]["zh-Hans"]


def address(held: Room, route: Route) -> str:
    """The route's address with places that exist."""
    page = held.pages("notice")[0]
    known = {
        "item_id": held.items["notice"],
        "page_id": page.id,
        "scan_id": page.scan_id,
        "person_id": "person-disabled",
    }
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: known.get(part[1], "no-such-thing"), route.path)


def expected(held: Room, route: Route, name: str) -> str:
    """What the table says: open, sign-in, password or refused."""
    if route.act is None:
        return "open"
    person = held.people.get(name)
    if person is None or person.disabled_at:
        return "sign-in"
    if person.must_change and route.path not in BEFORE_THE_CHANGE:
        return "password"
    return "open" if may(person.role, route.act) else "refused"


def met(browser: TestClient, route: Route, at: str, csrf: dict[str, str]) -> str:
    """What happened at the door: open, sign-in, password or refused."""
    answer = browser.request(route.method, at, headers=csrf)
    assert answer.status_code != 500, answer.text
    if answer.status_code == 401 or "/sign-in?next=" in answer.headers.get("location", ""):
        return "sign-in"
    if NO in answer.text:
        return "refused"
    turned = SENTENCES["change-password-first"]["zh-Hans"] in answer.text
    return "password" if turned or answer.headers.get("location") == "/me/password" else "open"


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_route_opens_to_those_the_table_names_and_to_nobody_else(held: Room, enter: Enter, name: str) -> None:
    walked = {}
    for route in ROUTES:
        browser = enter(name)
        csrf = token(held, browser.cookies.get("muniment"))
        walked[route.method, route.path] = met(browser, route, address(held, route), csrf)
    assert walked == {(route.method, route.path): expected(held, route, name) for route in ROUTES}


def token(held: Room, cookie: str | None) -> dict[str, str]:
    """The CSRF header that the session behind this cookie asks for."""
    from viewer.session import token_of

    with held.home.catalogue.reading() as work:
        session = work.sessions.get(token_of(cookie or ""))
    return {"x-csrf-token": session.csrf} if session else {}


def test_the_table_is_everything_that_is_served(held: Room) -> None:
    served = create_app(held.home).routes
    routes = {(route.path, method) for route in served if isinstance(route, APIRoute) for method in route.methods or ()}
    assert routes == {(route.path, route.method) for route in ROUTES}
    assert [route.path for route in served if isinstance(route, Mount)] == ["/static"]
    assert len(routes) + 1 == len(served)


def test_only_the_door_is_open_to_everybody() -> None:
    assert {route.path for route in ROUTES if route.act is None} == {"/sign-in", "/me/language"}


def test_no_page_changes_anything_by_being_looked_at() -> None:
    deeds = ("retry", "release", "disable", "enable", "reset", "save", "withdraw")
    assert not [route.path for route in ROUTES if route.method == "GET" and route.path.endswith(deeds)]


def test_a_form_without_the_sessions_token_changes_nothing(held: Room, enter: Enter) -> None:
    answer = enter("administrator").post("/people/person-reader/disable")
    assert answer.status_code == 403
    with held.home.catalogue.reading() as work:
        assert work.people.get("person-reader").disabled_at is None


def test_a_form_from_another_site_is_refused_even_with_the_token(held: Room, enter: Enter) -> None:
    browser = enter("administrator")
    headers = {**token(held, browser.cookies.get("muniment")), "origin": "http://evil.example"}
    assert browser.post("/people/person-reader/disable", headers=headers).status_code == 403


def test_signing_in_from_another_sites_form_is_refused(enter: Enter) -> None:
    sent = {"name": "reader", "password": "x"}
    assert enter("").post("/sign-in", data=sent, headers={"origin": "null"}).status_code == 403


def test_a_host_that_is_not_ours_is_turned_away(enter: Enter) -> None:
    answer = enter("").get("/sign-in", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_form_of_more_than_a_megabyte_is_not_read_and_no_fault_of_ours(enter: Enter) -> None:
    with capture_logs() as logged:
        form = {"content-type": "application/x-www-form-urlencoded"}
        streamed = enter("").post("/sign-in", content=iter([b"name=", b"x" * 2_000_000]), headers=form)
        assert streamed.status_code in {400, 413}
        assert enter("").post("/sign-in", data={"name": "x" * 2_000_000}).status_code in {400, 413}
    assert logged == []


@pytest.mark.parametrize("at", ["/sign-in", "/", "/no-such-page", "/search?page=0", "/static/style.css"])
def test_every_answer_carries_the_safe_headers(enter: Enter, at: str) -> None:
    answer = enter("reader").get(at)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert ("immutable" if at.startswith("/static") else "no-store") in answer.headers["cache-control"]


def test_the_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "data:" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "at", ["/", "/search?q=学校", "/saved", "/browse", "/people", "/health", "/sign-in", "/me/password"]
)
def test_pages_hold_nothing_inline_and_nothing_from_outside(enter: Enter, at: str) -> None:
    for name in ("archivist", "administrator"):
        page = enter(name).get(at).text
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:|https?://(?!www\.w3\.org)", page)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_the_act_of_every_role_is_as_the_domain_says() -> None:
    assert {route.act for route in ROUTES} <= {None, *Act}


def test_a_fault_is_told_with_a_number_and_without_its_cause(
    held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("viewer.pages.health.status", fail)
    answer = enter("administrator").get("/health")
    assert answer.status_code == 500
    assert re.search(r"编号 [0-9a-f]{8}", answer.text)
    assert "secret" not in answer.text and answer.headers["x-frame-options"] == "DENY"
