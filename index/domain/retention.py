"""Decides how long a record is kept, and on which day that time is over.

Unset is a state of its own: it is neither permanent nor over, it blocks disposal until somebody sets a period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.domain.errors import WrongUse
from index.domain.numerals import NUMERALS, value_of
from index.domain.rules.reckoning import years_later


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """Permanent, a number of whole years, or unset (neither). `str()` gives permanent, 30y or unset."""

    years: int | None = None
    permanent: bool = False

    def __str__(self) -> str:
        if self.permanent:
            return "permanent"
        return "unset" if self.years is None else f"{self.years}y"

    @property
    def code(self) -> str:
        """The segment of a reference code: Y, D30, or empty while unset (DA/T 22-2015 5.4)."""
        if self.permanent:
            return "Y"
        return "" if self.years is None else f"D{self.years}"

    def words(self, language: str = "en") -> str:
        """What a clerk reads, in zh-Hans, zh-Hant or en."""
        if self.years is None:
            return _WORDS[self.permanent][language if language in _WORDS[self.permanent] else "en"]
        return f"{self.years} year{'' if self.years == 1 else 's'}" if language == "en" else f"{self.years}年"


PERMANENT = RetentionPeriod(permanent=True)
UNSET = RetentionPeriod()

_WORDS = {
    True: {"zh-Hans": "永久", "zh-Hant": "永久", "en": "permanent"},
    False: {"zh-Hans": "未定", "zh-Hant": "未定", "en": "not set"},
}
_PERMANENT = frozenset({"permanent", "y", "永久"})
_UNSET = frozenset({"unset", "", "未定", "not set"})
_YEARS = re.compile(rf"d(\d{{1,3}})|(?:定期)?\s*(\d{{1,3}}|[{NUMERALS}]{{1,5}})\s*(?:y|年|years?)")


def period(text: str) -> RetentionPeriod:
    """The period that `text` names, in any way it is written (30y, D30, 30年, 定期三十年, 永久, permanent, unset).

    Raises WrongUse("bad-value").
    """
    said = text.strip().lower()
    if said in _PERMANENT:
        return PERMANENT
    if said in _UNSET:
        return UNSET
    found = _YEARS.fullmatch(said)
    years = value_of(found[1] or found[2]) if found else None
    if not years:
        raise WrongUse("bad-value", field="retention", value=text, hint="permanent, 30y, 10y, unset")
    return RetentionPeriod(years)


def longer(one: RetentionPeriod, other: RetentionPeriod) -> RetentionPeriod:
    """The period of the two that ends later from the same day; a period that is unset might be any but permanent."""
    for first in (PERMANENT, UNSET):
        if first in (one, other):
            return first
    return max(one, other, key=lambda kept: kept.years or 0)


def expires_on(kept: RetentionPeriod, trigger: date | None) -> date | None:
    """The day on which the period ends, counted from `trigger`; None when there is no such day or it cannot be known.

    None never means "may go": permanent has no day, unset and a missing trigger are not computable.
    """
    if kept.years is None or trigger is None:
        return None
    return years_later(trigger, kept.years)
