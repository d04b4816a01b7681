"""Decides where hostile bytes are decoded: in one child process with limits, the cage, and nowhere else.

A cage is one Python child in a session of its own, started when it is first needed, kept for the next page, and gone
after a minute without work. The kernel bounds its address space, its processor time and the files it writes; the
caller bounds the wall clock; the stages, which receive the same `Limits`, bound pixels and pages.

Why not pebble's pool: it looks for a dead child ten times a second for ever, kills the child but not its Tesseract,
and its children may not be started from a daemonic worker. Here the caller waits on one pipe, which closes the moment
the child dies, and an idle cage costs nothing.

The lifeline is the child's standard input: a pipe nobody writes into. The child asks the kernel to SIGKILL its whole
process group when the other end closes, so neither it nor its Tesseract outlives the parent, however that dies.
PR_SET_PDEATHSIG would not do: it fires when the *thread* that started the child ends, and spares grandchildren.

A cage holds bombs, hangs and crashes. It takes no privileges away from a decoder that was taken over.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

from index.domain.errors import BadScan, DiskFull, EngineFailed, Missing, MunimentError

GIB = 1024**3
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may use: bytes of address space and of files, seconds, pixels of a picture, pages."""

    memory_bytes: int = 3 * GIB
    seconds: float = 120.0
    cpu_seconds: int = 240
    pixels: int = 160_000_000
    pages: int = 5_000
    file_bytes: int = 4 * GIB
    written_bytes: int = GIB


class Cage:
    """Runs functions in the limited child, one at a time; other threads wait for their turn."""

    def __init__(
        self, limits: Limits | None = None, idle_seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits = limits or Limits()
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._turn = threading.Lock()
        self._child: _Child | None = None
        self._last_used = clock()

    def run(self, function: Callable[..., Result], *args: Any, seconds: float | None = None) -> Result:
        """What `function(*args)` returns. The child finds it by name, so it must stand in a module.

        Raises every MunimentError the function raises, as it is, and
        BadScan("took-too-long") after `seconds` of wall clock (default: the limits'),
        BadScan("took-too-much-memory"), BadScan("wrote-too-much", megabytes=...),
        BadScan("damaged-file", problem=...) for any other exception in there,
        DiskFull("disk-full"), Missing("no-such-file"), and EngineFailed("decoder-died") when the child dies.
        """
        allowed = self.limits.seconds if seconds is None else seconds
        with self._turn:
            try:
                return self._ask(function, args, allowed)
            except _WentIdle:  # it left between our look and our question, before it began
                return self._ask(function, args, allowed)
            finally:
                self._last_used = self._clock()

    def retire_if_idle(self) -> bool:
        """Let an idle child go; whether none is left. Never waits for work in progress."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            if self._child and self._clock() - self._last_used >= self._idle_seconds:
                self._end()
            return self._child is None
        finally:
            self._turn.release()

    def close(self) -> None:
        """Kill the child and all it started; the cage can be used again afterwards."""
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        """The child's process id and process group, while there is one."""
        return self._child.process.pid if self._child else None

    def _ask(self, function: Callable[..., Result], args: tuple[Any, ...], allowed: float) -> Result:
        wire = self._ready_child().wire
        try:
            wire.send((function, args))
            answered = wire.poll(allowed)
            answer: _Answer = wire.recv() if answered else _Answer(BadScan("took-too-long", seconds=f"{allowed:g}"))
        except (EOFError, OSError):
            raise self._cause_of_death() from None
        if not answered or answer.ends_child:
            self._end()
        if answer.error:
            raise answer.error
        result: Result = answer.result
        return result

    def _ready_child(self) -> _Child:
        if self._child and self._child.wire.poll():  # nothing is owed: readable means that it is gone
            self._end()
        if self._child is None:
            self._child = _Child(self.limits, self._idle_seconds)
        return self._child

    def _cause_of_death(self) -> MunimentError:
        status = self._end()
        if status == 0:
            return _WentIdle("decoder-died", status=status)
        if status == -signal.SIGXCPU:
            return BadScan("took-too-long", seconds=self.limits.cpu_seconds)
        return EngineFailed("decoder-died", status=status)

    def _end(self) -> int | None:
        child, self._child = self._child, None
        return child.end() if child else None


class _WentIdle(EngineFailed):
    """The child left by itself, as it does when nobody asks it anything."""


@dataclass(frozen=True, slots=True)
class _Answer:
    error: MunimentError | None = None
    result: Any = None

    @property
    def ends_child(self) -> bool:
        """After running out of memory the address space is in pieces: start afresh."""
        return self.error is not None and self.error.code == "took-too-much-memory"


#: Not `-m`: the child would be a second `ingest.sandbox`, whose answers the parent could not tell from its own.
_FIRST_WORDS = "from ingest.sandbox import _serve; _serve({})"


class _Child:
    """The limited process seen from outside, with a scratch folder that goes when it goes."""

    def __init__(self, limits: Limits, idle_seconds: float) -> None:
        self.wire, inner = Pipe()
        self._scratch = tempfile.TemporaryDirectory(prefix="muniment-cage-", ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-W",
                "ignore",
                "-c",
                f"from ingest.sandbox import _serve; _serve({inner.fileno()})",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[inner.fileno()],
            start_new_session=True,
            env=_surroundings(self._scratch.name),
        )
        inner.close()
        with contextlib.suppress(OSError):  # it died at once: the first question will say so
            self.wire.send((limits, idle_seconds))

    def end(self) -> int:
        """Kill the whole group with SIGKILL (workers block SIGTERM); the exit status, negative for a signal.

        Killed before waited for: until then the group's number cannot belong to anybody else.
        """
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        status = self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        self.wire.close()
        self._scratch.cleanup()
        return status


def _surroundings(scratch: str) -> dict[str, str]:
    """One thread a Tesseract: with more it takes 4.6 times the CPU and 4 times the time (ocr.md)."""
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    return {**os.environ, "PYTHONPATH": paths, "TMPDIR": scratch, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}


# -- inside the cage -------------------------------------------------------------------------------


def _serve(descriptor: int) -> None:
    """The child's life: tie the lifeline, accept the limits, then answer until nobody asks any more."""
    _tie_lifeline()
    os.set_inheritable(descriptor, False)
    wire = Connection(descriptor)
    with contextlib.suppress(EOFError):  # the parent has closed its end
        limits, idle_seconds = wire.recv()
        _accept(limits)
        while wire.poll(idle_seconds):
            function, args = wire.recv()
            _allow_cpu(limits.cpu_seconds)
            wire.send(_answer(function, args))


def _tie_lifeline() -> None:
    """Let the kernel SIGKILL this process group when the parent's end of standard input closes."""
    fcntl.fcntl(0, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def _accept(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.written_bytes, limits.written_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _allow_cpu(seconds: int) -> None:
    """So many seconds from now; SIGXCPU ends the child even where C code never returns to Python."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY))


def _answer(function: Callable[..., Any], args: tuple[Any, ...]) -> _Answer:
    try:
        return _Answer(result=function(*args))
    except Exception as error:  # the worker's edge, moved in here: nothing a decoder raises may pass the cage
        return _Answer(error=_told(error))


def _told(error: Exception) -> MunimentError:
    """The error as Muniment says it; decoders raise everything from IndexError to bare RuntimeError."""
    if isinstance(error, MunimentError):
        return error
    if isinstance(error, MemoryError) or _errno(error) == errno.ENOMEM:
        return BadScan("took-too-much-memory")
    if _errno(error) in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("disk-full")
    if _errno(error) == errno.EFBIG:
        megabytes = resource.getrlimit(resource.RLIMIT_FSIZE)[0] // 2**20
        return BadScan("wrote-too-much", megabytes=str(megabytes))
    if isinstance(error, FileNotFoundError):
        return Missing("no-such-file", path=str(error.filename))
    return BadScan("damaged-file", problem=f"{type(error).__name__}: {error}"[:300])


def _errno(error: Exception) -> int | None:
    return error.errno if isinstance(error, OSError) else None
