"""Decides which series a title that no rule knows is most like, by the pairs of characters that it shares with rules.

监事会决议 stands in no rule, but 董事会, 监事 and 决议 lead to one series: a pair speaks for the series that have it in
their words, less the more they are. Alone this only proposes; beside the words of the text it may suffice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.domain.description import Evidence
from index.domain.folding import folded
from index.domain.placing.opinions import KINDRED, DocumentWords, Opinion, Why
from index.domain.rules.policy import Pack, Rule, Series, Strength, Where

_OF_TITLE, _OF_TEXT, _MOST = 1.0, 0.3, 2.0
"""What a word of a title rule and one of a text rule count, and a pair at most for one series."""
_MUCH, _SOME, _AHEAD = 2.0, 1.0, 0.5
"""From which likeness on it says much or something, and how far (a share of it) the next series has to stay behind."""
_SAYS_MUCH, _SAYS_SOMETHING = 0.62, 0.4
"""As measured on titles that no rule knew: of those much alike nine of ten were right, of the others seven."""
_FIRED = 0.5
"""A title rule that says more than this knows the title."""


def kindred_opinions(packs: Iterable[Pack], document: DocumentWords, heard: Iterable[Opinion]) -> Iterator[Opinion]:
    """What each pack makes of a title that none of its title rules knows; `heard` is what rules said."""
    said = tuple(heard)
    known = {one.pack.id for one in said if _is_of_title(one)}
    title = _without(document.title, document.fonds_title)
    for pack in packs if len(title) > 1 else ():
        liked = None if pack.id in known else _likest(pack, title)
        heeded = liked and liked.says and not _is_ruled_out(liked, document.title)
        if liked and heeded and (liked.is_plain or _is_seconded(liked, said)):
            why = Why("series", liked.series.code, liked.says, Evidence("|".join(liked.pairs), rule=KINDRED))
            yield Opinion(pack, liked.series, why)


@dataclass(frozen=True, slots=True)
class _Likest:
    """The series that a title is most like: how much, how much the next one, and by which pairs."""

    pack: Pack
    series: Series
    likeness: float
    next: float
    pairs: tuple[str, ...]

    @property
    def says(self) -> float:
        if self.likeness < _SOME or self.likeness - self.next < _AHEAD * self.likeness:
            return 0.0
        return _SAYS_MUCH if self.is_plain else _SAYS_SOMETHING

    @property
    def is_plain(self) -> bool:
        return self.likeness >= _MUCH


def _is_seconded(liked: _Likest, said: Iterable[Opinion]) -> bool:
    """Whether anything else leads to the same series: a slight likeness says nothing alone."""
    return any((one.pack.id, one.series.code) == (liked.pack.id, liked.series.code) for one in said)


def _is_ruled_out(liked: _Likest, title: str) -> bool:
    """Whether a rule that would lead there names a word of this title for which it does not (员工 in 满意度)."""
    rules = [rule for rule in liked.pack.rules if rule.where is Where.TITLE and rule.series == liked.series.code]
    return any(_stands(rule.none, title) and _stands(rule.any, title) for rule in rules)


def _stands(words: Iterable[str], title: str) -> bool:
    return any(word in title for word in words)


def _likest(pack: Pack, title: str) -> _Likest | None:
    weights = _weights(pack.rules, tuple(_words_of_series(pack.series)))
    scores: dict[str, float] = defaultdict(float)
    for pair in _pairs(title):
        for code, weight in weights.get(pair, {}).items():
            scores[code] += weight
    if not scores:
        return None
    (code, best), *others = sorted(scores.items(), key=lambda score: -score[1])
    spoke = tuple(sorted(pair for pair in _pairs(title) if code in weights.get(pair, {})))
    series = next(one for one in pack.series if one.code == code)
    return _Likest(pack, series, best, others[0][1] if others else 0.0, spoke)


@lru_cache(maxsize=64)
def _weights(rules: tuple[Rule, ...], names: tuple[tuple[str, str], ...]) -> Mapping[str, Mapping[str, float]]:
    """Pair -> series -> what it says for it: its share of the words that hold the pair, at most 1 in all."""
    counted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    asked = {code for code, _ in names}
    for code, word, counts in (*_words_of_rules(rules), *((code, word, _OF_TITLE) for code, word in names)):
        for pair in _pairs(word) if code in asked else ():
            counted[pair][code] = min(_MOST, counted[pair][code] + counts)
    return {
        pair: {code: count / max(1.0, sum(found.values())) for code, count in found.items()}
        for pair, found in counted.items()
    }


def _words_of_rules(rules: Iterable[Rule]) -> Iterator[tuple[str, str, float]]:
    for rule in rules:
        if rule.where is Where.TITLE:
            yield from ((rule.series, word, _OF_TITLE) for word in (*rule.any, *rule.all))
        elif rule.where is Where.TEXT and rule.strength is not Strength.STRONG:
            yield from ((rule.series, word, _OF_TEXT) for word in rule.any)


def _words_of_series(series: Iterable[Series]) -> Iterator[tuple[str, str]]:
    for one in series:
        yield from ((one.code, word) for word in (*one.names, folded(one.title.get("zh-Hans", "")).text))


def _pairs(text: str) -> set[str]:
    """Every two Chinese characters that follow each other: words of Latin script are told by rules alone."""
    return {text[at : at + 2] for at in range(len(text) - 1) if all(map(_is_han, text[at : at + 2]))}


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _without(title: str, name: str) -> str:
    return title.replace(name, "\n") if name else title


def _is_of_title(one: Opinion) -> bool:
    rule = next((rule for rule in one.pack.rules if rule.id == one.why.rule), None)
    return rule is not None and rule.where is Where.TITLE and one.why.confidence > _FIRED
