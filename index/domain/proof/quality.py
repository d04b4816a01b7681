"""Decides what is wrong with how pages were scanned: what was measured against the room's bounds, as a table of rules.

Bounds are settings. Of DA/T 31-2017 only what is known is said beside them: 200 dpi at the least, 300 for small or
unclear text; colour where there is a red head, a seal or a photograph; rescanning what is incomplete or illegible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from index.domain.batch import Mark, Verdict
from index.domain.holdings import Page, PageRole, PageState
from index.domain.looks import Colour

_Value = TypeVar("_Value")

#: From the poorest to the richest mode.
_RICHER = (Colour.UNKNOWN, Colour.BITONAL, Colour.GRAY, Colour.COLOUR)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is good enough. Brightness 0 (black) to 255 (white), skew in degrees, confidence 0 to 1.

    `least_dpi` must be kept, `dpi_for_reading` should be, as should whatever rests on an estimate.
    """

    least_dpi: int = 200
    dpi_for_reading: int = 300
    least_colour: Colour = Colour.BITONAL
    most_skew: float = 2.0
    least_paper: int = 150
    most_ink: int = 150
    least_contrast: int = 70
    least_confidence: float = 0.8
    most_blank_percent: float = 60.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A test of a page: wrong when what is measured lies on the wrong side of the bound.

    `must` rules ask for the page to be scanned again, the others for a look. `measured` says None where nothing is.
    """

    code: str
    must: bool
    measured: Callable[[Page], float | None]
    bound: Callable[[Bounds], float]
    least: bool

    def broken(self, page: Page, bounds: Bounds) -> Flaw | None:
        value, bound = self.measured(page), self.bound(bounds)
        if value is None or (value >= bound if self.least else value <= bound):
            return None
        return Flaw(self.code, self.must, page.id, value, bound)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a page (缺陷): what was `measured`, and the `bound` it misses."""

    code: str
    must: bool
    page_id: str
    measured: float
    bound: float


def _seen(page: Page) -> bool:
    """Whether the scanner's picture was looked at: not in pages that never were on paper, nor in older readings."""
    return page.kind != "text" and page.look.colour is not Colour.UNKNOWN


def _dpi(page: Page) -> float | None:
    return float(page.dpi) if page.dpi and page.kind != "text" else None


def _written(page: Page) -> bool:
    return _seen(page) and not page.blank


RULES: tuple[Rule, ...] = (
    Rule("dpi", True, _dpi, lambda b: b.least_dpi, least=True),
    Rule("dpi-for-reading", False, _dpi, lambda b: b.dpi_for_reading, least=True),
    Rule("colour", True, lambda p: _rank(p.look.colour) if _seen(p) else None, lambda b: _rank(b.least_colour), True),
    Rule("skew", False, lambda p: abs(p.look.skew) if _written(p) else None, lambda b: b.most_skew, least=False),
    Rule("paper-dark", False, lambda p: p.look.paper if _seen(p) else None, lambda b: b.least_paper, least=True),
    Rule("ink-faint", False, lambda p: p.look.ink if _written(p) else None, lambda b: b.most_ink, least=False),
    Rule(
        "contrast",
        False,
        lambda p: p.look.paper - p.look.ink if _written(p) else None,
        lambda b: b.least_contrast,
        least=True,
    ),
    Rule("spread", False, lambda p: 1 if p.part == 0 and p.look.spread else None, lambda b: 0, least=False),
    Rule(
        "hard-to-read",
        False,
        lambda p: p.confidence if _written(p) else None,
        lambda b: b.least_confidence,
        least=True,
    ),
)


def _rank(colour: Colour) -> float:
    return float(_RICHER.index(colour))


def flaws_of(page: Page, bounds: Bounds) -> tuple[Flaw, ...]:
    """What is wrong with a page that was read and counts; the harder of two rules about the same thing speaks alone."""
    if page.state is not PageState.READ or page.role is not PageRole.CONTENT:
        return ()
    found = {flaw.code: flaw for rule in RULES if (flaw := rule.broken(page, bounds))}
    if "dpi" in found:
        found.pop("dpi-for-reading", None)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """What a batch holds. `pages` bear something, `blank` are kept beside them; together they are what was captured.

    `colours` and `resolutions` count captured pages; `sampled` were drawn, `good` and `bad` of those were looked at;
    `rescans` are pages to be scanned again, drawn or not, that nothing has replaced yet.
    """

    pages: int = 0
    blank: int = 0
    removed: int = 0
    separators: int = 0
    waiting: int = 0
    unmeasured: int = 0
    colours: Mapping[Colour, int] = field(default_factory=dict)
    resolutions: Mapping[int, int] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()
    sampled: int = 0
    good: int = 0
    bad: int = 0
    rescans: tuple[str, ...] = ()

    @property
    def captured(self) -> int:
        return self.pages + self.blank

    @property
    def by_kind(self) -> Mapping[str, Sequence[Flaw]]:
        """The flaws of each rule, in the order of the rules."""
        kinds: dict[str, list[Flaw]] = {rule.code: [] for rule in RULES}
        for flaw in self.flaws:
            kinds[flaw.code].append(flaw)
        return {code: found for code, found in kinds.items() if found}

    @property
    def flawed(self) -> int:
        """Pages with at least one flaw."""
        return len({flaw.page_id for flaw in self.flaws})

    @property
    def unmarked(self) -> int:
        return self.sampled - self.good - self.bad

    @property
    def pass_percent(self) -> float | None:
        """How many of the drawn pages that were looked at are good; None before the first."""
        looked = self.good + self.bad
        return 100 * self.good / looked if looked else None

    @property
    def blank_percent(self) -> float:
        return 100 * self.blank / self.captured if self.captured else 0.0


def figures(pages: Sequence[Page], marks: Iterable[Mark], bounds: Bounds) -> Figures:
    """The figures of a batch from its pages (of every role) and what people said of them."""
    content = [page for page in pages if page.role is PageRole.CONTENT]
    known = {page.id: page for page in pages}
    marks = [mark for mark in marks if mark.page_id in known]
    drawn = Counter(mark.verdict for mark in marks if mark.drawing)
    bad = [mark.page_id for mark in marks if mark.verdict is Verdict.BAD]
    return Figures(
        pages=sum(not page.blank for page in content),
        blank=sum(page.blank for page in content),
        removed=sum(page.role is PageRole.REMOVED for page in pages),
        separators=sum(page.role is PageRole.SEPARATOR for page in pages),
        waiting=sum(page.state is PageState.WAITING for page in content),
        unmeasured=sum(page.state is PageState.READ and page.kind != "text" and not _seen(page) for page in content),
        colours=_counted(page.look.colour for page in content if _seen(page)),
        resolutions=_counted(page.dpi for page in content if page.dpi and page.kind != "text"),
        flaws=tuple(flaw for page in content for flaw in flaws_of(page, bounds)),
        sampled=drawn.total(),
        good=drawn[Verdict.GOOD],
        bad=drawn[Verdict.BAD],
        rescans=tuple(page_id for page_id in bad if known[page_id].role is PageRole.CONTENT),
    )


def _counted(values: Iterable[_Value]) -> Mapping[_Value, int]:
    """Most frequent first."""
    return dict(Counter(values).most_common())


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a batch does not come out even: a code, and the numbers that its words are filled with."""

    code: str
    numbers: Mapping[str, str] = field(default_factory=dict)


def gaps(found: Figures, expected: int | None, bounds: Bounds, pass_percent: float) -> tuple[Gap, ...]:
    """What must be explained in the note before the check can be closed; empty when all is well."""
    told: list[Gap] = []
    if expected is not None and expected != found.pages:
        told.append(Gap("count", {"expected": str(expected), "found": str(found.pages)}))
    if found.pass_percent is not None and found.pass_percent < pass_percent:
        rate = {"rate": f"{found.pass_percent:.1f}", "least": f"{pass_percent:g}"}
        told.append(Gap("rate", rate))
    if found.rescans:
        told.append(Gap("rescans", {"n": str(len(found.rescans))}))
    if must := len({flaw.page_id for flaw in found.flaws if flaw.must}):
        told.append(Gap("flaws", {"n": str(must)}))
    if found.blank_percent > bounds.most_blank_percent:
        told.append(Gap("blank", {"rate": f"{found.blank_percent:.0f}", "most": f"{bounds.most_blank_percent:g}"}))
    return tuple(told)
