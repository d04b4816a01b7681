"""Decides which pages are drawn to be proofed, and what a measured rate says about all the others."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: The normal quantile of a 95 % interval.
Z_95 = 1.959964


def draw(seed: str, ids: Iterable[str], count: int) -> tuple[str, ...]:
    """`count` of `ids`, the same for the same seed whatever order they come in: those of the smallest hash."""
    return tuple(sorted(ids, key=lambda one: hashlib.sha256(f"{seed}\n{one}".encode()).digest())[:count])


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate (0..1) with the bounds between which the true one lies, 95 times in 100."""

    rate: float
    low: float
    high: float


def wilson(wrong: int, of: int, z: float = Z_95) -> Interval | None:
    """The rate `wrong` / `of` with Wilson's interval (Wilson 1927); None where nothing was measured.

    It takes characters as independent; errors come in clumps, so that the true interval is somewhat wider.
    """
    if of <= 0:
        return None
    rate = min(1.0, wrong / of)
    middle = (rate + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(rate * (1 - rate) / of + z * z / (4 * of * of))
    return Interval(rate, max(0.0, middle - half), min(1.0, middle + half))


class TextState(StrEnum):
    """How far the text of a series has been compared with the paper (DA/T 77)."""

    RAW = "raw"
    SAMPLED = "sampled"
    PROOFED = "proofed"


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages of a series drawn to be proofed in full; `seed` and `page_ids` are kept, so that anybody can check it."""

    id: str
    fonds_id: str
    series: str
    seed: str
    page_ids: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A page that was compared with the paper line by line: `wrong` characters of `characters` the machine had read."""

    page_id: str
    by: str
    at: datetime
    characters: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known of the text of one series: its pages, how many were proofed, and the newest sample."""

    fonds_id: str
    series: str
    pages: int
    proofed: int
    doubtful: int
    sample: Sample | None = None
    proofs: tuple[Proof, ...] = ()
    """The sample's pages that have been proofed; of a series proofed as a whole without a sample, all of them."""
    gone: tuple[str, ...] = ()
    """The sample's pages that count no more: taken out, blank, withdrawn or of another series since."""

    @property
    def state(self) -> TextState:
        if self.pages and self.proofed == self.pages:
            return TextState.PROOFED
        return TextState.SAMPLED if self.proofs and self.sample and not self.left else TextState.RAW

    @property
    def left(self) -> tuple[str, ...]:
        """The pages of the sample that still wait."""
        done = {proof.page_id for proof in self.proofs}
        return tuple(page for page in self.drawn if page not in done)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The pages of the sample that still count."""
        return tuple(page for page in self.sample.page_ids if page not in self.gone) if self.sample else ()

    @property
    def characters(self) -> int:
        return sum(proof.characters for proof in self.proofs)

    @property
    def rate(self) -> Interval | None:
        """The measured character error rate of the machine's reading."""
        return wilson(sum(proof.wrong for proof in self.proofs), self.characters)

    def within(self, most: float) -> bool | None:
        """Whether the rate is surely within `most`, surely beyond it, or (None) not told apart yet."""
        rate = self.rate
        if rate is None or rate.low <= most < rate.high:
            return None
        return rate.high <= most
