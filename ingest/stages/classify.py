"""Decides whether an item may be filed without a person: its place by the rules, and which fields are in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from index.domain.access import Marking
from index.domain.dates import PartialDate, partial_date
from index.domain.description import Evidence, Value
from index.domain.errors import WrongUse
from index.domain.holdings import Fonds
from index.domain.placing.examples import Likeness
from index.domain.placing.opinions import DocumentWords, Opinion, Why
from index.domain.placing.placement import Placement, candidates, classify
from index.domain.placing.provenance import Provenance, provenance
from index.domain.rules.policy import Pack
from ingest.finders.marking import STATE_SECRET
from ingest.finders.paper import Paper
from ingest.finders.subject_keys import subject_keys
from ingest.finders.title import is_self_made

_LEAST = {"title": 0.6, "date": 0.55, "subject_key": 0.85}
"""Below this a field has to be seen by a person before the item is filed.

Subject keys as measured: said at 0.85 and more 157 of 157 readings of the drill were right. Of papers in new words
29 of 35 were at first, and of the next, after mending, 16 of 16.
"""
GIVEN = "given"
"""The rule named by a placement that follows what a person gave."""
_CLOSENESS = (Marking.OPEN, Marking.INTERNAL, Marking.PERSONAL, Marking.CONFIDENTIAL)


Hear = Callable[[Sequence[Pack], DocumentWords], tuple[Sequence[Opinion], Likeness]]
"""What others than rules say of a paper's place among packs: opinions, and its likeness to their examples."""


def unheard(packs: Sequence[Pack], words: DocumentWords) -> tuple[Sequence[Opinion], Likeness]:
    """Nobody but the rules is heard."""
    return (), Likeness()


def propose(
    paper: Paper,
    description: Mapping[str, Value],
    packs: Sequence[Pack],
    hints: Sequence[str] = (),
    fonds_title: str = "",
    hear: Hear = unheard,
) -> Placement:
    """Where the item belongs by the rules of `packs` and by what is heard beside them, and how sure that is.

    The confidence is that of the weakest thing filing depends on; `doubtful` names what a person has to look at. The
    marking is the closer one of the series' and the paper's.
    """
    words = document_words(paper, description, hints, fonds_title)
    return settled(classify(packs, words, *hear(packs, words)), description)


def propose_among(
    paper: Paper,
    description: Mapping[str, Value],
    fondses: Sequence[Fonds],
    packs: Sequence[Pack],
    hints: Sequence[str] = (),
    beside: Mapping[str, int] | None = None,
    hear: Hear = unheard,
) -> tuple[Placement, Provenance]:
    """The same where no folder gave the fonds away: it is chosen first, then the place among the packs it follows.

    `beside` counts the fonds (by id) that the rest of the batch belongs to.
    """
    words = document_words(paper, description, hints)
    found = provenance(fondses, words, candidates(packs, words, *hear(packs, words)), beside)
    followed = [pack for pack in packs if found.fonds is None or pack.id in found.fonds.packs]
    placement = propose(paper, description, followed, hints, found.fonds.title if found.fonds else "", hear)
    return (placement if found.sure else _of_doubtful_fonds(placement, found)), found


def _of_doubtful_fonds(placement: Placement, found: Provenance) -> Placement:
    sure = min(placement.confidence, found.confidence)
    return replace(placement, confidence=sure, doubtful=("fonds", *placement.doubtful))


def settled(placement: Placement, description: Mapping[str, Value]) -> Placement:
    """The placement with what the description says beside it: the closer marking, and every doubt."""
    return _weakest(_closest(placement, description), description)


def told_place(packs: Sequence[Pack], description: Mapping[str, Value]) -> tuple[list[Pack], list[Opinion]]:
    """The packs that are asked, and what a person said before: a series that was given is the only one asked about.

    Its rules still say how long it is kept and what kind of document it is.
    """
    told = description.get("series")
    if told is None or not told.given:
        return list(packs), []
    for pack in packs:
        series = pack.series_of(told.value)
        if series and _said(description, "pack") in ("", pack.id):
            why = Why("series", series.code, 1.0, Evidence(words=told.value, rule=GIVEN), series.clause)
            return [replace(pack, series=(series,))], [Opinion(pack, series, why)]
    return list(packs), []


def document_words(
    paper: Paper, description: Mapping[str, Value], hints: Sequence[str] = (), fonds_title: str = ""
) -> DocumentWords:
    """What the rules are asked about: a title that we made up ourselves is not evidence of anything."""
    title = description.get("title")
    stands = title is not None and not is_self_made(title.value)
    return DocumentWords.of(
        title=title.value if title and stands else "",
        text=paper.text,
        creator=_said(description, "creator"),
        hints=hints,
        fonds_title=fonds_title,
        date=_date(description),
        subject_key=_given(description, "subject_key"),
        title_sure=title.confidence if title else 0.0,
        subjects=subject_keys(paper, hints, fonds_title),
    )


def _said(description: Mapping[str, Value], name: str) -> str:
    value = description.get(name)
    return value.value if value else ""


def _given(description: Mapping[str, Value], name: str) -> str:
    value = description.get(name)
    return value.value if value and value.given else ""


def _date(description: Mapping[str, Value]) -> PartialDate | None:
    try:
        return partial_date(_said(description, "date"))
    except WrongUse:
        return None


def _closest(placement: Placement, description: Mapping[str, Value]) -> Placement:
    asked = description.get("marking")
    if asked is None:
        return placement
    closest = max((Marking(asked.value), Marking(placement.marking)), key=_CLOSENESS.index)
    return replace(placement, marking=closest.value)


def _weakest(placement: Placement, description: Mapping[str, Value]) -> Placement:
    """The placement with every doubt that stands in the way of filing it."""
    sure = {name: _sureness(placement, description, name) for name in _needed(placement)}
    doubts = [name for name, much in sure.items() if much < _LEAST[name]]
    if _is_state_secret(description):
        doubts.append("marking")
    return replace(
        placement,
        confidence=round(min(placement.confidence, *sure.values()), 3) if doubts else placement.confidence,
        doubtful=tuple(dict.fromkeys((*placement.doubtful, *doubts))),
    )


def _needed(placement: Placement) -> Iterable[str]:
    """What filing into this series depends on: a title always, a date where the year is part of the code."""
    yield "title"
    if placement.subject:
        yield "subject_key"
    elif placement.series:
        yield "date"


def _sureness(placement: Placement, description: Mapping[str, Value], name: str) -> float:
    value = description.get(name)
    if value is not None and value.given:
        return 1.0
    if name == "subject_key":
        return max((why.confidence for why in placement.why if why.field == name), default=0.0)
    return value.confidence if value else 0.0


def _is_state_secret(description: Mapping[str, Value]) -> bool:
    value = description.get("marking")
    return value is not None and value.evidence is not None and value.evidence.rule == STATE_SECRET
