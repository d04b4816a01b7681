from __future__ import annotations

import pytest

from index.domain.errors import Refused
from index.domain.rules.ruling import because, ruled
from tests.fakes.config.regulations import pack


def test_a_refusal_says_its_clause_and_calls_people_as_the_regulation_does() -> None:
    why = because("approval-needed", "EA-12", approver="office_director or staff")
    assert why.words("zh-Hans", pack("employees").called) == "须先经“办公室主任或其他员工”批准（EA-12）。"
    assert why.words() == "office_director or staff has to approve it first (EA-12)."
    with pytest.raises(Refused, match="EA-12"):
        ruled((why,)).demand()


def test_where_nothing_speaks_against_it_it_is_allowed() -> None:
    answer = ruled(())
    answer.demand()
    assert answer.allowed
