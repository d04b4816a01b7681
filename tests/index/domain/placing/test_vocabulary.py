from __future__ import annotations

from dataclasses import replace

from index.domain.description import Value
from index.domain.placing.opinions import VOCABULARY, DocumentWords
from index.domain.placing.placement import classify
from index.domain.placing.vocabulary import vocabulary_opinions
from index.domain.rules.policy import Strength, Where
from tests.index.domain.rules.test_policy import pack, rule, series

REPAIR = ("报修", "故障", "抢修", "跳闸", "漏水", "堵塞", "疏通", "灯管", "师傅", "完工", "用料")
VISIT = ("拜访", "回访", "走访", "座谈", "慰问", "续租", "意向", "评价", "陪同", "洽谈", "建议")
TENANTS = replace(
    pack(
        rule("repair", "ZH·08", *REPAIR, none=("员工",)),
        rule("repair-text", "ZH·08", *REPAIR, where=Where.TEXT, strength=Strength.WEAK, at_least=9, none=("员工",)),
        rule("visit", "ZH·10", *VISIT),
        rule("office", "WS·A", "总结"),
    ),
    series=(series("ZH·08", subject="tenant"), series("ZH·10", subject="tenant"), series("WS·A")),
)
SPOKEN = "灯管坏 跳闸 漏水 堵塞 疏通 师傅 完工 用料"


def told(title: str, text: str) -> list[tuple[str, float]]:
    document = DocumentWords.of(title=title, text=text)
    return [(one.series.code, one.why.confidence) for one in vocabulary_opinions((), (TENANTS,), document)]


def test_where_no_rule_is_loud_the_words_of_all_rules_of_a_series_tell_it() -> None:
    assert told("来人处理情形", SPOKEN) == [("ZH·08", 0.7)]
    assert told("来人处理情形", SPOKEN + " " + " ".join(VISIT)) == []
    assert told("来人处理情形", "天气晴朗") == []


def test_the_words_of_a_rule_that_a_word_of_the_paper_rules_out_do_not_count() -> None:
    assert told("员工宿舍处理情形", SPOKEN) == []


def test_a_loud_rule_or_one_for_another_series_leaves_it_nothing_to_say() -> None:
    heard = DocumentWords.of(title="走访记录", text=SPOKEN)
    assert all(why.rule != VOCABULARY for why in classify((TENANTS,), heard).why)


def test_a_series_of_subjects_is_less_likely_where_the_paper_names_none() -> None:
    packs = pack(rule("staff", "WS·C", "离厂承诺"), rule("other", "WS·B", "供货承诺"), name="p")
    words = DocumentWords.of(title="供货承诺与离厂承诺")
    named = replace(words, subjects={"employee_number": Value("A0123", 0.95)})
    assert (classify((packs,), words).series, classify((packs,), named).series) == ("WS·B", "WS·C")
