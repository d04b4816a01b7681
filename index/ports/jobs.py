"""Decides how work is asked for, and what a verification tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Jobs(Protocol):
    """Asks for work by the actor's name; ids only."""

    def ask(self, actor: str, *ids: str, delay: float = 0.0) -> None:
        """Put one message, due after `delay` seconds; the same message waiting already is not put twice."""

    def remind(self, actor: str, *ids: str) -> None:
        """Put one message unless the same is waiting or being worked on: what the sweep says."""

    def waiting(self) -> Mapping[str, int]:
        """Queue -> messages not yet done."""

    def workers(self) -> Sequence[Mapping[str, object]]:
        """Who is at work: id, kind, seconds since last heard of, what it is doing."""

    def free(self, pid: int | None = None) -> int:
        """Free what process `pid` of this host held, or all that are gone; returns how many messages."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What verify found wrong: `check` names the test, `target` the thing."""

    check: str
    target: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of verify: how many of each were looked at, and every finding."""

    checked: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Finding] = ()

    @property
    def ok(self) -> bool:
        return not self.findings
