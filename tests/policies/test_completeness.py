"""No clause of a source is forgotten: each stands in its pack, or in its table of what is elsewhere and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.regulations import PACKS, load
from index.domain.policy import Pack

CLAUSES = {
    "school": [f"SCH-{number:02d}" for number in range(1, 21)],
    "employees": [f"EA-{number:02d}" for number in range(1, 49)],
}


def _clauses(pack: Pack) -> Iterator[str]:
    parts = (pack.series, pack.schedule, pack.rules, pack.floors, pack.checklist, pack.duties, pack.access)
    yield from (part.clause for group in parts for part in group)
    yield from (one.id for one in pack.elsewhere)


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
