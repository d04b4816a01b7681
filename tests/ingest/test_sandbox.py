from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from index.domain.errors import BadScan, DiskFull, EngineFailed, Missing
from ingest.sandbox import Cage, Limits
from tests.fakes.ingest import caged

SMALL = Limits(memory_bytes=512 * 1024**2, seconds=20, cpu_seconds=20)


@pytest.fixture(scope="module")
def shared_cage() -> Iterator[Cage]:
    """One child for the tests that leave it alive."""
    cage = Cage(SMALL)
    yield cage
    cage.close()


@pytest.fixture
def cage() -> Iterator[Cage]:
    cage = Cage(SMALL)
    yield cage
    cage.close()


def appears(path: Path) -> str:
    while not path.exists():
        os.sched_yield()
    return path.read_text()


def is_gone(pid: int) -> bool:
    """Whether the process ends within five seconds; nobody may have asked yet how it ended."""
    try:
        process = psutil.Process(pid)
        return bool(process.status() == psutil.STATUS_ZOMBIE) or process.wait(timeout=5) is None
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return bool(process.status() == psutil.STATUS_ZOMBIE)


def test_a_function_is_answered_from_another_process(shared_cage: Cage) -> None:
    assert shared_cage.run(caged.double, 21) == 42
    assert shared_cage.run(caged.child_id) == shared_cage.pid != os.getpid()


def test_the_child_stays_for_the_next_page(shared_cage: Cage) -> None:
    assert shared_cage.run(caged.child_id) == shared_cage.run(caged.child_id)


def test_a_refusal_arrives_with_its_class_code_and_details(shared_cage: Cage) -> None:
    with pytest.raises(BadScan) as told:
        shared_cage.run(caged.refuse_the_file)
    assert (told.value.code, told.value.details) == ("wrong-name", {"named": "pdf", "found": "png"})


def test_whatever_else_a_decoder_raises_is_a_damaged_file(shared_cage: Cage) -> None:
    with pytest.raises(BadScan, match="damaged") as told:
        shared_cage.run(caged.break_like_a_decoder)
    assert told.value.code == "damaged-file"
    assert "IndexError" in str(told.value.details["problem"])


def test_a_full_disk_is_not_the_files_fault(shared_cage: Cage) -> None:
    with pytest.raises(DiskFull):
        shared_cage.run(caged.fill_the_disk)


def test_writing_more_than_allowed_is_called_that(tmp_path: Path) -> None:
    cage = Cage(Limits(memory_bytes=512 * 1024**2, seconds=20, cpu_seconds=20, written_bytes=2**20))
    try:
        cage.run(caged.write_beyond, str(tmp_path / "small"), 2**20)
        with pytest.raises(BadScan) as told:
            cage.run(caged.write_beyond, str(tmp_path / "large"), 2**20 + 1)
    finally:
        cage.close()
    assert (told.value.code, told.value.details) == ("wrote-too-much", {"megabytes": "1"})


def test_a_file_that_is_not_there_is_missing(shared_cage: Cage) -> None:
    with pytest.raises(Missing):
        shared_cage.run(caged.look_for_nothing)


def test_the_child_has_one_thread_a_scratch_folder_and_no_blocked_signals(shared_cage: Cage) -> None:
    threads, scratch, memory, blocked = shared_cage.run(caged.surroundings)
    assert (threads, memory, blocked) == ("1", SMALL.memory_bytes, False)
    assert scratch and Path(scratch).is_dir()


def test_too_much_memory_is_a_verdict_on_the_file_and_ends_the_child(cage: Cage) -> None:
    with pytest.raises(BadScan) as told:
        cage.run(caged.eat_memory)
    assert told.value.code == "took-too-much-memory"
    assert cage.pid is None


def test_a_hang_ends_at_the_time_given(cage: Cage) -> None:
    began = time.monotonic()
    with pytest.raises(BadScan) as told:
        cage.run(caged.hang, seconds=0.5)
    assert (told.value.code, told.value.details) == ("took-too-long", {"seconds": "0.5"})
    assert time.monotonic() - began < 2


def test_endless_computing_ends_at_the_processor_limit() -> None:
    cage = Cage(Limits(cpu_seconds=1, seconds=20))
    with pytest.raises(BadScan) as told:
        cage.run(caged.spin)
    assert told.value.code == "took-too-long"


def test_a_killed_child_is_known_at_once_and_replaced(cage: Cage, tmp_path: Path) -> None:
    killed: list[float] = []

    def kill_it_at_work() -> None:
        appears(tmp_path / "pid")
        killed.append(time.monotonic())
        os.kill(cage.pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill_it_at_work)
    killer.start()
    with pytest.raises(EngineFailed) as told:
        cage.run(caged.start_a_grandchild_and_hang, str(tmp_path / "pid"))
    killer.join()
    assert told.value.code == "decoder-died"
    assert time.monotonic() - killed[0] < 5
    assert cage.run(caged.double, 2) == 4


def test_a_child_that_leaves_in_the_middle_died(cage: Cage) -> None:
    with pytest.raises(EngineFailed):
        cage.run(caged.leave_quietly)


def test_a_timeout_kills_what_the_child_started(cage: Cage, tmp_path: Path) -> None:
    with pytest.raises(BadScan):
        cage.run(caged.start_a_grandchild_and_hang, str(tmp_path / "pid"), seconds=1)
    assert is_gone(int(appears(tmp_path / "pid")))


def test_nothing_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from ingest.sandbox import Cage; from tests.fakes.ingest import caged;"
            "Cage().run(caged.start_a_grandchild_and_hang, sys.argv[1])",
            str(note),
        ],
        cwd=Path(__file__).parents[2],
    )
    grandchild = int(appears(note))
    child = psutil.Process(grandchild).ppid()
    parent.kill()
    parent.wait()
    assert is_gone(child)
    assert is_gone(grandchild)


def test_an_idle_child_goes_when_asked_and_comes_back_on_demand() -> None:
    now = [0.0]
    cage = Cage(SMALL, idle_seconds=60, clock=lambda: now[0])
    first = cage.run(caged.child_id)
    now[0] = 59.0
    assert not cage.retire_if_idle()
    now[0] = 60.0
    assert cage.retire_if_idle()
    assert is_gone(first)
    assert cage.run(caged.child_id) != first
    cage.close()


def test_an_idle_child_also_goes_by_itself() -> None:
    cage = Cage(SMALL, idle_seconds=0.1)
    first = cage.run(caged.child_id)
    psutil.wait_procs([psutil.Process(first)], timeout=5)
    assert cage.run(caged.double, 4) == 8
    cage.close()


def test_what_a_killed_child_left_behind_goes_with_it(cage: Cage) -> None:
    scratch = Path(cage.run(caged.surroundings)[1] or "")
    (scratch / "page.tif").write_bytes(b"II")
    cage.close()
    assert not scratch.exists()


def test_importing_the_cage_loads_no_decoder() -> None:
    code = "import sys, ingest.sandbox; print([m for m in ('PIL', 'numpy', 'pdfplumber') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
