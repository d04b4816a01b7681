"""Decides what a pack's rules say of a document: which of them fire, on which words, and how strongly.

Terms and words are both folded (`folding.folded`), so that script, width and spacing do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.domain.description import Evidence
from index.domain.placing.document_types import OF_EVERY_OFFICE
from index.domain.placing.opinions import DocumentWords, Opinion, Place, Why, issuer_of, organ_opinions
from index.domain.placing.terms import ONE_SLIP, Near, Sought, Terms
from index.domain.rules.policy import Issuer, Pack, Rule, Strength, Where
from index.domain.searching.look_alikes import look_alikes

_SAYS = {Strength.STRONG: 0.96, Strength.NORMAL: 0.86, Strength.ANCHOR: 0.86, Strength.WEAK: 0.5}
_LONG_NEAR = 6
"""The length of a term from which one wrong character hardly counts."""
_LONG_WRONG, _ALIKE_WRONG, _SHORT_WRONG, _TWO_WRONG, _UNLIKE = 0.92, 0.9, 0.75, 0.85, 0.875
_LOST, _MEANT = 0.65, 0.8
"""Of a short term with a character lost or added (施方案 is no 施工方案), and from where on one was meant."""
_VERY_LONG = 12
_TELLING = frozenset("年季月周旬日上中下半初前后一二三四五六七八九十入离进出收付借贷新旧男女内外父母东西南北")
"""Characters that tell one matter from another: none of them is a misreading of another (年度报表, 季度报表)."""
_HELD, _GENERAL = 0.6, 0.55
_OF_WHEN = re.compile(r"^(?:(?:上|下)?半?年度?|学年度?|第?[一二]?学期|季度|月份?|每?周|工作|总体|全年|重点)+")
_HEAD, _AT_THE_HEAD = 90, 0.72
_MANY, _ALMOST = 4, 0.45
"""Anchors of which one may be missing, and what the others say then."""


def rule_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """The rules that fire, each on its words; where no title rule does to the letter, on what nearly stands there."""
    asked, seen = tuple(packs), _Seen(document)
    fired = [one for pack in asked for one in _fired(pack, document, seen)]
    said = frozenset(term for one in fired if one.rule.where is Where.TITLE for term in one.terms)
    fired += [one for pack in asked for one in _nearly_fired(pack, document, seen, said)]
    if not any(one.rule.where is Where.TITLE for one in fired):
        fired += [one for pack in asked for one in _fired_at_the_head(pack, document, seen)]
    organs = [(one.pack.id, one.series.code) for one in organ_opinions(asked, document)]
    heard = [one for one in fired if one.says > _ALMOST or _is_seconded(one, fired)]
    yield from (_opinion(_outspoken(one, fired, organs)) for one in heard)


@dataclass(frozen=True, slots=True)
class _Fired:
    """A rule of a pack that fired: on which terms, said how, and how much that says."""

    pack: Pack
    rule: Rule
    terms: tuple[str, ...]
    words: str
    says: float
    sure: float = 1.0
    """How sure it is that these terms were meant, where they do not stand there to the letter."""


class _Seen:
    """The places where rules look, each laid out once for the rules of all packs."""

    def __init__(self, document: DocumentWords) -> None:
        places = {
            Where.TITLE: document.title,
            Where.TEXT: document.text,
            Where.CREATOR: document.creator,
            Where.HINT: "\n".join(document.hints),
        }
        self._sought = {where: Sought(text) for where, text in places.items()}
        self.head = Sought(document.text[:_HEAD])

    def at(self, where: Where) -> Sought:
        return self._sought[where]


@lru_cache(maxsize=512)
def _terms(rules: tuple[Rule, ...]) -> Mapping[Where, Terms]:
    """Every term that these rules look for, by the place where they do."""
    return {
        where: Terms(
            term for rule in rules if rule.where is where for term in (*rule.any, *rule.all, *rule.beside, *rule.none)
        )
        for where in Where
    }


@lru_cache(maxsize=512)
def _titles(rules: tuple[Rule, ...]) -> Terms:
    """The terms that are titles by themselves: those of rules to which one term is enough."""
    return Terms(term for rule in rules if rule.where is Where.TITLE and rule.at_least == 1 for term in rule.any)


def _fired(pack: Pack, document: DocumentWords, seen: _Seen) -> Iterator[_Fired]:
    standing = {where: terms.standing_in(seen.at(where)) for where, terms in _terms(pack.rules).items()}
    for rule in _concerning(pack, document):
        there = standing[rule.where]
        terms = tuple(term for term in rule.any if term in there)
        if _allowed(rule, there) and (terms or rule.all):
            says = _says(rule, document, len(terms))
            if says:
                beside = (term for term in rule.beside if term in there)
                yield _Fired(pack, rule, terms or rule.all, "|".join((*rule.all, *beside, *terms)), says)


def _nearly_fired(pack: Pack, document: DocumentWords, seen: _Seen, said: frozenset[str]) -> Iterator[_Fired]:
    """Title rules by terms that were misread (A.17); not where what stands there is a word of its own.

    `said` are the terms that stand in the title to the letter: at their place only a longer one knows better.
    """
    near = _titles(pack.rules).nearly_in(seen.at(Where.TITLE))
    standing = _terms(pack.rules)[Where.TITLE].standing_in(seen.at(Where.TITLE)) if near else frozenset()
    misread = {term: one for term, one in near.items() if one.slips and not _is_meant(one, said, document.title)}
    for rule in _concerning(pack, document) if misread else ():
        found = [misread[term] for term in rule.any if term in misread] if _is_title(rule) else []
        if found and _allowed(rule, standing):
            best = max(found, key=_trust)
            says = _says(rule, document, 1) * _trust(best)
            yield _Fired(pack, rule, (best.term,), best.words, says, _trust(best))


def _fired_at_the_head(pack: Pack, document: DocumentWords, seen: _Seen) -> Iterator[_Fired]:
    """Strong title rules by the first words of the paper, where what was taken for its title says nothing."""
    standing = _terms(pack.rules)[Where.TITLE].standing_in(seen.head)
    for rule in _concerning(pack, document) if standing else ():
        terms = tuple(term for term in rule.any if term in standing and len(term) >= ONE_SLIP)
        if terms and _is_title(rule) and rule.strength is Strength.STRONG and _allowed(rule, standing):
            yield _Fired(pack, rule, terms, "|".join(terms), _AT_THE_HEAD)


def _concerning(pack: Pack, document: DocumentWords) -> list[Rule]:
    """The rules that this issuer's papers fall under, of the series that are asked about."""
    issuer, codes = issuer_of(pack, document), {series.code for series in pack.series}
    return [rule for rule in pack.rules if rule.series in codes and _concerns(rule, issuer)]


def _is_title(rule: Rule) -> bool:
    return rule.where is Where.TITLE and rule.at_least == 1


def _is_meant(near: Near, said: frozenset[str], title: str) -> bool:
    """Whether what stands there was meant as it stands."""
    return _tells_apart(near) or _is_outdone(near, said, title) or _goes_on_otherwise(near, title)


def _is_outdone(near: Near, said: frozenset[str], title: str) -> bool:
    """Whether a term that stands where this one nearly does leaves nothing to misread: it is as long or another word.

    离职申请表 is no misread 入职申请表: 离职申请 is a term of its own, and holds what would be the slip.
    """
    begin = title.find(near.words)
    rivals = [term for term in said if _meets(title, term, begin, begin + len(near.words))]
    return any(len(term) >= len(near.term) or (term in near.words and term not in near.term) for term in rivals)


def _meets(title: str, term: str, begin: int, end: int) -> bool:
    """Whether the term stands anywhere in the title so that it shares a character with that stretch."""
    return title.find(term, max(0, begin - len(term) + 1), end + len(term) - 1) >= 0


def _goes_on_otherwise(near: Near, title: str) -> bool:
    """客户订货情 in 客户订货情况 is no misread 客户订货单: what would be the slip begins another word."""
    slip_at_end = near.term[-1] != near.words[-1]
    return slip_at_end and not title.endswith(near.words) and not _look_alike(near)


def _trust(near: Near) -> float:
    """How likely a near term was meant: the longer it is, and if what stands there looks alike."""
    if near.slips > 1:
        return _TWO_WRONG
    alike = len(near.term) >= _VERY_LONG or _look_alike(near)
    if len(near.term) >= _LONG_NEAR:
        return _LONG_WRONG if alike else _UNLIKE
    if len(near.term) != len(near.words):
        return _LOST
    return _ALIKE_WRONG if alike else _SHORT_WRONG


def _look_alike(near: Near) -> bool:
    return all(read in look_alikes().get(meant, ()) for meant, read in _swapped(near))


def _swapped(near: Near) -> list[tuple[str, str]]:
    """(meant, read) of each character that is wrong, where none is lost or added."""
    same = len(near.term) == len(near.words)
    pairs = zip(near.term, near.words, strict=True) if same else ()
    return [(meant, read) for meant, read in pairs if meant != read]


def _tells_apart(near: Near) -> bool:
    return any(meant in _TELLING and read in _TELLING for meant, read in _swapped(near))


def _is_seconded(one: _Fired, fired: Sequence[_Fired]) -> bool:
    """Whether another rule leads to the same series: a form that lacks an anchor says nothing alone."""
    return any(other.says > _ALMOST and _place(other) == _place(one) for other in fired)


def _place(one: _Fired) -> tuple[str, str]:
    return one.pack.id, one.rule.series


def _outspoken(one: _Fired, fired: Sequence[_Fired], organs: Sequence[tuple[str, str]]) -> _Fired:
    """The rule as loud as the others leave it.

    A title of another series of its pack that holds all its words (工会 in 工会经费凭证), or one that says what the
    paper is about where this one only knows its kind or issuer (退休 beside 通知), leaves it little to say.
    """
    others = [other for other in fired if other.pack.id == one.pack.id and other.rule.series != one.rule.series]
    titles = [other.terms for other in others if other.rule.where is Where.TITLE]
    if one.rule.where is Where.TITLE and any(_holds(terms, one.terms) for terms in titles):
        return replace(one, says=one.says * _HELD)
    made_elsewhere = any(pack == one.pack.id and series != one.rule.series for pack, series in organs)
    if _is_general(one) and (made_elsewhere or any(_is_special(other, one) for other in others)):
        return replace(one, says=one.says * _GENERAL)
    return one


def _is_general(one: _Fired) -> bool:
    """Whether it knows no more than the kind of document, or who made it."""
    if one.rule.where is Where.CREATOR:
        return one.rule.issuer is Issuer.SUPERIOR
    return (
        one.rule.where is Where.TITLE
        and not (one.rule.all or one.rule.beside)
        and all(map(_is_of_every_office, one.terms))
    )


def _is_of_every_office(term: str) -> bool:
    """计划, and 年度工作计划 as well."""
    return term in OF_EVERY_OFFICE or _OF_WHEN.sub("", term) in OF_EVERY_OFFICE


def _is_special(one: _Fired, general: _Fired) -> bool:
    """Whether its title says what the paper is about, as loud at least as a rule that knows its kind alone may."""
    if one.rule.where is not Where.TITLE or one.sure < _MEANT or _is_general(one):
        return False
    return one.rule.strength is Strength.STRONG or general.rule.strength is not Strength.STRONG


def _holds(wider: Sequence[str], terms: Sequence[str]) -> bool:
    return all(any(term != whole and term in whole for whole in wider) for term in terms)


def _opinion(one: _Fired) -> Opinion:
    series = next(series for series in one.pack.series if series.code == one.rule.series)
    why = Why("series", series.code, one.says, Evidence(words=one.words, rule=one.rule.id), one.rule.clause)
    return Opinion(one.pack, series, why, one.rule.retention, one.rule.doc_type, one.rule.excludes, _is_general(one))


def places_of_others(packs: Iterable[Pack], document: DocumentWords) -> set[Place]:
    """Series whose rules are all on papers of another issuer than this one's: 上级来文 holds nothing of our own."""
    issuers = ((pack, issuer_of(pack, document)) for pack in packs)
    known = ((pack, issuer) for pack, issuer in issuers if issuer is not Issuer.ANY)
    return {(pack.id, code) for pack, issuer in known for code in _foreign(pack.rules, issuer)}


def _foreign(rules: Iterable[Rule], issuer: Issuer) -> set[str]:
    named = {(rule.series, _concerns(rule, issuer)) for rule in rules}
    return {code for code, concerned in named if not concerned and (code, True) not in named}


def _concerns(rule: Rule, issuer: Issuer) -> bool:
    """An unknown issuer is taken for our own: a room's papers are mostly its own, a superior signs his name."""
    if rule.issuer is Issuer.SUPERIOR:
        return issuer is Issuer.SUPERIOR
    return rule.issuer is Issuer.ANY or issuer is not Issuer.SUPERIOR


def _allowed(rule: Rule, standing: frozenset[str]) -> bool:
    beside = not rule.beside or not standing.isdisjoint(rule.beside)
    return beside and standing.issuperset(rule.all) and standing.isdisjoint(rule.none)


def _says(rule: Rule, document: DocumentWords, matched: int) -> float:
    """How much `matched` of its terms say; of many asked for, one too few says a little: OCR loses some."""
    short = rule.at_least - matched if rule.any else 0
    if short > 0:
        return _ALMOST if short == 1 and rule.at_least >= _MANY else 0.0
    said = _SAYS[rule.strength] + 0.02 * min(-short, 4)
    return said * (0.6 + 0.4 * document.title_sure) if rule.where is Where.TITLE else said
