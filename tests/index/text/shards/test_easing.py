"""What is mapped beyond a bound is given back between two questions, and read again when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Query, Words
from index.ports import Found, Search
from index.text.shards import stacks
from index.text.shards.adapter import ShardedIndex
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)


@pytest.fixture
def index(root: Path) -> Iterator[ShardedIndex]:
    with closing(ShardedIndex(root)) as opened:
        opened.add(made_pages(60))
        yield opened


def found(index: ShardedIndex, word: str) -> Found:
    return index.search(Search(Query(Words(word)), ALL))


def resident(root: Path) -> int:
    """Kilobytes of the index that are mapped by this process and lie in memory."""
    lines = iter(Path("/proc/self/smaps").read_text("utf-8").splitlines())
    sizes, ours = 0, False
    for line in lines:
        if "-" in line.split(maxsplit=1)[0]:
            ours = str(root) in line
        elif ours and line.startswith("Rss:"):
            sizes += int(line.split()[1])
    return sizes


def test_below_the_bound_pages_stay_mapped(index: ShardedIndex, root: Path) -> None:
    assert found(index, "档案").total
    assert resident(root) > 0


def test_beyond_the_bound_they_are_given_back_and_answers_stay_the_same(
    index: ShardedIndex, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(index, "档案")
    monkeypatch.setattr(stacks, "MOST_MAPPED", 0)
    assert found(index, "档案") == before
    assert resident(root) == 0
    assert found(index, "档案") == before
