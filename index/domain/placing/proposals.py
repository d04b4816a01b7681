"""Decides what a proposal for a filed item is: where today's regulations would put it. Only a person moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """The place that `rule` of a pack's edition names for an item, with the words that it fired on."""

    item_id: str
    pack: str
    pack_version: str
    pack_digest: str
    series: str
    retention: str
    marking: str
    confidence: float
    words: str
    rule: str
    clause: str
    at: datetime
