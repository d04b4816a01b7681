"""The filing bench: values are compared as `filed.py` says, and a room's own stages decide."""

from __future__ import annotations

import pytest

from tests.bench.filed import Outcome, agree, figures
from tests.bench.filing import outcomes
from tests.bench.readings import Spoilt
from tests.labelled.making import labelled


@pytest.mark.parametrize(
    ("name", "said", "true"),
    [
        ("document_number", "校发【2019】12号", "校发〔2019〕12号"),
        ("document_number", "123", "No.123"),
        ("document_number", "第12号", "12"),
        ("title", "关于 “甲”的通知", '关于"甲"的通知'),
        ("subject_key", "3栋2单元1501室", "3-2-1501"),
        ("subject_key", "A座1203", "某某公司|A座1203"),
        ("creator", "松果嶺學校", "松果岭学校"),
        ("title", "[关于春耕]", ""),
    ],
)
def test_the_same_value_differently_written_is_right(name: str, said: str, true: str) -> None:
    assert agree(name, said, true)


@pytest.mark.parametrize(
    ("name", "said", "true"),
    [
        ("document_number", "校发〔2019〕12号", "校发〔2018〕12号"),
        ("title", "關於春耕的通知", "关于春耕的通知"),
        ("title", "关于春耕的通知", ""),
        ("subject_key", "3栋2单元1501室", "3-2-1502"),
        ("date", "2019-03", "2019-03-05"),
    ],
)
def test_another_value_is_wrong(name: str, said: str, true: str) -> None:
    assert not agree(name, said, true)


def test_spoilt_words_stand_where_they_say_and_are_the_same_each_time() -> None:
    for document in labelled(2, 30):
        reading = Spoilt().page(document, 1)
        assert reading == Spoilt().page(document, 1)
        assert all(reading.text[word.start :].startswith(word.text) for word in reading.words)


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return outcomes("practice", 24, 1, Spoilt())


@pytest.mark.slow
def test_every_document_comes_out_filed_or_for_a_person(found: list[Outcome]) -> None:
    assert len(found) == 24
    assert {one.item.state.value for one in found} <= {"filed", "review"}
    assert all(one.cpu > 0 for one in found)


@pytest.mark.slow
def test_a_filing_is_wrong_by_what_it_was_filed_under(found: list[Outcome]) -> None:
    said = figures("practice", "spoilt", found)
    wrong = [one for one in found if one.wrongs]
    assert said["wrongly_filed_alone"] == round(100 * len(wrong) / len(found), 2)
    assert all(one.filed and not (one.belongs and all(map(one.is_right, one.wrongs))) for one in wrong)


@pytest.mark.slow
def test_the_aims_are_held_against_what_an_engine_read(found: list[Outcome]) -> None:
    assert "ok" not in figures("practice", "spoilt", found)
    assert figures("practice", "tesseract", found)["ok"] in (True, False)
