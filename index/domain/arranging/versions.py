"""Decides what changed between two versions of a contents list: what came, what left, what says or stands otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from index.domain.arranging.contents import ContentsLine, ContentsList

#: What a line says of a document; where it begins follows from those before it.
SAID = ("reference_code", "document_number", "creator", "title", "date", "pages", "note")


class Kind(StrEnum):
    """What became of a document between two versions."""

    CAME = "came"
    LEFT = "left"
    SAYS = "says"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One document that the later version lists otherwise; `fields` are (name, before, after) of what it says."""

    kind: Kind
    line: ContentsLine
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a list with all that changed since the one before."""

    list: ContentsList
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.changes)


def versions(lists: Sequence[ContentsList]) -> list[Version]:
    """The versions, given in their order; of the first everything came."""
    before: tuple[ContentsLine, ...] = ()
    found = []
    for one in lists:
        found.append(Version(one, tuple(changes(before, one.lines))))
        before = one.lines
    return found


def changes(before: Sequence[ContentsLine], after: Sequence[ContentsLine]) -> Iterator[Change]:
    """In the order of the later version; what left comes last."""
    known, now = {line.item_id: line for line in before}, {line.item_id for line in after}
    moved = _moved([one for one in known if one in now], [line.item_id for line in after if line.item_id in known])
    for line in after:
        old = known.get(line.item_id)
        if old is None:
            yield Change(Kind.CAME, line)
            continue
        if said := _said(old, line):
            yield Change(Kind.SAYS, line, said)
        if line.item_id in moved:
            yield Change(Kind.MOVED, line)
    yield from (Change(Kind.LEFT, line) for line in before if line.item_id not in now)


def _said(old: ContentsLine, new: ContentsLine) -> tuple[tuple[str, str, str], ...]:
    both = ((name, str(getattr(old, name)), str(getattr(new, name))) for name in SAID)
    return tuple((name, was, is_now) for name, was, is_now in both if was != is_now)


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest that must have been moved: whoever stands in the same order as before stayed."""
    stayed = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {one for block in stayed for one in after[block.b : block.b + block.size]}
    return set(after) - kept
