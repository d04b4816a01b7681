"""Decides what a regulation is once it is data: its series, periods, filing rules, checklist, duties and access.

A pack is one regulation in one edition (part D of the domain notes). Every part names the clause it stands on;
`confirm` marks a value the source does not give, which the site has to confirm. What it all means for a document is
decided in `placement.py`, what it asks of people in the modules that `provisions.py` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from index.domain.access import Marking
from index.domain.retention import UNSET, RetentionPeriod, longer, period
from index.domain.rules.provisions import Condition, DestructionRule, Gate, IntakeRule, LoanRule, Seal, Titles


class Scheme(StrEnum):
    """Whose words a marking is in. A site's own 秘密级 is never the state's (A.16 X4)."""

    INTERNAL = "internal"
    PERSONAL = "personal"
    COMMERCIAL = "commercial"
    STATE_SECRET = "state_secret"


class ArrangedBy(StrEnum):
    """How a series is put in order: item by item (件), in volumes (卷), or one file a subject (一户一档)."""

    ITEM = "item"
    VOLUME = "volume"
    SUBJECT_FILE = "subject-file"


class Where(StrEnum):
    """Where a rule looks: the folded title, whole text, creator, or the names of the folders it came in."""

    TITLE = "title"
    TEXT = "text"
    CREATOR = "creator"
    HINT = "hint"


class Strength(StrEnum):
    """How much one firing says: `strong` is a title that leaves no doubt, `anchor` words inside a form's text."""

    STRONG = "strong"
    NORMAL = "normal"
    ANCHOR = "anchor"
    WEAK = "weak"


class Room(StrEnum):
    """Which part of the work decides a clause that the pack does not; `later` is a coming edition, `lost` is nobody."""

    POLICY = "policy"
    INTAKE = "intake"
    CATALOGUE = "catalogue"
    FILING = "filing"
    ARRANGEMENT = "arrangement"
    COMPLETENESS = "completeness"
    QUALITY = "quality"
    CUSTODY = "custody"
    DEADLINES = "deadlines"
    ACCESS = "access"
    SEARCH = "search"
    EXPORTS = "exports"
    STATISTICS = "statistics"
    DISPOSAL = "disposal"
    OUTSIDE = "outside"
    LATER = "later"
    LOST = "lost"


class Issuer(StrEnum):
    """Whose document a rule speaks of: a superior's, our own, or anybody's."""

    SUPERIOR = "superior"
    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One row of the retention schedule: how long (permanent, 30y, 2y, unset), counted from which event.

    `basis` is the place that gives it, in the words of its source, `note` what is to be said of it beside that. `host`
    is what the law of the country asks in which a unit abroad works; the longer of the two holds (OV-03).
    """

    id: str
    title: Titles
    period: str
    trigger: str
    clause: str
    basis: str = ""
    note: Titles = field(default_factory=dict)
    confirm: bool = False
    longest_item: bool = False
    """A file under this row is kept until its longest item may go (A.16 X2)."""
    host: str = ""
    host_basis: str = ""

    @property
    def kept(self) -> RetentionPeriod:
        home = period(self.period)
        return longer(home, period(self.host)) if self.host else home


@dataclass(frozen=True, slots=True)
class Floor:
    """A kind of document that must not go before this period is over, whatever its file says."""

    doc_type: str
    period: str
    trigger: str
    clause: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A class of the scheme. `retention` names the schedule row that holds unless a rule names another.

    `subject` names what a subject file is about (employee_number); `year` is calendar, academic, fiscal or none;
    `by_hand` says why no rule leads here.
    """

    code: str
    title: Titles
    category: str
    clause: str
    retention: str
    organisation: str = ""
    marking: Marking = Marking.INTERNAL
    scheme: Scheme = Scheme.INTERNAL
    arranged_by: ArrangedBy = ArrangedBy.ITEM
    subject: str = ""
    year: str = "calendar"
    names: tuple[str, ...] = ()
    """Words of a folder's name that mean this series, folded."""
    by_hand: str = ""
    former: str = ""
    """The series that a subject's file goes into when its tenure ends (OWN-20, EA-08); empty: it is closed here."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that lead to a series: `any` (at least `at_least`), one `beside` them, `all`, and `none`; they are folded.

    `excludes` names series of the pack that a firing rules out (EA-06). `retention` names a schedule row.
    """

    id: str
    clause: str
    series: str
    where: Where
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    at_least: int = 1
    strength: Strength = Strength.NORMAL
    issuer: Issuer = Issuer.ANY
    doc_type: str = ""
    retention: str = ""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a checklist: always to be filled, on a condition (`when` names it), repeating, or free.

    An item of one of `doc_types`, or of one of `series`, fills it; `per` says of what the list is: each file, each
    year of a fonds, or the fonds; unsaid, each file where there are files. A slot numbered 5.1 is part of slot 5.

    A slot with `labels` is a field of the file's description: what a form says behind one of them, or a person enters,
    fills it, and no paper by its kind.
    """

    number: str
    title: Titles
    clause: str
    doc_types: tuple[str, ...] = ()
    when: str = "always"
    repeats: bool = False
    series: tuple[str, ...] = ()
    per: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody (roles with a comma between them) has to do by when, and what proves it (D.3)."""

    id: str
    clause: str
    when: str
    who: str
    what: Titles
    evidence: Titles
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One row of the access matrix: R read, D download, L borrow, E edit, A approve; `*` own, `!` after approval.

    `approver` gives that approval (whoever has A, where it is empty), for `days` at most; `reasons` are the codes of
    which a request names one, `evidence_for` those of them that need a document.
    """

    role: str
    rights: tuple[str, ...]
    clause: str
    purpose: bool = False
    confirm: bool = False
    only: tuple[str, ...] = ()
    """Series codes or kinds of document to which the row is limited; there it goes before the role's general row."""
    approver: str = ""
    days: int = 0
    reasons: tuple[str, ...] = ()
    evidence_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A clause that this pack does not decide: which `Room` does, and why.

    Text, as editions that a home kept from before name rooms that are none any more.
    """

    id: str
    room: str
    why: Titles


@dataclass(frozen=True, slots=True)
class Pack:
    """A regulation in one edition. `digest` is the SHA-256 of its file: decisions keep it (S1:235-237).

    `superiors` and `own_words` are the folded words by which a superior's and our own body are known; `threshold` is
    the confidence from which an item is filed without a person.
    """

    id: str
    title: Titles
    version: str
    effective_from: date
    drafter: str
    approver: str
    interpreter: str
    custodian: str
    example_fonds: tuple[str, ...]
    threshold: float
    marking: Marking
    scheme: Scheme
    series: tuple[Series, ...]
    schedule: tuple[ScheduleRow, ...]
    rules: tuple[Rule, ...]
    access: tuple[AccessRow, ...]
    supersedes: tuple[str, ...] = ()
    superiors: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    floors: tuple[Floor, ...] = ()
    checklist: tuple[Slot, ...] = ()
    duties: tuple[Duty, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    loans: tuple[LoanRule, ...] = ()
    sealed: tuple[Seal, ...] = ()
    gates: tuple[Gate, ...] = ()
    intake: tuple[IntakeRule, ...] = ()
    destruction: tuple[DestructionRule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    disposal_approver: str = ""
    """Whose approval destruction needs, as an expression of `approvers.py`; without one nothing is destroyed."""
    called: Mapping[str, Titles] = field(default_factory=dict)
    """What the short names of this pack (roles, facts, methods, kinds of loan) are called, by language."""
    settings: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    def series_of(self, code: str) -> Series | None:
        """The series with this code, or None."""
        return next((one for one in self.series if one.code == code), None)

    def row(self, row_id: str) -> ScheduleRow | None:
        """The schedule row with this id, or None."""
        return next((one for one in self.schedule if one.id == row_id), None)

    def retention(self, series: Series, rule_row: str = "") -> RetentionPeriod:
        """The period for a document of `series`, by the rule's own row where it names one; unset when no row says."""
        row = self.row(rule_row or series.retention)
        return row.kept if row else UNSET
