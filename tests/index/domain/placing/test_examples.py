"""What example papers say: how like those of each series a paper is."""

from __future__ import annotations

import pytest

from index.domain.placing.examples import NOWHERE, Example, Exemplars, Likeness
from index.domain.placing.opinions import DocumentWords

PAPERS = Exemplars(
    {
        "p": (
            Example("WS·A", "10y", "要货计划", "品名 规格 数量 要求到货"),
            Example("WS·A", "10y", "提货通知", "品名 数量 仓库 车号"),
            Example("WS·A", "permanent", "订货合同", "供方 需方 品名 数量 单价 盖章生效"),
            Example("WS·A", "", "样品单", "样品 数量"),
            Example("WS·B", "5y", "付款凭条", "今收到货款 人民币 收款人"),
            Example("WS·B", "5y", "欠款说明", "尚欠货款 人民币 经手人"),
            Example(NOWHERE, "", "菜谱", "今日供应 红烧肉 米饭 汤"),
            Example(NOWHERE, "", "演出海报", "时间 地点 票价 欢迎光临"),
            Example(NOWHERE, "", "画展海报", "票价 欢迎光临 展厅"),
        ),
        "q": (Example("WS", "30y", "会议记录", "出席 缺席 记录人 议题"), Example("RS", "30y", "任命书", "兹任命 同志")),
    }
)


def likest(title: str, text: str, *packs: str) -> list[tuple[str, str]]:
    likeness = PAPERS.likeness(packs or ("p",), DocumentWords.of(title=title, text=text))
    return sorted(likeness.scores, key=lambda place: -likeness.scores[place])[:1]


@pytest.mark.parametrize(
    ("title", "text", "series"),
    [
        ("要货单", "品名 规格 数量", "WS·A"),
        ("还款说明", "尚欠货款 人民币", "WS·B"),
        ("食堂菜谱", "今日供应 米饭", NOWHERE),
        ("", "欢迎光临 票价", NOWHERE),
    ],
)
def test_a_paper_is_like_the_examples_that_it_shares_words_with(title: str, text: str, series: str) -> None:
    assert likest(title, text) == [("p", series)]


def test_the_packs_that_are_asked_about_are_the_only_ones_told() -> None:
    assert likest("要货单", "数量", "q") == []
    assert likest("会议记录", "议题 品名", "q") == [("q", "WS")]
    assert likest("会议记录", "议题 品名", "p", "q") == [("q", "WS")]


@pytest.mark.parametrize("title", ["", "xyz", "2023"])
def test_a_paper_without_known_words_is_like_none(title: str) -> None:
    assert PAPERS.likeness(("p",), DocumentWords.of(title=title)) == Likeness()


def test_a_pack_without_examples_says_nothing() -> None:
    assert PAPERS.likeness(("other",), DocumentWords.of(title="要货单")) == Likeness()


def test_the_words_that_spoke_are_told() -> None:
    spoke = PAPERS.likeness(("p",), DocumentWords.of(title="要货单", text="品名 规格 数量")).spoke
    assert "要货" in spoke["p", "WS·A"]


def test_places_that_a_rule_excludes_are_left_out() -> None:
    likeness = PAPERS.likeness(("p",), DocumentWords.of(title="要货单", text="数量")).without([("p", "WS·A")])
    assert ("p", "WS·A") not in likeness.scores
