"""What is wrong with a page follows from a table of rules; what a batch holds, and what of it must be explained."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.batch import Mark, Verdict
from index.domain.holdings import Page, PageRole, PageState
from index.domain.looks import Colour, Look
from index.domain.proof.quality import RULES, Bounds, Figures, figures, flaws_of, gaps

BOUNDS = Bounds()
SOUND = Page(
    "p",
    "i",
    "s",
    1,
    1,
    PageState.READ,
    dpi=300,
    kind="image",
    confidence=0.97,
    look=Look(Colour.GRAY, 0.3, 240, 90),
)


def looked(**look: object) -> Page:
    return replace(SOUND, look=replace(SOUND.look, **look))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (SOUND, []),
        (replace(SOUND, dpi=200), ["dpi-for-reading"]),
        (replace(SOUND, dpi=199), ["dpi"]),
        (replace(SOUND, dpi=0), []),
        (replace(SOUND, dpi=72, kind="text"), []),
        (looked(colour=Colour.BITONAL), []),
        (looked(skew=2.0), []),
        (looked(skew=-2.1), ["skew"]),
        (looked(skew=2.1), ["skew"]),
        (looked(paper=149, ink=60), ["paper-dark"]),
        (looked(ink=151), ["ink-faint"]),
        (looked(paper=160, ink=120), ["contrast"]),
        (looked(paper=140, ink=90), ["paper-dark", "contrast"]),
        (looked(spread=0.5), ["spread"]),
        (replace(looked(spread=0.5), part=1), []),
        (replace(SOUND, confidence=0.5), ["hard-to-read"]),
        (replace(SOUND, confidence=0.0, blank=True), []),
        (replace(looked(paper=90, ink=0, skew=9.0), blank=True), ["paper-dark"]),
        (replace(looked(skew=9.0), state=PageState.WAITING), []),
        (replace(looked(skew=9.0), role=PageRole.REMOVED), []),
        (replace(looked(skew=9.0), role=PageRole.SEPARATOR), []),
        (looked(colour=Colour.UNKNOWN, skew=9.0, paper=0), []),
    ],
)
def test_each_rule_speaks_of_its_own_fault_alone(page: Page, found: list[str]) -> None:
    assert [flaw.code for flaw in flaws_of(page, BOUNDS)] == found


@pytest.mark.parametrize(
    ("least", "colour", "flawed"),
    [
        (Colour.BITONAL, Colour.BITONAL, False),
        (Colour.GRAY, Colour.BITONAL, True),
        (Colour.GRAY, Colour.COLOUR, False),
        (Colour.COLOUR, Colour.GRAY, True),
        (Colour.COLOUR, Colour.UNKNOWN, False),
    ],
)
def test_a_richer_colour_mode_will_do_and_a_poorer_one_will_not(least: Colour, colour: Colour, flawed: bool) -> None:
    found = flaws_of(looked(colour=colour), replace(BOUNDS, least_colour=least))
    assert [flaw.code for flaw in found] == ["colour"] * flawed


def test_a_flaw_says_what_was_measured_and_what_it_misses() -> None:
    (flaw,) = flaws_of(looked(skew=-3.4), BOUNDS)
    assert (flaw.page_id, flaw.measured, flaw.bound, flaw.must) == ("p", 3.4, 2.0, False)


pages = st.builds(
    replace,
    st.just(SOUND),
    dpi=st.integers(0, 700),
    kind=st.sampled_from(["image", "scan", "text"]),
    blank=st.booleans(),
    confidence=st.floats(0, 1),
    role=st.sampled_from(PageRole),
    state=st.sampled_from(PageState),
    look=st.builds(
        Look,
        st.sampled_from(Colour),
        st.floats(-45, 45),
        st.integers(0, 255),
        st.integers(0, 255),
        st.none() | st.floats(0.3, 0.7),
    ),
)


@given(pages)
def test_looser_bounds_find_no_more(page: Page) -> None:
    loose = Bounds(0, 0, Colour.BITONAL, 90.0, 0, 255, -255, 0.0, 100.0)
    assert [flaw.code for flaw in flaws_of(page, loose) if flaw.code != "spread"] == []


@given(st.lists(pages, max_size=12))
def test_every_page_is_counted_once(found: list[Page]) -> None:
    numbered = [replace(page, id=str(number)) for number, page in enumerate(found)]
    told = figures(numbered, (), BOUNDS)
    halved = sum(page.role is PageRole.PARTED for page in found)
    assert told.captured + told.removed + told.separators + halved == len(found)
    assert told.pages + told.blank == told.captured >= told.waiting
    assert sum(map(len, told.by_kind.values())) == len(told.flaws)
    assert sum(told.colours.values()) <= told.captured


def batch() -> list[Page]:
    return [
        SOUND,
        replace(SOUND, id="q", dpi=150),
        replace(SOUND, id="r", blank=True, look=replace(SOUND.look, colour=Colour.COLOUR)),
        replace(SOUND, id="t", role=PageRole.REMOVED),
        replace(SOUND, id="u", state=PageState.WAITING, look=Look()),
        replace(SOUND, id="v", look=Look()),
    ]


def test_figures_of_a_batch() -> None:
    marks = [
        Mark("p", 1, Verdict.GOOD),
        Mark("q", 1, Verdict.BAD, "太浅"),
        Mark("r", 1),
        Mark("t", 0, Verdict.BAD, "歪"),
        Mark("gone", 1, Verdict.BAD, "没有了"),
    ]
    told = figures(batch(), marks, BOUNDS)
    assert (told.pages, told.blank, told.removed, told.waiting, told.unmeasured) == (4, 1, 1, 1, 1)
    assert told.colours == {Colour.GRAY: 2, Colour.COLOUR: 1} and told.resolutions == {300: 4, 150: 1}
    assert (told.sampled, told.good, told.bad, told.unmarked) == (3, 1, 1, 1)
    assert told.rescans == ("q",) and told.pass_percent == 50.0 and told.flawed == 1


@pytest.mark.parametrize(
    ("told", "expected", "codes"),
    [
        (Figures(pages=120), None, []),
        (Figures(pages=120), 120, []),
        (Figures(pages=118), 120, ["count"]),
        (Figures(pages=121), 120, ["count"]),
        (Figures(pages=9, sampled=20, good=19, bad=1), None, []),
        (Figures(pages=9, sampled=10, good=9, bad=1), None, ["rate"]),
        (Figures(pages=9, rescans=("q",)), None, ["rescans"]),
        (Figures(pages=2, flaws=flaws_of(replace(SOUND, dpi=150), BOUNDS)), None, ["flaws"]),
        (Figures(pages=2, flaws=flaws_of(looked(skew=9.0), BOUNDS)), None, []),
        (Figures(pages=3, blank=7), None, ["blank"]),
    ],
)
def test_what_does_not_come_out_even_must_be_explained(told: Figures, expected: int | None, codes: list[str]) -> None:
    assert [gap.code for gap in gaps(told, expected, BOUNDS, 95.0)] == codes


def test_a_missing_page_is_told_in_numbers() -> None:
    (gap,) = gaps(Figures(pages=118), 120, BOUNDS, 95.0)
    assert gap.numbers == {"expected": "120", "found": "118"}


def test_no_two_rules_share_a_code() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
