"""What a deadline is called: a table, and every deadline of the house without a letter of machine form in Chinese."""

from __future__ import annotations

import re

import pytest

from config.regulations import load_all
from index.domain.errors import WrongUse
from index.domain.rules.occasions import OCCASIONS
from index.domain.rules.provisions import LANGUAGES
from index.domain.rules.timing import events_of, timing
from index.domain.rules.timing_words import words

SAID = [
    ("each month: last workday", "每月最后一个工作日", "每月最後一個工作日", "the last working day of each month"),
    ("each day: last workday", "每个工作日", "每個工作日", "each working day"),
    ("separation + 2 years", "离职后 2 年", "離職後 2 年", "2 years after separation"),
    ("agreement-end - 1 month", "协议到期前 1 个月", "協議到期前 1 個月", "1 month before the end of the agreement"),
    ("each year: 03 and 09", "每年 3 月和 9 月", "每年 3 月和 9 月", "each year in March and September"),
    ("each march and september", "每年 3 月和 9 月", "每年 3 月和 9 月", "each year in March and September"),
    ("yearly: 12-31", "每年 12 月 31 日前", "每年 12 月 31 日前", "each year by 31 December"),
    ("11-01", "每年 11 月 1 日", "每年 11 月 1 日", "each year on 1 November"),
    (
        "document-year + 1: 08-31",
        "文件形成次年 8 月 31 日前",
        "文件形成次年 8 月 31 日前",
        "by 31 August of the year after that of the document",
    ),
    ("document-year: 12-31", "文件形成当年 12 月 31 日前", "文件形成當年 12 月 31 日前", None),
    ("document-year + 3: 06-30", "文件形成后第 3 年 6 月 30 日前", "文件形成後第 3 年 6 月 30 日前", None),
    ("each monday", "每周一", "每週一", "each Monday"),
    ("each month: day 5", "每月 5 日前", "每月 5 日前", "by day 5 of each month"),
    ("each day", "每天", "每天", "each day"),
    ("weekly", "每周日", "每週日", "each Sunday"),
    ("quarter-end + 10 workdays", "每季度末后 10 个工作日", "每季度末後 10 個工作日", None),
    ("academic-year-end", "每学年末", "每學年末", "the end of each school year"),
    ("lent: same day", "借出当天", "借出當天", "on the day of the loan"),
    ("hire", "入职时", "入職時", "on hire"),
    ("form + 3 days; form + 1 month", "填表后 3 天、1 个月", "填表後 3 天、1 個月", None),
    ("form - 1 day; form + 2 days", "填表前 1 天；填表后 2 天", "填表前 1 天；填表後 2 天", None),
    ("hire; 11-01; 11-01", "入职时；每年 11 月 1 日", "入職時；每年 11 月 1 日", None),
    ("filed: same day; removed: same day", "归档当天；文件取出当天", "歸檔當天；文件取出當天", None),
]


@pytest.mark.parametrize(("when", "hans", "hant", "english"), SAID)
def test_a_deadline_reads_as_an_archivist_says_it(when: str, hans: str, hant: str, english: str | None) -> None:
    assert (words(when, "zh-Hans"), words(when, "zh-Hant")) == (hans, hant)
    assert english is None or words(when, "en") == english


def test_a_pack_names_events_of_its_own_and_one_without_words_is_shown_as_it_is() -> None:
    called = {"going-away": {"zh-Hans": "调离", "zh-Hant": "調離", "en": "going away"}}
    assert words("going-away", "zh-Hans", called) == "调离时"
    assert words("moon-rise + 1 day", "en", called) == "1 day after moon-rise"


def test_what_is_no_deadline_has_no_words() -> None:
    with pytest.raises(WrongUse):
        words("soon enough", "zh-Hans")


def test_every_deadline_of_the_house_has_words_in_three_languages() -> None:
    whens = [(pack, duty.when) for pack in load_all() for duty in pack.duties]
    whens += [(pack, rule.back) for pack in load_all() for rule in pack.loans if rule.back]
    machine = [
        (pack.id, when, said)
        for pack, when in whens
        for language in LANGUAGES
        for said in [words(when, language, pack.called)]
        if language != "en" and re.search("[A-Za-z]", said)
    ]
    assert machine == []


def test_every_event_of_the_house_is_named_and_none_is_named_that_no_pack_knows() -> None:
    asked = {one for pack in load_all() for duty in pack.duties for one in events_of(timing(duty.when))}
    asked |= {one for pack in load_all() for rule in pack.loans if rule.back for one in events_of(timing(rule.back))}
    asked |= {gate.event for pack in load_all() for gate in pack.gates}
    assert asked == set(OCCASIONS)
