"""No clause of a source is forgotten: each stands in its pack, or in its table of what is elsewhere and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.regulations import PACKS, load
from index.domain.rules.policy import Pack


def _run(prefix: str, last: int) -> list[str]:
    return [f"{prefix}-{number:02d}" for number in range(1, last + 1)]


#: The clauses of the source documents, by the pack that answers for them (domain notes A.1-A.14 and A.18).
CLAUSES = {
    "school": _run("SCH", 20),
    "property-owners": _run("OWN", 25),
    "customers": _run("CUS", 17),
    "employees": _run("EA", 48),
    "employees-hr": _run("EB", 18),
    "enterprise": _run("EN", 29),
    "municipal": _run("WX", 25),
    "tenants": _run("TN", 22),
    "overseas": _run("OV", 23),
    "health-forms": [*_run("HS", 12), *_run("GC", 18)],
    "customer-quality": _run("CQ", 16),
    "dealers": [*_run("CK", 6), *_run("DL", 5)],
}


def _clauses(pack: Pack) -> Iterator[str]:
    parts = (pack.series, pack.schedule, pack.rules, pack.floors, pack.checklist, pack.duties, pack.access)
    provisions = (pack.loans, pack.sealed, pack.gates, pack.intake, pack.destruction, pack.conditions)
    yield from (part.clause for group in (*parts, *provisions) for part in group)
    yield from (one.id for one in pack.elsewhere)


def test_the_sources_have_284_clauses_and_each_belongs_to_one_pack() -> None:
    every = [clause for clauses in CLAUSES.values() for clause in clauses]
    assert len(every) == len(set(every)) == 284


def test_every_source_has_its_pack_and_every_pack_a_source() -> None:
    assert {file.parent.name for file in PACKS.glob("*/pack.toml")} == set(CLAUSES)


@pytest.mark.parametrize("pack", CLAUSES)
def test_every_clause_of_the_source_is_decided_here_or_said_to_be_elsewhere(pack: str) -> None:
    assert sorted(set(CLAUSES[pack]) - set(_clauses(load(PACKS / pack)))) == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_a_pack_names_no_clause_that_its_source_does_not_have(pack: str) -> None:
    assert sorted(set(_clauses(load(PACKS / pack))) - set(CLAUSES[pack])) == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_the_readme_speaks_of_every_clause(pack: str) -> None:
    said = (PACKS / pack / "README.md").read_text(encoding="utf-8")
    assert [clause for clause in CLAUSES[pack] if clause not in said] == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_the_readme_marks_every_value_that_the_site_has_to_confirm(pack: str) -> None:
    loaded = load(PACKS / pack)
    said = (PACKS / pack / "README.md").read_text(encoding="utf-8")
    unconfirmed = [one.id for group in (loaded.schedule, loaded.duties) for one in group if one.confirm]
    assert [name for name in unconfirmed if f"{name}†" not in said] == []
