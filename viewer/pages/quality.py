"""Decides how the quality of the text is shown, series by series, and how a sample is drawn to measure it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.custody.sampling import draw_sample
from index.domain.errors import Final
from index.domain.holdings import Fonds
from index.domain.proof.text_quality import Quality
from viewer import frame
from viewer.narrowing import series_title
from viewer.visit import Here, Visit

#: Pages that are drawn where nobody says how many.
USUAL = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of the table: a series, its fonds, what was measured, and whether that is good enough here."""

    fonds: Fonds
    quality: Quality
    within: bool | None


def quality(visit: Here) -> Response:
    return _page(visit)


def draw(
    visit: Here, fonds: str = Form(), series: str = Form(), count: int = Form(USUAL), seed: str = Form("")
) -> Response:
    """Draw a new sample; without a seed of the person's own, by one of ours, which is kept like theirs."""
    chosen = seed.strip()[:64] or secrets.token_hex(4)
    try:
        with visit.home.catalogue.writing() as work:
            sample = draw_sample(work, fonds, series, count, chosen, visit.who.name, visit.home.clock.now())
    except Final as problem:
        return _page(visit, problem, problem.http_status)
    return RedirectResponse(f"/quality#{sample.id}", 303)


def _page(visit: Visit, problem: Final | None = None, status: int = 200) -> Response:
    most = visit.home.settings.proof.most_wrong
    with visit.home.catalogue.reading() as work:
        fondses = {fonds.id: fonds for fonds in work.fonds.all()}
        found = [Figures(fondses[one.fonds_id], one, one.within(most)) for one in work.quality.all()]
    values = {"found": found, "most": most, "usual": USUAL, "series_title": series_title, "problem": problem}
    return frame.show(visit, "quality.html", status, **values)
