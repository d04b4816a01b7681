"""Decides whether a regulation holds together: what `muniment pack check` finds wrong (conflicts of A.16 among it)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.provisions import PROVISIONS
from index.domain.errors import WrongUse
from index.domain.retention import RetentionPeriod, period
from index.domain.rules.policy import ArrangedBy, Pack, Rule, Scheme, Series, Where
from index.domain.rules.ruling import Because, because


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which key of a pack."""

    key: str
    why: Because
    file: str = "pack.toml"

    def words(self, language: str = "en") -> str:
        return self.why.words(language)


def problems(pack: Pack) -> tuple[Problem, ...]:
    """Everything wrong with `pack`, in the order of its file; empty when it may be loaded."""
    return tuple(
        Problem(key, why)
        for look in (_identity, _series, _schedule, _rules, _care, _floors, *PROVISIONS)
        for key, why in look(pack)
    )


_Found = Iterator[tuple[str, Because]]


def _identity(pack: Pack) -> _Found:
    if not pack.example_fonds:
        yield "example_fonds", because("pack-no-fonds")
    ids = {
        "series": [one.code for one in pack.series],
        "schedule": [one.id for one in pack.schedule],
        "rules": [one.id for one in pack.rules],
        "checklist": [one.number for one in pack.checklist],
        "duties": [one.id for one in pack.duties],
        "loans": [one.kind for one in pack.loans],
        "gates": [one.id for one in pack.gates],
        "intake": [one.id for one in pack.intake],
        "conditions": [one.name for one in pack.conditions],
        "elsewhere": [one.id for one in pack.elsewhere],
    }
    for key, names in ids.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield key, because("pack-twice", name=name, times=times)


def _series(pack: Pack) -> _Found:
    reached = {rule.series for rule in pack.rules}
    for series in pack.series:
        key = f"series {series.code}"
        if series.code not in reached and not series.by_hand:
            yield key, because("pack-orphan-series")
        if pack.row(series.retention) is None:
            yield key, because("pack-no-row", row=series.retention)
        if not series.code.startswith(series.category):
            yield key, because("pack-category", category=series.category)
        yield from _shape(key, series)
        former = pack.series_of(series.former)
        if series.former and (former is None or former.subject != series.subject):
            yield key, because("pack-former", series=series.former)


def _shape(key: str, series: Series) -> _Found:
    if series.scheme is Scheme.STATE_SECRET:
        yield key, because("pack-state-secret")
    if (series.arranged_by is ArrangedBy.SUBJECT_FILE) is not bool(series.subject):
        yield key, because("pack-subject")
    if series.year not in ("calendar", "academic", "fiscal", "none"):
        yield key, because("pack-year", year=series.year)


def _schedule(pack: Pack) -> _Found:
    used = {one.retention for one in pack.series} | {one.retention for one in pack.rules}
    for row in pack.schedule:
        if _period(row.period) is None:
            yield f"schedule {row.id}", because("pack-period", period=row.period)
        if row.host and _period(row.host) is None:
            yield f"schedule {row.id}", because("pack-period", period=row.host)
        if row.id not in used:
            yield f"schedule {row.id}", because("pack-row-unused")


def _rules(pack: Pack) -> _Found:
    codes = {series.code for series in pack.series}
    for number, rule in enumerate(pack.rules):
        key = f"rules {rule.id}"
        for code in sorted({rule.series, *rule.excludes} - codes):
            yield key, because("pack-no-series", series=code)
        if rule.retention and pack.row(rule.retention) is None:
            yield key, because("pack-no-row", row=rule.retention)
        if not rule.any and not rule.all:
            yield key, because("pack-rule-empty")
        if rule.series in rule.excludes:
            yield key, because("pack-rule-own-series")
        yield from ((key, why) for why in _unreachable(rule, pack.rules[:number]))


def _unreachable(rule: Rule, earlier: Iterable[Rule]) -> Iterator[Because]:
    """Why a rule can never fire, or never say anything that a rule before it has not said."""
    if any(word in term for term in rule.all for word in rule.none):
        yield because("pack-never-needed")
    alive = [term for term in rule.any if not any(word in term for word in rule.none)]
    if rule.any and len(alive) < rule.at_least:
        yield because("pack-never-any")
    if rule.beside and all(any(word in term for word in rule.none) for term in rule.beside):
        yield because("pack-never-beside")
    for other in earlier:
        if _covers(other, rule):
            yield because("pack-rule-covered", rule=other.id)


def _covers(other: Rule, rule: Rule) -> bool:
    same = (other.where, other.series, other.doc_type, other.retention) == (
        rule.where,
        rule.series,
        rule.doc_type,
        rule.retention,
    )
    wider = other.issuer in (rule.issuer, "any") and other.at_least <= rule.at_least
    words = bool(other.any) and set(other.any) >= set(rule.any) and set(other.all) <= set(rule.all) and not other.beside
    return same and wider and words and bool(rule.any) and set(other.none) <= set(rule.none)


def _care(pack: Pack) -> _Found:
    if not pack.access:
        yield "access", because("pack-no-matrix")
    if pack.custodian not in {row.role for row in pack.access}:
        yield "custodian", because("pack-no-access-row", role=pack.custodian)
    known = {one.code for one in pack.series} | {rule.doc_type for rule in pack.rules}
    for row in pack.access:
        for name in sorted(set(row.only) - known):
            yield f"access {row.role}", because("pack-access-only", name=name)
    if pack.scheme is Scheme.STATE_SECRET:
        yield "marking", because("pack-state-secret")
    if any(rule.where is Where.CREATOR for rule in pack.rules) and not pack.superiors:
        yield "superiors", because("pack-superiors")


def _floors(pack: Pack) -> _Found:
    """A file must not be destroyed before its longest item (A.16 X2)."""
    for series in pack.series:
        row = pack.row(series.retention)
        kept = _period(row.period) if row else None
        if row is None or kept is None or kept.years is None or not series.subject or row.longest_item:
            continue
        for floor in pack.floors:
            least = _period(floor.period)
            if least and _longer(least, kept):
                told = {"doc_type": floor.doc_type, "period": floor.period}
                yield f"schedule {row.id}", because("pack-goes-before", **told)


def _longer(one: RetentionPeriod, other: RetentionPeriod) -> bool:
    return one.permanent or (one.years or 0) > (other.years or 0)


def _period(said: str) -> RetentionPeriod | None:
    try:
        return period(said)
    except WrongUse:
        return None
