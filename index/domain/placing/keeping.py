"""Decides which row of the schedule a paper falls under, and whether that is certain enough to file it alone.

A rule that names a row knows more than one that leaves it to the series. But a row that was named in a whisper (a
misread title, a few words of the text) against a rule that is sure is for a person to choose; so is a paper for which
two rules that know what it is about name two periods; and where nothing but habit or likeness leads to a series whose
papers are not all kept alike, nobody has said how long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.domain.placing.opinions import EXAMPLE, KINDRED, LEARNED, ORGAN, SUBJECT, Candidate, Opinion
from index.domain.retention import RetentionPeriod
from index.domain.rules.policy import Where

_GUESSED = (LEARNED, KINDRED, EXAMPLE, SUBJECT)
_ALOUD = 0.8
"""What a rule says at least that may decide the period against the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the schedule (empty: that of the series), and whether it needs no person to confirm it."""

    id: str = ""
    sure: bool = True


def kept_by(best: Candidate, others: Sequence[Candidate]) -> Row:
    """The row that the strongest rule names which knows what the paper is about, or else its kind; else the series'."""
    heard = [*_of_its_kind(best, others)]
    naming = sorted((one for one in heard if one.retention), key=lambda one: one.general and _is_aloud(one))
    named = next(iter(naming), None)
    if named is None:
        return Row("", _all_kept_alike(best) or any(one.why.rule not in _GUESSED for one in heard))
    mine = _period(best, named.retention)
    against = [one for one in heard if _is_of_title(one) and _period(best, one.retention) != mine]
    equals = [one for one in against if one.retention and not one.general and _is_aloud(one)]
    return Row(named.retention, not equals if _is_aloud(named) else not against)


def _is_aloud(one: Opinion) -> bool:
    return one.why.confidence >= _ALOUD


def _of_its_kind(best: Candidate, others: Sequence[Candidate]) -> Iterable[Opinion]:
    """What says how long it is kept: its series' rules, and where only its organ is known, those on its kind (计划)."""
    yield from best.opinions
    if all(opinion.why.rule == ORGAN for opinion in best.opinions):
        alike = (one for one in others if one.pack.id == best.pack.id and one.series.category == best.series.category)
        yield from (opinion for one in alike for opinion in one.opinions)


def _is_of_title(one: Opinion) -> bool:
    return any(rule.id == one.why.rule and rule.where is Where.TITLE for rule in one.pack.rules)


def _all_kept_alike(best: Candidate) -> bool:
    """Whether no rule of this series names a row of another period than the series' own."""
    rows = {rule.retention for rule in best.pack.rules if rule.series == best.series.code}
    return len({str(_period(best, row)) for row in rows | {""}}) == 1


def _period(best: Candidate, row: str) -> RetentionPeriod:
    return best.pack.retention(best.series, row)
