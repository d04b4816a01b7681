"""Regulations that lie side by side in one home do not take each other's documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from config.regulations import PACKS, load_all
from index.domain.placing.placement import classify
from index.domain.rules.policy import Pack
from tests.policies.test_cases import document


def _cases() -> list[Any]:
    return [
        pytest.param(file.parent.name, case, id=f"{file.parent.name}-{number}-{case['clause']}")
        for file in sorted(PACKS.glob("*/cases.toml"))
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["cases"], 1)
        if case["expect"].get("sure")
    ]


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return load_all()


@pytest.mark.parametrize(("pack", "case"), _cases())
def test_asked_of_all_at_once_a_document_is_never_surely_another_regulations(
    packs: tuple[Pack, ...], pack: str, case: Mapping[str, Any]
) -> None:
    placement = classify(packs, document(case))
    assert not placement.sure or (placement.pack, placement.series) == (pack, case["expect"]["series"])
