"""Decides that only one process at a time may do a thing: a lock on a file, which the kernel frees when it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.domain.errors import Conflict


@contextmanager
def hold(place: Path, code: str) -> Iterator[None]:
    """Hold the lock at `place`; raises Conflict(code) when another process holds it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(descriptor, code)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, code: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Conflict(code) from error
