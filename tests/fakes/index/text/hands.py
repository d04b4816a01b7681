"""Decides what stands for a search process in tests: a thread that speaks the same words over the same wire."""

from __future__ import annotations

import contextlib
import os
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index.text.shards.hand import Hand, Patience
from index.text.shards.serving import answer


class ThreadHand(Hand):
    """A hand without a process; it has no pid, and nothing to kill."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, Patience(ready=20.0))

    def _started(self, inner: Connection) -> Any:
        wire = Connection(os.dup(inner.fileno()))
        threading.Thread(target=_serve, args=(wire,), daemon=True).start()

    def let_go(self) -> None:
        wire, self._wire, self._ready = self._wire, None, False
        if wire:
            wire.close()


def _serve(wire: Connection) -> None:
    with contextlib.suppress(EOFError, OSError), wire:
        answer(wire)
