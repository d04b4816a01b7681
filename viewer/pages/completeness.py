"""Decides how completeness is shown: each regulation's account, each file or year with what is missing, one in full."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import RedirectResponse, Response

from index.custody.assessing import Assessed, assess, assess_one
from index.custody.waiving import say_of_slot, take_back, tell_condition
from index.domain.errors import Final
from index.domain.holdings import Fonds
from index.domain.rules.completeness import Account, Said, account
from index.domain.rules.policy import Pack
from viewer import frame
from viewer.completing import by_pack, completeness_json, incomplete_first
from viewer.pages.workbench import Sent
from viewer.visit import Here, Visit

#: Files on one page of the list.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked at: one fonds, one regulation, all or only what is incomplete."""

    fonds: str = ""
    pack: str = ""
    whole: bool = False

    def address(self, **changed: str) -> str:
        parts = {"fonds": self.fonds, "pack": self.pack, "show": "all" if self.whole else "", **changed}
        told = urlencode({name: value for name, value in parts.items() if value})
        return f"/completeness?{told}" if told else "/completeness"

    def has(self, one: Assessed) -> bool:
        return self.fonds in ("", one.fonds.code) and self.pack in ("", one.pack.id)


@dataclass(frozen=True, slots=True)
class Line:
    """The account of a regulation in a fonds."""

    fonds: Fonds
    pack: Pack
    total: Account

    def missing(self, language: str) -> list[tuple[str, int]]:
        """The slots that are missing most, by title."""
        titles = {slot.number: slot.title[language] for slot in self.pack.checklist}
        return [(titles[number], count) for number, count in self.total.missing[:4]]


def completeness(
    visit: Here, fonds: str = "", pack: str = "", show: str = "", page: int = Query(1, ge=1, le=100_000)
) -> Response:
    """What lacks most comes first."""
    chosen = Chosen(fonds, pack, show == "all")
    found = _all(visit)
    here = [one for one in found if chosen.has(one)]
    listed = incomplete_first([one for one in here if chosen.whole or not one.found.complete])
    values = {
        "lines": [_line(units) for units in by_pack(found).values()],
        "chosen": chosen,
        "listed": listed[(page - 1) * SHOWN : page * SHOWN],
        "total": len(listed),
        "complete": sum(one.found.complete for one in here),
        "page": page,
        "more": len(listed) > page * SHOWN,
    }
    return frame.show(visit, "completeness.html", **values)


def _line(units: list[Assessed]) -> Line:
    return Line(units[0].fonds, units[0].pack, account([one.found for one in units]))


def _all(visit: Visit, fonds: str = "", series: str = "") -> list[Assessed]:
    with visit.home.catalogue.reading() as work:
        return assess(work, visit.home.packs, visit.permit, fonds, series)


def unit(visit: Here, key: str = "") -> Response:
    """One file, year or fonds: every place of its checklist."""
    return _unit(visit, key)


def _unit(visit: Visit, key: str, problem: Final | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        one = assess_one(work, visit.home.packs, visit.permit, key)
    conditions = {condition.name: condition.title for condition in one.pack.conditions}
    status = problem.http_status if problem else 200
    return frame.show(visit, "completeness_unit.html", status, one=one, conditions=conditions, problem=problem)


def say(visit: Here, sent: Sent) -> Response:
    """Keep a person's word: `deed` is waived, present or back of `slot`, with `reason`; or yes or no of `condition`."""
    key = str(sent.get("key", ""))
    try:
        _keep(visit, key, {name: str(value) for name, value in sent.items()})
    except Final as problem:
        return _unit(visit, key, problem)
    return RedirectResponse(f"/completeness/unit?{urlencode({'key': key})}", 303)


def _keep(visit: Visit, key: str, sent: dict[str, str]) -> None:
    deed, slot, who, now = sent.get("deed", ""), sent.get("slot", ""), visit.who.name, visit.home.clock.now()
    with visit.home.catalogue.writing() as work:
        one = assess_one(work, visit.home.packs, visit.permit, key)
        if deed in ("yes", "no"):
            tell_condition(work, one, sent.get("condition", ""), deed == "yes", who, now)
        elif deed == "back":
            take_back(work, one, slot, who)
        else:
            said = Said.PRESENT if deed == Said.PRESENT else Said.WAIVED
            say_of_slot(work, one, slot, said, sent.get("reason", ""), who, now)


def as_json(visit: Here, fonds: str = "", series: str = "") -> dict[str, object]:
    """Every file, year and fonds that may be seen, with what is missing by the checklist of its regulation."""
    return completeness_json(incomplete_first(_all(visit, fonds, series)))
