"""Decides what else a regulation says once it is data: lending, seals, gates, intake, destruction, conditions.

Each names the clause it stands on. What it means for a case is decided in the module of its subject (`lending.py`,
`sealing.py`, `gates.py`, `intake.py`, `disposal.py`, `completeness.py`); roles are expressions of `approvers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Titles = Mapping[str, str]
"""A title, or a sentence, by language: zh-Hans, zh-Hant, en."""

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def in_language(titles: Titles, language: str) -> str:
    """The words for a reader of this language, English where there are none."""
    return titles.get(language) or titles["en"]


@dataclass(frozen=True, slots=True)
class LoanRule:
    """One way of lending (`kind`: within, department, outside, follow-up).

    `back` says by when in the grammar of `timing.py`, counted from the event `lent`; empty: a day must be agreed on.
    `back_with` names what has to be there before it is taken back (visit-record).
    """

    kind: str
    clause: str
    allowed: bool = True
    approver: str = ""
    back: str = ""
    back_with: tuple[str, ...] = ()
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """Series that are sealed: opened once for each approval of `approver`, logged, and sealed again (HS-11)."""

    series: tuple[str, ...]
    approver: str
    clause: str


@dataclass(frozen=True, slots=True)
class Gate:
    """What has to be settled before somebody passes (`event`: leaving, position-change).

    Nothing of the kinds `held` may still be theirs (loan, file, copy, form); `needs` names what has to be signed.
    """

    id: str
    event: str
    held: tuple[str, ...]
    clause: str
    needs: tuple[str, ...] = ()


class Otherwise(StrEnum):
    """What becomes of an item that lacks what an intake rule needs."""

    REFUSE = "refuse"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class IntakeRule:
    """What an item must bring with it: where every fact of `when` holds, every one of `needs` must ("a or b").

    Of these `series` only, all where none is named. `bars` are uses that stay shut meanwhile (assignment, search).
    """

    id: str
    clause: str
    needs: tuple[str, ...]
    when: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    otherwise: Otherwise = Otherwise.REFUSE
    bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DestructionRule:
    """How records of these markings are destroyed, and before how many witnesses (TN-18, A.16 X7)."""

    markings: tuple[str, ...]
    methods: tuple[str, ...]
    clause: str
    witnesses: int = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """A circumstance on which a slot depends, and the papers or series that show it holds (a person may say it too)."""

    name: str
    title: Titles
    clause: str
    doc_types: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
