"""Decides what a pack's rules say of a document: which of them fire, on which words, and how strongly.

Terms and words are both folded (`folding.folded`), so that script, width and spacing do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.domain.dates import PartialDate
from index.domain.description import Evidence
from index.domain.folding import folded
from index.domain.policy import Issuer, Pack, Rule, Series, Strength, Where

_SAYS = {Strength.STRONG: 0.96, Strength.NORMAL: 0.86, Strength.ANCHOR: 0.86, Strength.WEAK: 0.5}
_HINT = 0.9
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


def rule_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
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


def hint_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
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
