"""Decides which series a paper speaks the language of, where no rule is loud: what the words of all its rules weigh.

A word weighs the more the fewer series know it, and twice in the title. Only series that keep files of subjects are
told so: what a paper says of a customer or tenant tells its place, while papers of offices go by who made them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log

from index.domain.description import Evidence
from index.domain.placing.opinions import VOCABULARY, DocumentWords, Opinion, Place, Why
from index.domain.placing.terms import Sought, Terms
from index.domain.rules.policy import Pack, Rule, Where

_LOUD = 0.8
_SHORTEST, _IN_TITLE, _SHOWN = 2, 2.0, 6
_LEVELS = ((0.6, 10.0, 0.7), (0.4, 6.0, 0.55))
"""How far the second has to stay behind, how much the first has to weigh, and what that is worth.

Measured on some 500 papers: of those whose wording no rule had been made from, 42 of 43 were right at the first level
and nine of ten at the second.
"""


def vocabulary_opinions(heard: Sequence[Opinion], packs: Sequence[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """One opinion at most, for the series whose words weigh most by far, where nothing `heard` is loud or differs."""
    if any(opinion.why.confidence >= _LOUD for opinion in heard):
        return
    spoken = _spoken(_known(tuple(pack.rules for pack in packs), tuple(pack.id for pack in packs)), document)
    ranked = sorted(spoken, key=lambda place: -sum(spoken[place].values()))
    worth = _worth([sum(spoken[place].values()) for place in ranked[:2]])
    if worth and {(one.pack.id, one.series.code) for one in heard} <= {ranked[0]}:
        yield from _opinion(ranked[0], worth, packs, spoken[ranked[0]])


def _spoken(known: _Known, document: DocumentWords) -> Mapping[Place, Mapping[str, float]]:
    """What each word that stands there weighs, by series; not those of a rule that another word there rules out.

    A word of the title counts where a rule on titles knows it, one of the text whichever rule does.
    """
    title, text = (known.terms.standing_in(Sought(said)) for said in (document.title, document.text))
    found: dict[Place, dict[str, float]] = defaultdict(dict)
    for place, where, words, none in known.rules:
        of_title = where is Where.TITLE
        if none.isdisjoint(title if of_title else title | text):
            found[place] |= {term: known.rare[term] for term in words & text if term not in found[place]}
            found[place] |= {term: _IN_TITLE * known.rare[term] for term in words & title if of_title}
    return {place: weights for place, weights in found.items() if weights}


def _worth(best: Sequence[float]) -> float:
    if not best:
        return 0.0
    lead = (best[0] - sum(best[1:])) / best[0]
    return next((worth for gap, least, worth in _LEVELS if lead >= gap and best[0] >= least), 0.0)


def _opinion(place: Place, worth: float, packs: Sequence[Pack], terms: Iterable[str]) -> Iterator[Opinion]:
    pack = next(pack for pack in packs if pack.id == place[0])
    series = pack.series_of(place[1])
    if series and series.subject:
        said = Evidence(words="|".join(sorted(terms, key=len, reverse=True)[:_SHOWN]), rule=VOCABULARY)
        yield Opinion(pack, series, Why("series", series.code, worth, said, series.clause))


class _Known:
    """The words of all rules, laid out to be looked for, and how rare each is among the series."""

    def __init__(self, rules: Iterable[tuple[str, Rule]]) -> None:
        self.rules = [((pack, rule.series), rule.where, _words(rule), frozenset(rule.none)) for pack, rule in rules]
        by = Counter(term for _, term in {(place, term) for place, _, words, _ in self.rules for term in words})
        every = len({place for place, *_ in self.rules})
        self.rare = {term: log((every + 0.5) / count) for term, count in by.items()}
        self.terms = Terms(term for _, _, words, none in self.rules for term in words | none)


def _words(rule: Rule) -> frozenset[str]:
    return frozenset(term for term in (*rule.any, *rule.all) if len(term) >= _SHORTEST)


@lru_cache(maxsize=64)
def _known(rules: tuple[tuple[Rule, ...], ...], packs: tuple[str, ...]) -> _Known:
    return _Known((pack, rule) for pack, of_pack in zip(packs, rules, strict=True) for rule in of_pack)
