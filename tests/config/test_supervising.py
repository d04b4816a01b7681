"""Several processes live as one: started again, told of when they die, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from config.supervising import running

ROOT = Path(__file__).parents[2]
SUPERVISOR = """
import sys
from config import supervising
from config.supervising import Supervisor
from index.domain.errors import Busy
supervising.TOO_SOON = 0.1
def gone(pid):
    print("gone", pid, flush=True)
    raise Busy("busy")
child = [sys.executable, "-c", sys.argv[1]]
Supervisor({"one": child, "two": child}, gone).run()
print("ended", flush=True)
"""
STAYS = """
import os, signal
from config.supervising import end_with_parent
end_with_parent()
print("started", os.getpid(), flush=True)
signal.pause()
"""

pytestmark = pytest.mark.slow


@contextmanager
def supervised(child: str = STAYS) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A supervisor of two children, and their pids."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SUPERVISOR, child]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as supervisor:
        yield supervisor, [heard(supervisor, "started") for _ in range(2)]
        supervisor.kill()


def heard(supervisor: subprocess.Popen[str], word: str) -> int:
    """The pid that the next line with this word names."""
    assert supervisor.stdout
    for line in supervisor.stdout:
        if line.startswith(word):
            return int([*line.split(), "0"][1])
    raise AssertionError(f"never heard: {word}")


def test_a_child_that_dies_is_told_of_and_started_again_although_telling_fails() -> None:
    with supervised() as (supervisor, [first, second]):
        os.kill(first, signal.SIGKILL)
        assert heard(supervisor, "gone") == first
        assert heard(supervisor, "started") not in (first, second)
        assert psutil.pid_exists(second)


def test_all_end_cleanly_with_a_word_to_the_supervisor() -> None:
    with supervised() as (supervisor, children):
        supervisor.send_signal(signal.SIGTERM)
        assert {heard(supervisor, "gone") for _ in children} == set(children)
        heard(supervisor, "ended")
        assert supervisor.wait(10) == 0
        assert not any(psutil.pid_exists(child) for child in children)


def test_children_end_with_a_supervisor_that_is_killed() -> None:
    with supervised() as (supervisor, children):
        processes = [psutil.Process(child) for child in children]
        supervisor.kill()
        _, alive = psutil.wait_procs(processes, timeout=10)
        assert alive == []


def test_a_child_that_dies_at_once_is_not_started_in_a_rush() -> None:
    with supervised("import os; print('started', os.getpid(), flush=True)") as (supervisor, _):
        for _ in range(2):
            heard(supervisor, "gone")
            heard(supervisor, "started")


def test_a_command_runs_for_as_long_as_it_is_needed() -> None:
    before = psutil.Process().children()  # another test's cage may still be leaving
    with running([sys.executable, "-c", "import signal; signal.pause()"]):
        [child] = [one for one in psutil.Process().children() if one not in before]
    assert not child.is_running()


def test_what_a_person_started_outlives_the_shell_it_was_started_from() -> None:
    shell = """import subprocess, sys; subprocess.Popen([sys.executable, "-c", sys.argv[1]]); sys.stdin.readline()"""
    command = [sys.executable, "-c", shell, STAYS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as person:
        started = psutil.Process(heard(person, "started"))
        person.kill()
        person.wait()
        assert started.is_running() and started.status() != psutil.STATUS_ZOMBIE
        started.kill()
