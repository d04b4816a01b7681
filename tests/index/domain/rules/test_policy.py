from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.domain.access import Marking
from index.domain.dates import partial_date
from index.domain.description import Evidence
from index.domain.placing.opinions import DocumentWords, Opinion, Why, issuer_of
from index.domain.placing.placement import classify, filing_year
from index.domain.rules.policy import (
    AccessRow,
    Issuer,
    Pack,
    Rule,
    ScheduleRow,
    Scheme,
    Series,
    Strength,
    Where,
)

TITLES = {"zh-Hans": "甲", "zh-Hant": "甲", "en": "A"}


def series(code: str, **more: object) -> Series:
    return replace(Series(code, TITLES, "WS", "C-1", "ten"), **more)  # type: ignore[arg-type]


def rule(name: str, code: str, *words: str, **more: object) -> Rule:
    return replace(Rule(name, "C-1", code, Where.TITLE, any=words), **more)  # type: ignore[arg-type]


def pack(*rules: Rule, name: str = "p", **more: object) -> Pack:
    made = Pack(
        id=name,
        title=TITLES,
        version="1",
        effective_from=date(2026, 1, 1),
        drafter="office",
        approver="head",
        interpreter="office",
        custodian="archivist",
        example_fonds=("J101",),
        threshold=0.8,
        marking=Marking.INTERNAL,
        scheme=Scheme.INTERNAL,
        series=(series("WS·A"), series("WS·B"), series("WS·C", subject="employee_number")),
        schedule=(
            ScheduleRow("ten", TITLES, "10y", "document-year-end", "C-2"),
            ScheduleRow("ever", TITLES, "permanent", "document-year-end", "C-2"),
        ),
        rules=rules,
        access=(AccessRow("archivist", ("R",), "C-3"),),
        digest="d" * 64,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def words(title: str, **more: object) -> DocumentWords:
    return replace(DocumentWords.of(title=title), **more)  # type: ignore[arg-type]


def test_a_rule_that_fires_places_the_document_and_says_why() -> None:
    placement = classify([pack(rule("a", "WS·A", "计划", strength=Strength.STRONG))], words("工作计划"))
    assert (placement.pack, placement.series, placement.retention) == ("p", "WS·A", "10y")
    assert [(why.rule, why.evidence.words) for why in placement.why] == [("a", "计划")]
    assert placement.sure


def test_traditional_paper_meets_rules_written_in_simplified() -> None:
    assert classify([pack(rule("a", "WS·A", "计划"))], DocumentWords.of(title="工 作 計 劃")).series == "WS·A"


def test_a_rule_may_name_another_row_of_the_schedule() -> None:
    assert classify([pack(rule("a", "WS·A", "纪要", retention="ever"))], words("会议纪要")).retention == "permanent"


def test_two_reasons_make_surer_than_one() -> None:
    one, two = rule("a", "WS·A", "计划"), rule("b", "WS·A", "安全")
    assert (
        classify([pack(one, two)], words("安全计划")).confidence > classify([pack(one)], words("安全计划")).confidence
    )


def test_a_second_candidate_close_behind_casts_doubt() -> None:
    placement = classify([pack(rule("a", "WS·A", "招生"), rule("b", "WS·B", "安全"))], words("安全招生"))
    assert not placement.sure
    assert placement.doubtful == ("series",)
    assert [candidate.series.code for candidate in placement.alternatives] == ["WS·B"]


def test_all_words_are_needed_and_forbidden_ones_stop_a_rule() -> None:
    packs = [pack(rule("a", "WS·A", "计划", all=("工会",), none=("教学",)))]
    assert classify(packs, words("工会计划")).series == "WS·A"
    assert classify(packs, words("工作计划")).series == ""
    assert classify(packs, words("工会教学计划")).series == ""


def test_anchors_in_the_text_count_together() -> None:
    anchors = rule("a", "WS·A", "甲方", "乙方", "试用期", where=Where.TEXT, strength=Strength.ANCHOR, at_least=2)
    assert classify([pack(anchors)], DocumentWords.of(text="甲方与乙方")).series == "WS·A"
    assert classify([pack(anchors)], DocumentWords.of(text="甲方")).series == ""


def test_a_title_that_is_itself_doubtful_says_less() -> None:
    packs = [pack(rule("a", "WS·A", "计划", strength=Strength.STRONG))]
    assert classify(packs, words("计划", title_sure=0.3)).confidence < classify(packs, words("计划")).confidence


@pytest.mark.parametrize("misread", ["工作汁划书", "工作计书", "工作了计划书"])
def test_one_wrong_lost_or_added_character_in_a_title_is_forgiven_but_remembered(misread: str) -> None:
    packs = [pack(rule("a", "WS·A", "工作计划书", strength=Strength.STRONG))]
    placement = classify(packs, words(misread))
    assert placement.series == "WS·A"
    assert placement.confidence < classify(packs, words("工作计划书")).confidence


def test_a_folder_that_bears_the_name_of_a_series_speaks_for_it() -> None:
    named = pack(series=(series("WS·A", names=("来文",)),))
    assert classify([named], DocumentWords.of(hints=("2023", "来文"))).series == "WS·A"


def test_what_a_rule_excludes_is_refused_and_said_so() -> None:
    packs = [pack(rule("a", "WS·A", "培训", excludes=("WS·B",)), rule("b", "WS·B", "证书", strength=Strength.STRONG))]
    placement = classify(packs, words("培训证书"))
    assert placement.series == "WS·A"
    assert [why.value for why in placement.why if why.field == "refused"] == ["WS·B"]


def test_a_subject_file_without_its_subject_goes_to_a_person() -> None:
    packs = [pack(rule("a", "WS·C", "合同", strength=Strength.STRONG))]
    assert classify(packs, words("合同")).doubtful == ("subject_key",)
    known = classify(packs, words("合同", subject_key="A0123"))
    assert (known.subject, known.subject_key, known.sure) == ("employee_number", "A0123", True)


def test_of_several_packs_the_one_whose_rules_fire_is_taken() -> None:
    packs = [pack(rule("a", "WS·A", "计划"), name="p"), pack(rule("a", "WS·A", "合同"), name="q")]
    assert classify(packs, words("劳动合同")).pack == "q"


def test_where_nothing_speaks_nothing_is_invented() -> None:
    nowhere = classify([pack(name="p"), pack(name="q")], words("春天"))
    assert (nowhere.pack, nowhere.series, nowhere.retention, nowhere.confidence) == ("", "", "unset", 0.0)
    assert classify([pack(name="p")], words("春天")).pack == "p"


def test_an_opinion_from_elsewhere_joins_those_of_the_rules() -> None:
    one = pack(rule("a", "WS·A", "计划"))
    why = Why("series", "WS·A", 0.7, Evidence("12 earlier items", rule="learned"))
    learned = Opinion(one, one.series[0], why)
    alone, joined = classify([one], words("计划")), classify([one], words("计划"), [learned])
    assert joined.confidence > alone.confidence
    assert {reason.rule for reason in joined.why} == {"a", "learned"}


def test_the_issuer_is_ours_a_superiors_or_unknown() -> None:
    told = pack(superiors=("局",), own_words=("学校",))
    assert issuer_of(told, DocumentWords.of(creator="青石县教育局")) is Issuer.SUPERIOR
    assert issuer_of(told, DocumentWords.of(creator="青石县实验学校")) is Issuer.OWN
    assert issuer_of(told, DocumentWords.of(creator="水利局", fonds_title="青石县水利局")) is Issuer.OWN
    assert issuer_of(told, DocumentWords.of(creator="白石机械有限公司")) is Issuer.ANY
    lost = DocumentWords.of(creator="青石县实验中工会委员局", fonds_title="青石县实验中学")
    assert issuer_of(told, lost) is Issuer.OWN
    other = DocumentWords.of(creator="青石市教育局", fonds_title="青石县教育局")
    assert issuer_of(told, other) is Issuer.SUPERIOR
    assert issuer_of(told, DocumentWords.of()) is Issuer.ANY


def test_a_superiors_paper_is_not_taken_by_a_rule_on_our_own() -> None:
    packs = [pack(rule("a", "WS·A", "计划", issuer=Issuer.OWN), superiors=("局",))]
    assert classify(packs, words("工作计划")).series == "WS·A"
    assert classify(packs, words("工作计划", creator="教育局")).series == ""


def test_the_year_of_filing_is_the_schools_where_the_series_is_taught() -> None:
    teaching = series("JX", year="academic")
    assert filing_year(teaching, partial_date("2024-10-10")) == "2024-2025"
    assert filing_year(teaching, partial_date("2024-07-10")) == "2023-2024"
    assert filing_year(teaching, partial_date("2024")) == ""
    assert filing_year(series("WS·A"), partial_date("2024")) == "2024"
    assert filing_year(series("WS·A", year="none"), partial_date("2024")) == ""
    assert filing_year(series("WS·A"), None) == ""


def test_an_organ_of_our_own_makes_papers_of_the_series_named_after_it() -> None:
    unions = series("WS·B", names=("工会",), organisation="GH")
    named = pack(rule("a", "WS·A", "通知"), series=(series("WS·A"), unions, series("KU", names=("财务",))))
    union = DocumentWords.of(title="关于体检的通知", creator="柳河中学工会委员会", fonds_title="柳河中学")
    assert classify([named], union).series == "WS·B"
    assert classify([named], replace(union, creator="县总工会")).series == "WS·A"
    finance = replace(union, creator="柳河中学财务室")  # KU is a class of papers, not of an organ's
    assert classify([named], finance).series == "WS·A"
