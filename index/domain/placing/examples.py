"""Decides how like the example papers of each series a paper is, and like those that belong to none.

Rules know the titles that somebody thought of; examples know what papers of a series are like. Some examples belong to
no series (what is dropped by mistake, another body's papers): a paper like these is for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.domain.placing.firing import places_of_others
from index.domain.placing.opinions import DocumentWords, Place
from index.domain.placing.resemblance import Resemblance, Specimen
from index.domain.rules.policy import Pack

NOWHERE = "-"
"""Stands for the series of a paper that belongs to none."""
_ASKED = 3
"""So many of the likest places are asked how long they keep such papers."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that a regulation's drafter thought of: its series (or NOWHERE), its period or nothing where it is open,
    folded title and words."""

    series: str
    period: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class LikePeriod:
    """How long the likest examples of a place are kept, and how far they are ahead of those of another period."""

    period: str
    lead: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the examples of each place a paper is (above 0: more than not), what spoke most for it, and like those
    of which period it is at the likest places.

    Empty where there are no examples, or none of them shares anything with the paper.
    """

    scores: Mapping[Place, float] = field(default_factory=dict)
    spoke: Mapping[Place, Sequence[str]] = field(default_factory=dict)
    periods: Mapping[Place, LikePeriod] = field(default_factory=dict)

    def without(self, places: Collection[Place]) -> Likeness:
        """The same but for places that a rule excludes."""
        return replace(self, scores={place: score for place, score in self.scores.items() if place not in places})


class Exemplars:
    """The examples of several packs, by pack id, and how they are told from each other among the packs asked about."""

    def __init__(self, examples: Mapping[str, Sequence[Example]]) -> None:
        self._examples = examples
        self._taught: dict[tuple[frozenset[str], frozenset[Place]], Resemblance] = {}
        self._kept: dict[Place, Resemblance] = {}

    def likeness(self, packs: Iterable[str], document: DocumentWords, without: Iterable[Place] = ()) -> Likeness:
        """How like the papers of these packs this one is; places that cannot be its own are `without` the question."""
        found = self._among(frozenset(packs), frozenset(without)).of(document.title, document.text)
        if not any(one.spoke for one in found):
            return Likeness()
        places = [(one, _place(one.kind)) for one in found]
        scores, spoke = {place: one.score for one, place in places}, {place: one.spoke for one, place in places}
        return Likeness(scores, spoke, dict(self._periods([place for _, place in places[:_ASKED]], document)))

    def _periods(self, places: Iterable[Place], document: DocumentWords) -> Iterator[tuple[Place, LikePeriod]]:
        for place in places:
            found = self._by_period(place).of(document.title, document.text)
            if len(found) > 1:
                yield place, LikePeriod(found[0].kind, found[0].score - found[1].score)

    def _among(self, packs: frozenset[str], without: frozenset[Place]) -> Resemblance:
        """What tells these packs' papers apart: the same paper may be an order here and foreign there."""
        asked = (packs, without)
        if asked not in self._taught:
            named = ((pack, one) for pack in sorted(packs & self._examples.keys()) for one in self._examples[pack])
            self._taught[asked] = Resemblance(
                [_specimen(pack, one) for pack, one in named if (pack, one.series) not in without]
            )
        return self._taught[asked]

    def _by_period(self, place: Place) -> Resemblance:
        """What tells papers of this place that are kept long from others; nothing where all are kept alike."""
        if place not in self._kept:
            listed = (one for one in self._examples.get(place[0], ()) if one.series == place[1] and one.period)
            self._kept[place] = Resemblance([Specimen(one.period, one.title, one.words) for one in listed])
        return self._kept[place]


def liked(exemplars: Exemplars, packs: Sequence[Pack], document: DocumentWords) -> Likeness:
    """How like the papers of these packs it is, but for series that hold no papers of its issuer, once we know ours."""
    others = places_of_others(packs, document) if document.fonds_title else ()
    return exemplars.likeness([pack.id for pack in packs], document, others)


def _specimen(pack: str, one: Example) -> Specimen:
    return Specimen(f"{pack}/{one.series}", one.title, one.words)


def _place(kind: str) -> Place:
    pack, _, series = kind.partition("/")
    return pack, series
