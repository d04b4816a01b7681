"""Decides which broker serves a home: the embedded one, or the Redis server that the setting names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.jobs.embedded import LedgerJobs
from index.jobs.leases import Leases

if TYPE_CHECKING:
    from index.jobs.redis import RedisJobs


def open_jobs(broker: str, path: Path, *, lease_seconds: float, deliveries: int) -> LedgerJobs | RedisJobs:
    """The queue that the setting names: "embedded", over `path`, or the URL of a Redis server."""
    if broker == "embedded":
        return LedgerJobs(Leases(path, lease_seconds), deliveries)
    # Imported where it is set: one machine alone never loads a client for Redis.
    from index.jobs.redis import RedisJobs

    return RedisJobs(broker)
