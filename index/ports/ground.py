"""Decides what every room may lean on: the time, and how progress is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

Progress = Callable[[int, int], None]
"""Called with (done, of); `of` is 0 when it is not known."""


class Clock(Protocol):
    """The time, so that tests own it."""

    def now(self) -> datetime:
        """The moment in UTC, aware."""

    def today(self) -> date:
        """The day in the room's own time zone."""
