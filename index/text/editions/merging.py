"""Decides which segments become one: eight of about a size, so that a page is copied once each time eightfold.

On the way of a fresh page only so many pages are copied; the rest waits for an idle moment (`WhooshIndex.tidy`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

#: Pages a commit may copy beside its own: about two seconds of one core.
HOT = 256
IDLE = 50_000
_FAN = 8


def to_merge(sizes: Sequence[int], budget: int) -> frozenset[int]:
    """Which of the segments with these numbers of pages become one; none when no tier is full or it costs too much."""
    tiers: dict[int, list[int]] = defaultdict(list)
    for place, size in enumerate(sizes):
        tiers[_tier(size)].append(place)
    full = [places for _, places in sorted(tiers.items()) if len(places) >= _FAN]
    for places in full:
        if sum(sizes[place] for place in places) <= budget:
            return frozenset(places)
    return frozenset()


def _tier(size: int) -> int:
    """0 for up to 8 pages, 1 up to 64, and so on."""
    tier = 0
    while size > _FAN:
        size = -(-size // _FAN)
        tier += 1
    return tier
