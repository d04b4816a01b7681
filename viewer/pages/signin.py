"""Decides what happens at the door: signing in and out, changing one's password, choosing a language."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.domain.errors import MunimentError, Refused, WrongUse
from viewer import frame, passwords, session
from viewer.problems import STATUS
from viewer.visit import LANGUAGE_COOKIE, Here, Visit
from viewer.words import LANGUAGES


def form(visit: Here, next: str = "/") -> Response:
    """The sign-in page; somebody who is signed in goes on."""
    if visit.person:
        return RedirectResponse(within(next), 303)
    return frame.show(visit, "sign-in.html", next=within(next), name="", problem="")


def sign_in(visit: Here, name: str = Form(""), password: str = Form(""), next: str = Form("/")) -> Response:
    try:
        cookie, person = session.sign_in(visit.home, name.strip(), password, visit.address)
    except Refused as refusal:
        return _told(visit, "sign-in.html", refusal, next=within(next), name=name)
    answer = RedirectResponse("/me/password" if person.must_change else within(next), 303)
    _give(visit, answer, cookie)
    return answer


def sign_out(visit: Here) -> Response:
    if visit.session:
        with visit.home.catalogue.writing() as work:
            work.sessions.end(token=visit.session.token)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(session.cookie_name(visit.home.settings.viewer.https))
    return answer


def password_form(visit: Here) -> Response:
    return _password_page(visit)


def change_password(visit: Here, old: str = Form(""), new: str = Form(""), again: str = Form("")) -> Response:
    """Every other session of the person ends; this browser gets a new one."""
    person, home = visit.who, visit.home
    try:
        _check_change(visit, old, new, again)
    except MunimentError as problem:
        return _told(visit, "password.html", problem, length=home.settings.viewer.password_length)
    changed = replace(person, password_hash=passwords.hashed(new), must_change=False)
    with home.catalogue.writing() as work:
        work.people.save(changed)
        work.sessions.end(person_id=person.id)
        work.journal.write(person.name, "password-changed", person.id)
        cookie = session.open_session(home, work, changed)
    answer = RedirectResponse("/", 303)
    _give(visit, answer, cookie)
    return answer


def choose_language(visit: Here, language: str = Form(""), back: str = Form("/")) -> Response:
    """Kept on the person, or in a cookie before sign-in."""
    answer = RedirectResponse(within(back), 303)
    if language not in LANGUAGES:
        return answer
    if visit.person:
        with visit.home.catalogue.writing() as work:
            work.people.save(replace(visit.person, language=language))
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 86400, samesite="strict", httponly=True)
    return answer


def within(address: str) -> str:
    """An address of our own to go on to: never another site, whatever a link says."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if inside and address.isprintable() else "/"


def _check_change(visit: Visit, old: str, new: str, again: str) -> None:
    if not passwords.fits(visit.who.password_hash, old):
        raise Refused("wrong-password")
    if new != again:
        raise WrongUse("passwords-differ")
    if new == old:
        raise WrongUse("same-password")
    passwords.check_strength(new, visit.home.settings.viewer.password_length)


def _password_page(visit: Visit) -> Response:
    return frame.show(visit, "password.html", length=visit.home.settings.viewer.password_length, problem="")


def _told(visit: Visit, template: str, problem: MunimentError, **values: object) -> Response:
    """The form again, with what was wrong."""
    status = STATUS.get(problem.code, problem.http_status)
    return frame.show(visit, template, status, problem=problem.sentence(visit.language), **values)


def _give(visit: Visit, answer: Response, cookie: str) -> None:
    limits = visit.home.settings.viewer
    answer.set_cookie(
        session.cookie_name(limits.https),
        cookie,
        max_age=limits.session_hours * 3600,
        secure=limits.https,
        httponly=True,
        samesite="strict",
    )
