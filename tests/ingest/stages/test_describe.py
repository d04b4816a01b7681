from __future__ import annotations

from datetime import date

from index.domain.description import FIELDS
from index.domain.reading import PageReading, Script
from ingest.stages.describe import describe
from tests.fakes.ingest.finders.readings import big, page, plain, right

TODAY = date(2026, 11, 23)
BODY = (
    "各学校:",
    "现将秋季运动会有关事项通知如下,请认真执行。",
    "一、各学校要加强领导,落实措施。",
    "二、按时报送名单。",
)
NOTICE = page(
    big("青石县教育局文件", 2.6),
    big("青教发〔2024〕15号", 1.0),
    big("关于举办秋季运动会的通知"),
    *BODY,
    right("青石县教育局"),
    right("2024年3月5日"),
)


def values(*readings: PageReading, hints: tuple[str, ...] = (), fonds: str = "") -> dict[str, str]:
    return {name: value.value for name, value in describe(readings, hints, fonds, today=TODAY).items()}


def test_a_notice_is_described_as_its_paper_says() -> None:
    assert values(NOTICE) == {
        "title": "关于举办秋季运动会的通知",
        "document_number": "青教发〔2024〕15号",
        "creator": "青石县教育局",
        "date": "2024-03-05",
        "doc_type": "通知",
        "language": "zh-Hans",
    }


def test_only_fields_of_the_description_are_proposed_each_with_a_confidence() -> None:
    found = describe([NOTICE], ("A0123 季小满",), today=TODAY)
    assert set(found) <= set(FIELDS)
    assert all(0 < value.confidence <= 1 and not value.given for value in found.values())


def test_evidence_names_the_page_it_stands_on() -> None:
    found = describe([plain(""), NOTICE], today=TODAY)
    evidence = found["title"].evidence
    assert evidence is not None
    assert (evidence.page, evidence.box is not None) == (2, True)


def test_the_signature_may_stand_on_a_later_page() -> None:
    first = page(big("关于举办秋季运动会的通知"), *BODY)
    last = page(*BODY, right("青石县教育局"), right("2024年3月5日"))
    assert values(first, *(page(*BODY) for _ in range(20)), last)["date"] == "2024-03-05"


def test_traditional_pages_are_described_in_their_own_characters() -> None:
    reading = page(
        big("關於舉辦秋季運動會的通知"),
        "各學校:",
        right("青石縣教育局"),
        right("二○二四年三月五日"),
        script=Script.HANT,
    )
    found = values(reading)
    assert (found["title"], found["creator"]) == ("關於舉辦秋季運動會的通知", "青石縣教育局")
    assert (found["doc_type"], found["language"], found["date"]) == ("通知", "zh-Hant", "2024-03-05")


def test_a_misread_name_of_ours_at_the_head_of_a_title_is_mended() -> None:
    found = values(page(big("青石县实验字校2023年度工作总结"), *BODY), fonds="青石县实验学校")
    assert (found["title"], found["creator"]) == ("青石县实验学校2023年度工作总结", "青石县实验学校")


def test_a_blank_item_has_a_title_of_ours_and_nothing_else() -> None:
    blank = PageReading("", (), Script.NONE, 0, "fake", "1", 0.0, blank=True)
    assert set(values(blank)) == {"title"}
    assert set(values()) == {"title"}
