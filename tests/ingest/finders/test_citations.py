from __future__ import annotations

import pytest

from index.domain.placing.relations import number_key, title_key
from ingest.finders.citations import citations
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import page


def cited(*lines: str, title: str = "") -> list[tuple[str, str, str]]:
    found = citations(Paper.of([page(*lines)]), title)
    return [(one.bond.value, one.number, one.title) for one in found]


def test_a_reply_names_the_request_that_it_received() -> None:
    reply = (
        "青石县实验学校:",
        "你校《关于修缮操场的请示》(青实校〔2024〕5号)收悉。经研究,批复如下:",
    )
    assert cited(*reply, title="关于修缮操场的批复") == [("reply", "青实校〔2024〕5号", "关于修缮操场的请示")]


def test_what_is_quoted_may_be_broken_over_lines() -> None:
    lines = ("你校《关于修缮操场", "及看台的请示》(青实校", "〔2024〕5号)收悉。")
    assert cited(*lines) == [("reply", "青实校〔2024〕5号", "关于修缮操场及看台的请示")]


def test_a_reply_that_names_nothing_answers_the_request_of_its_title() -> None:
    assert cited("同意。", title="关于修缮操场的批复") == [("reply", "", "关于修缮操场的请示")]


@pytest.mark.parametrize(
    ("title", "forwarded"),
    [
        ("转发县教育局关于防溺水工作的通知", "县教育局关于防溺水工作的通知"),
        ("转发《关于防溺水工作的通知》的通知", "关于防溺水工作的通知"),
    ],
)
def test_a_forwarding_names_what_it_forwards(title: str, forwarded: str) -> None:
    assert cited("各班:", title=title) == [("forwarding", "", forwarded)]


def test_a_text_lists_its_attachments() -> None:
    lines = ("特此通知。", "附件:1.参加人员名单", "2.比赛日程安排表", "青石县实验学校")
    assert cited(*lines) == [("enclosing", "", "参加人员名单"), ("enclosing", "", "比赛日程安排表")]


def test_a_paper_headed_as_attachment_belongs_to_the_one_before() -> None:
    assert cited("附件1", "参加人员名单") == [("attachment", "", "")]
    assert cited("《关于举办运动会的通知》附件", "名单") == [("attachment", "", "关于举办运动会的通知")]


def test_a_translation_says_so_at_its_head() -> None:
    assert cited("公司章程(译文)", "第一条") == [("translation", "", "")]


def test_plain_prose_cites_nothing() -> None:
    assert cited("春天到了,操场边的树都开了花。", "附近的孩子们在树下读书。", title="春天") == []


def test_numbers_and_titles_are_compared_however_they_are_written() -> None:
    assert len({number_key(one) for one in ("校发〔2024〕15号", "校發[2024]第15號", "校发 (2024) 15 号")}) == 1
    assert title_key("青石县实验学校关于修缮操场的请示") == title_key("《關於修繕操場的請示》")


TABLE = ("5 安平 松隐25号", "30 方怀瑾 松隐21号", "46 邬清和 沧渡24号")


@pytest.mark.parametrize(
    ("second", "missing"),
    [
        (("附件:名额分配", *TABLE), []),
        (("附件", "名额分配", *TABLE), []),
        (("附件:比赛日程", *TABLE), ["名额分配"]),
        (("附件:名额分配", "青石县实验学校", "2024年3月5日"), ["名额分配"]),
    ],
)
def test_an_attachment_that_follows_on_a_page_of_its_own_is_not_waited_for(
    second: tuple[str, ...], missing: list[str]
) -> None:
    first = page("关于分配名额的通知", "特此通知。", "附件:名额分配")
    found = citations(Paper.of([first, page(*second)]))
    assert [one.title for one in found if one.bond.value == "enclosing"] == missing
