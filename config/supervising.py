"""Decides how several processes live as one: started together, started again when they die, ended together.

A child that dies frees what it held at once, so that its work goes on without waiting for a lease to run out. Children
end with their supervisor, however that dies.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog

from config.wiring import Home
from index.domain.errors import Passing

log = structlog.get_logger()

_PR_SET_PDEATHSIG = 1

#: In the environment of every process that we started ourselves.
_SUPERVISED = "MUNIMENT_SUPERVISED"

#: A child that dies this soon after its start is started again after as long; seconds.
TOO_SOON = 1.0
#: How often the children are looked at when no signal says that one has ended; seconds.
LOOK = 30.0
#: How long a child may take to end after SIGTERM; seconds.
GRACE = 25.0


def end_with_parent() -> None:
    """Called by a child first: die when the supervisor dies. One that a person started outlives that person's shell."""
    if _SUPERVISED not in os.environ:
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


class Supervisor:
    """Keeps commands running; `gone(pid)` is told of every child that ended."""

    def __init__(self, commands: Mapping[str, Sequence[str]], gone: Callable[[int], object]) -> None:
        self._commands = commands
        self._gone = gone
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}
        self._stop = threading.Event()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; returns when every child has ended."""
        woken = _wakes_on_signals(self._stop)
        for name in self._commands:
            self._start(name)
        while not self._stop.is_set():
            self._tend()
            _wait_for(woken, LOOK)
        self._end()

    def _start(self, name: str) -> None:
        self._children[name] = _begun(self._commands[name])
        self._started[name] = time.monotonic()

    def _tend(self) -> None:
        for name, child in list(self._children.items()):
            if child.poll() is not None:
                self._again(name, child)

    def _again(self, name: str, child: subprocess.Popen[bytes]) -> None:
        log.warning("died", process=name, pid=child.pid, status=child.returncode)
        self._tell(child.pid)
        if time.monotonic() - self._started[name] < TOO_SOON:
            self._stop.wait(TOO_SOON)
        if not self._stop.is_set():
            self._start(name)

    def _end(self) -> None:
        for child in self._children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self._children.values():
            _wait_or_kill(child, max(0.1, deadline - time.monotonic()))
            self._tell(child.pid)

    def _tell(self, pid: int) -> None:
        """What a full disk or a held lock keeps from being told now, the sweep finds out."""
        try:
            self._gone(pid)
        except Passing as error:
            log.warning("later", stage="supervisor", code=error.code)


def _wakes_on_signals(stop: threading.Event) -> int:
    """A descriptor that becomes readable with every signal: waiting for children costs nothing."""
    woken, wakes = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return woken


def _wait_for(woken: int, seconds: float) -> None:
    """Until a signal came, at most so long; what it wrote is read away."""
    if select.select([woken], [], [], seconds)[0]:
        os.read(woken, 4096)


def own_command(name: str, home: Home, *more: str) -> list[str]:
    """The command line of one of our own commands on this home."""
    return [sys.executable, "-P", "-m", "muniment", name, "--home", str(home.path), *more]


def _begun(command: Sequence[str], out: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=os.environ | {_SUPERVISED: "1"}, start_new_session=True, stdout=out)


@contextmanager
def running(command: Sequence[str]) -> Iterator[None]:
    """A command that runs for as long as this lasts."""
    process = _begun(command, subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        _wait_or_kill(process, GRACE)


def _wait_or_kill(child: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
