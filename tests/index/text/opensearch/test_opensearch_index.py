"""How the adapter keeps the server: documents by page, an alias that a rebuild turns, what is told when it fails."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from index.domain.access import Role, permit_of
from index.domain.errors import Passing
from index.domain.searching.tree import Query, Words
from index.ports import PageText, Search
from index.text.opensearch.adapter import OpenSearchIndex
from tests.fakes.index.text.opensearch import Store, served


@contextmanager
def opened(store: Store) -> Iterator[OpenSearchIndex]:
    with served(store) as address, closing(OpenSearchIndex(address, "secret")) as index:
        yield index


def page(page_id: str, version: int = 1, text: str = "档案") -> PageText:
    return PageText(page_id, f"item-of-{page_id}", version, text, marking="open", filed=True)


def test_pages_are_held_by_their_ids_and_forgotten() -> None:
    with opened(Store()) as index:
        index.add([page("p"), page("q"), page("p", 2)])
        index.remove({"q", "never-seen"})
        index.add([])
        index.remove([])
        assert (index.versions(), index.size(), list(index.check())) == ({"p": 2}, 1, [])


def test_a_rebuild_turns_the_alias_and_leaves_one_index() -> None:
    store, told = Store(), list[tuple[int, int]]()
    with opened(store) as index:
        index.add([page("old")])
        [before] = store.indices
        pages = [page(f"new-{number}") for number in range(1200)]
        assert index.rebuild(pages, lambda done, of: told.append((done, of))) == 1200
        assert index.versions().keys() == {one.page_id for one in pages}
    [after] = store.indices
    assert before != after == store.aliases["muniment-text"]
    assert told[-1] == (1200, 1200)


def test_a_rebuild_that_breaks_off_leaves_the_live_index() -> None:
    store = Store()

    def breaks_off() -> Iterator[PageText]:
        yield page("new")
        raise ZeroDivisionError

    with opened(store) as index:
        index.add([page("old")])
        with pytest.raises(ZeroDivisionError):
            index.rebuild(breaks_off(), lambda done, of: None)
        assert index.versions() == {"old": 1}
        index.rebuild([page("new")], lambda done, of: None)
    assert len(store.indices) == 1


def test_a_document_that_was_changed_is_noticed() -> None:
    store = Store()
    with opened(store) as index:
        index.add([page("p"), page("q")])
        store.held("muniment-text")["p"]["marking"] = "confidential"
        assert list(index.check()) == ["page p was changed on the server"]


def test_a_search_is_sent_and_who_may_see_nothing_asks_nothing() -> None:
    store = Store()
    with opened(store) as index:
        index.add([page("p")])
        found = index.search(Search(Query(Words("档案")), permit_of(Role.READER)))
        assert [(hit.page_id, hit.item_id) for hit in found.hits] == [("p", "item-of-p")]
        assert index.search(Search(Query(Words("档案")), permit_of(Role.ADMINISTRATOR))).total == 0
    assert len(store.searches) == 1
    assert store.signed_in == {f"Basic {b64encode(b'muniment:secret').decode()}"}


def test_an_index_that_somebody_deleted_is_damage() -> None:
    store = Store()
    with opened(store) as index:
        index.add([page("p")])
        store.indices.clear()
        with pytest.raises(Passing) as told:
            index.size()
        assert told.value.code == "index-damaged"


def test_a_server_that_is_away_is_told(free_port: int) -> None:
    with closing(OpenSearchIndex(f"http://127.0.0.1:{free_port}")) as away:
        for ask in (away.size, away.versions, lambda: away.add([page("p")])):
            with pytest.raises(Passing) as told:
                ask()
            assert told.value.code == "index-unreachable"
