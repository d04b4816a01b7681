"""Decides how a sample is drawn from a series: by a seed that is kept, so that anybody can draw it again."""

from __future__ import annotations

from datetime import datetime

from index.domain.errors import Missing, WrongUse
from index.domain.identity import new_id
from index.domain.proof.text_quality import Sample, draw
from index.ports import Work

MOST = 2_000
"""Pages of one sample."""


def draw_sample(work: Work, fonds_id: str, series: str, count: int, seed: str, who: str, now: datetime) -> Sample:
    """Draw `count` pages of a series to be proofed in full.

    Raises WrongUse("bad-value"), Missing("nothing-to-draw").
    """
    if not 1 <= count <= MOST:
        raise WrongUse("bad-value", field="count", value=str(count), hint=f"1–{MOST}")
    fonds, pages = work.fonds.get(fonds_id), work.quality.pages(fonds_id, series)
    if not pages:
        raise Missing("nothing-to-draw")
    sample = Sample(new_id(), fonds_id, series, seed, draw(seed, pages, count), who, now)
    work.quality.add(sample)
    target = f"{fonds.code}/{series}"
    work.journal.write(who, "sampled", target, seed=seed, drawn=len(sample.page_ids), of=len(pages))
    return sample
