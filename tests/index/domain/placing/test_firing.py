from __future__ import annotations

import pytest

from index.domain.placing.firing import rule_opinions
from index.domain.placing.opinions import DocumentWords, Opinion
from index.domain.rules.policy import Pack, Strength, Where
from tests.index.domain.rules.test_policy import pack, rule

STRONG = Strength.STRONG


def heard(document: DocumentWords, *packs: Pack) -> dict[str, Opinion]:
    return {f"{one.pack.id}/{one.why.rule}": one for one in rule_opinions(packs, document)}


def says(document: DocumentWords, *packs: Pack) -> dict[str, float]:
    return {name: round(one.why.confidence, 3) for name, one in heard(document, *packs).items()}


def test_two_characters_may_be_wrong_in_a_long_title() -> None:
    packs = pack(rule("a", "WS·A", "顾客满意度调查报告", strength=STRONG))
    found = heard(DocumentWords.of(title="顾客满意渡调查报吿"), packs)
    assert found["p/a"].why.evidence.words == "顾客满意渡调查报吿"
    assert heard(DocumentWords.of(title="顾客满意渡凋查报吿单"), packs) == {}


def test_a_slip_into_a_look_alike_counts_less_than_into_any_other_character() -> None:
    packs = pack(rule("a", "WS·A", "车辆登记", strength=STRONG))
    alike, other = (says(DocumentWords.of(title=title), packs)["p/a"] for title in ("车辐登记", "车船登记"))
    assert other < alike < says(DocumentWords.of(title="车辆登记"), packs)["p/a"]


@pytest.mark.parametrize("title", ["三季度会计报表", "新增人员交接登记", "出入证登记"])
def test_characters_that_tell_matters_apart_are_no_misreading_of_each_other(title: str) -> None:
    packs = pack(rule("a", "WS·A", "年度会计报表", "旧增人员交接", "收入证登记", strength=STRONG))
    assert says(DocumentWords.of(title=title), packs) == {}


def test_a_word_that_only_proposes_still_leaves_little_to_a_kind_that_only_knows_itself() -> None:
    packs = pack(rule("kind", "WS·A", "方案"), rule("about", "WS·B", "换届选举", strength=Strength.WEAK))
    said = says(DocumentWords.of(title="支部换届选举方案"), packs)
    assert said["p/kind"] < said["p/about"]


def test_another_word_is_no_misreading() -> None:
    packs = pack(rule("in", "WS·A", "入职申请表", strength=STRONG), rule("out", "WS·B", "离职申请", strength=STRONG))
    assert set(says(DocumentWords.of(title="离职申请表"), packs)) == {"p/out"}


def test_a_misread_term_is_heard_beside_a_longer_one_that_stands_elsewhere_in_the_title() -> None:
    packs = pack(rule("who", "WS·A", "支部委员会"), rule("year", "WS·A", "工作总结", all=("年",), strength=STRONG))
    assert set(says(DocumentWords.of(title="支部委员会2020年党建工作总"), packs)) == {"p/who", "p/year"}


def test_a_slip_at_the_end_of_a_term_is_another_word_where_the_title_goes_on() -> None:
    packs = pack(rule("order", "WS·A", "客户订货单", strength=STRONG))
    assert says(DocumentWords.of(title="老客户订货情况统计"), packs) == {}
    assert set(says(DocumentWords.of(title="老客户订货草"), packs)) == {"p/order"}


def test_a_misread_long_title_of_one_pack_is_heard_beside_a_short_word_of_another() -> None:
    general = pack(rule("any", "WS·A", "报告"), name="p")
    special = pack(rule("form", "WS·B", "客户信用调查报告", strength=STRONG), name="q")
    assert set(says(DocumentWords.of(title="客户信用凋查报告"), general, special)) == {"p/any", "q/form"}


def test_a_word_within_a_longer_title_of_another_series_says_less() -> None:
    packs = pack(rule("short", "WS·A", "报告", strength=STRONG), rule("long", "WS·B", "调查报告", strength=STRONG))
    said = says(DocumentWords.of(title="市场调查报告"), packs)
    assert said["p/short"] < 0.6 < 0.9 < said["p/long"]


def test_where_no_title_is_known_a_strong_one_at_the_head_of_the_text_speaks() -> None:
    packs = pack(rule("a", "WS·A", "车辆登记表", strength=STRONG))
    assert says(DocumentWords.of(text="某某小区车辆登记表 姓名"), packs) == {"p/a": 0.72}
    assert says(DocumentWords.of(text="春" * 200 + "车辆登记表"), packs) == {}


@pytest.mark.parametrize(("found", "said"), [(5, 0.88), (4, 0.86), (3, 0.45), (2, None)])
def test_of_many_anchors_one_may_be_missing(found: int, said: float | None) -> None:
    anchors = ("户名", "房号", "面积", "电话", "入住日期")
    form = rule("a", "WS·A", *anchors, where=Where.TEXT, strength=Strength.ANCHOR, at_least=4)
    paper = DocumentWords.of(title="登记表", text="".join(anchors[:found]))
    assert says(paper, pack(form, rule("b", "WS·A", "登记表"))).get("p/a") == said
    if found < 4:
        assert says(paper, pack(form)) == {}


def test_a_kind_of_document_leaves_the_word_to_what_the_paper_is_about() -> None:
    packs = pack(rule("kind", "WS·A", "通知", strength=STRONG), rule("about", "WS·B", "退休", strength=STRONG))
    said = says(DocumentWords.of(title="关于退休的通知"), packs)
    assert said["p/kind"] < 0.6 < 0.9 < said["p/about"]
    assert says(DocumentWords.of(title="关于放假的通知"), packs) == {"p/kind": 0.96}


def test_rules_for_series_that_are_not_asked_about_are_silent() -> None:
    packs = pack(rule("a", "WS·A", "通知"), rule("b", "WS·B", "通知"), series=pack().series[:1])
    assert set(says(DocumentWords.of(title="通知"), packs)) == {"p/a"}


@pytest.mark.parametrize(("title", "rules"), [("往来单位概况", {"p/a"}), ("往来单位变动", set()), ("学校概况", set())])
def test_a_rule_may_ask_for_one_word_of_two_lists_each(title: str, rules: set[str]) -> None:
    packs = pack(rule("a", "WS·A", "概况", "登记", beside=("客户", "往来单位")))
    found = heard(DocumentWords.of(title=title), packs)
    assert set(found) == rules
    assert all(one.why.evidence.words == "往来单位|概况" for one in found.values())
