"""Decides where a document belongs: pack, series, period and marking, each with the rule and words that say so.

Rules give opinions; opinions on one series add up, opinions on different series take from each other's confidence.
Anything else that can have an opinion (a model learned from what people confirmed) joins through `opinions`.
Terms and words are both folded (`folding.folded`), so that script, width and spacing do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import prod

from index.domain.access import Marking
from index.domain.dates import PartialDate, academic_year
from index.domain.description import Evidence
from index.domain.folding import folded
from index.domain.policy import Issuer, Pack, Rule, Series, Strength, Where

_SAYS = {Strength.STRONG: 0.96, Strength.NORMAL: 0.86, Strength.ANCHOR: 0.86, Strength.WEAK: 0.5}
_HINT = 0.9
_SAFE_GAP = 0.3
"""How far the second-best series has to stay behind before it casts no doubt."""
_WITHOUT_SUBJECT = 0.5
_CEILING = 0.99
_SHORTEST_NEAR, _LONG_NEAR = 4, 6
"""Terms from which one wrong character is forgiven, and from which it hardly counts."""


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What is known of a document when it is placed; texts are folded. `title` is empty when the paper bears none.

    `title_sure` and `creator_sure` are the finders' confidences (0..1).
    """

    title: str = ""
    text: str = ""
    creator: str = ""
    hints: tuple[str, ...] = ()
    fonds_title: str = ""
    date: PartialDate | None = None
    subject_key: str = ""
    title_sure: float = 1.0

    @staticmethod
    def of(
        title: str = "",
        text: str = "",
        creator: str = "",
        hints: Iterable[str] = (),
        fonds_title: str = "",
        date: PartialDate | None = None,
        subject_key: str = "",
        title_sure: float = 1.0,
    ) -> DocumentWords:
        """The same, folded from texts as they stand on the paper."""
        names = tuple(folded(hint).text for hint in hints)
        own, words, made, body = (folded(one).text for one in (fonds_title, text, title, creator))
        return DocumentWords(made, words, body, names, own, date, subject_key, title_sure)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: what it speaks for, how strongly, on which words, by which rule."""

    field: str
    value: str
    confidence: float
    evidence: Evidence
    clause: str = ""

    @property
    def rule(self) -> str:
        return self.evidence.rule


@dataclass(frozen=True, slots=True)
class Opinion:
    """That a document belongs to a series of a pack, with the reason; `excludes` are series it rules out."""

    pack: Pack
    series: Series
    why: Why
    retention: str = ""
    doc_type: str = ""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A series that something speaks for, and everything that does, the strongest first."""

    pack: Pack
    series: Series
    confidence: float
    opinions: tuple[Opinion, ...]


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


def classify(packs: Sequence[Pack], document: DocumentWords, opinions: Iterable[Opinion] = ()) -> Placement:
    """Where `document` belongs among `packs`, by their rules and by `opinions` from elsewhere; pure and explained."""
    heard = [*_rule_opinions(packs, document), *_hint_opinions(packs, document), *opinions]
    refusals = {code: _refused(opinion, code) for opinion in reversed(heard) for code in opinion.excludes}
    candidates = _candidates(_not_excluded(heard))
    if not candidates:
        return _unplaced(packs)
    return _placement(candidates, document, tuple(refusals.values()))


def refusal(pack: Pack, series: str, document: DocumentWords) -> Why | None:
    """Why `document` must not go into `series`, also when a person wants it there; None when it may (EA-06)."""
    heard = _rule_opinions((pack,), document)
    return next((_refused(opinion, series) for opinion in heard if series in opinion.excludes), None)


def filing_year(series: Series, day: PartialDate | None) -> str:
    """The year under which a document of this series is filed: 2024, or 2023-2024 for teaching files (SCH-12).

    A teaching document whose month is unknown has no computable school year.
    """
    if day is None or series.year == "none":
        return ""
    if series.year != "academic":
        return str(day.year)
    return academic_year(day.first_day) if day.month else ""


# -- opinions -----------------------------------------------------------------------------------------


def _rule_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """The rules that fire; only where no title rule of a pack does, titles are compared with one character wrong."""
    for pack in packs:
        issuer = issuer_of(pack, document)
        rules = [rule for rule in pack.rules if _concerns(rule, issuer)]
        heard = [_opinion(pack, rule, _firing(rule, document)) for rule in rules]
        if not any(one and rule.where is Where.TITLE for one, rule in zip(heard, rules, strict=True)):
            heard += [_opinion(pack, rule, _near_firing(rule, document)) for rule in rules]
        yield from (one for one in heard if one)


def _opinion(pack: Pack, rule: Rule, said: tuple[str, float] | None) -> Opinion | None:
    series = pack.series_of(rule.series)
    if said is None or series is None:
        return None
    words, confidence = said
    why = Why("series", series.code, confidence, Evidence(words=words, rule=rule.id), rule.clause)
    return Opinion(pack, series, why, rule.retention, rule.doc_type, rule.excludes)


def _hint_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    for pack in packs:
        for series in pack.series:
            named = next((hint for hint in document.hints if hint in series.names), "")
            if named:
                why = Why("series", series.code, _HINT, Evidence(words=named, rule="folder"), series.clause)
                yield Opinion(pack, series, why)


def issuer_of(pack: Pack, document: DocumentWords) -> Issuer:
    """Whose document it is: our own body's, a superior's by the pack's words, or (ANY) nobody we can tell."""
    creator, own = document.creator, document.fonds_title
    if not creator:
        return Issuer.ANY
    if (own and (own in creator or creator in own)) or any(word in creator for word in pack.own_words):
        return Issuer.OWN
    return Issuer.SUPERIOR if any(word in creator for word in pack.superiors) else Issuer.ANY


def _concerns(rule: Rule, issuer: Issuer) -> bool:
    """An unknown issuer is taken for our own: a room's papers are mostly its own, a superior signs his name."""
    if rule.issuer is Issuer.SUPERIOR:
        return issuer is Issuer.SUPERIOR
    return rule.issuer is Issuer.ANY or issuer is not Issuer.SUPERIOR


def _firing(rule: Rule, document: DocumentWords) -> tuple[str, float] | None:
    """The words on which the rule fires and how much that says, or None."""
    text = _where(rule, document)
    exact = [term for term in rule.any if term in text]
    if not _allowed(rule, text) or (rule.any and len(exact) < rule.at_least):
        return None
    return "|".join((*rule.all, *exact)), _says(rule, document, len(exact))


def _near_firing(rule: Rule, document: DocumentWords) -> tuple[str, float] | None:
    """A title may hold one wrong character (A.17); the longer the term, the less that can be another word."""
    text = _where(rule, document)
    if rule.where is not Where.TITLE or rule.at_least > 1 or not _allowed(rule, text):
        return None
    for term in rule.any:
        match = _nearly(term).search(text) if len(term) >= _SHORTEST_NEAR else None
        if match:
            return match[0], _says(rule, document, 1) * (0.92 if len(term) >= _LONG_NEAR else 0.75)
    return None


def _allowed(rule: Rule, text: str) -> bool:
    return bool(text) and all(term in text for term in rule.all) and not any(term in text for term in rule.none)


@lru_cache(maxsize=4096)
def _nearly(term: str) -> re.Pattern[str]:
    """`term` with one character replaced, lost or added."""
    spots = range(len(term))
    changed = (re.escape(term[:at]) + ".?" + re.escape(term[at + 1 :]) for at in spots)
    grown = (re.escape(term[:at]) + "." + re.escape(term[at:]) for at in spots[1:])
    return re.compile("|".join((*changed, *grown)))


def _where(rule: Rule, document: DocumentWords) -> str:
    match rule.where:
        case Where.TITLE:
            return document.title
        case Where.TEXT:
            return document.text
        case Where.CREATOR:
            return document.creator
        case Where.HINT:
            return "\n".join(document.hints)


def _says(rule: Rule, document: DocumentWords, matched: int) -> float:
    said = _SAYS[rule.strength] + 0.02 * min(max(matched - rule.at_least, 0), 4)
    if rule.where is Where.TITLE:
        said *= 0.6 + 0.4 * document.title_sure
    return said


# -- weighing -----------------------------------------------------------------------------------------


def _not_excluded(heard: Sequence[Opinion]) -> list[Opinion]:
    out = {(opinion.pack.id, code) for opinion in heard for code in opinion.excludes}
    return [opinion for opinion in heard if (opinion.pack.id, opinion.series.code) not in out]


def _refused(opinion: Opinion, code: str) -> Why:
    return replace(opinion.why, field="refused", value=code)


def _candidates(heard: Iterable[Opinion]) -> list[Candidate]:
    ordered = sorted(heard, key=_place)
    found = [_candidate(tuple(opinions)) for _, opinions in groupby(ordered, key=_place)]
    return sorted(found, key=lambda candidate: -candidate.confidence)


def _place(opinion: Opinion) -> tuple[str, str]:
    return opinion.pack.id, opinion.series.code


def _candidate(opinions: tuple[Opinion, ...]) -> Candidate:
    """Independent reasons add up: the chance that all of them are wrong."""
    strongest = tuple(sorted(opinions, key=lambda opinion: -opinion.why.confidence))
    wrong = prod(1 - opinion.why.confidence for opinion in strongest)
    return Candidate(strongest[0].pack, strongest[0].series, min(1 - wrong, _CEILING), strongest)


def _placement(candidates: Sequence[Candidate], document: DocumentWords, refusals: tuple[Why, ...]) -> Placement:
    best = candidates[0]
    series, pack = best.series, best.pack
    confidence = _doubted(best, candidates[1:])
    lost = bool(series.subject) and not document.subject_key
    if lost:
        confidence = min(confidence, _WITHOUT_SUBJECT)
    row = next((opinion.retention for opinion in best.opinions if opinion.retention), "")
    return Placement(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        series=series.code,
        retention=str(pack.retention(series, row)),
        marking=series.marking.value,
        doc_type=next((opinion.doc_type for opinion in best.opinions if opinion.doc_type), ""),
        year=filing_year(series, document.date),
        subject_key=document.subject_key if series.subject else "",
        subject=series.subject,
        confidence=round(confidence, 3),
        threshold=pack.threshold,
        why=(*(opinion.why for opinion in best.opinions), *refusals),
        alternatives=tuple(candidates[1:]),
        doubtful=_doubtful(confidence, pack, lost),
    )


def _doubted(best: Candidate, others: Sequence[Candidate]) -> float:
    if not others:
        return best.confidence
    return best.confidence - max(0.0, _SAFE_GAP - (best.confidence - others[0].confidence))


def _doubtful(confidence: float, pack: Pack, lost: bool) -> tuple[str, ...]:
    if lost:
        return ("subject_key",)
    return ("series",) if confidence < pack.threshold else ()


def _unplaced(packs: Sequence[Pack]) -> Placement:
    """Nothing speaks for any series; where there is but one pack, it is at least that one."""
    if len(packs) != 1:
        return Placement()
    pack = packs[0]
    return Placement(pack=pack.id, pack_version=pack.version, pack_digest=pack.digest, marking=pack.marking.value)
