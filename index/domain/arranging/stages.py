"""Decides how far a record has come on its way into the stacks: captured to shelved, told beside its state.

    captured -> classified -> retention-set -> filed -> arranged -> shelved        (EN-04, EN-28)

The state says on whose desk a record lies; the stage follows from what is known and was done: it is never stored.
"""

from __future__ import annotations

from enum import StrEnum

from index.domain.holdings import Item


class Stage(StrEnum):
    CAPTURED = "captured"
    CLASSIFIED = "classified"
    RETENTION_SET = "retention-set"
    FILED = "filed"
    ARRANGED = "arranged"
    """Its volume or box is sealed, or its class-year is closed."""
    SHELVED = "shelved"
    """Arranged, and a shelving event gave it a place (EN-28)."""


def stage_of(item: Item) -> Stage:
    if item.filed:
        return _arranged(item)
    if not (item.value("pack") and item.value("series")):
        return Stage.CAPTURED
    return Stage.CLASSIFIED if item.value("retention") in ("", "unset") else Stage.RETENTION_SET


def _arranged(item: Item) -> Stage:
    if item.arranged_at is None:
        return Stage.FILED
    return Stage.SHELVED if item.shelved_at else Stage.ARRANGED
