"""Decides how like the example papers of each series a paper is, and like those that belong to none.

Rules know the titles that somebody thought of; examples know what papers of a series are like. Some examples belong to
no series (what is dropped by mistake, another body's papers): a paper like these is for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.domain.placing.firing import places_of_others
from index.domain.placing.opinions import DocumentWords, Place
from index.domain.placing.resemblance import Resemblance, Specimen
from index.domain.rules.policy import Pack

NOWHERE = "-"
"""Stands for the series of a paper that belongs to none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that a regulation's drafter thought of: its series (or NOWHERE), its period or nothing where it is open,
    folded title and words."""

    series: str
    period: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the examples of each place a paper is (above 0: more than not), and what spoke most for it.

    Empty where there are no examples, or none of them shares anything with the paper.
    """

    scores: Mapping[Place, float] = field(default_factory=dict)
    spoke: Mapping[Place, Sequence[str]] = field(default_factory=dict)

    def without(self, places: Collection[Place]) -> Likeness:
        """The same but for places that a rule excludes."""
        return replace(self, scores={place: score for place, score in self.scores.items() if place not in places})


class Exemplars:
    """The examples of several packs, by pack id, and how they are told from each other among the packs asked about."""

    def __init__(self, examples: Mapping[str, Sequence[Example]]) -> None:
        self._examples = examples
        self._taught: dict[tuple[frozenset[str], frozenset[Place]], Resemblance] = {}

    def likeness(self, packs: Iterable[str], document: DocumentWords, without: Iterable[Place] = ()) -> Likeness:
        """How like the papers of these packs this one is; places that cannot be its own are `without` the question."""
        found = self._among(frozenset(packs), frozenset(without)).of(document.title, document.text)
        if not any(one.spoke for one in found):
            return Likeness()
        places = [(one, _place(one.kind)) for one in found]
        return Likeness({place: one.score for one, place in places}, {place: one.spoke for one, place in places})

    def _among(self, packs: frozenset[str], without: frozenset[Place]) -> Resemblance:
        """What tells these packs' papers apart: the same paper may be an order here and foreign there."""
        asked = (packs, without)
        if asked not in self._taught:
            named = ((pack, one) for pack in sorted(packs & self._examples.keys()) for one in self._examples[pack])
            self._taught[asked] = Resemblance(
                [_specimen(pack, one) for pack, one in named if (pack, one.series) not in without]
            )
        return self._taught[asked]


def liked(exemplars: Exemplars, packs: Sequence[Pack], document: DocumentWords) -> Likeness:
    """How like the papers of these packs it is, but for series that hold no papers of its issuer, once we know ours."""
    others = places_of_others(packs, document) if document.fonds_title else ()
    return exemplars.likeness([pack.id for pack in packs], document, others)


def _specimen(pack: str, one: Example) -> Specimen:
    return Specimen(f"{pack}/{one.series}", one.title, one.words)


def _place(kind: str) -> Place:
    pack, _, series = kind.partition("/")
    return pack, series
