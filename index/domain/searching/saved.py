"""Decides what a saved search is: what a person asked, under a name, and how far they have looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: Characters of a name.
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`asked` is the search as its address has it; `told`, whether its person wants to hear of new pages.

    `seen` is the number of the newest arrival when its person last looked, `seen_before` the one of the look before:
    what arrived between the two is what was new at that look. The numbers count every page of the room and are shown
    to nobody.
    """

    id: str
    person_id: str
    name: str
    asked: str
    told: bool
    made_at: datetime
    seen: int = 0
    seen_before: int = 0


def named(name: str, fallback: str) -> str:
    """A name as it is kept: one line, not too long; what was asked where nothing is given."""
    return (" ".join(name.split()) or " ".join(fallback.split()))[:LONGEST_NAME]
