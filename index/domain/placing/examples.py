"""Decides what the example papers of the regulations say of a paper: the series whose examples it resembles most.

Rules know the titles that somebody thought of; examples know what papers of a series are like. Some belong to no series
(what is dropped by mistake): a paper like these is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.domain.description import Evidence
from index.domain.placing.opinions import EXAMPLE, DocumentWords, Opinion, Why
from index.domain.placing.resemblance import Resemblance, Resembled, Specimen
from index.domain.rules.policy import Pack

NOWHERE = "-"
"""Stands for the series of a paper that belongs to none."""
_LEVELS = ((0.6, 0.95), (0.4, 0.9), (0.25, 0.8), (0.15, 0.65), (0.07, 0.5), (0.0, 0.35))
"""From which lead over the next series on, and how often that was right."""
_ALONE = 0.0
"""How much a paper resembles a series where no other is known."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that a regulation's drafter thought of: its series (or NOWHERE), its period, folded title and words."""

    series: str
    period: str
    title: str
    words: str


class Exemplars:
    """The examples of several packs, by pack id, and how they are told from each other among the packs asked about."""

    def __init__(self, examples: Mapping[str, Sequence[Example]]) -> None:
        self._examples = examples
        self._taught: dict[frozenset[str], Resemblance] = {}

    def resembled(self, packs: Iterable[str], document: DocumentWords) -> list[Resembled]:
        """The likest series and the next of these packs, as pack/code."""
        return self._among(frozenset(packs)).of(document.title, document.text)

    def _among(self, packs: frozenset[str]) -> Resemblance:
        """What tells these packs' papers apart: the same paper may be an order here and foreign there."""
        if packs not in self._taught:
            named = ((pack, one) for pack in sorted(packs & self._examples.keys()) for one in self._examples[pack])
            self._taught[packs] = Resemblance(
                [Specimen(f"{pack}/{one.series}", one.title, one.words) for pack, one in named]
            )
        return self._taught[packs]


def example_opinions(exemplars: Exemplars, packs: Sequence[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """The series of these packs whose examples the paper resembles most; none where it is like papers of no series."""
    found = exemplars.resembled([pack.id for pack in packs], document)
    if not found or not found[0].spoke:
        return
    name, _, code = found[0].kind.partition("/")
    pack = next(one for one in packs if one.id == name)
    series = pack.series_of(code)
    if series:
        said = Evidence("|".join(found[0].spoke), rule=EXAMPLE)
        yield Opinion(pack, series, Why("series", code, _worth(found), said))


def _worth(found: Sequence[Resembled]) -> float:
    lead = found[0].score - (found[1].score if len(found) > 1 else _ALONE)
    return next((worth for least, worth in _LEVELS if lead >= least), 0.0)
