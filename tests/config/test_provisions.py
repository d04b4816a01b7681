"""What `pack check` finds wrong with what a regulation asks of people: key and reason, never a traceback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.provisions import PROVISIONS
from config.regulations import load_all
from index.domain.rules.policy import AccessRow, Duty, Elsewhere, Pack, Slot
from index.domain.rules.provisions import Condition, DestructionRule, IntakeRule, LoanRule, Seal
from tests.fakes.config.regulations import pack

TITLE = {"zh-Hans": "空", "zh-Hant": "空", "en": "Empty"}


def duty(when: str) -> Duty:
    return Duty("d", "C", when, "who", TITLE, TITLE)


def slot(**said: object) -> Slot:
    return replace(Slot("1", TITLE, "C"), **said)  # type: ignore[arg-type]


def found(regulation: Pack) -> list[tuple[str, str]]:
    return [(key, why.words()) for look in PROVISIONS for key, why in look(regulation)]


WRONG = [
    ("duties", (duty("promptly after"),), "duties d", "no time that can be computed"),
    ("duties", (duty("ku-filed + 4 years"),), "duties d", "three years at most"),
    ("duties", (replace(duty("hire"), what={"en": "do it"}),), "duties d", "zh-Hant"),
    ("elsewhere", (Elsewhere("E", "outside", {"en": "no record"}),), "elsewhere E", "zh-Hant"),
    ("elsewhere", (Elsewhere("E", "the attic", TITLE),), "elsewhere E", "no room"),
    ("settings", {"term_ends": "soon"}, "settings", "term_ends"),
    ("settings", {"closing_day": "08-31", "closing_of": "WS RS"}, "settings", "no category WS"),
    ("settings", {"training_in_personnel_file": "maybe"}, "settings", "yes or no"),
    ("settings", {"training_in_personnel_file": "yes"}, "settings", "keeps training out"),
    ("access", (AccessRow("archivist", ("R", "X"), "C"),), "access archivist", "X"),
    ("access", (AccessRow("archivist", ("R",), "C", evidence_for=("b",)),), "access archivist", "does not list"),
    ("access", (AccessRow("archivist", ("R!",), "C", approver="the boss"),), "access archivist", "names no approver"),
    ("disposal_approver", "general_manager", "disposal_approver", "no row in the access matrix"),
    ("loans", (LoanRule("outside", "C", approver="stranger"),), "loans outside", "stranger"),
    ("loans", (LoanRule("outside", "C", back="filed + 3 days"),), "loans outside", "counted from lent"),
    ("loans", (LoanRule("outside", "C", back="lent; lent + 3 days"),), "loans outside", "one day"),
    ("sealed", (Seal(("ZY·DC",), "office_director", "C"),), "sealed", "no series ZY·DC"),
    ("sealed", (Seal(("RS·ZZ",), "office_director", "C"),), "sealed", "no intake rule asks for their consent"),
    ("intake", (IntakeRule("i", "C", ()),), "intake i", "decides nothing"),
    ("intake", (IntakeRule("i", "C", ("copy or note",), when=("copy",)),), "intake i", "can never fail"),
    ("intake", (IntakeRule("i", "C", ("note",), series=("ZZ",)),), "intake i", "no series ZZ"),
    ("destruction", (DestructionRule(("secret",), ("shred",), "C"),), "destruction", "not a marking"),
    ("destruction", (DestructionRule(("open", "open"), ("shred",), "C"),), "destruction", "two rules"),
    ("destruction", (DestructionRule(("open",), (), "C"),), "destruction", "no method"),
    ("destruction", (DestructionRule(("open",), ("shred",), "C", 1),), "destruction", "two witnesses"),
    ("checklist", (slot(per="week"),), "checklist 1", "per week"),
    ("checklist", (slot(per="year"),), "checklist 1", "needs the series"),
    ("checklist", (slot(when="pilot"),), "checklist 1", "no condition pilot"),
    ("checklist", (slot(series=("ZZ",)),), "checklist 1", "no series ZZ"),
    ("checklist", (slot(labels=("行业",), doc_types=("合同",)),), "checklist 1", "fills by its kind"),
    ("checklist", (slot(labels=("行业",), per="year", series=("RS·ZZ",)),), "checklist 1", "only files of a subject"),
    ("checklist", (slot(labels=("行业",)), slot(number="2", labels=("行业",))), "checklist 2", "that of 1 already"),
    ("conditions", (Condition("driver", TITLE, "C", series=("ZZ",)),), "conditions driver", "no series ZZ"),
]


@pytest.mark.parametrize(("key", "value", "at", "words"), WRONG)
def test_what_does_not_hold_together_is_named(key: str, value: object, at: str, words: str) -> None:
    wrong = replace(pack("employees"), **{key: value})  # type: ignore[arg-type]
    assert [said for where, said in found(wrong) if where == at and words in said]


def test_a_regulation_that_says_training_is_apart_has_a_rule_that_keeps_it_apart() -> None:
    without = replace(pack("employees"), rules=())
    assert [where for where, said in found(without) if "A.16 X3" in said] == ["settings"]


def test_the_regulations_of_the_house_hold_together() -> None:
    assert [(one.id, wrong) for one in load_all() for wrong in found(one)] == []
