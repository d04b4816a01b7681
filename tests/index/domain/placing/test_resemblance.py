"""A paper resembles the specimens whose characters it shares, the same for the same specimens."""

from __future__ import annotations

import pytest

from index.domain.placing.resemblance import Resemblance, Specimen

SPECIMENS = [
    Specimen("repair", "报修单", "水管漏水请派工人维修 报修人 处理结果"),
    Specimen("repair", "维修回执", "灯管不亮已更换 维修工 住户签字"),
    Specimen("repair", "请修登记", "门锁损坏 报修时间 派工"),
    Specimen("letter", "催款函", "贵公司尚欠货款请于月底前付清"),
    Specimen("letter", "律师函", "受委托就拖欠货款一事致函贵公司"),
    Specimen("letter", "复函", "贵公司来函收悉 关于货款"),
]


@pytest.fixture(scope="module")
def taught() -> Resemblance:
    return Resemblance(SPECIMENS)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("水电维修单", "", "repair"),
        ("", "水龙头漏水请派维修工", "repair"),
        ("对账函", "尚欠货款", "letter"),
        ("", "贵公司:来函收悉", "letter"),
    ],
)
def test_a_paper_resembles_the_specimens_whose_words_it_shares(
    taught: Resemblance, title: str, text: str, kind: str
) -> None:
    best, second = taught.of(title, text)
    assert best.kind == kind
    assert best.score > second.score
    assert best.spoke


def test_the_same_specimens_teach_the_same(taught: Resemblance) -> None:
    assert Resemblance(SPECIMENS).of("水电维修单", "漏水") == taught.of("水电维修单", "漏水")


def test_specimens_are_told_from_each_other(taught: Resemblance) -> None:
    assert [taught.of(one.title, one.text)[0].kind for one in SPECIMENS] == [one.kind for one in SPECIMENS]


@pytest.mark.parametrize("title", ["", "2023", "zzz", "   "])
def test_a_paper_without_known_words_resembles_nothing_more_than_another(taught: Resemblance, title: str) -> None:
    assert [one.score for one in taught.of(title, "")] == [0.0, 0.0]


def test_nothing_was_taught_by_nothing() -> None:
    assert Resemblance([]).of("水电维修单", "漏水") == []
