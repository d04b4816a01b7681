"""Decides what renumbering changes: old code to new code, kept for ever with reason and approval (EN-15, WX-11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from index.domain.arranging.coding import class_of, with_number, written
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode


@dataclass(frozen=True, slots=True)
class Recoding:
    """One item's (or volume's) code before and after."""

    id: str
    title: str
    old: str
    new: str
    code: ReferenceCode

    @property
    def changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Renumbering:
    """One renumbering as it was done; `changes` are (id, old, new) of everything whose code became another."""

    id: str
    fonds_id: str
    at: datetime
    by: str
    approved_by: str
    reason: str
    scope: Mapping[str, str]
    changes: tuple[tuple[str, str, str], ...]


def in_sequence(
    items: Iterable[Item],
    place: ReferenceCode,
    fonds_grammar: str,
    names: Mapping[str, str],
    passed: Collection[str] = (),
) -> tuple[Recoding, ...]:
    """The codes that these items of one class get in this order, from 1: without gap or double.

    `passed` are codes that somebody else keeps for good: withdrawn items.
    """
    numbers = (with_number(class_of(place), number, fonds_grammar) for number in count(1))
    free = ((code, words) for code in numbers if (words := written(code, fonds_grammar, names)) not in passed)
    return tuple(
        Recoding(item.id, item.title, item.reference_code, words, code)
        for item, (code, words) in zip(items, free, strict=False)
    )
