"""One process at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.locks import hold
from index.domain.errors import Conflict

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from config.locks import hold
with hold(Path(sys.argv[1]), "second-watcher"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_held_by_another_process_is_refused_and_freed_by_its_death(tmp_path: Path) -> None:
    place = tmp_path / "locks" / "watch"
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(Conflict) as told, hold(place, "second-watcher"):
            raise AssertionError("held twice")
        assert told.value.code == "second-watcher"
        holder.kill()
        holder.wait()
        with hold(place, "second-watcher"):
            pass


def test_a_lock_is_given_back_whatever_happened_inside(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), hold(tmp_path / "lock", "already-running"):
            raise ZeroDivisionError
