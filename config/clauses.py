"""Decides what a regulation's own text says: the clauses of its README, each with its words and where they stand.

The table "Clause by clause" has a row a clause: its id, the words of the source with the lines they stand in, and what
became of them. The packs' tests hold it complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROW = re.compile(r"^\| (?P<id>[A-Z]{2,4}-\d{2}) \| (?P<words>.+?) \| .* \|$", re.MULTILINE)
_PLACE = re.compile(r"\s*\((S[01]:[^()]*)\)$")
_LOST = "**lost**"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as the source has it: `words`, `place` (S1:25 is a line of the second source); `lost` in the source."""

    id: str
    words: str
    place: str = ""

    @property
    def lost(self) -> bool:
        return self.words.startswith(_LOST)


def clauses(folder: Path) -> Mapping[str, Clause]:
    """Clause id -> clause, in the order of the regulation; nothing where the folder has no README."""
    try:
        text = (folder / "README.md").read_text(encoding="utf-8")
    except OSError:
        return {}
    return {row["id"]: _clause(row["id"], row["words"].strip()) for row in _ROW.finditer(text)}


def _clause(id: str, said: str) -> Clause:
    place = _PLACE.search(said)
    return Clause(id, said[: place.start()] if place else said, place[1] if place else "")
