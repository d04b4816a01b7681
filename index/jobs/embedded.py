"""Decides how dramatiq's messages wait and are handed out on one machine: a broker over leases.

Promise: at least once. The traps this keeps clear of, each with its test:
the row's key is not the message id; a delay is a time in SQL, no delay queue is declared; acknowledgements are
fenced by the lease's owner; a lease outlives any call that holds the GIL, and a dead holder's is freed at once;
claiming happens inside BEGIN IMMEDIATE; deliveries are counted and a poison message is given up; the engine is
made after the fork; purging messages never touches the ledger.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dramatiq
from dramatiq.broker import Broker, Consumer, MessageProxy
from dramatiq.errors import ActorNotFound

from index.jobs.leases import Claim, Leases, this_owner
from index.jobs.messages import asks, given_up, message_for, middleware
from index.jobs.queues import BEHIND, place_of

#: How long a bell that stays silent is trusted; seconds. A lease that ran out elsewhere rings none.
TRUST = 20.0


class Leased(MessageProxy):
    """A message and the row it was claimed from."""

    def __init__(self, message: dramatiq.Message[Any], key: int) -> None:
        super().__init__(message)
        self.key = key


class LedgerBroker(Broker):
    """dramatiq over `Leases`. `deliveries` is how often a message may be handed out before it is given up."""

    def __init__(self, leases: Leases, deliveries: int) -> None:
        super().__init__(middleware=middleware())
        self.queues: set[str] = set()
        self.leases = leases
        self.deliveries = deliveries
        self.owner = this_owner()
        self.held: Counter[int] = Counter()
        self._lock = threading.Lock()

    def declare_queue(self, queue_name: str) -> None:
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)

    def declare_actor(self, actor: dramatiq.Actor[Any, Any]) -> None:
        self.emit_before("declare_actor", actor)
        self.declare_queue(actor.queue_name)
        self.actors[actor.actor_name] = actor
        self.emit_after("declare_actor", actor)

    def get_actor(self, actor_name: str) -> dramatiq.Actor[Any, Any]:
        if actor_name not in self.actors:
            raise ActorNotFound(actor_name)  # type: ignore[no-untyped-call]
        return self.actors[actor_name]

    def get_declared_queues(self) -> set[str]:
        return set(self.queues)

    def get_declared_actors(self) -> set[str]:
        return set(self.actors)

    def get_declared_delay_queues(self) -> set[str]:
        return set()

    def enqueue(self, message: dramatiq.Message[Any], *, delay: int | None = None) -> dramatiq.Message[Any]:
        """Put a message; `delay` in milliseconds. A retry is put beside the row that is still being held."""
        self.emit_before("enqueue", message, delay)
        self.leases.put(message.queue_name, asks(message), message.encode(), delay=(delay or 0) / 1000)
        self.emit_after("enqueue", message, delay)
        return message

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30_000) -> Consumer:
        return LedgerConsumer(self, queue_name, timeout / 1000)

    def flush(self, queue_name: str) -> None:
        self.leases.purge(queue_name)

    def flush_all(self) -> None:
        self.leases.purge()

    def join(self, queue_name: str, *, timeout: int | None = None) -> None:
        """Wait until nothing is waiting or held in the queue."""
        end = time.monotonic() + (timeout or 60_000) / 1000
        while self.leases.waiting().get(queue_name) and time.monotonic() < end:
            self.leases.bell.wait(-1, 0.05)

    def take(self, queue: str) -> Leased | None:
        """The next message of a queue, if the place it shares in this process is free."""
        place = place_of(queue)
        with self._lock:
            if self.held[place] or self._goes_before(queue):
                return None
            claim = self.leases.claim([queue], self.owner)
            if claim is None:
                return None
            self.held[place] += 1
        return self._leased(claim)

    def _goes_before(self, queue: str) -> bool:
        """Whether something is due that goes before this queue; whoever takes it rings when it is done."""
        return any((due := self.leases.next_due([before])) is not None and due <= 0 for before in BEHIND.get(queue, ()))

    def _leased(self, claim: Claim) -> Leased:
        message: dramatiq.Message[Any] = dramatiq.Message.decode(claim.body)
        if claim.deliveries > self.deliveries and message.actor_name != "give_up":
            message = given_up(message, claim.deliveries - 1)
        return Leased(message, claim.key)

    def free_place(self, queue: str) -> None:
        with self._lock:
            self.held[place_of(queue)] -= 1
        self.leases.bell.wake()


class LedgerConsumer(Consumer):
    """Hands out the messages of one queue; waits on the bell."""

    def __init__(self, broker: LedgerBroker, queue: str, timeout: float) -> None:
        self._broker = broker
        self._queue = queue
        self._timeout = timeout
        self._heard = -1
        self._look_at = 0.0

    def __next__(self) -> Leased | None:
        end = time.monotonic() + self._timeout
        while (now := time.monotonic()) < end:
            if now >= self._look_at:
                if message := self._broker.take(self._queue):
                    return message
                self._look_at = now + self._worth_waiting()
            self._wait(min(end, self._look_at) - now)
        return None

    def _wait(self, seconds: float) -> None:
        """Until the bell rings, which is worth a look at once."""
        heard = self._broker.leases.bell.wait(self._heard, max(0.01, seconds))
        if heard != self._heard:
            self._heard, self._look_at = heard, 0.0

    def _worth_waiting(self) -> float:
        """Until the next message is due; while the place is taken, until it is given back, which rings."""
        if self._broker.held[place_of(self._queue)]:
            return TRUST
        due = self._broker.leases.next_due([self._queue])
        return TRUST if due is None else min(TRUST, max(0.01, due))

    def ack(self, message: MessageProxy) -> None:
        self._end(message)

    def nack(self, message: MessageProxy) -> None:
        # What failed for good is in the ledger with its reason; the message has nothing more to say.
        self._end(message)

    def _end(self, message: MessageProxy) -> None:
        assert isinstance(message, Leased)
        try:
            self._broker.leases.done(message.key, self._broker.owner)
        finally:
            self._broker.free_place(self._queue)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        for message in messages:
            assert isinstance(message, Leased)
            self._broker.leases.give_back(message.key, self._broker.owner)
            self._broker.free_place(self._queue)


class LedgerJobs:
    """The Jobs port over the embedded broker."""

    def __init__(self, leases: Leases, deliveries: int) -> None:
        self.leases = leases
        self._deliveries = deliveries

    def ask(self, actor: str, *ids: str, delay: float = 0.0) -> None:
        message = message_for(actor, *ids)
        self.leases.put(message.queue_name, asks(message), message.encode(), delay=delay)

    def remind(self, actor: str, *ids: str) -> None:
        message = message_for(actor, *ids)
        self.leases.put(message.queue_name, asks(message), message.encode(), unless="held")

    def waiting(self) -> Mapping[str, int]:
        return self.leases.waiting()

    def workers(self) -> Sequence[Mapping[str, object]]:
        return [
            {"id": owner, "kind": kind, "seen": round(time.time() - seen, 1), "doing": doing}
            for owner, kind, seen, doing in self.leases.workers()
        ]

    def free(self, pid: int | None = None) -> int:
        return self.leases.free(pid)

    def broker(self) -> Broker:
        return LedgerBroker(self.leases, self._deliveries)

    def beat(self, kind: str, doing: str) -> None:
        """The heartbeat of this process."""
        self.leases.renew(this_owner(), kind, doing)
