"""The regulation of a golden case: the house's own, or the least of it (tests/fakes/config/packs) until it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from config.regulations import PACKS, load
from index.domain.policy import Duty, Pack, ScheduleRow

FAKES = Path(__file__).with_name("packs")


@cache
def pack(name: str) -> Pack:
    """Loaded and checked like any other."""
    own = PACKS / name
    return load(own if (own / "pack.toml").exists() else FAKES / name)


def duty(of: str, clause: str, *words: str) -> Duty:
    """The one duty of a pack that stands on this clause and has these words in its id."""
    [found] = [one for one in pack(of).duties if one.clause == clause and all(word in one.id for word in words)]
    return found


def row(of: str, name: str) -> ScheduleRow:
    found = pack(of).row(name)
    assert found is not None
    return found
