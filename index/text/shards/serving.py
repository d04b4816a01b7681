"""Decides how a search process lives: it answers for its shards until nobody asks any more or whoever asks is gone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
from collections.abc import Collection
from multiprocessing.connection import Connection

from index.domain.errors import Passing
from index.text.shards.stacks import Question, Round, Stacks, begun


def serve(descriptor: int) -> None:
    """The life of the process that the crew started."""
    _tie_lifeline()
    os.set_inheritable(descriptor, False)
    with contextlib.suppress(EOFError, OSError):  # the other end is closed
        answer(Connection(descriptor))


def answer(wire: Connection) -> None:
    """Each question in its two halves; a half that is not followed by the other is dropped."""
    root, idle, names = wire.recv()
    stacks = Stacks(root, patience=0)
    _open(stacks, names)
    wire.send(True)
    asked: Round | None = None
    while wire.poll(idle):
        number, word = wire.recv()
        if isinstance(word, Question):
            stacks.book()
            asked = begun(stacks, word)
            wire.send((number, (asked.tally(), frozenset(asked.missing)) if asked else None))
        else:
            assert asked is not None
            part = asked.answer(word)
            wire.send((number, (part, frozenset(asked.missing))))
            stacks.ease()


def _open(stacks: Stacks, names: Collection[str]) -> None:
    """What cannot be opened will be missing from the answers."""
    with contextlib.suppress(Passing):
        stacks.book()
    for name in names:
        with contextlib.suppress(Passing):
            stacks.shard(name).generation()


def _tie_lifeline() -> None:
    """Let the kernel SIGKILL this process when the other end of standard input closes (as `ingest.sandbox` does)."""
    fcntl.fcntl(0, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
