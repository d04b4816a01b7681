"""Decides how a proofed page is saved: every line a person changed or found right, at once, signed, for all to read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.holdings import Page
from index.domain.identity import new_id
from index.domain.proof.alignment import distance, normalised
from index.domain.proof.entering import Sight, given, sights
from index.domain.proof.laid_over import laid_over
from index.domain.proof.proof_lines import Line, doubtful, lines
from index.domain.proof.proofing import UNDECIDED, Correction, Standing, in_force
from index.domain.proof.text_quality import Proof
from index.domain.reading import Box, PageReading
from index.ports import Work

#: The longest line a person may give; a page of running text is shorter.
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Typed:
    """One line of the form: what stood there, what was typed, and whether the person says that it is right.

    `new` is a line the machine has not seen, below the line `key` ("" at the top).
    """

    key: str
    before: str
    text: str
    checked: bool = False
    new: bool = False

    @property
    def means_something(self) -> bool:
        return bool(self.text) if self.new else self.checked or self.text != self.before


@dataclass(frozen=True, slots=True)
class Rule:
    """What the room asks for: two entries for this series, and below which confidence a word is doubtful."""

    two: bool
    below: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What saving came to: lines changed, lines found right, lines that wait for a second entry or for a decision."""

    changed: int
    right: int
    waiting: int
    differing: int
    whole: bool


def plain(text: str) -> str:
    """One line as it is kept: no line breaks or control characters, nothing at its ends."""
    kept = (" " if char in "\r\n\t" else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) != "Cc").strip()


def save(
    work: Work, page: Page, typed: Sequence[Typed], who: str, now: datetime, rule: Rule, *, whole: bool = False
) -> Outcome:
    """Keep what a person gave for a page; `whole`: they say that everything on it is right as it stands in the form.

    Raises Conflict("line-changed") when a line reads otherwise by now than the person saw it; nothing is kept then.
    Missing("no-such-page") for a page that was not read yet, WrongUse("bad-value") for a line beyond all measure.
    """
    machine = work.proofs.machine(page.id)
    if machine is None:
        raise Missing("no-such-page")
    kept = _kept(machine, work.proofs.of(page.id), page, typed, who, now, rule)
    work.proofs.keep(kept)
    after = work.proofs.of(page.id)
    if any(not one.entry or one.state not in UNDECIDED for one in kept):
        work.proofs.changed(page.id, doubtful(machine, after, rule.below))
    finished = _finished(work, machine, page, after, who, now, whole, bool(kept))
    outcome = _outcome([one for one in kept if one.at == now and one.by == who], finished)
    if kept or whole:
        _note(work, page, outcome, kept, who)
    return outcome


def _kept(
    machine: PageReading,
    known: Sequence[Correction],
    page: Page,
    typed: Iterable[Typed],
    who: str,
    now: datetime,
    rule: Rule,
) -> list[Correction]:
    seen = {sight.line.key: sight for sight in sights(machine, known, who)}
    entries = [one for one in known if one.state in UNDECIDED]
    kept: list[Correction] = []
    for one in typed:
        if not one.means_something:
            continue
        text = _checked(one.text)
        if one.new:
            kept.append(_new_line(machine, seen.get(one.key), page.id, text, who, now))
            continue
        sight = _unchanged(seen.get(one.key), one)
        if text != one.before or not sight.done:
            kept += given(sight, text, who, now, (new_id(), page.id), entries, two=rule.two)
    return kept


def _unchanged(sight: Sight | None, typed: Typed) -> Sight:
    """The line as it is now, if it is still the one that the person saw."""
    if sight is None or plain(sight.text) != plain(typed.before):
        raise Conflict("line-changed", line=typed.before or typed.text)
    return sight


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise WrongUse("bad-value", field="line", value=text[:40], hint=str(LONGEST))
    return plain(text)


def _new_line(
    machine: PageReading, above: Sight | None, page_id: str, text: str, who: str, now: datetime
) -> Correction:
    """A line that the machine has not seen, below the one it was written under."""
    line = above.line if above else None
    start = _behind(machine.text, line) if line else 0
    return Correction(new_id(), page_id, start, "", _strip_below(line), "", text, who, now)


def _behind(text: str, line: Line) -> int:
    return min(len(text), line.start + len(line.read) + bool(line.read))


def _strip_below(line: Line | None) -> Box:
    """Where such a line may stand: as high and wide as the one above it."""
    if line is None:
        return Box(0.05, 0.02, 0.9, 0.03)
    box = line.box
    return Box(box.x, min(1.0 - box.h, box.y + box.h * 1.1), box.w, box.h)


def _finished(
    work: Work,
    machine: PageReading,
    page: Page,
    known: Sequence[Correction],
    who: str,
    now: datetime,
    whole: bool,
    changed: bool,
) -> bool:
    """Whether a person has now looked at every line of the page; then it says how well the machine had read it."""
    all_lines = lines(machine, known)
    finished = all(line.checked and not line.disputed for line in all_lines) and (whole or bool(all_lines))
    if finished and (changed or whole):
        work.proofs.finish(measured(page.id, machine, known, who, now))
    return finished


def measured(page_id: str, machine: PageReading, known: Sequence[Correction], who: str, now: datetime) -> Proof:
    """How far the machine's text lies from what stands on the paper."""
    true = laid_over(machine, in_force(known)).text
    return Proof(page_id, who, now, len(normalised(true)), distance(machine.text, true))


def _outcome(fresh: Sequence[Correction], finished: bool) -> Outcome:
    states = [one.state for one in fresh]
    changed = sum(one.before != one.after for one in fresh)
    return Outcome(
        changed,
        len(fresh) - changed,
        states.count(Standing.ENTERED),
        states.count(Standing.DIFFERS),
        finished,
    )


def _note(work: Work, page: Page, outcome: Outcome, kept: Sequence[Correction], who: str) -> None:
    """The journal says who proofed which page and how much of it; the words themselves stay beside the page."""
    details: dict[str, object] = {"page": page.number, "changed": outcome.changed, "right": outcome.right}
    entries = sorted({one.entry for one in kept if one.entry and one.by == who})
    if entries:
        details["entries"] = entries
    if outcome.whole:
        details["whole"] = True
    work.journal.write(who, "proofed", page.item_id, **details)


def recount(work: Work, page_id: str, below: float) -> None:
    """Count the doubtful words of a page again, after it was read again."""
    machine = work.proofs.machine(page_id)
    if machine:
        work.proofs.changed(page_id, doubtful(machine, work.proofs.of(page_id), below))
