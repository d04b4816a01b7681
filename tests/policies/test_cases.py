"""Every pack's worked examples, as its cases.toml gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from config.regulations import PACKS, load
from index.domain.dates import partial_date
from index.domain.placing.opinions import DocumentWords
from index.domain.placing.placement import Placement, classify, refusal
from index.domain.rules.policy import Pack

GIVEN = ("title", "text", "creator", "hints", "fonds_title", "subject_key")
KNOWN = {*GIVEN, "date", "clause", "expect"}


@cache
def pack_of(name: str) -> Pack:
    """Read once for all of its cases."""
    return load(PACKS / name)


def _cases() -> list[Any]:
    found = []
    for file in sorted(PACKS.glob("*/cases.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["cases"], 1):
            found.append(pytest.param(file.parent.name, case, id=f"{file.parent.name}-{number}-{case['clause']}"))
    return found


def document(case: Mapping[str, Any]) -> DocumentWords:
    given = {name: case[name] for name in GIVEN if name in case}
    return DocumentWords.of(**given, date=partial_date(case["date"]) if "date" in case else None)


def _answer(placement: Placement, name: str) -> object:
    if name == "refused":
        return sorted(why.value for why in placement.why if why.field == "refused")
    return getattr(placement, name)


@pytest.mark.parametrize(("pack", "case"), _cases())
def test_a_worked_example_is_decided_as_the_regulation_says(pack: str, case: Mapping[str, Any]) -> None:
    assert set(case) <= KNOWN
    placement = classify((pack_of(pack),), document(case))
    expected = {name: sorted(value) if name == "refused" else value for name, value in case["expect"].items()}
    assert {name: _answer(placement, name) for name in expected} == expected


def test_golden_case_16_training_is_refused_in_a_personnel_file_whoever_wants_it_there() -> None:
    pack = pack_of("employees")
    training, contract = DocumentWords.of(title="培训结业证书"), DocumentWords.of(title="劳动合同")
    why = refusal(pack, "RS·ZZ", training)
    assert why is not None
    assert why.clause == "EA-06" and "结业证" in why.evidence.words
    assert refusal(pack, "PX", training) is None
    assert refusal(pack, "RS·ZZ", contract) is None
