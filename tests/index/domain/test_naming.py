"""What scanners call their files is read by small patterns, never by an expression that somebody wrote."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.errors import WrongUse
from index.domain.naming import PROFILES, grouped, profile, read


def groups(pattern: str, *names: str) -> list[tuple[str, list[str]]]:
    return [(group.item, [page.name for page in group.pages]) for group in grouped(names, profile(pattern)).groups]


@pytest.mark.parametrize("pattern", PROFILES.values())
def test_every_profile_of_ours_is_a_pattern(pattern: str) -> None:
    assert profile(pattern).parts


@pytest.mark.parametrize(
    ("pattern", "name", "said"),
    [
        ("name_page", "合同_001.jpg", {"name": "合同", "page": "001"}),
        ("name_page", "a_b_12.TIF", {"name": "a_b", "page": "12"}),
        ("{name}_{page:4}.jpg", "合同_0001.jpg", {"name": "合同", "page": "0001"}),
        ("{name}{page}", "DOC0012.pdf", {"name": "DOC", "page": "0012"}),
        ("{name}{page}", "2024年001", {"name": "2024年", "page": "001"}),
        ("IMG{date}_{page}", "img20241126_0007.jpg", {"date": "20241126", "page": "0007"}),
        ("{date}{page:4}", "202411260007.jpg", {"date": "20241126", "page": "0007"}),
        ("code_page", "J101-WS·2024-Y-0001_003.jpg", {"code": "J101-WS·2024-Y-0001", "page": "003"}),
        ("sheet-sides", "012b.jpg", {"sheet": "012", "side": "b"}),
        ("fronts-backs", "卷一_BACK.pdf", {"name": "卷一", "half": "back"}),
        ("{any}-{name}-{page}", "扫描仪3-合同-2.jpg", {"any": "扫描仪3", "name": "合同", "page": "2"}),
    ],
)
def test_a_name_says(pattern: str, name: str, said: dict[str, str]) -> None:
    found = read(name, profile(pattern)) or {}
    assert {field: value for field, value in found.items() if field} == said


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("name_page", "合同.jpg"),
        ("name_page", "_001.jpg"),
        ("{name}_{page:4}", "合同_001.jpg"),
        ("date_page", "IMG2024112_1.jpg"),
        ("sheet-sides", "012C.jpg"),
        ("{page}", "1234567890.jpg"),
        ("{page}", "².jpg"),
    ],
)
def test_a_name_that_does_not_fit_says_nothing(pattern: str, name: str) -> None:
    assert read(name, profile(pattern)) is None


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "abc", "{", "{name", "name}", "{}", "{nom}", "{name}{code}", "{item}{page}", "{name}_{name}", "{any}"),
        *("{page:0}", "{page:10}", "{name:3}", "{side:A}", "{side:A/A}", "{side:/B}", "{name}" + "x" * 120),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(WrongUse) as refused:
        profile(pattern)
    assert refused.value.code == "bad-pattern"


def test_files_of_a_name_are_one_item_in_the_order_of_its_pages() -> None:
    names = ["乙_2.jpg", "甲_10.jpg", "甲_9.jpg", "乙_1.jpg", "读我.txt", "甲_09.jpg"]
    found = grouped(names, profile("name_page"))
    assert [(group.item, [page.name for page in group.pages]) for group in found.groups] == [
        ("乙", ["乙_1.jpg", "乙_2.jpg"]),
        ("甲", ["甲_09.jpg", "甲_10.jpg"]),
    ]
    assert found.left == ("甲_9.jpg", "读我.txt")


def test_case_does_not_part_an_item() -> None:
    assert groups("name_page", "Doc_1.jpg", "DOC_2.jpg") == [("DOC", ["Doc_1.jpg", "DOC_2.jpg"])]


def test_fronts_stand_before_their_backs() -> None:
    assert groups("sheet-sides", "2B.jpg", "1A.jpg", "1B.jpg", "2A.jpg") == [
        ("", ["1A.jpg", "1B.jpg", "2A.jpg", "2B.jpg"])
    ]


def test_halves_are_told_apart() -> None:
    [group] = grouped(["卷_back.pdf", "卷_front.pdf"], profile("fronts-backs")).groups
    assert [(page.name, page.half) for page in group.pages] == [("卷_front.pdf", "front"), ("卷_back.pdf", "back")]


def test_missing_numbers_are_counted() -> None:
    [group] = grouped(["a_1.jpg", "a_2.jpg", "a_5.jpg"], profile("name_page")).groups
    assert group.missing == 2


def test_a_place_stays_what_it_was_when_pages_come_later() -> None:
    few, more = (
        {(page.name, page.place) for group in grouped(names, profile("name_page")).groups for page in group.pages}
        for names in (["a_2.jpg", "a_4.jpg"], ["a_2.jpg", "a_3.jpg", "a_4.jpg"])
    )
    assert few < more


@given(st.text(max_size=60), st.integers(0, 999_999_999), st.integers(1, 9))
def test_what_a_pattern_writes_it_reads(name: str, page: int, width: int) -> None:
    written = f"{name.replace('/', '')}x_{page:0{width}d}.jpg"
    found = read(written, profile("name_page"))
    assert found and int(found["page"]) == page and found["name"] == written.rpartition("_")[0]


@given(st.lists(st.text(max_size=20), max_size=12), st.sampled_from(sorted(PROFILES)))
def test_no_name_is_lost_or_doubled(names: list[str], pattern: str) -> None:
    found = grouped(set(names), profile(pattern))
    shown = [page.name for group in found.groups for page in group.pages]
    assert sorted([*shown, *found.left]) == sorted(set(names))


@given(st.text(max_size=130))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        read("name_1.jpg", profile(text))
    except WrongUse as refused:
        assert refused.code == "bad-pattern"


def test_a_hostile_name_takes_no_longer_than_its_length() -> None:
    hostile = profile("{any}a{any}a{any}a{any}a{any}a{any}a{any}a{any}a{name}_{page}")
    start = time.perf_counter()
    assert read("a" * 20_000, hostile) is None
    assert time.perf_counter() - start < 5
