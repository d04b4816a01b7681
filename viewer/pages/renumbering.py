"""Decides how a fonds gets another number or grammar on screen (全宗号调整): shown first, then signed by a second.

Whoever is signed in asks; another archivist approves with name and password, on the same screen (WX-11).
"""

from __future__ import annotations

from fastapi.responses import RedirectResponse, Response

from index.custody.renumbering import Plan, carry_out, plan_fonds
from index.domain.access import Act, may
from index.domain.arranging.coding import GRAMMARS
from index.domain.errors import Conflict, Final, Missing, Refused
from index.domain.holdings import Fonds
from index.ports import Work
from viewer import frame, session
from viewer.pages.arrangement import digest
from viewer.pages.workbench import Sent
from viewer.visit import Here, Visit

#: Changes of a preview that are written out.
SHOWN = 20


def renumbering(visit: Here, fonds: str = "", number: str = "", grammar: str = "") -> Response:
    """What was done before, and the preview of what is asked for, where anything is."""
    return _page(visit, fonds, number.strip()[:32], grammar)


def carry(visit: Here, sent: Sent) -> Response:
    """As it was shown, or not at all. What is refused is told above the preview, and nothing is changed then."""
    told = {name: str(value).strip() for name, value in sent.items()}
    asked = (told.get("fonds", ""), told.get("number", "")[:32], told.get("grammar", ""))
    try:
        signer = _signer(visit, told.get("name", ""), str(sent.get("password", "")))
        packs = visit.home.packs  # read before anybody waits for the lock
        with visit.home.catalogue.writing() as work:
            plan = plan_fonds(work, _fonds(work, asked[0]), packs, *asked[1:])
            if digest(plan) != told.get("digest"):
                raise Conflict("plan-changed")
            reason, now = told.get("reason", "")[:500], visit.home.clock.now()
            carry_out(work, plan, reason, visit.who.name, signer, now)
    except Final as problem:
        return _page(visit, *asked, problem=problem, typed=told)
    return RedirectResponse(f"/renumbering?fonds={plan.fonds.code}", 303)


def _signer(visit: Visit, name: str, password: str) -> str:
    """Raises Refused where the password is wrong, or the person may not approve."""
    person = session.confirmed(visit.home, " ".join(name.split()), password, visit.address)
    if person.must_change or not may(person.role, Act.REVIEW):
        raise Refused("cannot-sign", name=person.name)
    return person.name


def _fonds(work: Work, code: str) -> Fonds:
    found = work.fonds.by_code(code)
    if found is None:
        raise Missing("no-such-fonds", fonds=code)
    return found


def _page(
    visit: Visit,
    code: str,
    number: str,
    grammar: str,
    problem: Final | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    plan: Plan | None = None
    with visit.home.catalogue.reading() as work:
        every = sorted(work.fonds.all(), key=lambda one: one.code)
        fonds = _fonds(work, code) if code else next(iter(every), None)
        if fonds and (number or grammar):
            try:
                plan = plan_fonds(work, fonds, visit.home.packs, number, grammar)
            except Final as refused:
                problem = problem or refused
        done = [one for one in work.codes.noted(fonds.id) if "series" not in one.scope] if fonds else []
    return frame.show(
        visit,
        "renumbering.html",
        problem.http_status if problem else 200,
        fondses=every,
        fonds=fonds,
        number=number,
        grammar=grammar,
        grammars=tuple(GRAMMARS),
        plan=plan,
        digest=digest(plan) if plan else "",
        shown=SHOWN,
        done=done[::-1],
        problem=problem,
        typed=typed or {},
    )
