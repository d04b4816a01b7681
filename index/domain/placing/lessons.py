"""Decides what papers that people placed say of a new one: complement naive Bayes over pairs and triples of characters.

Every item that a person filed or corrected is a lesson. A place is as likely as its lessons share n-grams with the
paper that other places' lack (Rennie et al. 2003); how much that is worth is measured by asking about each lesson
what the others would have said. With no lessons there is no opinion.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from math import log

from index.domain.description import Evidence
from index.domain.placing.opinions import LEARNED, DocumentWords, Opinion, Why
from index.domain.rules.policy import Pack

#: Fewest lessons of a place before it has an opinion, most n-grams kept of one, and characters of a text looked at.
FEWEST, _KEPT, _LOOKED = 3, 3_000, 1_200
_TITLE_COUNTS = 3
#: A margin (in nats an n-gram) is one of these steps; what was right in each is counted.
_STEPS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)
_MOST, _LEAST, _DOUBT = 0.9, 0.35, 3
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Lesson:
    """An item that a person placed: "pack/series", and its folded title and text."""

    item_id: str
    place: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What lessons taught: n-gram -> place -> weight; `right` of `asked` lessons by the step of the margin.

    `examples` are the newest lessons of each place: (item id, title).
    """

    lessons: int = 0
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    asked: Sequence[int] = ()
    right: Sequence[int] = ()
    examples: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def likely(self, title: str, text: str) -> tuple[str, float, Sequence[str]] | None:
        """The likeliest place, how often such a margin was right, and the n-grams that spoke most for it."""
        grams = ngrams(title, text)
        margin, place = _margin(self.weights, grams)
        if not place:
            return None
        spoke = sorted(grams, key=lambda gram: -grams[gram] * self.weights.get(gram, {}).get(place, 0.0))
        return place, self._worth(margin), spoke[:_SHOWN]

    def _worth(self, margin: float) -> float:
        """The share of lessons with such a margin that were right; few lessons are worth little (Laplace)."""
        known = [at for at in range(_step(margin) + 1) if self.asked and self.asked[at]]
        asked, right = (self.asked[known[-1]], self.right[known[-1]]) if known else (0, 0)
        return min(_MOST, (right + 1) / (asked + _DOUBT))


def ngrams(title: str, text: str) -> Counter[str]:
    """Pairs and triples of the folded title, which count more, and of the beginning of the text."""
    found: Counter[str] = Counter()
    for said, counts in ((title, _TITLE_COUNTS), (text[:_LOOKED], 1)):
        for size in (2, 3):
            for gram in {said[at : at + size] for at in range(len(said) - size + 1)}:
                if not any(char.isspace() or char.isdigit() for char in gram):
                    found[gram] += counts
    return found


def learn(lessons: Sequence[Lesson]) -> Learned:
    """What `lessons` (oldest first) teach; places with fewer than FEWEST of them teach nothing yet."""
    counted = Counter(lesson.place for lesson in lessons)
    taught = [lesson for lesson in lessons if counted[lesson.place] >= FEWEST]
    if len({lesson.place for lesson in taught}) < 2:
        return Learned()
    grams = [ngrams(lesson.title, lesson.text) for lesson in taught]
    halves = _halves(taught)
    weights = [
        _weights([*compress(taught, picked)], [*compress(grams, picked)])
        for picked in ([half == 0 for half in halves], halves)
    ]
    asked, right = [0] * len(_STEPS), [0] * len(_STEPS)
    for lesson, found, half in zip(taught, grams, halves, strict=True):
        margin, place = _margin(weights[1 - half], found)
        asked[_step(margin)] += 1
        right[_step(margin)] += place == lesson.place
    return Learned(len(lessons), _weights(taught, grams), asked, right, _examples(taught))


def learned_opinions(learned: Learned, packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """What people's filings say of the document, where the place is one of these packs' and it is worth saying."""
    likely = learned.likely(document.title, document.text) if learned.lessons else None
    if likely is None or likely[1] < _LEAST:
        return
    place, worth, spoke = likely
    for pack in packs:
        series = pack.series_of(place.partition("/")[2]) if place.startswith(f"{pack.id}/") else None
        if series:
            earlier = "、".join(title for _, title in learned.examples.get(place, ()) if title)
            words = f"{'|'.join(spoke)} — {earlier}" if earlier else "|".join(spoke)
            yield Opinion(pack, series, Why("series", series.code, worth, Evidence(words=words, rule=LEARNED)))


def _halves(lessons: Sequence[Lesson]) -> list[int]:
    """Every other lesson of each place: either half knows all places."""
    seen: Counter[str] = Counter()
    halves = []
    for lesson in lessons:
        halves.append(seen[lesson.place] % 2)
        seen[lesson.place] += 1
    return halves


def _margin(weights: Mapping[str, Mapping[str, float]], grams: Counter[str]) -> tuple[float, str]:
    """How far the likeliest place is ahead of the next, an n-gram; and that place, empty when nothing speaks."""
    scores: dict[str, float] = defaultdict(float)
    for gram, count in grams.items():
        for place, weight in weights.get(gram, {}).items():
            scores[place] += count * weight
    best, second = ([*sorted(scores, key=lambda place: -scores[place]), "", ""])[:2]
    return (scores.get(best, 0.0) - scores.get(second, 0.0)) / (grams.total() or 1), best


def _weights(lessons: Sequence[Lesson], grams: Sequence[Counter[str]]) -> Mapping[str, Mapping[str, float]]:
    """n-gram -> place -> how much rarer it is elsewhere than here; only those that speak most for their place."""
    here: dict[str, Counter[str]] = defaultdict(Counter)
    for lesson, found in zip(lessons, grams, strict=True):
        here[lesson.place].update(found.keys())
    papers, whole = Counter(lesson.place for lesson in lessons), Counter[str]()
    for found in here.values():
        whole.update(found)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for place, found in here.items():
        others = len(lessons) - papers[place]
        said = {
            gram: log((count + 0.5) / (papers[place] + 1)) - log((whole[gram] - count + 0.5) / (others + 1))
            for gram, count in found.items()
        }
        for gram in sorted(said, key=lambda one: -said[one] * found[one])[:_KEPT]:
            if said[gram] > 0:
                weights[gram][place] = round(said[gram], 3)
    return dict(weights)


def _step(margin: float) -> int:
    return max(at for at, least in enumerate(_STEPS) if margin >= least or at == 0)


def _examples(lessons: Sequence[Lesson]) -> Mapping[str, Sequence[tuple[str, str]]]:
    newest: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lesson in reversed(lessons):
        if len(newest[lesson.place]) < 3:
            newest[lesson.place].append((lesson.item_id, lesson.title))
    return dict(newest)
