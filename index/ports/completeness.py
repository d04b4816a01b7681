"""Decides what the book of completeness holds: what lies in files and years, and people's words about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.domain.access import Permit
from index.domain.rules.completeness import Circumstance, Held, Word


@dataclass(frozen=True, slots=True)
class Lot:
    """What one place of a fonds holds of a regulation's items: a file (`file_id`), or a year of a series."""

    fonds_id: str
    pack: str
    file_id: str
    year: str
    held: Held


class Completions(Protocol):
    """Counts of filed items, and what people said of slots and conditions; `unit` is the key of a `Unit`."""

    def lots(self, permit: Permit, fonds_id: str = "") -> Sequence[Lot]:
        """What is filed and may be seen, counted by fonds, regulation, file, year, series and kind of document."""

    def words(self, units: Collection[str]) -> Mapping[str, Mapping[str, Word]]:
        """unit -> slot number -> the word about it."""

    def say(self, word: Word) -> None:
        """Keep it in the place of an earlier one about the same slot."""

    def unsay(self, unit: str, slot: str) -> bool:
        """Take a word back; whether there was one."""

    def told(self, units: Collection[str]) -> Mapping[str, Mapping[str, bool]]:
        """unit -> condition -> whether a person said that it holds."""

    def tell(self, circumstance: Circumstance) -> None:
        """Keep it in the place of an earlier one about the same condition."""
