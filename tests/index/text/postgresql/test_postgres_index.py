"""What is PostgreSQL's alone: one writer, changed rows, a rebuild that breaks off, a server that is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from index.domain.access import Marking, Permit
from index.domain.errors import Conflict, Passing
from index.domain.folding import folded
from index.domain.searching.tree import Every, Query, Section, Words
from index.ports import PageText, Search
from index.text.postgresql.adapter import PostgresIndex

pytestmark = [pytest.mark.slow, pytest.mark.servers]
ALL = Permit(frozenset(Marking), unfiled=True)


@pytest.fixture
def index(postgresql_address: str) -> Iterator[PostgresIndex]:
    with psycopg.connect(postgresql_address) as connection:
        connection.execute("DROP SCHEMA IF EXISTS muniment_text CASCADE")
    with closing(PostgresIndex(postgresql_address, patience=0.05)) as opened:
        yield opened


def page(page_id: str, text: str) -> PageText:
    return PageText(page_id, f"item-of-{page_id}", 1, text, marking="open", filed=True)


def total(index: PostgresIndex, text: str) -> int:
    return index.search(Search(Query(Words(text)), ALL)).total


@pytest.mark.parametrize(
    "change",
    ["page = 'another'", "marking = 'confidential'", "filed = false", "version = 7", "pairs = '{}'", "date = '1999'"],
)
def test_a_row_that_was_changed_is_noticed(index: PostgresIndex, postgresql_address: str, change: str) -> None:
    index.add([page("p", "档案"), page("q", "档案\n第二行")])
    assert list(index.check()) == []
    with psycopg.connect(postgresql_address) as connection:
        connection.execute(f"UPDATE muniment_text.pages SET {change} WHERE page_id = 'p'".encode())
    assert list(index.check()) == ["page p was changed in the database"]


def test_while_one_writes_another_is_told_and_readers_go_on(index: PostgresIndex, postgresql_address: str) -> None:
    index.add([page("p", "档案")])
    with closing(PostgresIndex(postgresql_address, patience=0.05)) as other:

        def pages() -> Iterator[PageText]:
            with pytest.raises(Conflict, match="Another process"):
                other.add([page("r", "档案")])
            assert total(other, "档案") == 1
            yield page("q", "档案")

        assert index.rebuild(pages(), lambda done, of: None) == 1
        other.add([page("r", "档案")])
    assert index.versions() == {"q": 1, "r": 1}


def test_what_takes_too_long_is_given_up_and_told(index: PostgresIndex, postgresql_address: str) -> None:
    index.add([page("p", "档案")])
    with closing(PostgresIndex(postgresql_address, deadline=0.05)) as hasty:
        assert total(hasty, "档案") == 1
        with psycopg.connect(postgresql_address) as connection:
            connection.execute("LOCK TABLE muniment_text.pages IN ACCESS EXCLUSIVE MODE")
            found = hasty.search(Search(Query(Words("档案")), ALL))
        assert (found.total, found.cut_short) == (0, True)
        assert total(hasty, "档案") == 1


def test_a_rebuild_that_breaks_off_leaves_everything_as_it_was(index: PostgresIndex) -> None:
    index.add([page("p", "档案")])

    def breaks_off() -> Iterator[PageText]:
        yield from (page(f"new-{number}", "合同") for number in range(1500))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.rebuild(breaks_off(), lambda done, of: None)
    assert (index.versions(), total(index, "合同")) == ({"p": 1}, 0)
    assert index.rebuild([page("p", "合同")], lambda done, of: None) == 1


def test_of_a_page_that_comes_twice_in_a_rebuild_the_last_counts(index: PostgresIndex) -> None:
    pages = [page("p", "档案"), *(page(f"{number}", "卷") for number in range(1200)), page("p", "合同")]
    assert index.rebuild(pages, lambda done, of: None) == 1201
    assert (total(index, "档案"), total(index, "合同")) == (0, 1)


def test_a_server_that_is_away_is_told(tmp_path: object) -> None:
    with closing(PostgresIndex(f"postgresql://muniment@/none?host={tmp_path}")) as away:
        for ask in (away.size, away.versions, lambda: total(away, "档案"), lambda: away.add([page("p", "档案")])):
            with pytest.raises(Passing) as told:
                ask()
            assert told.value.code == "index-unreachable"


def test_a_user_who_may_make_nothing_there_is_told_so(index: PostgresIndex, postgresql_address: str) -> None:
    with psycopg.connect(postgresql_address) as connection:
        connection.execute("DROP ROLE IF EXISTS stranger")
        connection.execute("CREATE ROLE stranger LOGIN")
    address = postgresql_address.replace("muniment@", "stranger@")
    with closing(PostgresIndex(address)) as strange, pytest.raises(Passing, match="permission denied"):
        strange.size()


def test_a_table_that_somebody_dropped_is_damage_and_a_rebuild_mends_it(
    index: PostgresIndex, postgresql_address: str
) -> None:
    index.add([page("p", "档案")])
    with psycopg.connect(postgresql_address) as connection:
        connection.execute("DROP TABLE muniment_text.pages")
    with pytest.raises(Passing, match="damaged"):
        total(index, "档案")
    assert index.rebuild([page("p", "档案")], lambda done, of: None) == 1
    assert total(index, "档案") == 1


def test_text_that_no_database_takes_is_kept_and_found(index: PostgresIndex) -> None:
    index.add([page("p", "甲\0乙\ud800丙\x1e丁")])
    for leaf in (folded("甲\0乙").text, "\ud800", "乙\ud800丙", "丁"):
        assert total(index, leaf) == 1, leaf
    assert index.search(Search(Query(Words("甲\0乙", Section.TITLE)), ALL)).total == 0
    assert list(index.check()) == []


def test_what_came_in_lately_is_sorted_in_when_idle(index: PostgresIndex) -> None:
    assert not index.tidy()
    index.add([page(f"{number}", f"第{number}页的文字") for number in range(50)])
    assert index.tidy()
    assert not index.tidy()
    assert index.search(Search(Query(Every(())), ALL)).total == 50
