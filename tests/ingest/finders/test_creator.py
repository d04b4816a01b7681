from __future__ import annotations

from ingest.finders.body_names import is_body
from ingest.finders.creator import creator
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import Set, big, page, right

BODY = ("各学校:", "现将有关事项通知如下,请认真执行。", "特此通知。", "此页无正文,仅为说明。", "请查收。")


def found(*lines: Set | str, title: str = "", fonds: str = "") -> str | None:
    value = creator(Paper.of([page(*lines)]), title, fonds)
    return value.value if value else None


def test_the_letterhead_names_the_body() -> None:
    assert found(big("青石县教育局文件", 2.6), *BODY) == "青石县教育局"


def test_the_signature_stands_above_the_date() -> None:
    assert found(*BODY, right("青石县实验学校(盖章)"), right("2024年3月5日")) == "青石县实验学校"


def test_two_places_that_agree_make_it_surer() -> None:
    signed = (right("青石县教育局"), right("2024年3月5日"))
    alone, both = (creator(Paper.of([page(*head, *BODY, *signed)])) for head in ((), (big("青石县教育局文件", 2.6),)))
    assert alone and both
    assert both.confidence > alone.confidence


def test_a_label_a_heading_and_a_title_name_it_too() -> None:
    assert found("劳动合同书", "甲方(用人单位)名称:白石机械有限公司") == "白石机械有限公司"
    assert found(big("员工登记表"), big("白石机械有限公司", 1.1), "姓名:季小满") == "白石机械有限公司"
    assert found(*BODY, title="青石县教育局关于秋季运动会的通知") == "青石县教育局"


def test_our_own_name_read_nearly_right_is_our_own_name() -> None:
    assert found(*BODY, right("青石县实验字校"), right("2024年3月5日"), fonds="青石县实验学校") == "青石县实验学校"


def test_another_body_is_not_taken_for_us() -> None:
    assert found(big("青石县教育局文件", 2.6), *BODY, fonds="青石县实验学校") == "青石县教育局"


def test_a_person_signs_where_no_body_does() -> None:
    assert found("辞职报告", "本人因家庭原因申请辞职。", "申请人:季小满") == "季小满"


def test_latin_bodies_are_known_by_their_words() -> None:
    assert found("Riverside School", "We write to tell you that the library is open.") == "Riverside School"


def test_prose_names_nobody() -> None:
    assert found(*BODY) is None


def test_a_sentence_is_not_the_name_of_a_body() -> None:
    assert is_body("青石县教育局")
    assert is_body("白石機械有限公司")
    assert not is_body("请各单位认真执行")
