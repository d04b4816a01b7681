"""Decides where a document belongs: pack, series, period and marking, each with the rule and words that say so.

Rules give opinions; opinions on one series add up, opinions on different series take from each other's confidence.
Anything else that can have an opinion (a model learned from what people confirmed) joins through `opinions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod

from index.domain.access import Marking
from index.domain.arranging.years import USUAL, Years
from index.domain.dates import PartialDate
from index.domain.description import Value
from index.domain.placing.examples import Likeness
from index.domain.placing.firing import rule_opinions
from index.domain.placing.keeping import kept_by
from index.domain.placing.kindred import kindred_opinions
from index.domain.placing.opinions import (
    EXAMPLE,
    KINDRED,
    LEARNED,
    Candidate,
    DocumentWords,
    Opinion,
    Place,
    Why,
    hint_opinions,
    organ_opinions,
    subject_opinions,
)
from index.domain.placing.vocabulary import vocabulary_opinions
from index.domain.placing.weighing import weighed
from index.domain.rules.policy import Pack, Series

_SAFE_GAP = 0.3
"""How far the second-best series has to stay behind before it casts no doubt."""
_WITHOUT_SUBJECT = 0.5
_CEILING, _NAMES_NONE = 0.99, 0.85
_NO_RULES = (LEARNED, KINDRED, EXAMPLE)
_UNLIKE = Likeness()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document belongs. Without a candidate, `pack` and `series` are empty and the confidence is 0.

    `doubtful` names the fields a person has to look at; `alternatives` are the other candidates, best first.
    """

    pack: str = ""
    pack_version: str = ""
    pack_digest: str = ""
    series: str = ""
    retention: str = "unset"
    marking: str = Marking.INTERNAL.value
    doc_type: str = ""
    year: str = ""
    subject_key: str = ""
    subject: str = ""
    """What the subject key is (employee_number), or empty where the series keeps no subject files."""
    confidence: float = 0.0
    threshold: float = 1.0
    why: tuple[Why, ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    doubtful: tuple[str, ...] = ("series",)

    @property
    def sure(self) -> bool:
        """Whether the pack lets this be filed without a person."""
        return self.confidence >= self.threshold and not self.doubtful


def classify(
    packs: Sequence[Pack], document: DocumentWords, opinions: Iterable[Opinion] = (), likeness: Likeness = _UNLIKE
) -> Placement:
    """Where `document` belongs among `packs`: by their rules, by its `likeness` to their examples, and by `opinions`
    from elsewhere; pure and explained."""
    heard = _heard(packs, document, opinions)
    refusals = {code: _refused(opinion, code) for opinion in reversed(heard) for code in opinion.excludes}
    ranked = _ranked(heard, document, packs, likeness)
    if not ranked:
        return _unplaced(packs, document)
    return _placement(ranked, document, tuple(refusals.values()))


def candidates(
    packs: Sequence[Pack], document: DocumentWords, opinions: Iterable[Opinion] = (), likeness: Likeness = _UNLIKE
) -> Sequence[Candidate]:
    """Every series that something speaks for, the most likely first."""
    heard = _heard(packs, document, opinions)
    found = _candidates(_not_excluded(heard), document)
    return weighed(found, likeness.without(_excluded(heard)), packs, document) if likeness.scores else found


def _heard(packs: Sequence[Pack], document: DocumentWords, opinions: Iterable[Opinion]) -> list[Opinion]:
    heard = [*rule_opinions(packs, document), *hint_opinions(packs, document), *opinions]
    heard += organ_opinions(packs, document)
    heard += kindred_opinions(packs, document, heard)
    heard += vocabulary_opinions(heard, packs, document)
    return [*heard, *subject_opinions(heard, document)]


def refusal(pack: Pack, series: str, document: DocumentWords) -> Why | None:
    """Why `document` must not go into `series`, also when a person wants it there; None when it may (EA-06)."""
    heard = rule_opinions((pack,), document)
    return next((_refused(opinion, series) for opinion in heard if series in opinion.excludes), None)


def filing_year(series: Series, day: PartialDate | None, years: Years = USUAL) -> str:
    """The year under which a document of this series is filed: 2024, or 2023-2024 for teaching files (SCH-12).

    A teaching document whose month is unknown has no computable school year.
    """
    return years.year(series, day)


def _excluded(heard: Iterable[Opinion]) -> set[Place]:
    return {(opinion.pack.id, code) for opinion in heard for code in opinion.excludes}


def _not_excluded(heard: Sequence[Opinion]) -> list[Opinion]:
    out = _excluded(heard)
    return [opinion for opinion in heard if (opinion.pack.id, opinion.series.code) not in out]


def _refused(opinion: Opinion, code: str) -> Why:
    return replace(opinion.why, field="refused", value=code)


def _candidates(heard: Iterable[Opinion], document: DocumentWords) -> list[Candidate]:
    ordered = sorted(heard, key=_place)
    found = [_candidate(tuple(opinions)) for _, opinions in groupby(ordered, key=_place)]
    return sorted((_asked_whose(one, document) for one in found), key=lambda candidate: -candidate.confidence)


def _ranked(
    heard: Sequence[Opinion], document: DocumentWords, packs: Sequence[Pack], likeness: Likeness
) -> Sequence[Candidate]:
    """The candidates, the likeliest first, which is as sure as the second lets it be."""
    found = _candidates(_not_excluded(heard), document)
    if likeness.scores:
        return weighed(found, likeness.without(_excluded(heard)), packs, document)
    return [*(replace(best, confidence=_doubted(best, found[1:])) for best in found[:1]), *found[1:]]


def _asked_whose(one: Candidate, document: DocumentWords) -> Candidate:
    """The candidate, a little less likely where it keeps files of subjects and the paper names none."""
    if one.series.subject and _subject_key(one.series, document) is None:
        return replace(one, confidence=one.confidence * _NAMES_NONE)
    return one


def _place(opinion: Opinion) -> tuple[str, str]:
    return opinion.pack.id, opinion.series.code


def _candidate(opinions: tuple[Opinion, ...]) -> Candidate:
    """Independent reasons add up: the chance that all of them are wrong."""
    strongest = tuple(sorted(opinions, key=lambda opinion: -opinion.why.confidence))
    wrong = prod(1 - opinion.why.confidence for opinion in strongest)
    return Candidate(strongest[0].pack, strongest[0].series, min(1 - wrong, _CEILING), strongest)


def _placement(ranked: Sequence[Candidate], document: DocumentWords, refusals: tuple[Why, ...]) -> Placement:
    best = ranked[0]
    series, pack = best.series, best.pack
    confidence = best.confidence
    key = _subject_key(series, document)
    lost = bool(series.subject) and key is None
    if lost:
        confidence = min(confidence, _WITHOUT_SUBJECT)
    overruled = _overruled(best, ranked[1:])
    row = kept_by(best, ranked[1:])
    return Placement(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        series=series.code,
        retention=str(pack.retention(series, row.id)),
        marking=series.marking.value,
        doc_type=next((opinion.doc_type for opinion in best.opinions if opinion.doc_type), ""),
        year=filing_year(series, document.date, Years.of(pack)),
        subject_key=key.value if key else _mentioned(pack, document),
        subject=series.subject,
        confidence=round(confidence, 3),
        threshold=pack.threshold,
        why=(*(opinion.why for opinion in best.opinions), *_why_subject(key), *overruled, *refusals),
        alternatives=tuple(ranked[1:]),
        doubtful=_doubtful(0.0 if overruled else confidence, pack, lost, row.sure),
    )


def _overruled(best: Candidate, others: Sequence[Candidate]) -> tuple[Why, ...]:
    """The rules against which only people's earlier filings speak: that is said, and for a person to decide."""
    if any(opinion.why.rule not in _NO_RULES for opinion in best.opinions):
        return ()
    rules = (opinion.why for other in others for opinion in other.opinions if opinion.why.rule not in _NO_RULES)
    return tuple(replace(why, field="overruled") for why in rules)


def _subject_key(series: Series, document: DocumentWords) -> Value | None:
    """The key of the subject whose file it goes into: what a person gave, else what was found of this kind."""
    if series.subject and document.subject_key:
        return Value(document.subject_key, 1.0)
    return document.subjects.get(series.subject) if series.subject else None


def _mentioned(pack: Pack, document: DocumentWords) -> str:
    """The subject that a paper names though its series keeps no files of subjects: it is found by it all the same."""
    kinds = dict.fromkeys(one.subject for one in pack.series if one.subject)
    return next((document.subjects[kind].value for kind in kinds if kind in document.subjects), "")


def _why_subject(key: Value | None) -> Iterable[Why]:
    if key and key.evidence:
        yield Why("subject_key", key.value, key.confidence, key.evidence)


def _doubted(best: Candidate, others: Sequence[Candidate]) -> float:
    if not others:
        return best.confidence
    return best.confidence - max(0.0, _SAFE_GAP - (best.confidence - others[0].confidence))


def _doubtful(confidence: float, pack: Pack, lost: bool, kept: bool) -> tuple[str, ...]:
    if lost:
        return ("subject_key",)
    if confidence < pack.threshold:
        return ("series",)
    return () if kept else ("retention",)


def _unplaced(packs: Sequence[Pack], document: DocumentWords) -> Placement:
    """Nothing speaks for any series; where there is but one pack, it is at least that one, of whom the paper names."""
    if len(packs) != 1:
        return Placement()
    pack = packs[0]
    return Placement(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        marking=pack.marking.value,
        subject_key=_mentioned(pack, document),
    )
