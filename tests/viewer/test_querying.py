"""What a searcher is told of the query and offered beyond it: only what this person may see, whoever asks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from index.domain.description import Value
from index.domain.errors import Passing
from index.domain.searching.tokens import Kind, tokens
from index.ports import Found, Search
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import Room
from viewer import suggesting


def total(browser: TestClient, query: str) -> int:
    found: int = browser.get("/api/search", params={"q": query}).json()["total"]
    return found


def page(browser: TestClient, query: str) -> str:
    return re.sub(r"\s+", " ", browser.get("/search", params={"q": query}).text)


def endings(browser: TestClient, typed: str) -> list[tuple[str, str]]:
    told = browser.get("/api/suggest", params={"q": typed}).json()["suggestions"]
    return [(one["field"], one["text"]) for one in told]


# -- the language in this room --


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("学校 全宗:J101", "学校 全宗:第一实验小学"),
        ("学校 全宗:J101", "學校 全宗:j101"),
        ("学校 全宗:J101", "学校 全宗:实验"),
        ("密级:公开", "密级:公開"),
        ("保管期限:永久", "retention:permanent"),
        ("保管期限:30年", "保管期限:定期三十年"),
        ("题名:运动会", "標題：運動會"),
        ("学校 或 劳动合同", "(学校 OR 勞動合同)"),
    ],
)
def test_a_field_is_asked_in_any_words_for_it(enter: Enter, one: str, same: str) -> None:
    archivist = enter("archivist")
    assert total(archivist, one) == total(archivist, same) > 0


def test_a_field_narrows_what_words_find(enter: Enter) -> None:
    archivist = enter("archivist")
    assert 0 < total(archivist, "学校 题名:运动会") < total(archivist, "学校")
    assert total(archivist, "学校 -题名:运动会") == total(archivist, "学校") - total(archivist, "学校 题名:运动会")
    assert total(archivist, "学校 密级:机密") == 0


def test_what_was_read_and_what_was_not_is_told_and_escaped(enter: Enter) -> None:
    told = page(enter("archivist"), "学校 题名:运动会 颜色:<b>")
    assert "“学校” + 题名:“运动会” + “颜色:&lt;b&gt;”" in told
    assert "没有看懂" in told and '<span class="code">颜色:&lt;b&gt;</span>' in told
    assert "没有看懂" not in page(enter("archivist"), "学校 题名:运动会")


@pytest.mark.parametrize("typed", ["全宗:第一实验小学", "全宗:C301", "类别:在职员工"])
def test_a_name_asked_for_does_not_tell_what_it_stands_for(enter: Enter, typed: str) -> None:
    told = page(enter("reader"), f"合同 {typed}")
    assert f"{typed.split(':')[0]}:“{typed.split(':')[1]}”" in told
    assert "J101" not in told.replace(typed, "") or "J101-" in told


def test_every_example_of_the_help_is_understood(enter: Enter) -> None:
    shown = page(enter("archivist"), "")
    asked = re.findall(r'<a class="code" href="(/search\?[^"]+)"', shown)
    assert len(asked) == 9
    for address in asked:
        assert "没有看懂" not in enter("archivist").get(address.replace("&amp;", "&")).text


def test_a_star_alone_is_every_page_that_one_may_see(held: Room, enter: Enter) -> None:
    assert total(enter("archivist"), "*") == held.home.text.size() > total(enter("reader"), "*") > 0
    assert total(enter("reader"), "*") == total(enter("reader"), "全宗:J101 *")


# -- did you mean --


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("学校 题名:运动会 颜色:红", "学校 题名:运动会"),
        ("提名:运动会", "题名:运动会"),
        ("学校 提名：运动会", "学校 题名:运动会"),
        ("标签:运动会", "运动会"),
        ("无此词语 或 劳动和合同", "无此词语 或 劳动合同"),
        ("(劳动和合同) -借款", "(劳动合同) -借款"),
        ("劳动何同", "劳动同"),
        ("劳动和合同", "劳动合同"),
        ("动劳合同", "劳动合同"),
        ("运动汇", "运动会"),
        ("合同 无此词语", "合同"),
    ],
)
def test_what_may_have_been_meant_is_offered_where_it_is_found(enter: Enter, typed: str, meant: str) -> None:
    told = page(enter("archivist"), typed)
    offered = re.findall(r"<li><a href=\"/search\?q=[^\"]+\">([^<]+)</a> <span class=\"quiet\">", told)
    found = total(enter("archivist"), meant)
    assert (meant in offered) == (found > 0)
    assert all(total(enter("archivist"), other) for other in offered)


def test_nothing_is_offered_that_only_others_may_see(enter: Enter) -> None:
    typed = "劳动和合同"
    assert total(enter("archivist"), "劳动合同") > 0 == total(enter("reader"), "劳动合同")
    assert "您要找的是不是" in page(enter("archivist"), typed)
    assert "您要找的是不是" not in page(enter("reader"), typed)


def test_a_word_that_is_left_out_takes_its_joint_along(enter: Enter) -> None:
    told = page(enter("archivist"), "(题名:无此 或 学校) 无彼")
    assert ">(题名:无此 或 学校)<" in told and ">(学校) 无彼<" not in told and "(或" not in told


def test_nothing_is_offered_where_a_precise_query_finds_little(enter: Enter) -> None:
    typed = "运动会 全宗:J101 日期:2010年至今"
    assert 0 < total(enter("archivist"), typed) <= suggesting.FEW
    assert "您要找的是不是" not in page(enter("archivist"), typed)


def test_nothing_is_offered_where_enough_was_found(enter: Enter) -> None:
    assert total(enter("archivist"), "学校") > suggesting.FEW
    assert "您要找的是不是" not in page(enter("archivist"), "学校")


def test_what_could_not_be_looked_through_is_not_offered_and_no_try_costs_much(held: Room, enter: Enter) -> None:
    whole, shares = held.home.text, []

    class Busy:
        def search(self, search: Search) -> Found:
            shares.append(search.share)
            return replace(whole.search(search), cut_short=search.share < 1)

        def size(self) -> int:
            return whole.size()

    held.home.__dict__["text"] = Busy()
    assert "您要找的是不是" not in page(enter("archivist"), "劳动和合同")
    assert 1 < len(shares) <= suggesting.MOST_TRIES + 3 and sorted(shares)[-3] <= 0.1


# -- how a word may go on --


def test_titles_creators_and_codes_are_offered_those_it_begins_first(held: Room, enter: Enter) -> None:
    title, code = held.item("contract").title, held.item("contract").reference_code
    archivist = enter("archivist")
    assert ("title", title) in endings(archivist, title[:2])
    assert ("reference_code", code) in endings(archivist, code[:6])
    found = [text for _, text in endings(archivist, "劳")]
    begun = [text.startswith("劳") for text in found]
    assert begun == sorted(begun, reverse=True) and any(begun)


@pytest.mark.parametrize("typed", ["勞動", "题名:勞", "学校 或 题名:劳动"])
def test_the_last_word_goes_on_and_the_rest_stays(enter: Enter, typed: str) -> None:
    told = enter("archivist").get("/api/suggest", params={"q": typed}).json()["suggestions"]
    head = typed[: max(typed.rfind(sign) for sign in ": ") + 1]
    assert told
    for one in told:
        assert one["query"].startswith(head) and one["text"] in one["query"].replace("“", "").replace("”", "")
        assert total(enter("archivist"), one["query"]) > 0


def test_a_field_is_completed_from_itself_alone(held: Room, enter: Enter) -> None:
    title = held.item("contract").title
    assert {field for field, _ in endings(enter("archivist"), f"题名:{title[:2]}")} == {"title"}
    assert endings(enter("archivist"), f"责任者:{title}") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "劳动 ", "a", "“劳动", "劳动)", "日期:20", "密级:公", "\0", "((", "-", "劳*"]
)
def test_what_cannot_go_on_is_offered_nothing(enter: Enter, typed: str) -> None:
    assert endings(enter("archivist"), typed) == []


def test_only_what_one_may_see_is_offered_to_go_on(held: Room, enter: Enter) -> None:
    for name in ("contract", "transfer", "doubtful"):
        item = held.item(name)
        for value in (item.title, item.reference_code, item.value("creator"), item.value("document_number")):
            if len(value) > 3:
                assert value in [text for _, text in endings(enter("archivist"), value[:4])]
                assert value not in [text for _, text in endings(enter("reader"), value[:4])]


def test_a_record_marked_anew_is_not_offered_before_the_index_knows(held: Room, enter: Enter) -> None:
    title = held.item("notice").title
    assert title in [text for _, text in endings(enter("reader"), title[:3])]
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["notice"])
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1)}))
    assert title not in [text for _, text in endings(enter("reader"), title[:3])]


def test_a_long_volume_does_not_hide_the_others(held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_PAGES", 1)
    creator = held.item("minutes").value("creator")
    with held.home.catalogue.reading() as work:
        alike = [work.items.get(item_id) for item_id in held.items.values()]
    titles = [item.title for item in alike if item.value("creator") == creator][:3]
    assert len(titles) > 1
    found = suggesting.endings(held.home, held.people["archivist"].permit, f"责任者:{creator[:3]}")
    assert [one.text for one in found] == [creator]


class Broken:
    def search(self, search: Search) -> Found:
        raise Passing("index-damaged")


def test_without_its_index_the_room_offers_nothing_and_does_not_fail(held: Room, enter: Enter) -> None:
    close(held.home)
    held.home.__dict__["text"] = Broken()
    assert endings(enter("archivist"), "劳动") == []
    assert "您要找的是不是" not in page(enter("archivist"), "劳动和合同")


@pytest.mark.parametrize(
    "value", ["劳动合同", "关于“试行”的 通知", "「甲」 乙", "“甲”「乙」", "甲 或 乙", "题名:甲", "(甲 乙)"]
)
def test_a_value_is_taken_over_as_one_part(value: str) -> None:
    (part,) = tokens(suggesting._as_one(value))
    assert part.kind in {Kind.WORD, Kind.PHRASE}
