"""Decides how sure each place is where rules and example papers are both heard: each counts as much as was measured.

A conditional logit: what speaks for a place adds up to its weight, and the places (with "nowhere" among them) share one
certainty by their weights. Rules alone are not weighed so (`placement.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp, log

from index.domain.description import Evidence
from index.domain.placing.examples import NOWHERE, Likeness
from index.domain.placing.opinions import (
    EXAMPLE,
    KINDRED,
    SUBJECT,
    VOCABULARY,
    Candidate,
    DocumentWords,
    Opinion,
    Place,
    Why,
)
from index.domain.rules.policy import Pack

_LIKE, _LOUDEST, _OTHERS, _GUESSED, _SUBJECT, _KEYLESS = 3.1, 0.55, 0.33, 0.63, 0.31, -1.26
"""What the likeness, the loudest rule, the other rules, the guesses from rules' words, and a subject's key count, and
that a paper bears no key where the series keeps files of subjects. Fitted to the readings of 430 papers by two hands
whose words no rule had been made from."""
_NOWHERE, _NAMED = 1.5, -1.3
"""How much more "nowhere" is to be expected than its likeness says, and less where the paper names our fonds."""
_UNLIKE = -1.2
"""The likeness of a series without examples in a pack that has some."""
_SUREST, _CEILING = 0.985, 0.99
_SHOWN, _LEAST_SHARE = 3, 0.12
"""So many places are proposed because of their likeness, and from which share on."""


def weighed(
    candidates: Sequence[Candidate], likeness: Likeness, packs: Sequence[Pack], document: DocumentWords
) -> list[Candidate]:
    """The candidates and the likest places beside them, each with its share of the certainty, the surest first.

    Where only examples speak, a place is proposed that has at least a small share; examples of a series that the
    regulation has no longer say nothing.
    """
    heard = {(one.pack.id, one.series.code): one for one in candidates}
    known = {(pack.id, one.code): Candidate(pack, one, 0.0, ()) for pack in packs for one in pack.series}
    liked = {place: known[place] for place in likeness.scores if place in known}
    asked = {**liked, **heard}
    weights = {place: _weight(one, _like(place, likeness), document) for place, one in asked.items()}
    every = sum(map(exp, (*weights.values(), _nowhere(likeness, document))))
    shares = {place: min(_CEILING, exp(weight) / every) for place, weight in weights.items()}
    joined = _joined(heard, _liked(likeness, known)).items()
    found = [
        replace(one, confidence=shares[place])
        for place, one in joined
        if place in heard or shares[place] >= _LEAST_SHARE
    ]
    return sorted(found, key=lambda one: -one.confidence)


def _like(place: Place, likeness: Likeness) -> float:
    """How like its examples the paper is; of a pack that lists none they say nothing, so that its rules decide."""
    if any(pack == place[0] for pack, _ in likeness.scores):
        return likeness.scores.get(place, _UNLIKE)
    return max(likeness.scores.values(), default=_UNLIKE)


def _weight(one: Candidate, like: float, document: DocumentWords) -> float:
    rules, guesses, subjects = _parted(one.opinions)
    loudest = max(rules, default=0.0)
    said = _LOUDEST * loudest + _OTHERS * (sum(rules) - loudest) + _GUESSED * sum(guesses) + _SUBJECT * sum(subjects)
    keyless = one.series.subject and not document.subject_key and one.series.subject not in document.subjects
    return _LIKE * like + said + (_KEYLESS if keyless else 0.0)


def _nowhere(likeness: Likeness, document: DocumentWords) -> float:
    """The weight of belonging to no series: that of the likest of such papers."""
    likest = max((score for place, score in likeness.scores.items() if place[1] == NOWHERE), default=_UNLIKE)
    named = document.fonds_title and document.fonds_title in document.text
    return _LIKE * likest + _NOWHERE + (_NAMED if named else 0.0)


def _parted(opinions: Iterable[Opinion]) -> tuple[list[float], list[float], list[float]]:
    """How much the rules say, the guesses from their words, and the subject's key: -log of the chance to be wrong."""
    parts: tuple[list[float], list[float], list[float]] = ([], [], [])
    for one in opinions:
        at = 2 if one.why.rule == SUBJECT else 1 if one.why.rule in (KINDRED, VOCABULARY) else 0
        parts[at].append(-log(1 - min(one.why.confidence, _SUREST)))
    return parts


def _liked(likeness: Likeness, known: Mapping[Place, Candidate]) -> Mapping[Place, Opinion]:
    """What the likest places' examples say, each worth its share among all examples."""
    every = sum(exp(_LIKE * score) for score in likeness.scores.values())
    likest = sorted(likeness.scores, key=lambda place: -likeness.scores[place])[:_SHOWN]
    places = ((place, known[place]) for place in likest if place in known)
    return {
        place: Opinion(one.pack, one.series, _why(place, exp(_LIKE * likeness.scores[place]) / every, likeness))
        for place, one in places
    }


def _why(place: Place, share: float, likeness: Likeness) -> Why:
    return Why("series", place[1], round(share, 3), Evidence("|".join(likeness.spoke[place]), rule=EXAMPLE))


def _joined(heard: Mapping[Place, Candidate], liked: Mapping[Place, Opinion]) -> Mapping[Place, Candidate]:
    """The candidates with what the examples say of them, and those of which only examples speak."""
    alone = {place: Candidate(one.pack, one.series, 0.0, ()) for place, one in liked.items() if place not in heard}
    return {
        place: replace(one, opinions=_strongest_first((*one.opinions, *filter(None, (liked.get(place),)))))
        for place, one in {**heard, **alone}.items()
    }


def _strongest_first(opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    return tuple(sorted(opinions, key=lambda one: -one.why.confidence))
