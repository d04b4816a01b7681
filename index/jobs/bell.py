"""Decides how a waiting process learns that something was put: a file whose time changes, looked at by one thread.

A look is one `stat`, so that waiting costs next to nothing; whoever waits in this process is woken together.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

#: How often the one thread looks; seconds.
LOOK = 0.5


class Bell:
    """The bell of one queue file; every process of this host has its own ear for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rung = threading.Condition()
        self._count = 0
        self._ear: threading.Thread | None = None

    def ring(self) -> None:
        """Tell every process, and this one at once."""
        self._path.touch()
        self.wake()

    def wake(self) -> None:
        """Wake who waits in this process."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Until it has rung since `heard`, at most so long; what has been heard by then."""
        self._listen()
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, seconds)
            return self._count

    def _listen(self) -> None:
        with self._rung:
            if self._ear is None:
                self._ear = threading.Thread(target=self._hear, name="bell", daemon=True)
                self._ear.start()

    def _hear(self) -> None:
        never, before = threading.Event(), self._time()
        while not never.wait(LOOK):
            now = self._time()
            if now != before:
                before = now
                self.wake()

    def _time(self) -> int:
        try:
            return os.stat(self._path).st_mtime_ns
        except FileNotFoundError:
            return 0
