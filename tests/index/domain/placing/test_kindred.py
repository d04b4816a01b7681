from __future__ import annotations

import pytest

from index.domain.placing.opinions import KINDRED, DocumentWords
from index.domain.placing.placement import classify
from index.domain.rules.policy import Strength, Where
from tests.index.domain.rules.test_policy import pack, rule

PACK = pack(
    rule("bodies", "WS·A", "董事会决议", "监事任免", strength=Strength.STRONG),
    rule("works", "WS·B", "运行日志", "操作记录", "工段交接", none=("电脑",), strength=Strength.STRONG),
    rule("spoken", "WS·B", "压力", "温度", "流量", where=Where.TEXT, strength=Strength.WEAK, at_least=3),
)


@pytest.mark.parametrize(
    ("title", "series", "pairs"),
    [
        ("监事会会议决议", "WS·A", "事会|决议|监事"),
        ("造气工段运行参数", "WS·B", "工段|运行"),
        ("电脑工段操作记录与运行", "", ""),
        ("腌雪里蕻记录", "", ""),
        ("春天", "", ""),
    ],
)
def test_a_title_that_no_rule_knows_is_put_where_its_words_lead(title: str, series: str, pairs: str) -> None:
    found = classify((PACK,), DocumentWords.of(title=title))
    assert (found.series, [why.evidence.words for why in found.why if why.rule == KINDRED]) == (
        series,
        [pairs] if pairs else [],
    )
    assert not found.sure


def test_what_the_text_says_too_may_suffice_and_what_a_rule_knows_needs_no_likeness() -> None:
    text = "压力 温度 流量"
    assert classify((PACK,), DocumentWords.of(title="造气工段运行参数", text=text)).confidence >= 0.8
    assert KINDRED not in [why.rule for why in classify((PACK,), DocumentWords.of(title="运行日志", text=text)).why]


def test_our_own_name_is_no_likeness() -> None:
    named = DocumentWords.of(title="监事决议厂的回信", fonds_title="监事决议厂")
    assert classify((PACK,), named).series == ""
