"""Decides what an entry of the journal is, and how each is chained to the one before by SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

FIRST = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody (`actor`) did something (`verb`) to something (`target`), with what changed in `details`."""

    seq: int
    at: datetime
    actor: str
    verb: str
    target: str
    details: Mapping[str, object] = field(default_factory=dict)
    before: str = FIRST
    hash: str = ""


def sealed(event: Event) -> str:
    """The hash of an event: over every field and the hash before it, in canonical JSON."""
    body = [event.seq, event.at.isoformat(), event.actor, event.verb, event.target, dict(event.details), event.before]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links(events: Iterable[Event], before: str = FIRST) -> Iterable[Event]:
    """The events whose hash, or whose link to the one before, does not hold."""
    for event in events:
        if event.before != before or sealed(event) != event.hash:
            yield event
        before = event.hash
