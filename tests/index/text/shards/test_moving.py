"""Pages that change their shard: found exactly once at every moment, whatever is killed in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Every, Facet, Query
from index.ports import PageText, Search
from index.text.fast.adapter import FastIndex
from index.text.shards import book
from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes

FEW = Sizes(own=3, most=6)
ALL = Permit(frozenset(Marking), unfiled=True)


class Killed(BaseException):
    """Where a process would be gone."""


@contextmanager
def killed_before(number: int) -> Iterator[None]:
    """The so many-th time that anything is written, nothing is any more."""
    left = iter(range(number))

    def mortal(work: Callable[..., Any]) -> Callable[..., Any]:
        def write(*given: Any, **named: Any) -> Any:
            if next(left, None) is None:
                raise Killed
            return work(*given, **named)

        return write

    writes = [(book, "write"), (FastIndex, "add"), (FastIndex, "remove"), (FastIndex, "tidy")]
    patches = [patch.object(where, name, mortal(getattr(where, name))) for where, name in writes]
    for one in patches:
        one.start()
    try:
        yield
    except Killed:
        pass
    finally:
        for one in patches:
            one.stop()


def page(number: int, fonds: str = "A", year: int = 2000, version: int = 1) -> PageText:
    text = f"档案第{number}页"
    return PageText(
        f"p{number}", f"i{number}", version, text, fonds=fonds, date=f"{year}0101", marking="open", filed=True
    )


def found(index: ShardedIndex, **bounds: Any) -> tuple[int, Mapping[str, int], Mapping[str, int]]:
    """How many pages answer, how often each of them, and how many of each fonds."""
    answer = index.search(replace(Search(Query(Every(())), ALL, limit=1000), **bounds))
    return answer.total, Counter(hit.page_id for hit in answer.hits), answer.facets[Facet.FONDS]


def agrees(index: ShardedIndex, pages: Sequence[PageText]) -> None:
    total, ids, fonds = found(index)
    assert ids == Counter(one.page_id for one in pages)
    assert (total, index.size()) == (len(pages), len(pages))
    assert fonds == Counter(one.fonds for one in pages if one.fonds)
    assert index.versions() == {one.page_id: one.version for one in pages}


def held(root: Path) -> Sequence[str]:
    return [str(share) for share in book.read(root).shares.values()]


def settle(index: ShardedIndex) -> None:
    while index.tidy():
        pass


def test_a_page_moves_to_the_shard_of_its_new_fonds(index: ShardedIndex, root: Path) -> None:
    index.add([page(n, "A") for n in range(4)] + [page(n, "B") for n in range(4, 8)])
    settle(index)
    assert sorted(held(root)) == ["A", "B", "…"]
    index.add([page(0, "B", version=2)])
    agrees(index, [page(0, "B", version=2), *(page(n, "A") for n in (1, 2, 3)), *(page(n, "B") for n in range(4, 8))])
    assert found(index, fonds="A")[0] == 3


def test_a_page_moves_with_its_year(index: ShardedIndex, root: Path) -> None:
    pages = [page(n, "A", 1990 + n) for n in range(8)]
    index.add(pages)
    settle(index)
    assert sorted(held(root)) == ["A -1993", "A 1994-", "…"]
    index.add([page(0, "A", 1999, version=2)])
    agrees(index, [page(0, "A", 1999, version=2), *pages[1:]])


@pytest.mark.parametrize("number", range(6))
def test_a_move_that_is_killed_anywhere_shows_the_page_once(index: ShardedIndex, root: Path, number: int) -> None:
    pages = [page(n, "AB"[n % 2]) for n in range(8)]
    index.add(pages)
    settle(index)
    before, after = pages[0], page(0, "B", version=2)
    with killed_before(number):
        index.add([after])
    with closing(ShardedIndex(root, FEW)) as reader:
        version = reader.versions()["p0"]
        agrees(reader, [after if version == 2 else before, *pages[1:]])
        assert found(reader, fonds="A")[0] == 4 - (version == 2)
    with closing(ShardedIndex(root, FEW)) as writer:
        writer.add([page(9, "A")])
        agrees(writer, [after if version == 2 else before, *pages[1:], page(9, "A")])
        assert book.read(root).moving == ()
        writer.add([after])
        agrees(writer, [after, *pages[1:], page(9, "A")])


def test_a_reader_in_the_middle_of_every_write_finds_every_page_once(index: ShardedIndex, root: Path) -> None:
    pages = [page(n, "AB"[n % 2]) for n in range(8)]
    index.add(pages)
    settle(index)
    with closing(ShardedIndex(root, FEW)) as reader:

        def watched(work: Callable[..., Any]) -> Callable[..., Any]:
            def write(*given: Any) -> Any:
                assert found(reader)[1] == Counter(one.page_id for one in pages)
                done = work(*given)
                assert found(reader)[1] == Counter(one.page_id for one in pages)
                return done

            return write

        with (
            patch.object(FastIndex, "add", watched(FastIndex.add)),
            patch.object(FastIndex, "remove", watched(FastIndex.remove)),
        ):
            index.add([page(n, "BA"[n % 2], version=2) for n in range(8)])
        assert found(reader, fonds="A")[1] == Counter(["p1", "p3", "p5", "p7"])


KINDS = st.tuples(st.integers(0, 15), st.sampled_from("ABC"), st.integers(1998, 2002))


class Shelving(RuleBasedStateMachine):
    """Shards against a plain dictionary of pages, with deaths in between."""

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        self._index = ShardedIndex(Path(self._place.name), FEW)
        self._pages: dict[str, PageText] = {}
        self._version = 0

    def teardown(self) -> None:
        self._index.close()
        self._place.cleanup()

    @rule(kinds=st.lists(KINDS, min_size=1, max_size=8), death=st.none() | st.integers(0, 8))
    def add(self, kinds: list[tuple[int, str, int]], death: int | None) -> None:
        self._version += 1
        fresh = {one.page_id: one for one in (page(*kind, self._version) for kind in kinds)}
        before = dict(self._pages)
        self._die(death, lambda: self._index.add(list(fresh.values())))
        if death is None:
            self._pages |= fresh
        else:
            versions = self._index.versions()
            kept = {name: old for name, old in before.items() if versions.get(name) == old.version}
            arrived = {name: new for name, new in fresh.items() if versions.get(name) == new.version}
            assert before.keys() - fresh.keys() <= kept.keys()
            assert before.keys() <= (kept | arrived).keys()
            self._pages = kept | arrived

    @rule(numbers=st.sets(st.integers(0, 15), max_size=6))
    def remove(self, numbers: set[int]) -> None:
        gone = {f"p{number}" for number in numbers}
        self._index.remove(gone)
        self._pages = {name: one for name, one in self._pages.items() if name not in gone}

    @rule(death=st.none() | st.integers(0, 3))
    def tidy(self, death: int | None) -> None:
        self._die(death, self._index.tidy)

    @rule(death=st.none() | st.integers(0, 8))
    def rebuild(self, death: int | None) -> None:
        self._die(death, lambda: self._index.rebuild(list(self._pages.values()), lambda done, of: None))

    @invariant()
    def everything_is_found_once(self) -> None:
        agrees(self._index, list(self._pages.values()))

    def _die(self, death: int | None, work: Callable[[], object]) -> None:
        """Do it to the end, or to the death and open the index anew."""
        if death is None:
            work()
            return
        with killed_before(death):
            work()
        self._index.close()
        self._index = ShardedIndex(Path(self._place.name), FEW)


TestShelving = Shelving.TestCase
TestShelving.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestShelving = pytest.mark.slow(TestShelving)
