"""Decides how processor time and memory are counted: over a whole tree of processes, the dead ones included."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """User + system CPU and elapsed time, seconds."""

    cpu: float
    wall: float


def run(command: Sequence[str], **environment: str) -> Spent:
    """Run a command to its end and say what it and its reaped descendants spent; raises CalledProcessError."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu, time.monotonic() - start)


def own_cpu() -> float:
    """Seconds spent by this process and by children of its that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def family(pid: int) -> Iterator[psutil.Process]:
    """The process and its living descendants."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        yield root
        yield from root.children(recursive=True)


def cpu_of(pid: int) -> float:
    """Seconds spent by the tree so far; a descendant that died counts with the one that reaped it."""
    total = 0.0
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def ran(pid: int) -> float:
    """Seconds that the threads of one process have run so far, to the microsecond; those that ended are not counted."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text("ascii").split()[0]) for thread in threads) / 1e9


def pss_of(pid: int) -> float:
    """Proportional memory of the tree, MB: shared pages are shared out."""
    total = 0
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / MB


def own_of(pid: int) -> float:
    """What the tree has made itself, MB: private memory and shared memory of no file. The kernel can drop the rest."""
    total = 0
    for process in family(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
    return total / 1024


def largest_of(pid: int) -> float:
    """Resident memory of the tree's largest process, MB."""
    sizes = [0]
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            sizes.append(process.memory_info().rss)
    return max(sizes) / MB
