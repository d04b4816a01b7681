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
    def held(self) -> Iterator[None]:
        """Nobody else writes meanwhile; raises Conflict("second-writer")."""
        with self._thread, self._path.open("wb") as lock:
            self._locked(lock.fileno())
            yield

    def _locked(self, descriptor: int) -> None:
        until = time.monotonic() + self._patience
        while True:
            try:
                return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise Conflict("second-writer") from error
            time.sleep(_POLL_S)
