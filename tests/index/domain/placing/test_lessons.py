from __future__ import annotations

from index.domain.placing.lessons import Lesson, learn, learned_opinions, ngrams
from index.domain.placing.opinions import DocumentWords
from index.domain.placing.placement import classify
from index.domain.rules.policy import Strength
from tests.index.domain.rules.test_policy import pack, rule, series

LAB = ("显微镜维护台账", "实验药品领用台账", "天平校准台账", "烧杯破损台账", "实验室通风台账", "试剂清点台账")
MEALS = ("学生午餐留样单", "食堂采购验货单", "午餐菜谱公示单", "厨房消毒留样单", "食堂留样登记单", "餐具消毒单")
LESSONS = [
    *(Lesson(f"a{at}", "p/WS·A", title, f"实验室管理员记录器材与药品的情况,第{at}页") for at, title in enumerate(LAB)),
    *(Lesson(f"b{at}", "p/WS·B", title, f"食堂管理员记录饭菜与餐具的情况,第{at}页") for at, title in enumerate(MEALS)),
]
PACK = pack(series=(series("WS·A"), series("WS·B"), series("WS·C")))
DOCUMENT = DocumentWords.of(title="酒精灯台账", text="实验室管理员记录器材与药品的情况")


def test_a_paper_goes_where_people_put_papers_like_it_and_says_which() -> None:
    said = list(learned_opinions(learn(LESSONS), [PACK], DOCUMENT))
    assert [(one.series.code, one.why.rule) for one in said] == [("WS·A", "learned")]
    assert "试剂清点台账" in said[0].why.evidence.words
    assert "台账" in said[0].why.evidence.words.partition(" — ")[0]


def test_without_lessons_or_with_too_few_nothing_is_said() -> None:
    for few in ([], LESSONS[:1], [*LESSONS[:2], *LESSONS[6:8]], LESSONS[:6]):
        assert list(learned_opinions(learn(few), [PACK], DOCUMENT)) == []


def test_few_lessons_are_worth_less_than_many() -> None:
    few, many = learn(LESSONS[:4] + LESSONS[6:10]), learn(LESSONS * 4)
    worth = [next(iter(learned_opinions(one, [PACK], DOCUMENT))).why.confidence for one in (few, many)]
    assert worth[0] < worth[1] <= 0.9


def test_it_says_nothing_of_a_place_that_is_not_asked_about() -> None:
    assert list(learned_opinions(learn(LESSONS), [pack(name="q")], DOCUMENT)) == []


def test_it_joins_the_rules_and_never_silences_one() -> None:
    ruled = pack(rule("r", "WS·B", "台账", strength=Strength.STRONG), series=PACK.series)
    heard = tuple(learned_opinions(learn(LESSONS * 3), [ruled], DOCUMENT))
    placement = classify([ruled], DOCUMENT, heard)
    assert {placement.series, *(other.series.code for other in placement.alternatives)} == {"WS·A", "WS·B"}
    assert not placement.sure


def test_what_outweighs_a_rule_says_so_and_leaves_it_to_a_person() -> None:
    ruled = pack(rule("r", "WS·B", "酒精", strength=Strength.WEAK), series=PACK.series)
    placement = classify([ruled], DOCUMENT, tuple(learned_opinions(learn(LESSONS * 3), [ruled], DOCUMENT)))
    assert placement.series == "WS·A"
    assert [(why.value, why.rule) for why in placement.why if why.field == "overruled"] == [("WS·B", "r")]
    assert placement.doubtful == ("series",)


def test_numbers_and_gaps_are_no_ngrams() -> None:
    assert ngrams("甲乙2", "") == {"甲乙": 3}
