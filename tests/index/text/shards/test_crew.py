"""Search processes: they answer as one would, keep to their shards; who dies is not missed, who is late is told of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Query, Words
from index.ports import Found, Search
from index.text.shards.adapter import ShardedIndex
from index.text.shards.hand import Hand, Patience
from index.text.shards.shares import Sizes
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)
SOUGHT = Search(Query(Words("档案")), ALL, limit=1000)
GONE = 20.0
"""Seconds within which a process that should go is gone."""


@pytest.fixture
def alone(root: Path) -> Iterator[ShardedIndex]:
    with closing(ShardedIndex(root, Sizes(own=10, most=20))) as index:
        index.add(made_pages(60, length=80))
        while index.tidy():
            pass
        yield index


def with_two(root: Path, **patience: float) -> ShardedIndex:
    return ShardedIndex(root, processes=2, hired=lambda root: Hand(root, Patience(**{"ready": GONE} | patience)))


def processes(index: ShardedIndex) -> list[psutil.Process]:
    return [psutil.Process(pid) for pid in index.crew()]


def asked(index: ShardedIndex, expected: Found) -> list[int]:
    """The processes that were asked."""
    assert index.search(SOUGHT) == expected
    return sorted(index.crew())


def test_two_processes_answer_as_one_and_follow_what_is_written(alone: ShardedIndex, root: Path) -> None:
    with closing(with_two(root)) as index:
        pids = asked(index, alone.search(SOUGHT))
        assert len(pids) == 2
        alone.add(made_pages(8, seed=9, length=80))
        assert asked(index, alone.search(SOUGHT)) == pids
        while alone.tidy():
            pass
        assert asked(index, alone.search(SOUGHT)) == pids


def test_a_process_that_is_dead_is_not_missed(alone: ShardedIndex, root: Path) -> None:
    with closing(with_two(root)) as index:
        pids = asked(index, alone.search(SOUGHT))
        os.kill(pids[0], signal.SIGKILL)
        assert set(asked(index, alone.search(SOUGHT))) != set(pids)
        assert len(asked(index, alone.search(SOUGHT))) == 2


def test_what_does_not_answer_in_time_is_left_out_and_told(alone: ShardedIndex, root: Path) -> None:
    whole = alone.search(SOUGHT)
    with closing(with_two(root, answer=0.5)) as index:
        pids = asked(index, whole)
        os.kill(pids[0], signal.SIGSTOP)
        found = index.search(SOUGHT)
        assert found.cut_short and not found.missing
        assert 0 < found.total < whole.total
        assert {hit.page_id for hit in found.hits} < {hit.page_id for hit in whole.hits}
        assert set(asked(index, whole)) != set(pids)


def test_a_process_that_nobody_asks_leaves_and_another_comes(alone: ShardedIndex, root: Path) -> None:
    with closing(with_two(root, idle=0.05)) as index:
        pids = asked(index, alone.search(SOUGHT))
        for process in processes(index):
            process.wait(GONE)
        assert not set(pids) & set(asked(index, alone.search(SOUGHT)))


ASKS = """
import sys
from pathlib import Path
from tests.index.text.shards.test_crew import SOUGHT, with_two
index = with_two(Path(sys.argv[1]))
index.search(SOUGHT)
print(*index.crew(), flush=True)
sys.stdin.read()
"""


def test_search_processes_die_with_the_process_that_asks(alone: ShardedIndex, root: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", ASKS, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asking:
        assert asking.stdout
        crew = [psutil.Process(int(pid)) for pid in asking.stdout.readline().split()]
        for process in crew:
            os.kill(process.pid, signal.SIGSTOP)
        asking.kill()
        _, alive = psutil.wait_procs(crew, GONE)
    assert len(crew) == 2
    assert alive == []


def test_what_is_asked_before_the_crew_is_ready_is_answered_at_once(alone: ShardedIndex, root: Path) -> None:
    with closing(with_two(root, ready=0.0)) as index:
        crew = asked(index, alone.search(SOUGHT))
        for pid in crew:
            os.kill(pid, signal.SIGSTOP)
        assert asked(index, alone.search(SOUGHT)) == crew


def test_few_pages_need_no_crew(alone: ShardedIndex) -> None:
    assert asked(alone, alone.search(SOUGHT)) == []


def test_a_crew_is_closed_with_its_index(alone: ShardedIndex, root: Path) -> None:
    index = with_two(root)
    asked(index, alone.search(SOUGHT))
    crew = processes(index)
    index.close()
    assert not any(process.is_running() for process in crew)


def test_a_damaged_part_is_missing_from_the_answer_of_a_crew(
    alone: ShardedIndex, root: Path, spoil: Callable[[Path, str], Path]
) -> None:
    whole = alone.search(SOUGHT)
    spoil(root, ".pages")
    with closing(with_two(root)) as index:
        found = index.search(SOUGHT)
        assert len(index.crew()) == 2
    assert len(found.missing) == 1
    assert 0 < found.total < whole.total
