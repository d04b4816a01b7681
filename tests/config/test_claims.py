from __future__ import annotations

from dataclasses import replace

import pytest

from config.claims import claims, heed_claims
from index.domain.errors import Conflict
from index.domain.holdings import Fonds
from tests.fakes.config.regulations import pack

SCHOOL, EMPLOYEES = pack("school"), pack("employees")
OTHER = replace(EMPLOYEES, id="other")


def fonds(*packs: str) -> Fonds:
    return Fonds("1", "C301", "公司", packs)


def test_two_regulations_that_claim_one_series_of_a_fonds_are_refused_by_name() -> None:
    with pytest.raises(Conflict) as refused:
        heed_claims([fonds("school", "employees", "other")], [SCHOOL, EMPLOYEES, OTHER])
    assert refused.value.code == "series-claimed-twice"
    assert refused.value.details == {"fonds": "C301", "series": "RS·ZZ", "one": "employees", "other": "other"}


def test_the_same_series_in_two_fonds_is_no_claim_on_one() -> None:
    heed_claims([fonds("employees"), fonds("other")], [SCHOOL, EMPLOYEES, OTHER])


def test_a_regulation_that_is_not_here_claims_nothing() -> None:
    assert list(claims(fonds("employees", "gone"), {"employees": EMPLOYEES})) == []
