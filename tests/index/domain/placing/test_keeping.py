from __future__ import annotations

import pytest

from index.domain.description import Evidence
from index.domain.placing.keeping import kept_by
from index.domain.placing.opinions import KINDRED, LEARNED, ORGAN, Candidate, Opinion, Why
from index.domain.rules.policy import Where
from tests.index.domain.rules.test_policy import pack, rule

PACK = pack(
    rule("plain", "WS·A", "通知"),
    rule("form", "WS·A", "党员", where=Where.TEXT),
    rule("weighty", "WS·A", "决议", retention="ever"),
)


def heard(*said: tuple[str, float]) -> Candidate:
    """What these rules say of the first series, each so loud; those of the pack with the row that they name."""
    rows = {one.id: one.retention for one in PACK.rules}
    series = PACK.series[0]
    opinions = [
        Opinion(PACK, series, Why("series", series.code, sure, Evidence(rule=name)), rows.get(name, ""))
        for name, sure in said
    ]
    return Candidate(PACK, series, 0.9, tuple(sorted(opinions, key=lambda one: -one.why.confidence)))


@pytest.mark.parametrize(
    ("said", "row", "sure"),
    [
        ([("plain", 0.9)], "", True),
        ([("plain", 0.95), ("weighty", 0.85)], "ever", True),
        ([("plain", 0.95), ("weighty", 0.7)], "ever", False),
        ([("form", 0.95), ("weighty", 0.7)], "ever", True),
        ([("folder", 0.9)], "", True),
        ([(ORGAN, 0.95)], "", True),
        ([(LEARNED, 0.9)], "", False),
        ([(KINDRED, 0.6), ("form", 0.5)], "", True),
        ([(KINDRED, 0.6)], "", False),
    ],
)
def test_a_row_is_certain_where_a_rule_says_it_aloud_or_none_against_it(
    said: list[tuple[str, float]], row: str, sure: bool
) -> None:
    found = kept_by(heard(*said), ())
    assert (found.id, found.sure) == (row, sure)
