"""Decides how work is handed out over several machines: dramatiq's own Redis broker.

Redis may lose messages and forgets dead ones after a week; the ledger stays the truth and the sweep asks again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

import dramatiq
from dramatiq.broker import Broker, MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.common import dq_name
from dramatiq.middleware import Middleware

from index.jobs.messages import asks, message_for, middleware
from index.jobs.queues import QUEUES


class RedisJobs:
    """The Jobs port over Redis, for several machines. A mark with a life of a minute keeps equal asks single."""

    def __init__(self, url: str) -> None:
        self._broker = RedisBroker(  # type: ignore[no-untyped-call]
            url=url, middleware=[*middleware(), _Unmark()], heartbeat_timeout=60_000
        )

    def ask(self, actor: str, *ids: str, delay: float = 0.0) -> None:
        message = message_for(actor, *ids)
        if self._broker.client.set(_mark(message), os.getpid(), nx=True, ex=60):
            self._broker.declare_queue(message.queue_name)
            self._broker.enqueue(message, delay=int(delay * 1000) or None)

    def remind(self, actor: str, *ids: str) -> None:
        # Redis cannot be asked who holds a message; every actor is idempotent, so a second ask costs little.
        self.ask(actor, *ids)

    def waiting(self) -> Mapping[str, int]:
        size = self._broker.client.llen
        waiting = {name: size(f"dramatiq:{name}") + size(f"dramatiq:{dq_name(name)}") for name in QUEUES}
        return {name: count for name, count in waiting.items() if count}

    def workers(self) -> Sequence[Mapping[str, object]]:
        beats: Any = self._broker.client.zrange("dramatiq:__heartbeats__", 0, -1, withscores=True)
        return [
            {"id": name.decode(), "kind": "worker", "seen": round(time.time() - at / 1000, 1), "doing": ""}
            for name, at in beats
        ]

    def free(self, pid: int | None = None) -> int:
        return 0

    def broker(self) -> Broker:
        return self._broker

    def beat(self, kind: str, doing: str) -> None:
        """dramatiq's broker sends its own heartbeats."""


class _Unmark(Middleware):
    """The mark falls when the work begins: from then on an equal ask is a new one."""

    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        assert isinstance(broker, RedisBroker)
        broker.client.delete(_mark(message._message))


def _mark(message: dramatiq.Message[Any]) -> str:
    return f"muniment:asked:{asks(message)}"
