"""A clerk reads words where a value is proposed: what was seen on the paper, or the regulation and its clause."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request

import ingest
from index.domain.description import Evidence, Value
from index.domain.holdings import Item, ItemState
from index.domain.placing.opinions import EXAMPLE, KINDRED, LEARNED, ORGAN, VOCABULARY
from ingest.placing import ROWS
from tests.viewer.conftest import Enter
from tests.viewer.seeding import MORNING, Room
from viewer.naming import clause, field_name, reason
from viewer.pages.review_form import Choices, doubts
from viewer.visit import Visit
from viewer.words.terms import TERMS


@pytest.fixture
def visit(held: Room) -> Visit:
    return Visit(held.home, Request({"type": "http"}), held.people["archivist"])


def item(**values: Value) -> Item:
    return Item("one", ItemState.REVIEW, MORNING, description=values)


def ruled(value: str, rule: str) -> Value:
    return Value(value, 0.95, Evidence(rule=rule))


DEFAULT = Value("personal", 0.0)
EMPLOYEES, SERVING = Value("employees", 0.0), ruled("RS·ZZ", "slot-06-contract")


def test_every_rule_of_the_finders_has_words() -> None:
    source = "\n".join(path.read_text() for path in (Path(ingest.__file__).parent / "finders").glob("*.py"))
    source += (Path(ingest.__file__).parent / "stages" / "describe.py").read_text()
    called = set(re.findall(r'(?:evidence\(|rule=)"([a-z-]+)"', source))
    assert len(called) > 15 and called - set(TERMS["rule"]) == set()


def test_a_rule_of_the_regulation_is_told_by_its_clause(visit: Visit) -> None:
    assert reason(visit, item(pack=EMPLOYEES, series=SERVING), "series") == "依据《员工档案》EA-14"


@pytest.mark.parametrize("rule", [ORGAN, LEARNED, KINDRED, EXAMPLE, VOCABULARY, ROWS])
def test_every_reason_beside_the_rules_has_words(rule: str) -> None:
    assert rule in TERMS["rule"]


@pytest.mark.parametrize(
    ("name", "known", "at"),
    [
        ("series", {"series": SERVING}, "#EA-14"),
        ("retention", {"series": SERVING, "retention": Value("unset", 0.9)}, "#EA-"),
        ("title", {"title": ruled("合同", "title")}, ""),
        ("series", {"series": replace(SERVING, given_by="李")}, ""),
    ],
)
def test_a_clause_is_led_to_in_the_edition_that_decided(
    visit: Visit, name: str, known: dict[str, Value], at: str
) -> None:
    asked = replace(item(pack=EMPLOYEES, **known), pack_digest="abc")
    address = clause(visit, asked, name)
    assert at in address and address.startswith("/packs/employees?digest=abc#" if at else "")
    assert bool(address) == bool(at)


def test_a_rule_of_the_finders_is_told_by_what_was_seen(visit: Visit) -> None:
    assert reason(visit, item(date=ruled("2024", "year-of-number")), "date") == "据文号中的年份"


def test_a_rule_that_is_gone_is_told_without_its_name(visit: Visit) -> None:
    told = reason(visit, item(pack=EMPLOYEES, series=ruled("RS·ZZ", "slot-99")), "series")
    assert told == "按本室规则"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"pack": EMPLOYEES, "series": SERVING}, "按《员工档案》对该类别的规定"),
        ({"pack": EMPLOYEES}, "《员工档案》的默认规定"),
        ({}, "暂定，所属制度尚未确定"),
    ],
)
def test_a_default_is_called_one(visit: Visit, known: dict[str, Value], told: str) -> None:
    assert reason(visit, item(marking=DEFAULT, **known), "marking") == told


def test_the_period_waits_for_the_series(visit: Visit) -> None:
    assert reason(visit, item(pack=EMPLOYEES, retention=Value("unset", 0.0)), "retention") == "随类别而定"


def test_a_default_of_the_regulation_is_no_doubt_of_its_own(visit: Visit) -> None:
    choices = Choices((), visit.home.packs)
    placed = item(pack=EMPLOYEES, series=SERVING, marking=DEFAULT, retention=Value("unset", 0.0))
    assert not {"marking", "pack", "retention"} & set(doubts(placed, choices))
    assert {"marking", "retention"} <= set(doubts(item(marking=DEFAULT, retention=Value("unset", 0.0)), choices))
    unplaced = item(pack=EMPLOYEES, marking=DEFAULT, retention=Value("unset", 0.0))
    assert {"series", "retention"} <= set(doubts(unplaced, choices)) and "marking" not in doubts(unplaced, choices)


def test_the_key_of_a_subject_file_is_called_what_it_is(visit: Visit) -> None:
    assert field_name(visit, "subject_key", item(pack=EMPLOYEES, series=SERVING)) == "工号"
    assert field_name(visit, "subject_key", item(pack=EMPLOYEES)) == "工号"
    assert field_name(visit, "subject_key", item(pack=Value("school", 1.0))) == "建档对象"


def test_the_pages_say_which_words_decided_and_whose_paper_it_is(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        one = work.items.get(held.items["doubtful"])
        series = Value("RS·ZZ", 0.9, Evidence("档|人事档|事档案", rule=EXAMPLE))
        fonds = Value("J101", 0.9, Evidence("青石学校", rule="fonds-creator"))
        work.items.save(replace(one, description={"pack": EMPLOYEES, "series": series, "fonds": fonds}))
    for address in ("/review/{}", "/items/{}"):
        page = enter("archivist").get(address.format(held.items["doubtful"])).text
        assert "<q>人事档案</q>" in page and "<q>青石学校</q>" in page and "它是责任者" in page


def test_the_pages_name_no_rule_and_no_zero(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        one = work.items.get(held.items["doubtful"])
        found = {
            "pack": EMPLOYEES,
            "series": SERVING,
            "marking": DEFAULT,
            "title": ruled("劳动合同", "self-made-title"),
        }
        work.items.save(replace(one, description=found))
    for address in ("/review/{}", "/items/{}"):
        page = enter("archivist").get(address.format(held.items["doubtful"])).text
        assert "slot-06" not in page and "self-made" not in page and "把握 0" not in page
        assert "依据《员工档案》EA-14" in page and "原件无题名，取首句自拟" in page
