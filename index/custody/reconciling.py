"""Decides how the incoming register is compared with what was filed (SCH-09), and who stands for the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from index.custody.importing import Report
from index.domain.identity import new_id
from index.domain.lists.entries import Entry, entries
from index.domain.lists.importing import Import
from index.domain.lists.incoming import Incoming, Outcome, compared, decided, incoming, told_apart
from index.ports import Work

#: Rows of a register that are entered in one transaction: nobody else writes meanwhile.
TOGETHER = 5_000


def dry_run(work: Work, one: Import) -> Report:
    """What an imported register would add, and every fault of its rows."""
    rows = work.imports.rows(one.id)
    waiting = entries(one.form, [kept.row for kept in rows if not kept.target], one.columns)
    told = told_apart(waiting, work.incoming.of_year(one.fonds_id, 0))
    return Report(tuple(told), entered=sum(bool(kept.target) for kept in rows), with_images=False)


def put_in(work: Work, one: Import, ready: Sequence[Entry], actor: str) -> int:
    """Enter these sound rows of an imported register; one that is there already is left as it is. How many."""
    known = dict(work.incoming.numbers(one.fonds_id))
    fresh = []
    for entry in ready:
        said = incoming(entry, new_id(), one.fonds_id)
        held = known.get(said.key[1:])
        if held is None:
            fresh.append(said)
            known[said.key[1:]] = said.id
        work.imports.mark(one.id, entry.number, held or said.id)
    work.incoming.put(fresh)
    work.journal.write(actor, "register-imported", one.id, list=one.name, entries=len(fresh), sha256=one.sha256)
    return len(fresh)


def standing(work: Work, fonds_id: str, year: int) -> list[Incoming]:
    """The register as it compares with what is filed now; nothing is written."""
    register = work.incoming.of_year(fonds_id, year)
    changed = {entry.id: entry for entry in compared(register, work.incoming.filed(fonds_id))}
    return [changed.get(entry.id, entry) for entry in register]


def reconcile(work: Work, fonds_id: str, year: int, now: datetime) -> Counter[Outcome]:
    """Compare the register with what is filed, and keep it; how many entries there are of each outcome."""
    known = set(work.incoming.of_year(fonds_id, year))
    found = standing(work, fonds_id, year)
    work.incoming.put([replace(entry, decided_at=now) for entry in found if entry not in known])
    return Counter(entry.outcome for entry in found)


def decide(work: Work, entry_id: str, outcome: Outcome, reason: str, actor: str, now: datetime) -> Incoming:
    """A person says that an entry is not for filing, or takes that back; raises WrongUse("reason-needed")."""
    entry = decided(work.incoming.get(entry_id), outcome, reason, actor, now)
    work.incoming.put([entry])
    work.journal.write(actor, "receipt-decided", entry.id, outcome=outcome, reason=entry.reason)
    return entry


def sign(work: Work, fonds_id: str, year: int, actor: str, now: datetime) -> Counter[Outcome]:
    """A person stands for the register of a year as it is now compared, with what is missing named."""
    counts = reconcile(work, fonds_id, year, now)
    lacking = [entry.receipt_number for entry in work.incoming.of_year(fonds_id, year) if _is_missing(entry)]
    told = {outcome.value: counts[outcome] for outcome in Outcome}
    work.journal.write(actor, "register-signed", fonds_id, year=year, numbers=lacking, **told)
    return counts


def _is_missing(entry: Incoming) -> bool:
    return entry.outcome is Outcome.MISSING
