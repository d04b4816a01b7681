"""Decides what a person sees of a page's lines, and what their word makes of one: at once, or after a second entry.

Where a series asks for double entry two people give each line without seeing what the other gave. What they agree on
stands; where they differ both are shown, and somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.domain.proof.proof_lines import Line, lines
from index.domain.proof.proofing import UNDECIDED, Correction, Standing
from index.domain.reading import PageReading

FIRST, SECOND, DECISION = 1, 2, 3


def two_enter(series_of_two: Iterable[str], fonds: str, series: str) -> bool:
    """Whether this series asks for double entry: it is named by its code, or as FONDS/SERIES, or FONDS/* names all."""
    return bool({series, f"{fonds}/{series}", f"{fonds}/*"} & set(series_of_two)) and bool(series)


@dataclass(frozen=True, slots=True)
class Sight:
    """A line as one person sees it: their own entry, if it waits, and both entries where two differ."""

    line: Line
    own: Correction | None = None
    rivals: tuple[Correction, ...] = ()

    @property
    def text(self) -> str:
        """What stands in the form before anything is typed."""
        if self.rivals:
            return self.rivals[0].after
        return self.own.after if self.own else self.line.shown

    @property
    def done(self) -> bool:
        """Nothing is asked of this person: the line was checked, or they gave it and the other has yet to."""
        if self.line.disputed or self.rivals:
            return False
        return self.line.checked or self.own is not None

    @property
    def waits(self) -> bool:
        return self.own is not None and not self.rivals


def sights(reading: PageReading, corrections: Sequence[Correction], who: str) -> list[Sight]:
    """The page as `who` sees it, in reading order."""
    undecided = [one for one in corrections if one.state in UNDECIDED]
    return [_sight(line, _of(line, undecided), who) for line in lines(reading, corrections)]


def _of(line: Line, entries: Iterable[Correction]) -> list[Correction]:
    """The entries for this line. One whose place was lost when the page was read again belongs to the line below it."""
    end = line.start + max(1, len(line.read))
    return [one for one in entries if line.start <= one.start < end] if line.read else []


def _sight(line: Line, entries: Sequence[Correction], who: str) -> Sight:
    own = next((one for one in entries if one.by == who), None)
    return Sight(line, own, tuple(one for one in entries if one.state is Standing.DIFFERS))


def given(
    sight: Sight, text: str, who: str, at: datetime, ids: tuple[str, str], entries: Sequence[Correction], *, two: bool
) -> tuple[Correction, ...]:
    """What becomes of a line to which `who` gave `text`: the new correction first, then those whose state it changes.

    `ids` are those of the correction and its page, `entries` all corrections of the page that are undecided.
    """
    line = sight.line
    fresh = Correction(ids[0], ids[1], line.start, line.read, line.box, sight.text, text, who, at)
    replaced = [*line.corrections, *_of(line, entries)]
    if not two or not line.read:
        gone = not text and not line.read
        return _instead(replace(fresh, state=Standing.REPLACED if gone else Standing.STANDS), replaced)
    if sight.rivals:
        return _instead(replace(fresh, entry=DECISION), replaced)
    other = next((one for one in _of(line, entries) if one.by != who), None)
    if other is None:
        return _instead(replace(fresh, state=Standing.ENTERED, entry=FIRST), [sight.own] if sight.own else [])
    if other.after == text:
        return _instead(replace(fresh, entry=SECOND), replaced)
    own = [sight.own] if sight.own else []
    differing = replace(other, state=Standing.DIFFERS)
    return (*_instead(replace(fresh, state=Standing.DIFFERS, entry=SECOND), own), differing)


def _instead(fresh: Correction, before: Iterable[Correction]) -> tuple[Correction, ...]:
    return (fresh, *(replace(one, state=Standing.REPLACED) for one in before))
