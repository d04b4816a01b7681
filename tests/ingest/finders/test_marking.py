from __future__ import annotations

import pytest

from ingest.finders.marking import COMMERCIAL, PERSONAL_DATA, SITE, STATE_SECRET, marking, scheme_of, term_of
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import page


@pytest.mark.parametrize(
    ("printed", "value", "scheme"),
    [
        ("机密★10年", "confidential", STATE_SECRET),
        ("秘密 ★ 长期", "confidential", STATE_SECRET),
        ("絕密★", "confidential", STATE_SECRET),
        ("秘密", "confidential", SITE),
        ("密级:秘密", "confidential", SITE),
        ("商业秘密", "confidential", COMMERCIAL),
        ("内部资料 注意保存", "internal", SITE),
        ("內部使用", "internal", SITE),
        ("居民身份证号码:11010519491231002X", "personal", PERSONAL_DATA),
        ("居民身份证号码:110105 19491231 002X", "personal", PERSONAL_DATA),
    ],
)
def test_a_marking_is_read_with_whose_it_is(printed: str, value: str, scheme: str) -> None:
    found = marking(Paper.of([page(printed, "正文")]))
    assert found is not None
    assert found.evidence is not None
    assert (found.value, found.evidence.rule) == (value, scheme)


@pytest.mark.parametrize(
    "line", ["要严格保守国家秘密,不得泄露", "内部文件不得外传。", "号码:110105194912310021", "电话 010-12345678"]
)
def test_a_word_in_a_sentence_or_a_wrong_number_marks_nothing(line: str) -> None:
    assert marking(Paper.of([page(line)])) is None


@pytest.mark.parametrize(
    ("printed", "scheme", "term"),
    [
        ("机密★10年", STATE_SECRET, "10年"),
        ("秘密 ★ 长期", STATE_SECRET, "长期"),
        ("绝密★", STATE_SECRET, ""),
        ("商业秘密", COMMERCIAL, ""),
        ("商密★3年", COMMERCIAL, "3年"),
        ("核心商业秘密", COMMERCIAL, ""),
    ],
)
def test_scheme_and_term_are_told_apart(printed: str, scheme: str, term: str) -> None:
    found = marking(Paper.of([page(printed, "正文")]))
    assert found is not None
    said, kept = scheme_of(found), term_of(found)
    assert said is not None and said.value == scheme
    assert (kept.value if kept else "") == term
