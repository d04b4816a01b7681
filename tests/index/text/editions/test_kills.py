"""A writer that is killed loses nothing it acknowledged, whatever it was doing: adding, committing, merging."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Every, Query
from index.ports import Search
from tests.fakes.index.text.mortal import ADAPTERS
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)
STAGES = ("add", "commit", "merge")


class Mortal:
    """The process that forks writers, and what each of them says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def killed_at(self, stage: str, times: int, adapter: str, folder: Path, seed: int) -> set[str]:
        """Begin a writer, kill it as it enters this stage for the so many-th time; the pages it said were safe."""
        assert self._process.stdin and self._process.stdout
        print(adapter, folder, seed, file=self._process.stdin, flush=True)
        pid, safe = 0, set()
        for line in self._process.stdout:
            word, *rest = line.split()
            if word == "dead":
                break
            if word == "pid":
                pid = int(rest[0])
            elif word == "safe":
                safe.update(rest)
            elif rest == [stage]:
                times -= 1
            if pid and times <= 0:
                os.kill(pid, signal.SIGKILL)
                pid = 0
        assert times <= 0, "the writer ended before it was killed"
        return safe


@pytest.fixture
def mortal() -> Iterator[Mortal]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.fakes.index.text.mortal"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Mortal(process)
        process.kill()


@pytest.mark.parametrize(
    ("adapter", "kills"),
    [
        ("fast", 10),
        ("shards", 6),
        pytest.param("shards", 20, marks=pytest.mark.slow),
        pytest.param("fast", 100, marks=pytest.mark.slow),
        pytest.param("stock", 20, marks=pytest.mark.slow),
    ],
)
@pytest.mark.timeout(1500)
def test_a_killed_writer_leaves_all_it_acknowledged(mortal: Mortal, tmp_path: Path, adapter: str, kills: int) -> None:
    chance, hit = random.Random(kills), Counter[str]()
    for turn in range(kills):
        stage = "commit" if adapter == "stock" else STAGES[turn % 3]
        folder = tmp_path / str(turn // 10)
        safe = mortal.killed_at(stage, chance.randrange(1, 12), adapter, folder, turn)
        hit[stage] += 1
        _is_sound(adapter, folder, turn, safe)
    assert sum(hit.values()) == kills


def _is_sound(adapter: str, folder: Path, seed: int, safe: set[str]) -> None:
    """It opens, holds what was safe, and takes all of it once more."""
    index = ADAPTERS[adapter](folder)
    assert list(index.check()) == []
    assert safe <= set(index.versions())
    held = index.size()
    again = [page for page in made_pages(400, seed=seed, length=60) if page.page_id in safe]
    index.add(again)
    assert index.size() == held
    assert index.search(Search(Query(Every(())), ALL)).total == held
    assert list(index.check()) == []
    index.close()
