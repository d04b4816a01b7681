from __future__ import annotations

from dataclasses import replace

from index.domain.rules.intake import take_in
from index.domain.rules.provisions import IntakeRule, Otherwise
from tests.fakes.config.regulations import pack

REGULATION = replace(
    pack("school"),
    intake=(
        IntakeRule("caption", "C-1", ("caption",), when=("photograph",), series=("ZP",)),
        IntakeRule("consent", "C-2", ("consent", "purpose"), otherwise=Otherwise.QUARANTINE, bars=("search",)),
    ),
)


def test_a_rule_concerns_its_series_and_what_its_facts_say() -> None:
    agreed = {"consent", "purpose"}
    assert take_in(REGULATION, "WS·XZ", {"photograph", *agreed}).admitted
    assert take_in(REGULATION, "ZP", agreed).admitted
    refused = take_in(REGULATION, "ZP", {"photograph", *agreed})
    assert [(why.code, why.details["what"]) for why in refused.refused] == [("comes-without", "caption")]
    assert not refused.may_be_used("anything")


def test_what_is_kept_apart_says_what_is_missing_and_which_uses_stay_shut() -> None:
    found = take_in(REGULATION, "WS·XZ", {"consent"})
    assert [why.details["what"] for why in found.quarantined] == ["purpose"]
    assert (found.admitted, found.may_be_used("search"), found.may_be_used("appraisal")) == (False, False, True)
