"""Decides what the book of particulars holds: what papers state in a file's fields, and what people entered there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from index.domain.access import Permit
from index.domain.rules.particulars import Entered, Stated


class Particulars(Protocol):
    """The fields of subject files; what an item states follows it into whatever file it lies in."""

    def state(self, item_id: str, stated: Sequence[Stated]) -> None:
        """What this item's paper says, in place of what was read of it before."""

    def stated(self, file_id: str, permit: Permit) -> Sequence[Stated]:
        """By the filed items of this file that may be seen, the newest paper first."""

    def entered(self, file_id: str) -> Mapping[str, Entered]:
        """Slot number -> what a person entered."""

    def enter(self, entered: Entered) -> None:
        """Keep it in the place of an earlier one of the same field."""

    def take_back(self, file_id: str, slot: str) -> bool:
        """Nothing is entered any more; whether anything was."""

    def filled(self, files: Collection[str], permit: Permit) -> Mapping[str, Collection[str]]:
        """File id -> the numbers of its fields that say something."""
