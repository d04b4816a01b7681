"""Decides whether an item may come in as it is; what lacks something the regulation wants is refused or kept apart.

Facts are short names that a description or a person gives: copy, foreign, translation, translated_title, explanation,
consent, purpose, signing_date.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from index.domain.rules.policy import Pack
from index.domain.rules.provisions import IntakeRule, Otherwise
from index.domain.rules.ruling import Because, because


@dataclass(frozen=True, slots=True)
class Intake:
    """What becomes of an item: admitted, refused, or in quarantine; `barred` are the uses that stay shut."""

    refused: tuple[Because, ...] = ()
    quarantined: tuple[Because, ...] = ()
    barred: frozenset[str] = frozenset()

    @property
    def admitted(self) -> bool:
        return not self.refused and not self.quarantined

    def may_be_used(self, use: str) -> bool:
        """Whether it may be put to this use (assignment, search); what was refused is put to none."""
        return not self.refused and use not in self.barred


def take_in(pack: Pack, series: str, facts: Collection[str]) -> Intake:
    """What the regulation makes of an item of this series of which these facts are known."""
    failed = [(rule, _lacking(rule, facts)) for rule in pack.intake if _concerns(rule, series, facts)]
    failed = [(rule, lacking) for rule, lacking in failed if lacking]
    return Intake(
        refused=tuple(_because(rule, lacking) for rule, lacking in failed if rule.otherwise is Otherwise.REFUSE),
        quarantined=tuple(
            _because(rule, lacking) for rule, lacking in failed if rule.otherwise is not Otherwise.REFUSE
        ),
        barred=frozenset(bar for rule, _ in failed for bar in rule.bars),
    )


def alternatives(need: str) -> list[str]:
    """The facts of which one is enough: "translation or translated_title"."""
    return re.split(r"\s+or\s+", need)


def _concerns(rule: IntakeRule, series: str, facts: Collection[str]) -> bool:
    return (not rule.series or series in rule.series) and all(fact in facts for fact in rule.when)


def _lacking(rule: IntakeRule, facts: Collection[str]) -> list[str]:
    return [need for need in rule.needs if not any(fact in facts for fact in alternatives(need))]


def _because(rule: IntakeRule, lacking: list[str]) -> Because:
    code = "comes-without" if rule.otherwise is Otherwise.REFUSE else "kept-apart"
    return because(code, rule.clause, what=", ".join(lacking))
