"""Decides what is known of a document when it is placed, and what an opinion on its place is.

Texts are folded (`folding.folded`), so that script, width and spacing do not matter. Opinions come from the rules of
the packs (`firing.py`), from folders named as a series, and from what people confirmed before (`lessons.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from index.domain.dates import PartialDate
from index.domain.description import Evidence, Value
from index.domain.folding import folded
from index.domain.placing.terms import nearest
from index.domain.rules.policy import Issuer, Pack, Series
from index.domain.searching.look_alikes import look_alikes

LEARNED, ORGAN, KINDRED, EXAMPLE = "learned", "organ", "kindred", "example"
VOCABULARY, SUBJECT = "vocabulary", "subject"
"""The rules that opinions name of what people confirmed, which organ made a paper, what its title is like, and which
example papers of the regulations it resembles; which series speaks its language, and whose key it bears."""

Place = tuple[str, str]
"""A pack's id and a series' code."""
_HINT, _ORGAN = 0.9, 0.95
_KEY = 0.3


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What is known of a document when it is placed; texts are folded. `title` is empty when the paper bears none.

    `title_sure` is the finder's confidence (0..1). `subject_key` is the key that a person gave; `subjects` are those
    found, by the kind of subject that they tell apart (employee_number, room).
    """

    title: str = ""
    text: str = ""
    creator: str = ""
    hints: tuple[str, ...] = ()
    fonds_title: str = ""
    date: PartialDate | None = None
    subject_key: str = ""
    title_sure: float = 1.0
    subjects: Mapping[str, Value] = field(default_factory=dict)

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
        subjects: Mapping[str, Value] | None = None,
    ) -> DocumentWords:
        """The same, folded from texts as they stand on the paper."""
        names = tuple(folded(hint).text for hint in hints)
        own, words, made, body = (folded(one).text for one in (fonds_title, text, title, creator))
        return DocumentWords(made, words, body, names, own, date, subject_key, title_sure, subjects or {})


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
    """That a document belongs to a series of a pack, with the reason; `excludes` are series it rules out.

    `general` is one that knows no more than the kind of document, or who made it.
    """

    pack: Pack
    series: Series
    why: Why
    retention: str = ""
    doc_type: str = ""
    excludes: tuple[str, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A series that something speaks for, and everything that does, the strongest first."""

    pack: Pack
    series: Series
    confidence: float
    opinions: tuple[Opinion, ...]


def hint_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    for pack in packs:
        for series in pack.series:
            named = next((hint for hint in document.hints if hint in series.names), "")
            if named:
                why = Why("series", series.code, _HINT, Evidence(words=named, rule="folder"), series.clause)
                yield Opinion(pack, series, why)


def organ_opinions(packs: Iterable[Pack], document: DocumentWords) -> Iterator[Opinion]:
    """An organ of our own (柳河中学工会) makes papers of the series that is named after it (SCH-16).

    Only where the scheme is by organs: what a finance department writes is not all accounts.
    """
    own = document.fonds_title
    for pack in packs if own and own in document.creator else ():
        organ = document.creator.replace(own, "\n")
        for series in (one for one in pack.series if one.organisation):
            named = next((name for name in series.names if name in organ), "")
            if named:
                why = Why("series", series.code, _ORGAN, Evidence(words=named, rule=ORGAN), series.clause)
                yield Opinion(pack, series, why)


def subject_opinions(heard: Iterable[Opinion], document: DocumentWords) -> Iterator[Opinion]:
    """That a paper bears the very key by which a series keeps its files speaks for that series, if something does."""
    places = {(one.pack.id, one.series.code): (one.pack, one.series) for one in heard}
    for pack, series in places.values():
        key = document.subjects.get(series.subject)
        if key:
            said = Evidence(words=key.value, rule=SUBJECT)
            yield Opinion(pack, series, Why("series", series.code, _KEY * key.confidence, said, series.clause))


def issuer_of(pack: Pack, document: DocumentWords) -> Issuer:
    """Whose document it is: our own body's, a superior's by the pack's words, or (ANY) nobody we can tell."""
    creator, own = document.creator, document.fonds_title
    if not creator:
        return Issuer.ANY
    if (own and (own in creator or creator in own)) or any(word in creator for word in pack.own_words):
        return Issuer.OWN
    if own and _is_misread(own, creator):
        return Issuer.OWN
    return Issuer.SUPERIOR if any(word in creator for word in pack.superiors) else Issuer.ANY


def _is_misread(name: str, creator: str) -> bool:
    """Whether a name stands there but for a character that was lost or looks alike: 县 for 市 is another body's."""
    if any(name[:at] + name[at + 1 :] in creator for at in range(len(name))):
        return True
    near = nearest(name, creator)
    if near is None or near.slips != 1 or len(name) != len(near.words):
        return False
    pairs = zip(name, near.words, strict=True)
    return all(read == meant or read in look_alikes().get(meant, ()) for meant, read in pairs)
