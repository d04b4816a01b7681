"""Decides how batches are checked in the browser: the list, the sheet, a page looked at, the check and the signature.

The second person signs with name and password, on whichever screen: who is signed in there does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from index.custody import batching
from index.domain.access import Act, may
from index.domain.batch import BatchState, Verdict
from index.domain.errors import Final, Missing, MunimentError, Refused, WrongUse
from index.ports import Work
from viewer import frame, session
from viewer.batch_sheet import Sheet, gap_words, measured, requirements, rules_of, sheet, sheets
from viewer.problems import STATUS
from viewer.visit import Here, Visit

ROWS = 20
"""Batches on one page of the list: the figures of each are counted anew."""

THUMBS = 48
"""Pages shown under one rule; the rest is a number and an address."""

#: The filters of the list, in the order in which a batch passes them.
FILTERS: Mapping[str, tuple[BatchState, ...]] = {
    "": (),
    "open": (BatchState.OPEN,),
    "checked": (BatchState.CHECKED,),
    "signed": (BatchState.SIGNED,),
}


async def _fields(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Fields = Annotated[dict[str, str], Depends(_fields)]


# -- looking -----------------------------------------------------------------------------------------------------------


def batches(visit: Here, state: str = "", page: int = 1) -> Response:
    state, page = state if state in FILTERS else "", max(page, 1)
    with visit.home.catalogue.reading() as work:
        found, total = work.batches.listed(FILTERS[state], limit=ROWS, offset=(page - 1) * ROWS)
        rows = sheets(work, found, rules_of(visit.home))
        counts = [(name, work.batches.listed(states, limit=1)[1]) for name, states in FILTERS.items()]
    return frame.show(
        visit, "batches.html", rows=rows, filters=counts, state=state, page=page, total=total, per_page=ROWS
    )


def batch(visit: Here, batch_id: str, rule: str = "") -> Response:
    return _shown(visit, batch_id, rule)


def rescans(visit: Here, batch_id: str) -> Response:
    """重扫清单: what the person at the scanner takes along."""
    with visit.home.catalogue.reading() as work:
        return frame.show(visit, "batch_rescans.html", sheet=sheet(work, batch_id, rules_of(visit.home)))


def look(visit: Here, batch_id: str, page_id: str) -> Response:
    """One page, to be looked at and judged."""
    return _page(visit, batch_id, page_id)


# -- doing -------------------------------------------------------------------------------------------------------------


def describe(visit: Here, batch_id: str, said: Fields) -> Response:
    who = visit.who.name
    return _done(visit, batch_id, lambda work: batching.describe(work, batch_id, _version(said), said, who), typed=said)


def draw(visit: Here, batch_id: str) -> Response:
    """Draw the sample, or extend it, and go to the first page of it."""
    rules = rules_of(visit.home)
    try:
        with visit.home.catalogue.writing() as work:
            batching.draw(work, batch_id, rules.portion, visit.who.name)
            first = sheet(work, batch_id, rules).next_to_look_at()
    except Final as problem:
        return _shown(visit, batch_id, problem=problem)
    return _to(batch_id, first)


def judge(
    visit: Here, batch_id: str, page_id: str, verdict: str = Form(""), reason: str = Form("", max_length=1000)
) -> Response:
    """Good or bad; then the next page of the sample, else back to the sheet."""
    try:
        with visit.home.catalogue.writing() as work:
            said, who, now = _verdict(verdict), visit.who.name, visit.home.clock.now()
            mark = batching.judge(work, batch_id, page_id, said, reason, who, now)
            following = sheet(work, batch_id, rules_of(visit.home)).next_to_look_at(page_id) if mark.drawing else ""
    except Missing:
        raise
    except Final as problem:
        return _page(visit, batch_id, page_id, problem)
    return _to(batch_id, following)


def check(visit: Here, batch_id: str, said: Fields) -> Response:
    note, who, now, rules = said.get("note", ""), visit.who.name, visit.home.clock.now(), rules_of(visit.home)
    return _done(
        visit,
        batch_id,
        lambda work: batching.check(work, batch_id, _version(said), note, who, now, rules),
        typed=said,
    )


def sign(visit: Here, batch_id: str, said: Fields) -> Response:
    """The signature of whoever knows the password of the name that is given."""
    try:
        signer = _signer(visit, said.get("name", ""), said.get("password", ""))
    except Final as problem:
        return _shown(visit, batch_id, problem=problem, typed=said)
    now = visit.home.clock.now()
    return _done(visit, batch_id, lambda work: batching.sign(work, batch_id, _version(said), signer, now), typed=said)


def reopen(visit: Here, batch_id: str, said: Fields) -> Response:
    reason, who = said.get("reason", ""), visit.who.name
    return _done(visit, batch_id, lambda work: batching.reopen(work, batch_id, _version(said), reason, who))


def _signer(visit: Visit, name: str, password: str) -> str:
    """The name of the person who signs. Raises Refused when the password is wrong or the person may not check."""
    person = session.confirmed(visit.home, " ".join(name.split()), password, visit.address)
    if person.must_change or not may(person.role, Act.CHECK):
        raise Refused("cannot-sign", name=person.name)
    return person.name


def _verdict(said: str) -> Verdict:
    if said not in ("good", "bad"):
        raise WrongUse("bad-request")
    return Verdict(said)


def _version(said: Mapping[str, str]) -> int:
    version = said.get("version", "")
    return int(version) if version.isascii() and version.isdecimal() else 0


# -- answers -----------------------------------------------------------------------------------------------------------


def _done(
    visit: Visit, batch_id: str, deed: Callable[[Work], object], typed: Mapping[str, str] | None = None
) -> Response:
    """The sheet after the deed; what was typed comes back when it did not work."""
    try:
        with visit.home.catalogue.writing() as work:
            deed(work)
    except Missing:
        raise
    except Final as problem:
        return _shown(visit, batch_id, problem=problem, typed=typed)
    return _to(batch_id)


def _to(batch_id: str, page_id: str = "") -> Response:
    return RedirectResponse(f"/batches/{batch_id}/pages/{page_id}" if page_id else f"/batches/{batch_id}", 303)


def _status(problem: MunimentError | None) -> int:
    return STATUS.get(problem.code, problem.http_status) if problem else 200


def _shown(
    visit: Visit,
    batch_id: str,
    rule: str = "",
    problem: MunimentError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    rules = rules_of(visit.home)
    with visit.home.catalogue.reading() as work:
        found = sheet(work, batch_id, rules)
        people = [person.name for person in work.people.all() if not person.disabled_at]
        history = list(reversed(work.journal.of(found.batch.id)))
    return frame.show(
        visit,
        "batch.html",
        _status(problem),
        **_words(visit, found),
        sheet=found,
        rules=rules,
        asked=requirements(visit.language, rules.bounds),
        rule=rule,
        most=len(found.pages) if rule else THUMBS,
        people=people,
        history=history,
        may_check=visit.may(Act.CHECK),
        problem=problem,
        typed=typed or {},
    )


def _page(visit: Visit, batch_id: str, page_id: str, problem: MunimentError | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        found = sheet(work, batch_id, rules_of(visit.home))
    one = found.page(page_id)
    if one is None:
        raise Missing("no-such-page")
    walk = [sampled.page.id for sampled, _ in found.sample]
    at = walk.index(page_id) if page_id in walk else -1
    return frame.show(
        visit,
        "batch_page.html",
        _status(problem),
        **_words(visit, found),
        sheet=found,
        one=one,
        mark=found.marks.get(page_id),
        at=at,
        walk=walk,
        may_check=visit.may(Act.CHECK),
        problem=problem,
    )


def _words(visit: Visit, found: Sheet) -> dict[str, object]:
    return {
        "gaps": [gap_words(visit.language, gap) for gap in found.gaps],
        "measured": lambda flaw, page: measured(visit.language, flaw, page),
    }
