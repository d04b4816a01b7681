"""The page of hits: by item and file, facets that add up, orders, what one may not read anywhere on it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from index.domain.access import Marking
from index.domain.errors import Passing
from index.ports import Found, Search
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.sheets import sheet
from tests.viewer import seeding
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import Room
from viewer import without_index


def shown(enter: Enter, at: str, name: str = "archivist") -> str:
    answer = enter(name).get(at)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def rows(page: str) -> list[str]:
    return page.split('<li class="hit-row">')[1:]


def codes(page: str) -> list[str]:
    return [found[1] for row in rows(page) if (found := re.search(r'class="code">([^<]+)<', row))]


def facet(page: str, value: str) -> int:
    found = re.search(rf"</?span[^>]*>{re.escape(value)}</span> <span class=\"number\">([\d,]+)<", page)
    assert found, value
    return int(found[1].replace(",", ""))


def test_an_item_stands_once_with_its_best_page_and_names_the_others(held: Room, enter: Enter) -> None:
    page = shown(enter, "/search?q=的")
    minutes = [row for row in rows(page) if f"/items/{held.items['minutes']}?" in row]
    assert len(minutes) == 1
    best = re.search(r"page=(\d+)", minutes[0])
    also = re.search(r'class="also">(.*?)</p>', minutes[0], re.S)
    assert best and also
    numbers = re.findall(r"page=(\d+)[^>]*>(\d+)</a>", also[1])
    assert all(link == text for link, text in numbers)
    assert sorted({best[1], *(text for _, text in numbers)}) == ["1", "2", "3", "4", "5"]


def test_behind_the_last_page_it_does_not_say_that_nothing_was_found(enter: Enter) -> None:
    page = shown(enter, "/search?q=的&page=400")
    assert "没有更多结果了。" in page and "没有找到" not in page and not rows(page)
    assert 'href="/search?q=%E7%9A%84">回到最前面的结果' in page
    assert "没有找到" in shown(enter, "/search?q=无此词语&page=400")


def test_what_is_longer_than_is_heeded_is_answered_and_what_was_passed_over_is_told(enter: Enter) -> None:
    page = shown(enter, "/search?q=" + "学校 " * 67 + "运动会")
    assert codes(page) == codes(shown(enter, "/search?q=学校")) != []
    assert "没有看懂" in page and '<span class="code">运动会</span>' in page


def test_where_nothing_is_found_it_says_where_was_looked(enter: Enter) -> None:
    assert "已在您可以查阅的全部页面中" in shown(enter, "/search?q=无此词语")
    assert "已在所限定的范围内" in shown(enter, "/search?q=无此词语&fonds=J101")


def test_pages_and_items_are_counted(enter: Enter) -> None:
    told = enter("archivist").get("/api/search?q=的&by=item").json()
    assert told["items"] == len(told["hits"]) < told["total"]
    assert f"{told['total']} 页，{told['items']} 件" in shown(enter, "/search?q=的")
    by_page = enter("archivist").get("/api/search?q=的&limit=200").json()
    assert len(by_page["hits"]) == told["total"] and "items" not in by_page
    assert len(rows(shown(enter, "/search?q=的&by=page"))) == min(20, told["total"])


def test_the_grouped_json_adds_to_the_hits_of_the_interface(held: Room, enter: Enter) -> None:
    hits = enter("archivist").get("/api/search?q=的&by=item").json()["hits"]
    plain = enter("archivist").get("/api/search?q=的").json()["hits"]
    assert {*hits[0]} == {*plain[0]} | {"also", "more"}
    [minutes] = [hit for hit in hits if hit["item"] == held.items["minutes"]]
    assert len({minutes["page"], *minutes["also"]}) + minutes["more"] == 5


@pytest.fixture
def filed_together(held: Room) -> list[str]:
    """Two more contracts of the employee whose contract the room holds: one subject file with three items."""
    contract = sheet("contract", 7)
    return [seeding._item(held.home, seeding.COMPANY, [contract], 50, marking=Marking.PERSONAL) for _ in range(2)]


def test_items_of_one_file_stand_together_under_its_title(held: Room, enter: Enter, filed_together: list[str]) -> None:
    page = shown(enter, "/search?q=劳动合同")
    [block] = re.findall(r'<li class="of-file">(.*?)</ol>', page, re.S)
    title = re.search(r"/search\?[^\"]*file=([\w-]+)[^>]*>([^<]+)</a>", block)
    assert title and title[1] == held.item("contract").file_id
    assert {item for item in [*filed_together, held.items["contract"]] if f"/items/{item}?" in block} == {
        *filed_together,
        held.items["contract"],
    }


def test_a_search_within_a_file_finds_its_items_alone(held: Room, enter: Enter, filed_together: list[str]) -> None:
    file_id = held.item("contract").file_id
    page = shown(enter, f"/search?q=的&file={file_id}")
    assert len(rows(page)) == 3 and 'class="of-file"' not in page
    assert all(code.startswith("C301-RS") for code in codes(page))
    assert enter("reader").get(f"/search?q=的&file={file_id}").status_code == 404
    assert 'href="/search?q=%E7%9A%84"' in page
    browse = shown(enter, f"/browse?fonds=C301&series=RS·ZZ&file={file_id}")
    assert f'name="file" value="{file_id}"' in browse


def test_a_search_within_an_item_finds_its_pages_alone(held: Room, enter: Enter) -> None:
    page = shown(enter, f"/search?q=的&item={held.items['minutes']}&by=page")
    assert len(rows(page)) == 5
    assert enter("reader").get(f"/search?q=的&item={held.items['contract']}").status_code in {403, 404}
    assert 'class="within' in shown(enter, f"/items/{held.items['minutes']}")


def test_values_of_one_facet_add_up_and_each_says_what_it_would_add(enter: Enter) -> None:
    every = enter("archivist").get("/api/search?q=的").json()
    first, second, *_ = every["facets"]["year"]
    both = shown(enter, f"/search?q=的&year={first}&year={second}")
    counts = {year: every["facets"]["year"][year] for year in (first, second)}
    assert f"{sum(counts.values())} 页" in both
    assert {year: facet(both, year) for year in every["facets"]["year"]} == every["facets"]["year"]
    told = enter("archivist").get(f"/api/search?q=的&year={first}&year={second}").json()
    assert told["total"] == sum(counts.values())


def test_facets_and_counts_are_of_what_one_may_read(enter: Enter) -> None:
    page = shown(enter, "/search?q=的&fonds=C301", "reader")
    assert facet(page, "C301") == 0 and rows(page) == []
    assert "个人信息" not in page
    assert "C301" not in shown(enter, "/search?q=的", "reader")


@pytest.mark.parametrize("name", ["fonds", "series", "year", "retention", "marking"])
def test_every_facet_narrows_by_its_link(enter: Enter, name: str) -> None:
    page = shown(enter, "/search?q=的")
    links = re.findall(rf'href="(/search\?[^"]*{name}=[^"]*)"', page)
    assert links
    narrowed = shown(enter, links[0])
    assert 'aria-current="true"' in narrowed.split('class="answers"')[0]
    assert len(rows(narrowed)) <= len(rows(page))


def test_a_value_that_an_address_invents_finds_nothing(enter: Enter) -> None:
    page = enter("archivist").get("/search?q=合同&retention=foo&year=x")
    assert page.status_code == 200 and "foo" in page.text


def test_hits_are_ordered_as_asked(enter: Enter) -> None:
    def dates(order: str) -> list[str]:
        return [hit["date"] or "" for hit in enter("archivist").get(f"/api/search?q=的&sort={order}").json()["hits"]]

    newest, oldest = dates("newest"), [date for date in dates("oldest") if date]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    found = codes(shown(enter, "/search?q=的&sort=code"))
    assert found == sorted(found)
    assert enter("archivist").get("/api/search?q=的&sort=upwards").status_code == 400


def test_links_of_the_page_keep_the_rest_of_the_address(enter: Enter) -> None:
    page = shown(enter, "/search?q=的&year=2015&sort=newest&by=page")
    assert '/search?q=%E7%9A%84&year=2015&sort=newest"' in page
    assert '/search?q=%E7%9A%84&year=2015&by=page"' in page


class Broken:
    def search(self, search: Search) -> Found:
        raise Passing("index-damaged")


def test_an_index_that_was_taken_away_does_not_answer_that_there_is_nothing(held: Room, enter: Enter) -> None:
    close(held.home)
    held.home.__dict__["text"] = MemoryTextIndex()
    told = enter("archivist").get("/api/search?q=关于").json()
    assert told["total"] > 0 and told["whole"] is False
    assert "全文索引暂时不可用" in shown(enter, "/search?q=关于")
    assert "全文索引暂时不可用" in shown(enter, "/search?q=无此词语")
    assert enter("archivist").get("/api/status").json()["index"]["pages"] is None


def test_without_its_index_the_catalogue_keeps_to_the_bounds_too(held: Room, enter: Enter) -> None:
    close(held.home)
    held.home.__dict__["text"] = Broken()
    notice = held.item("notice")
    year, series = notice.value("date")[:4], notice.value("series")
    narrowed = rows(shown(enter, f"/search?q=关于&year={year}&year=1901&series={series}"))
    assert [row for row in narrowed if notice.id in row]
    assert all(f">{year}-" in row for row in narrowed)
    assert rows(shown(enter, "/search?q=关于&year=1901&year=1902")) == []
    assert rows(shown(enter, "/search?q=关于&marking=open&fonds=J101")) != narrowed


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("關於 通知", True),
        ("通知 關於", True),
        ("“关于” 或 无此词语", True),
        ("题名:关*通知", True),
        ("文号:关于", False),
        ("关于 -通知", False),
        ("关于 通知 无此词语", False),
        ("通知 日期:1900年至1999年", False),
    ],
)
def test_without_its_index_the_catalogue_reads_the_query_as_the_index_would(
    held: Room, enter: Enter, typed: str, found: bool
) -> None:
    close(held.home)
    held.home.__dict__["text"] = Broken()
    told = enter("archivist").get("/api/search", params={"q": typed}).json()
    assert (held.items["notice"] in {hit["item"] for hit in told["hits"]}) == found
    assert not told["whole"] and not told["cut_short"]


def test_without_its_index_so_many_items_are_looked_through_and_the_rest_is_told(
    held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(held.home)
    held.home.__dict__["text"] = Broken()
    whole = enter("archivist").get("/api/search?q=通知").json()
    monkeypatch.setattr(without_index, "MOST", 2)
    monkeypatch.setattr(without_index, "_BATCH", 2)
    told = enter("archivist").get("/api/search?q=通知").json()
    assert told["cut_short"] and told["total"] < whole["total"]
    assert "只查了一部分页面" in shown(enter, "/search?q=通知")


class Cut:
    """An index that looks through a part of the pages only."""

    def search(self, search: Search) -> Found:
        return Found(0, (), {}, cut_short=True)


def test_a_search_that_asks_for_too_much_is_answered_in_part_and_told_how_to_narrow_it(
    held: Room, enter: Enter
) -> None:
    held.home.__dict__["text"] = Cut()
    assert "只查了一部分页面" in shown(enter, "/search?q=的*是*年")
    told = enter("archivist").get("/api/search?q=的*是*年").json()
    assert told["cut_short"] and not told["whole"]


def test_what_may_have_been_meant_keeps_the_bounds_and_counts_within_them(enter: Enter) -> None:
    offered = re.compile(r'<a href="(/search\?q=[^"]+)">劳动合同</a> <span class="quiet">([\d,]+) 页')
    years = enter("archivist").get("/api/search?q=劳动合同").json()["facets"]["year"]
    first = next(iter(years))
    for bounds, pages in (("", None), (f"&year={first}", years[first]), (f"&year={first}&year=1901", years[first])):
        found = offered.search(shown(enter, f"/search?q=劳动和合同{bounds}"))
        assert found and found[1].endswith(bounds)
        assert pages is None or int(found[2]) == pages > 0
    assert not offered.search(shown(enter, "/search?q=劳动和合同&year=1901&year=1902"))
