"""Decides when the bytes of a file are held against its seal: before it is believed, or if large, beside the reading.

A large file is looked through once a day by whoever opens it first, and that is noted in `PROVED` for all others, under
what the disk knows it by. The note bears its own digest: one that is not as it was written says nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from index.text.editions import edition

DAY = 24 * 3600.0
NEVER = -math.inf
#: Bytes that are looked through in some ten milliseconds.
LARGE = 8 << 20
_CHUNK = 1 << 20
_NOTE = "PROVED"

Entry = tuple[int, int, int, float]
"""Inode, time of change and size of a file, and when it was found to be as it was sealed."""


def last_proved(path: Path) -> float:
    """When a file of an edition was last found to be as it was sealed, seconds since 1970; NEVER if not noted."""
    with suppress(FileNotFoundError, KeyError):
        *known_by, when = _noted(path.parents[1])[_name(path)]
        return when if tuple(known_by) == _known_by(path) else NEVER
    return NEVER


def note(path: Path, when: float, large: int = LARGE) -> None:
    """For all processes, if it is large; whoever may not write here leaves others to look through it again."""
    root = path.parents[1]
    with suppress(OSError):
        if path.stat().st_size < large:
            return
        kept = {name: entry for name, entry in _noted(root).items() if (root / name).exists()}
        files = json.dumps(kept | {_name(path): (*_known_by(path), when)})
        fresh = root / f"{_NOTE}.new"
        fresh.write_text(json.dumps({"files": files, "sha256": _digest(files)}), encoding="ascii")
        fresh.replace(root / _NOTE)


class Prover:
    """The threads of one process that look through large files, one at a time."""

    def __init__(self, clock: Callable[[], float] = time.time, large: int = LARGE) -> None:
        self._clock = clock
        self._large = large
        self._turn = threading.Lock()
        self._closed = False
        self._threads: list[threading.Thread] = []

    def believes(self, path: Path, sealed: edition.Seal, spoilt: Callable[[], None]) -> bool:
        """Whether a file of the valid state may be read; a large one is, and `spoilt` is called if that was wrong."""
        size, digest = sealed.files.get(path.name, (0, ""))
        if size < self._large:
            return edition.is_unchanged(path, sealed)
        if not self._is_proved(path):
            # Opened now: a commit may take its name away before its turn comes.
            thread = threading.Thread(target=self._prove, args=(path, path.open("rb"), digest, spoilt), daemon=True)
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
            thread.start()
        return True

    def wait(self) -> None:
        """Until all that was begun is looked through."""
        for thread in self._threads:
            thread.join()

    def close(self) -> None:
        """Leave the rest to whoever comes next."""
        self._closed = True
        self.wait()
        self._closed = False

    def _prove(self, path: Path, content: BinaryIO, digest: str, spoilt: Callable[[], None]) -> None:
        with content, self._turn:
            if self._closed or self._is_proved(path):
                return
            found = hashlib.sha256()
            while not self._closed and (chunk := content.read(_CHUNK)):
                found.update(chunk)
        if self._closed:
            return
        if found.hexdigest() != digest:
            spoilt()
        else:
            note(path, self._clock(), self._large)

    def _is_proved(self, path: Path) -> bool:
        """Of late, perhaps by another process."""
        return last_proved(path) + DAY >= self._clock()


def _noted(root: Path) -> Mapping[str, Entry]:
    with suppress(OSError, ValueError, LookupError, TypeError):
        said = json.loads((root / _NOTE).read_bytes())
        if said["sha256"] == _digest(said["files"]):
            return {name: (entry[0], entry[1], entry[2], entry[3]) for name, entry in json.loads(said["files"]).items()}
    return {}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _known_by(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns, found.st_size


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
