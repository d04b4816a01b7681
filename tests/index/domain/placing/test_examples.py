"""What example papers say: the series they are most like, the more surely the further the next one stays behind."""

from __future__ import annotations

import pytest

from index.domain.placing.examples import NOWHERE, Example, Exemplars, example_opinions
from index.domain.placing.opinions import EXAMPLE, DocumentWords
from index.domain.placing.placement import classify
from index.domain.rules.policy import Strength
from tests.index.domain.rules.test_policy import pack, rule

PACK = pack(rule("order", "WS·A", "订货单", strength=Strength.STRONG), rule("paid", "WS·B", "收据"))
PAPERS = Exemplars(
    {
        PACK.id: (
            Example("WS·A", "-", "要货计划", "品名 规格 数量 要求到货"),
            Example("WS·A", "-", "订货合同", "供方 需方 品名 数量 单价 交货"),
            Example("WS·A", "-", "提货通知", "品名 数量 仓库 车号"),
            Example("WS·B", "-", "付款凭条", "今收到货款 人民币 收款人"),
            Example("WS·B", "-", "欠款说明", "尚欠货款 人民币 经手人"),
            Example("WS·B", "-", "对账回执", "余额 货款 核对 盖章"),
            Example(NOWHERE, "-", "菜谱", "今日供应 红烧肉 米饭 汤"),
            Example(NOWHERE, "-", "演出海报", "时间 地点 票价 欢迎光临"),
        )
    }
)


@pytest.mark.parametrize(
    ("title", "text", "series"),
    [
        ("要货单", "品名 规格 数量", "WS·A"),
        ("还款说明", "尚欠货款 人民币", "WS·B"),
        ("食堂菜谱", "今日供应 米饭", ""),
        ("", "", ""),
        ("xyz", "", ""),
    ],
)
def test_a_paper_is_put_with_the_examples_that_it_is_like(title: str, text: str, series: str) -> None:
    said = example_opinions(PAPERS, [PACK], DocumentWords.of(title=title, text=text))
    assert [one.series.code for one in said] == ([series] if series else [])


def test_the_words_that_it_shares_are_told() -> None:
    [said] = example_opinions(PAPERS, [PACK], DocumentWords.of(title="要货单", text="品名 规格 数量"))
    assert said.why.rule == EXAMPLE
    assert "要货" in said.why.evidence.words


def test_examples_that_contradict_a_rule_make_it_doubtful() -> None:
    paper = DocumentWords.of(title="订货单", text="今收到货款 人民币 尚欠货款 收款人 经手人 对账 余额 核对")
    assert classify((PACK,), paper).sure
    placed = classify((PACK,), paper, example_opinions(PAPERS, [PACK], paper))
    assert not placed.sure
