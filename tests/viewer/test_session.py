"""Signing in and out, how long a session lasts, and what a wrong password costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from index.domain.errors import Refused
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room, StillClock
from viewer import passwords, session

PASSWORD = "six quiet herons"
HASHER = passwords._hasher


@pytest.fixture(scope="module")
def known_hash() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def reader(held: Room, enter: Enter, known_hash: str) -> TestClient:
    """A browser in which nobody has signed in; the reader and the newcomer have a password."""
    with held.home.catalogue.writing() as work:
        for name in ("reader", "newcomer", "disabled"):
            work.people.save(replace(held.people[name], password_hash=known_hash))
    return enter("")


def clock_of(held: Room) -> StillClock:
    clock = held.home.clock
    assert isinstance(clock, StillClock)
    return clock


def sign_in(browser: TestClient, name: str, password: str = PASSWORD, **more: str) -> int:
    return browser.post("/sign-in", data={"name": name, "password": password, **more}).status_code


def test_the_right_password_opens_the_start_page(reader: TestClient) -> None:
    assert sign_in(reader, "reader") == 303
    assert reader.get("/").status_code == 200


def test_the_cookie_is_for_the_server_alone_and_its_text_is_kept_nowhere(held: Room, reader: TestClient) -> None:
    answer = reader.post("/sign-in", data={"name": "reader", "password": PASSWORD})
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=strict" in said
    cookie = reader.cookies["muniment"]
    with held.home.catalogue.reading() as work:
        assert work.sessions.get(cookie) is None
        assert work.sessions.get(session.token_of(cookie)) is not None


def test_with_https_the_cookie_is_bound_to_the_host() -> None:
    assert session.cookie_name(True).startswith("__Host-")


@pytest.mark.parametrize("name", ["reader", "nobody", "disabled"])
def test_wrong_unknown_and_disabled_are_told_alike(reader: TestClient, name: str) -> None:
    wrong = reader.post("/sign-in", data={"name": name, "password": "no"})
    right = PASSWORD if name == "disabled" else "no"
    again = reader.post("/sign-in", data={"name": name, "password": right})
    assert wrong.status_code == again.status_code == 403
    assert "姓名或密码不对" in wrong.text and "姓名或密码不对" in again.text


def test_a_check_costs_what_the_standard_asks_for() -> None:
    assert (HASHER.time_cost, HASHER.memory_cost, HASHER.parallelism) == (3, 65536, 4), "RFC 9106, low memory"


def test_an_unknown_name_costs_a_check_as_a_known_one_does(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    hasher = passwords._hasher
    verify = type(hasher).verify

    def noted(self: object, kept: str, given: str) -> bool:
        checked.append(given)
        return verify(hasher, kept, given)

    monkeypatch.setattr(type(hasher), "verify", noted)
    sign_in(reader, "nobody", "no")
    assert checked == ["no"]


def test_after_five_failures_even_the_right_password_waits(held: Room, reader: TestClient) -> None:
    assert [sign_in(reader, "reader", "no") for _ in range(5)] == [403] * 5
    assert sign_in(reader, "reader") == 429
    assert sign_in(reader, "newcomer") == 303
    clock_of(held).pass_by(minutes=11)
    assert sign_in(reader, "reader") == 303


def test_an_address_that_tries_many_names_waits_too_and_the_journal_names_it_once(
    held: Room, reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "fits", lambda kept, given: False)
    assert {sign_in(reader, f"guess-{number}", "no") for number in range(50)} == {403}
    assert {sign_in(reader, name) for name in ("reader", "guess-51")} == {429}
    with held.home.catalogue.reading() as work:
        noted = [event for event in work.journal.all() if event.verb == "sign-in-throttled"]
    assert [event.details["name"] for event in noted] == ["guess-49"]


def test_a_session_ends_after_half_an_hour_without_use(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    for _ in range(4):
        clock_of(held).pass_by(minutes=20)
        assert browser.get("/").status_code == 200
    clock_of(held).pass_by(minutes=31)
    assert browser.get("/").status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    answers = []
    for _ in range(37):
        clock_of(held).pass_by(minutes=20)
        answers.append(browser.get("/").status_code)
    assert answers[:35] == [200] * 35
    assert answers[-1] == 303


def test_signing_out_ends_the_session_on_our_side(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    cookie = browser.cookies["muniment"]
    with held.home.catalogue.reading() as work:
        known = work.sessions.get(session.token_of(cookie))
    assert known
    browser.post("/sign-out", data={"csrf": known.csrf})
    assert session.who(held.home, cookie) is None


def test_a_one_time_password_opens_nothing_until_it_is_changed(reader: TestClient, held: Room) -> None:
    answer = reader.post("/sign-in", data={"name": "newcomer", "password": PASSWORD, "next": "/search"})
    assert answer.headers["location"] == "/me/password"
    assert reader.get("/search").headers["location"] == "/me/password"
    csrf = _csrf(held, reader)
    sent = {"csrf": csrf, "old": PASSWORD, "new": "my own long words", "again": "my own long words"}
    assert reader.post("/me/password", data=sent).headers["location"] == "/"
    assert reader.get("/search").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("no", "my own long words", "my own long words", "姓名或密码不对"),
        (PASSWORD, "short", "short", "至少要 10 个字符"),
        (PASSWORD, "my own long words", "my own long wards", "不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "与原密码相同"),
    ],
)
def test_a_password_is_changed_only_into_a_better_one(
    reader: TestClient, held: Room, old: str, new: str, again: str, said: str
) -> None:
    sign_in(reader, "newcomer")
    answer = reader.post("/me/password", data={"csrf": _csrf(held, reader), "old": old, "new": new, "again": again})
    assert said in answer.text
    assert reader.get("/search").headers["location"] == "/me/password"


def test_changing_the_password_ends_the_other_sessions(reader: TestClient, held: Room, enter: Enter) -> None:
    elsewhere = enter("reader")
    sign_in(reader, "reader")
    sent = {"old": PASSWORD, "new": "my own long words", "again": "my own long words"}
    reader.post("/me/password", data={"csrf": _csrf(held, reader), **sent})
    assert reader.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"])
def test_sign_in_never_leads_to_another_site(reader: TestClient, next: str) -> None:
    answer = reader.post("/sign-in", data={"name": "reader", "password": PASSWORD, "next": next})
    assert answer.headers["location"] == "/"


def test_sign_in_leads_back_to_the_page_that_was_asked_for(reader: TestClient) -> None:
    wanted = reader.get("/search?q=学校").headers["location"]
    assert wanted == "/sign-in?next=/search%3Fq%3D%25E5%25AD%25A6%25E6%25A0%25A1"
    answer = reader.post("/sign-in", data={"name": "reader", "password": PASSWORD, "next": "/search?q=%E5%AD%A6"})
    assert answer.headers["location"] == "/search?q=%E5%AD%A6"


def test_the_language_is_kept_on_the_person(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    browser.post("/me/language", data={"csrf": _csrf(held, browser), "language": "zh-Hant", "back": "/"})
    assert '<html lang="zh-Hant">' in enter("reader").get("/").text


def test_the_language_can_be_chosen_before_sign_in(enter: Enter) -> None:
    browser = enter("")
    browser.post("/me/language", data={"language": "en", "back": "/sign-in"})
    assert "Forgotten?" in browser.get("/sign-in").text


def test_a_session_that_was_ended_meanwhile_is_not_brought_back(held: Room) -> None:
    cookie = held.cookie("reader")
    clock_of(held).pass_by(minutes=10)
    with held.home.catalogue.reading() as work:
        known = work.sessions.get(session.token_of(cookie))
    assert known
    with held.home.catalogue.writing() as work:
        work.sessions.end(token=known.token)
    session._prolonged(held.home, known, held.home.clock.now())
    assert session.who(held.home, cookie) is None


def test_sign_in_is_refused_by_the_function_too(held: Room) -> None:
    with pytest.raises(Refused, match="wrong"):
        session.sign_in(held.home, "reader", "no", "127.0.0.1")


def _csrf(held: Room, browser: TestClient) -> str:
    with held.home.catalogue.reading() as work:
        known = work.sessions.get(session.token_of(browser.cookies["muniment"]))
    assert known
    return known.csrf
