"""Decides who writes: one writer among all threads and processes."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.domain.errors import Conflict

_POLL_S = 0.02


class Sole:
    """A lock in a file, which dies with its process; `patience` is how many seconds another's is waited for."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._thread = threading.Lock()

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Nobody else writes meanwhile; raises Conflict("second-writer"). `patience` if it is another this time."""
        until = time.monotonic() + (self._patience if patience is None else patience)
        with self._mine(until), self._path.open("wb") as lock:
            self._locked(lock.fileno(), until)
            yield

    @contextmanager
    def _mine(self, until: float) -> Iterator[None]:
        """Among the threads of this process."""
        if not self._thread.acquire(timeout=max(0.0, until - time.monotonic())):
            raise Conflict("second-writer")
        try:
            yield
        finally:
            self._thread.release()

    def _locked(self, descriptor: int, until: float) -> None:
        while True:
            try:
                return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise Conflict("second-writer") from error
            time.sleep(_POLL_S)
