"""Saved searches are their person's alone, and a page is new to those who could not see it before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Role, permit_of
from index.domain.description import Value
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Item, ItemState, PageState
from index.domain.people import Person
from index.domain.proof.proofing import Correction
from index.domain.reading import Box
from index.domain.searching.saved import LONGEST_NAME, SavedSearch, named
from index.ports import Work
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import reading, scan

READER, ARCHIVIST = permit_of(Role.READER), permit_of(Role.ARCHIVIST)
NOBODY = permit_of(Role.ADMINISTRATOR)


def saved(name: str = "合同", person: str = "p1", **fields: object) -> SavedSearch:
    return replace(SavedSearch(f"{person}-{name}", person, name, "q=合同", True, MORNING), **fields)  # type: ignore[arg-type]


@pytest.fixture
def people(catalogue: SqlCatalogue) -> SqlCatalogue:
    with catalogue.writing() as work:
        for one in ("p1", "p2"):
            work.people.add(Person(one, one, Role.READER, "", MORNING))
    return catalogue


def test_a_saved_search_comes_back_as_it_went_in_to_its_person_alone(people: SqlCatalogue) -> None:
    with people.writing() as work:
        work.saved.add(saved())
        work.saved.add(saved("安全"))
        work.saved.add(saved(person="p2"))
        assert [one.name for one in work.saved.of_person("p1")] == ["合同", "安全"]
        assert work.saved.get("p1", "p1-合同") == saved()
        with pytest.raises(Missing):
            work.saved.get("p2", "p1-合同")
        work.saved.remove("p1-合同")
        assert [one.name for one in work.saved.of_person("p1")] == ["安全"]


def test_a_person_has_each_name_once(people: SqlCatalogue) -> None:
    with people.writing() as work:
        work.saved.add(saved())
        work.saved.add(saved("安全"))
    for deed in ("add", "keep"):
        with pytest.raises(Conflict), people.writing() as work:
            getattr(work.saved, deed)(saved(id="p1-安全" if deed == "keep" else "another"))


def test_a_name_is_one_line_and_never_empty() -> None:
    assert named("  劳动\n 合同 ", "x") == "劳动 合同"
    assert named(" ", "合同") == "合同"
    assert len(named("长" * 200, "")) == LONGEST_NAME


# -- what is new --


def captured(work: Work, name: str, state: ItemState = ItemState.DESCRIBED, marking: str = "") -> str:
    """An item of one read page; the id of the page."""
    description = {"marking": Value(marking, 1.0)} if marking else {}
    work.items.add(Item(name, state, MORNING, "fonds-1", description=description))
    one = scan(name.encode(), item_id=name)
    work.scans.add(one)
    [page] = work.pages.lay_out(one, 1)
    work.pages.save(page, reading())
    return page.id


def indexed(work: Work) -> None:
    work.pages.indexed({page.id: page.version for page in work.pages.behind(100)})


def became(work: Work, name: str, state: ItemState, marking: str) -> None:
    item = work.items.get(name)
    work.items.save(replace(item, state=state, description={"marking": Value(marking, 1.0)}))
    indexed(work)


def test_a_page_arrives_for_archivists_when_it_is_read_and_for_readers_when_it_is_filed(
    catalogue: SqlCatalogue,
) -> None:
    with catalogue.writing() as work:
        page = captured(work, "one")
        assert work.arrivals.since(ARCHIVIST, 0) == {}
        indexed(work)
        read = work.arrivals.newest()
        assert work.arrivals.since(ARCHIVIST, 0) == {page: "one"}
        assert work.arrivals.since(READER, 0) == {}
        became(work, "one", ItemState.FILED, "internal")
        assert work.arrivals.since(READER, read) == {page: "one"}
        assert work.arrivals.since(ARCHIVIST, read) == {}
        assert work.arrivals.since(NOBODY, 0) == {}


def test_what_is_marked_more_openly_is_new_to_those_who_could_not_read_it(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        page = captured(work, "one", ItemState.FILED, "confidential")
        indexed(work)
        before = work.arrivals.newest()
        became(work, "one", ItemState.FILED, "internal")
        then = work.arrivals.newest()
        assert work.arrivals.since(READER, before) == {page: "one"}
        assert work.arrivals.since(READER, before, until=before) == {}
        became(work, "one", ItemState.FILED, "open")
        assert work.arrivals.since(READER, then) == {}
        became(work, "one", ItemState.FILED, "confidential")
        assert work.arrivals.since(READER, work.arrivals.newest()) == {}


def test_reading_or_indexing_again_is_no_arrival(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        page_id = captured(work, "one", ItemState.FILED, "open")
        indexed(work)
        newest = work.arrivals.newest()
        work.pages.save(replace(work.pages.get(page_id), state=PageState.READ), reading())
        indexed(work)
        work.pages.indexed({page_id: work.pages.get(page_id).version})
        assert work.arrivals.newest() == newest


def test_a_page_that_changed_while_it_was_indexed_arrives_with_its_next_version(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        page_id = captured(work, "one", ItemState.FILED, "open")
        old = work.pages.get(page_id).version
        work.items.restamp("one")
        work.pages.indexed({page_id: old})
        assert work.arrivals.newest() == 0
        indexed(work)
        assert work.arrivals.since(READER, 0) == {page_id: "one"}


def test_what_was_withdrawn_is_no_news_and_the_newest_come_first(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        pages = [captured(work, name, ItemState.FILED, "open") for name in ("one", "two", "three")]
        gone = captured(work, "gone", ItemState.WITHDRAWN, "open")
        for page in pages:
            work.pages.indexed({page: work.pages.get(page).version})
        indexed(work)
        assert list(work.arrivals.since(READER, 0)) == pages[::-1]
        assert list(work.arrivals.since(READER, 0, limit=2)) == [pages[2], pages[1]]
        assert gone not in work.arrivals.since(ARCHIVIST, 0)


def test_what_an_older_catalogue_holds_is_new_to_nobody(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    with catalogue.writing() as work:
        page_id = captured(work, "one", ItemState.FILED, "open")
        indexed(work)
        before = reading("旧文")
        work.pages.save(work.pages.get(page_id), before)
        line = Correction("c1", page_id, 0, "旧文", Box(0, 0, 1, 1), "旧文", "新文", "张", MORNING)
        work.proofs.keep([line])
        indexed(work)
    catalogue.close()
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as raw:
        raw.executescript("DROP TABLE arrival; DROP TABLE saved_search; DROP TABLE fair_copy;")
        raw.execute("UPDATE alembic_version SET version_num = '0007'")
        raw.commit()
    catalogue.migrate()
    with catalogue.writing() as work:
        assert work.arrivals.since(READER, work.arrivals.newest()) == {}
        assert work.arrivals.since(READER, 0) == {page_id: "one"}
        assert work.cards.of([page_id])[page_id].text == "新文"
