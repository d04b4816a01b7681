"""Decides what a batch sheet (批次质检单) shows: figures, flaws by rule, the sample, what to scan again, who signed.

One reading of the catalogue for the page, the printed sheet and the exports alike, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.wiring import Home
from index.custody.batching import Rules
from index.domain.batch import Batch, BatchState, Mark, Verdict, had_a_hand, seal_of
from index.domain.holdings import Fonds, Page, PageRole
from index.domain.looks import Colour
from index.domain.proof.quality import RULES, Bounds, Figures, Flaw, Gap, figures, gaps
from index.domain.proof.sampling import Portion, undrawn
from index.ports import BatchPage, Work
from viewer.words import say
from viewer.words.terms import term


@dataclass(frozen=True, slots=True)
class Sheet:
    """A batch with everything that its sheet says.

    `pages` stand in the order of files and frames, `places` has them by id as `flaws` has what is wrong with them;
    `files` are counted by scan state.
    """

    batch: Batch
    fonds: Fonds | None
    pages: Sequence[BatchPage]
    marks: Mapping[str, Mark]
    files: Mapping[str, int]
    figures: Figures
    gaps: Sequence[Gap]
    places: Mapping[str, BatchPage]
    flaws: Mapping[str, Sequence[Flaw]]

    @property
    def stage(self) -> str:
        """Where it stands, in finer steps than its state: reading, waiting, checking, checked, signed."""
        if self.batch.state is not BatchState.OPEN:
            return self.batch.state.value
        if self.figures.waiting or not self.figures.captured:
            return "reading"
        return "checking" if self.batch.drawings else "waiting"

    @property
    def changed(self) -> bool:
        """Whether pages were added, removed or replaced since the check was closed."""
        return bool(self.batch.seal) and self.batch.seal != _seal(self.pages)

    @property
    def sample(self) -> Sequence[tuple[BatchPage, Mark]]:
        return [(one, mark) for one in self.pages if (mark := self.marks.get(one.page.id)) and mark.drawing]

    @property
    def rescans(self) -> Sequence[tuple[BatchPage, Mark]]:
        """The pages to be scanned again, in the order in which the paper lies."""
        wanted = set(self.figures.rescans)
        return [(one, self.marks[one.page.id]) for one in self.pages if one.page.id in wanted]

    @property
    def undrawn(self) -> int:
        """Pages that came since the last draw (all of them before the first)."""
        return len(undrawn(self._content, self.batch.drawings))

    @property
    def finished(self) -> bool:
        """Whether nothing is left to look at before the check is closed."""
        return bool(self.batch.drawings) and not self.undrawn and not self.figures.unmarked

    @property
    def hands(self) -> frozenset[str]:
        """Who took part, and therefore cannot sign."""
        return had_a_hand(self.batch, {mark.by for mark in self.marks.values()})

    @property
    def in_quarantine(self) -> int:
        return self.files.get("quarantined", 0)

    @property
    def scans(self) -> int:
        """How many captured files it holds."""
        return self.files.get("stored", 0) + self.files.get("read", 0)

    def page(self, page_id: str) -> BatchPage | None:
        return self.places.get(page_id)

    def flaws_of(self, page_id: str) -> Sequence[Flaw]:
        return self.flaws.get(page_id, ())

    def next_to_look_at(self, page_id: str = "") -> str:
        """The drawn page behind this one that nobody has judged, beginning again at the first; "" when all are."""
        ids = [one.page.id for one, _ in self.sample]
        at = ids.index(page_id) + 1 if page_id in ids else 0
        return next((one for one in ids[at:] + ids[:at] if not self.marks[one].verdict), "")

    @property
    def _content(self) -> list[str]:
        return [one.page.id for one in self.pages if one.page.role is PageRole.CONTENT]


def rules_of(home: Home) -> Rules:
    """What this room's settings ask of a batch."""
    asked = home.settings.quality
    bounds = Bounds(
        least_dpi=asked.least_dpi,
        dpi_for_reading=asked.dpi_for_reading,
        least_colour=Colour(asked.least_colour),
        most_skew=asked.most_skew,
        least_paper=asked.least_paper,
        most_ink=asked.most_ink,
        least_contrast=asked.least_contrast,
        least_confidence=asked.least_confidence,
        most_blank_percent=asked.most_blank_percent,
    )
    return Rules(bounds, Portion(asked.sample_percent, asked.sample_least), asked.pass_percent)


def sheet(work: Work, batch_id: str, rules: Rules) -> Sheet:
    """Raises Missing("no-such-batch")."""
    return sheets(work, [work.batches.get(batch_id)], rules)[0]


def sheets(work: Work, batches: Sequence[Batch], rules: Rules) -> Sequence[Sheet]:
    ids = [batch.id for batch in batches]
    files, marks, pages = work.batches.files(ids), work.batches.marks(ids), work.batches.pages(ids)
    of_batch: dict[str, list[BatchPage]] = {batch_id: [] for batch_id in ids}
    for one in pages:
        of_batch[one.batch_id].append(one)
    fonds = {fonds.id: fonds for fonds in work.fonds.all()}
    return [
        _sheet(batch, fonds.get(batch.fonds_id or ""), of_batch[batch.id], marks[batch.id], files[batch.id], rules)
        for batch in batches
    ]


def _sheet(
    batch: Batch,
    fonds: Fonds | None,
    pages: Sequence[BatchPage],
    marks: Sequence[Mark],
    files: Mapping[str, int],
    rules: Rules,
) -> Sheet:
    found = figures([one.page for one in pages], marks, rules.bounds)
    told = gaps(found, batch.expected_pages, rules.bounds, rules.pass_percent)
    known, places = {mark.page_id: mark for mark in marks}, {one.page.id: one for one in pages}
    flaws: dict[str, list[Flaw]] = {}
    for flaw in found.flaws:
        flaws.setdefault(flaw.page_id, []).append(flaw)
    return Sheet(batch, fonds, pages, known, files, found, told, places, flaws)


def _seal(pages: Sequence[BatchPage]) -> str:
    return seal_of((one.page.id, one.sha256, one.page.role) for one in pages)


# -- its words ---------------------------------------------------------------------------------------------------------


def requirements(language: str, bounds: Bounds) -> Sequence[tuple[str, str, bool]]:
    """(code, what is asked for, whether it must be) of every rule, in words."""
    return [(rule.code, _asked(language, rule.code, rule.bound(bounds), bounds), rule.must) for rule in RULES]


def _asked(language: str, code: str, bound: float, bounds: Bounds) -> str:
    shown = say(language, term("colour", bounds.least_colour)) if code == "colour" else _shown(code, bound)
    return say(language, term("asked", code), bound=shown)


def measured(language: str, flaw: Flaw, page: Page) -> str:
    """What was measured, with its unit; empty where there is no number."""
    if flaw.code == "colour":
        return say(language, term("colour", page.look.colour))
    return "" if flaw.code == "spread" else _shown(flaw.code, flaw.measured)


def _shown(code: str, number: float) -> str:
    if code.startswith("dpi"):
        return f"{number:.0f} dpi"
    if code == "skew":
        return f"{number:.1f}°"
    return f"{number:.0%}" if code == "hard-to-read" else f"{number:.0f}"


def gap_words(language: str, gap: Gap) -> str:
    return say(language, term("gap", gap.code), **gap.numbers)


def verdict_word(language: str, mark: Mark | None) -> str:
    return say(language, term("verdict", mark.verdict or "waiting")) if mark else ""


def stage_word(language: str, sheet: Sheet) -> str:
    return say(language, term("batch", sheet.stage))


def is_bad(mark: Mark | None) -> bool:
    return mark is not None and mark.verdict is Verdict.BAD
