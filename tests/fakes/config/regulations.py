"""The regulations of the house, loaded once for all tests, and parts of them by name."""

from __future__ import annotations

from functools import cache

from config.regulations import PACKS, load
from index.domain.rules.policy import Duty, Pack, ScheduleRow


@cache
def pack(name: str) -> Pack:
    """Loaded and checked like any other."""
    return load(PACKS / name)


def duty(of: str, clause: str, *words: str) -> Duty:
    """The one duty of a pack that stands on this clause and has these words in its id."""
    [found] = [one for one in pack(of).duties if one.clause == clause and all(word in one.id for word in words)]
    return found


def row(of: str, name: str) -> ScheduleRow:
    found = pack(of).row(name)
    assert found is not None
    return found
