"""Work for the cage to hold: each function stands for something a hostile file makes a decoder do."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys

from index.domain.errors import BadScan


def double(number: int) -> int:
    return 2 * number


def child_id() -> int:
    return os.getpid()


def refuse_the_file() -> None:
    raise BadScan("wrong-name", named="pdf", found="png")


def break_like_a_decoder() -> None:
    raise IndexError("list index out of range")


def fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def write_beyond(path: str, size: int) -> None:
    with open(path, "wb") as file:
        file.truncate(size)


def look_for_nothing() -> None:
    os.stat("/nowhere/at/all")


def eat_memory() -> int:
    return len(bytearray(resource.getrlimit(resource.RLIMIT_AS)[0]))


def hang() -> None:
    signal.pause()


def spin() -> None:
    while True:
        pass


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave_quietly() -> None:
    os._exit(0)


def start_a_grandchild_and_hang(note: str) -> None:
    grandchild = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    with open(note + ".part", "w", encoding="ascii") as told:
        told.write(str(grandchild.pid))
    os.replace(note + ".part", note)
    signal.pause()


def surroundings() -> tuple[str | None, str | None, int, bool]:
    """OMP_THREAD_LIMIT, TMPDIR, the address space allowed, whether SIGTERM is blocked."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return (
        os.environ.get("OMP_THREAD_LIMIT"),
        os.environ.get("TMPDIR"),
        resource.getrlimit(resource.RLIMIT_AS)[0],
        signal.SIGTERM in blocked,
    )
