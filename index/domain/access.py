"""Decides who may read, print and change what: markings, roles, and the permit a query carries.

Deny by default. An administrator runs the system and does not read (separation of duties, B.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Marking(StrEnum):
    """How closely a record is held; the scheme and term of the site stand beside it in the pack."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    ARCHIVIST = "archivist"
    READER = "reader"


class Act(StrEnum):
    """What a person may do; every page and command names one."""

    SEARCH = "search"
    READ = "read"
    PRINT = "print"
    CAPTURE = "capture"
    CHECK = "check"
    REVIEW = "review"
    EXPORT = "export"
    MANAGE_PEOPLE = "manage-people"
    SEE_SYSTEM = "see-system"
    SEE_SELF = "see-self"


_READS: dict[Role, frozenset[Marking]] = {
    Role.ADMINISTRATOR: frozenset(),
    Role.ARCHIVIST: frozenset(Marking),
    Role.READER: frozenset({Marking.OPEN, Marking.INTERNAL}),
}

_ACTS: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset({Act.MANAGE_PEOPLE, Act.SEE_SYSTEM, Act.SEE_SELF}),
    Role.ARCHIVIST: frozenset(Act) - {Act.MANAGE_PEOPLE},
    Role.READER: frozenset({Act.SEARCH, Act.READ, Act.PRINT, Act.EXPORT, Act.SEE_SELF}),
}

#: Reading these is written into the journal, also when an archivist does it (EA-09).
LOGGED = frozenset({Marking.PERSONAL, Marking.CONFIDENTIAL})


@dataclass(frozen=True, slots=True)
class Permit:
    """What one person may see, as part of a query: these markings, and unfiled pages or not."""

    markings: frozenset[Marking]
    unfiled: bool = False

    def admits(self, marking: str, *, filed: bool) -> bool:
        """Whether a record with this marking may be seen; what is not yet filed is the archivists' alone."""
        return marking in self.markings and (filed or self.unfiled)

    @property
    def nothing(self) -> bool:
        return not self.markings


def permit_of(role: Role) -> Permit:
    return Permit(_READS[role], unfiled=role is Role.ARCHIVIST)


def may(role: Role, act: Act) -> bool:
    return act in _ACTS[role]
