"""Jobs in a list: what was asked is kept in order, and drained by whoever plays the worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.jobs.queues import QUEUE_OF

Ask = tuple[str, ...]


class MemoryJobs:
    """The Jobs port without time or processes; `asked` counts every ask that was let in, `calls` all of them."""

    def __init__(self) -> None:
        self.queue: list[Ask] = []
        self.asked: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.at_work: list[Mapping[str, object]] = []

    def ask(self, actor: str, *ids: str, delay: float = 0.0) -> None:
        self.calls[actor] += 1
        if (actor, *ids) not in self.queue:
            self.asked[actor] += 1
            self.queue.append((actor, *ids))

    def remind(self, actor: str, *ids: str) -> None:
        self.ask(actor, *ids)

    def take(self) -> Ask:
        """The oldest ask; IndexError when there is none."""
        return self.queue.pop(0)

    def lose(self) -> None:
        """The queue's file is gone: everything asked for is forgotten."""
        self.queue.clear()

    def waiting(self) -> Mapping[str, int]:
        return Counter(QUEUE_OF[actor] for actor, *_ in self.queue)

    def workers(self) -> Sequence[Mapping[str, object]]:
        return self.at_work

    def free(self, pid: int | None = None) -> int:
        return 0

    def beat(self, kind: str, doing: str) -> None:
        """Nobody asks."""
