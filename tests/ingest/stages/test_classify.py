from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from config.regulations import PACKS, load
from index.domain.description import Value
from index.domain.placing.placement import Placement
from index.domain.reading import PageReading
from index.domain.rules.policy import Pack
from ingest.finders.paper import Paper
from ingest.stages.classify import propose
from ingest.stages.describe import describe
from tests.fakes.ingest.finders.readings import big, page, right

TODAY = date(2026, 11, 23)
PROSE = (
    "春天到了,操场边的树都开了花,孩子们在树下读书。",
    "下午有风,大家把书收好,回到教室里继续上课。",
    "放学以后,值日的同学打扫了院子,关好了门窗。",
)
CONTRACT = (
    "甲方(用人单位)名称:白石机械有限公司",
    "乙方(劳动者)姓名:季小满 性别:女 居民身份证号码:11010519491231002X",
    "第一条 劳动合同类型及期限",
    "本合同约定试用期,试用期自2024年3月1日起至2024年5月31日止。",
    "第三条 工作时间和休息休假",
    "第四条 劳动报酬及支付方式",
    "第五条 社会保险",
    "签约日期:2024年3月1日",
)


@pytest.fixture(scope="module")
def school() -> Pack:
    return load(PACKS / "school")


@pytest.fixture(scope="module")
def employees() -> Pack:
    return load(PACKS / "employees")


def notice(*body: str) -> PageReading:
    head = (big("青石县教育局文件", 2.6), big("青教发〔2024〕15号", 1.0), big("关于举办秋季运动会的通知"))
    return page(*head, "各学校:", *body, *PROSE, right("青石县教育局"), right("2024年3月5日"))


def placed(
    reading: PageReading, packs: Sequence[Pack], hints: Sequence[str] = (), fonds: str = "", **given: str
) -> Placement:
    description = describe([reading], hints, fonds, today=TODAY)
    people = {name: Value(value, 1.0, given_by="archivist") for name, value in given.items()}
    return propose(Paper.of([reading]), description | people, packs, hints, fonds)


def test_a_clear_notice_of_a_superior_files_itself(school: Pack, employees: Pack) -> None:
    for packs in ([school], [school, employees]):
        placement = placed(notice(), packs, fonds="青石县实验学校")
        assert (placement.pack, placement.series, placement.retention) == ("school", "WS·SJ", "10y")
        assert placement.sure
        assert placement.doubtful == ()


def test_the_reasons_name_rule_clause_and_words(school: Pack) -> None:
    why = placed(notice(), [school]).why[0]
    assert (why.field, why.value, why.clause) == ("series", "WS·SJ", "SCH-14")
    assert (why.rule, why.evidence.words) == ("superior-title", "通知")


def test_the_edition_that_decided_is_kept(school: Pack) -> None:
    placement = placed(notice(), [school])
    assert (placement.pack_version, placement.pack_digest) == (school.version, school.digest)
    assert len(placement.pack_digest) == 64


def test_prose_without_a_title_goes_to_review(school: Pack, employees: Pack) -> None:
    placement = placed(page(*PROSE), [school, employees])
    assert not placement.sure
    assert set(placement.doubtful) == {"series", "title"}
    assert placement.retention == "unset"


def test_a_contract_with_its_employee_number_files_itself(employees: Pack) -> None:
    placement = placed(page(big("劳动合同"), *CONTRACT, "工号:A0123"), [employees])
    assert (placement.series, placement.subject_key, placement.retention) == ("RS·ZZ", "A0123", "unset")
    assert placement.marking == "personal"
    assert placement.sure


def test_a_contract_of_nobody_known_goes_to_review(employees: Pack) -> None:
    placement = placed(page(big("劳动合同"), *CONTRACT), [employees])
    assert not placement.sure
    assert placement.doubtful == ("subject_key",)
    assert placement.series == "RS·ZZ"


def test_the_folder_or_a_person_may_give_the_number(employees: Pack) -> None:
    form = page(big("劳动合同"), *CONTRACT)
    assert placed(form, [employees], ["在职", "A0123 季小满"]).sure
    assert placed(form, [employees], subject_key="A0123").sure


def test_a_document_without_a_date_cannot_be_filed_by_year(school: Pack) -> None:
    placement = placed(page(big("校务会会议记录"), *PROSE), [school])
    assert (placement.series, placement.doubtful) == ("WS·XZ", ("date",))
    assert not placement.sure


def test_identity_numbers_make_a_general_document_personal(school: Pack) -> None:
    placement = placed(notice("居民身份证号码:11010519491231002X"), [school])
    assert placement.marking == "personal"


def test_a_state_secret_is_never_filed_alone(school: Pack) -> None:
    reading = page(
        "机密★10年",
        big("青石县教育局文件", 2.6),
        big("关于考务工作的通知"),
        *PROSE,
        right("青石县教育局"),
        right("2024年3月5日"),
    )
    placement = placed(reading, [school])
    assert placement.marking == "confidential"
    assert placement.doubtful == ("marking",)
    assert not placement.sure


def test_rules_that_contradict_each_other_lower_the_confidence(school: Pack) -> None:
    placement = placed(page(big("教代会教学改革提案材料"), *PROSE, right("2024年3月5日")), [school])
    assert {placement.series, placement.alternatives[0].series.code} == {"WS·GH", "JX"}
    assert not placement.sure


def test_a_misread_character_in_a_long_form_title_does_not_stop_it(employees: Pack) -> None:
    placement = placed(page(big("应聘人员登己表"), "姓名:季小满 工号:A0123"), [employees])
    assert (placement.series, placement.doc_type) == ("RS·ZZ", "登记表")
    assert placement.sure
