"""Pages like one: of other items, within the permit, with what they share marked."""

from __future__ import annotations

from dataclasses import replace

from index.domain.access import Marking
from index.domain.description import Value
from index.domain.errors import Passing
from index.ports import Found, Search, TextIndex
from tests.sheets import sheet
from tests.viewer import seeding
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import Room


def like(held: Room, name: str, page: int = 1) -> str:
    return f"/items/{held.items[name]}/like?page={page}"


def test_the_nearest_pages_of_other_items_come_first(held: Room, enter: Enter) -> None:
    twin = seeding._item(held.home, seeding.COMPANY, [sheet("contract", 7)], 50, marking=Marking.PERSONAL)
    seeding._item(held.home, seeding.COMPANY, [sheet("contract", 8)], 50, marking=Marking.PERSONAL)
    page = enter("archivist").get(like(held, "contract")).text
    first = page.split('<li class="hit-row">')[1]
    assert f"/items/{twin}?" in first and "<mark>" in first
    assert f"/items/{held.items['contract']}?" not in page.split('class="hits alone"')[1]


def test_only_what_one_may_read_is_like_anything(held: Room, enter: Enter) -> None:
    hidden = seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 3)], 50, marking=Marking.CONFIDENTIAL)
    assert hidden in enter("archivist").get(like(held, "notice")).text
    assert hidden not in enter("reader").get(like(held, "notice")).text
    assert enter("reader").get(like(held, "contract")).status_code == 403
    assert enter("reader").get(like(held, "notice", 9)).status_code == 404


def test_restricted_pages_that_are_shown_are_journalled(held: Room, enter: Enter) -> None:
    hidden = seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 3)], 50, marking=Marking.CONFIDENTIAL)
    enter("archivist").get(like(held, "notice"))
    with held.home.catalogue.reading() as work:
        found = [event for event in work.journal.all() if event.verb == "search"]
    assert hidden in str(found[-1].details["items"])


class Broken:
    def search(self, search: Search) -> Found:
        raise Passing("index-damaged")


def test_without_the_index_the_page_says_so(held: Room, enter: Enter) -> None:
    close(held.home)
    held.home.__dict__["text"] = Broken()
    answer = enter("reader").get(like(held, "notice"))
    assert answer.status_code == 200 and 'class="warning"' in answer.text
    assert "hit-row" not in answer.text


def test_the_page_of_an_item_leads_there(held: Room, enter: Enter) -> None:
    assert like(held, "notice") in enter("reader").get(f"/items/{held.items['notice']}").text


def test_what_was_marked_more_closely_since_counts_for_no_reader(held: Room, enter: Enter) -> None:
    """Neither shown, nor in how common a word is: the index may still hold it under its older marking."""
    twin = seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 3)], 50, marking=Marking.INTERNAL)
    counted = held.home.__dict__["text"] = Counting(held.home.text)
    assert twin in enter("reader").get(like(held, "notice")).text
    with held.home.catalogue.writing() as work:
        item = work.items.get(twin)
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1.0)}))
    counted.searches.clear()
    assert twin not in enter("reader").get(like(held, "notice")).text
    assert len(counted.searches) > 2 and all(twin in search.without for search in counted.searches)


class Counting:
    """An index that remembers what it was asked."""

    def __init__(self, text: TextIndex) -> None:
        self._text = text
        self.searches: list[Search] = []

    def search(self, search: Search) -> Found:
        self.searches.append(search)
        return self._text.search(search)
