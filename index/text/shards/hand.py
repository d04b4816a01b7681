"""Decides how a search process is had from outside: started, asked, given up.

It leaves when nobody asks any more, and dies with the asking process: its standard input is a lifeline, as the cage's
is. What goes over the wire is pickled, between a process and the one it started itself; both read the same folder.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from index.text.shards.asking import Tally
from index.text.shards.stacks import Question


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a hand has for each half of a question, and to be ready; and after which an idle one leaves."""

    answer: float = 10.0
    ready: float = 0.0
    idle: float = 60.0


class Hand:
    """A search process seen from outside. `turn` is held by whoever is asking it."""

    def __init__(self, root: Path, patience: Patience | None = None) -> None:
        self.turn = threading.Lock()
        self._root = root
        self._patience = patience or Patience()
        self._number = 0
        self._until = 0.0
        self._ready = False
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Connection | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def is_ready(self, names: Collection[str]) -> bool:
        """Whether it can be asked; if it is not there it is started, and opens these shards first."""
        if self._process and self._process.poll() is not None:
            self.let_go()
        if self._wire is None:
            self._wire = self._start(names)
        if not self._ready and self._wire.poll(self._patience.ready):
            with contextlib.suppress(EOFError, OSError):  # it died at once, and is started anew for the next question
                self._ready = bool(self._wire.recv())
        return self._ready

    def say(self, word: Question | Tally | None) -> None:
        """A question, or the tally of all that were asked, none if one shard has the whole answer; raises Gone.

        What is not heard before the next word is never heard.
        """
        self._number += 1
        self._until = time.monotonic() + self._patience.answer
        with self._or_gone() as wire:
            wire.send((self._number, word))

    def hear(self) -> Any:
        """What the last word was answered with; raises Late, as from when it was said, and Gone."""
        number, answer = 0, None
        with self._or_gone() as wire:
            while number < self._number:
                if not wire.poll(max(0.0, self._until - time.monotonic())):
                    self.let_go()
                    raise Late(self)
                number, answer = wire.recv()
        return answer

    def let_go(self) -> None:
        """End it, whatever it is doing."""
        process, wire, self._process, self._wire, self._ready = self._process, self._wire, None, None, False
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin:
                process.stdin.close()
        if wire:
            wire.close()

    @contextlib.contextmanager
    def _or_gone(self) -> Iterator[Connection]:
        try:
            if self._wire is None:
                raise EOFError
            yield self._wire
        except (EOFError, OSError):
            self.let_go()
            raise Gone(self) from None

    def _start(self, names: Collection[str]) -> Connection:
        wire, inner = Pipe()
        self._process = self._started(inner)
        inner.close()
        with contextlib.suppress(OSError):  # it died at once
            wire.send((self._root, self._patience.idle, tuple(names)))
        return wire

    def _started(self, inner: Connection) -> subprocess.Popen[bytes]:
        first_words = f"from index.text.shards.serving import serve; serve({inner.fileno()})"
        return subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-c", first_words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[inner.fileno()],
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
        )


class Gone(Exception):
    """A hand that is dead."""

    def __init__(self, hand: Hand) -> None:
        super().__init__("a search process is gone")
        self.hand = hand


class Late(Gone):
    """A hand that did not answer in time: what it did not come to the end of, nobody else is to try at once."""
