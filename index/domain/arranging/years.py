"""Decides in which year a record is filed, and by which day that year's files must be closed (SCH-11, SCH-12, B.12).

Years are named by the calendar year in which they begin: the school year 2024-2025 is 2024. What begins when, and by
when it closes, are settings of the pack: `academic_year_starts`, `fiscal_year_starts`, `closing_day` (month-day) and
`closing_of` (categories).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.domain.dates import PartialDate, academic_year
from index.domain.folding import folded
from index.domain.rules.policy import Pack, Series

#: Days before the closing day from which on a year that is still open is told as due.
NOTICE_DAYS = 60


@dataclass(frozen=True, slots=True)
class Years:
    """When the years of a regulation begin, as (month, day); `closing` is None where it names no closing day.

    `closing_of` are the categories that the closing day is of; all, where it names none.
    """

    academic: tuple[int, int] = (9, 1)
    fiscal: tuple[int, int] = (1, 1)
    closing: tuple[int, int] | None = None
    closing_of: tuple[str, ...] = ()

    @classmethod
    def of(cls, pack: Pack) -> Years:
        """By the settings of the pack; what it does not say is the usual."""
        said = {name: _month_and_day(text) for name, text in pack.settings.items() if name in _NAMES}
        return cls(
            said.get("academic_year_starts") or USUAL.academic,
            said.get("fiscal_year_starts") or USUAL.fiscal,
            said.get("closing_day"),
            tuple(pack.settings.get("closing_of", "").split()),
        )

    def year(self, series: Series, day: PartialDate | None) -> str:
        """2024, or 2024-2025 for a year that does not begin in January; empty where there is none or it is unknown.

        Of a document whose month is unknown the school year cannot be told.
        """
        if day is None or series.year == "none":
            return ""
        starts = self.starts(series)
        if starts == (1, 1):
            return str(day.year)
        return academic_year(day.first_day, starts) if day.month else ""

    def last_day(self, series: Series, year: int) -> date:
        """The day on which that year of the series ends."""
        month, day = self.starts(series)
        return date(year + 1, month, day) - timedelta(days=1)

    def closing_day(self, series: Series, year: int) -> date | None:
        """By when the files of that year must be closed; None where the regulation names no day for its category.

        SCH-11: documents (文书) of 2024 by 31 August 2025, and nothing is said of accounts or photographs. A school
        year closes as it ends (D.3).
        """
        if self.closing is None:
            return None
        if series.year == "academic":
            return self.last_day(series, year)
        named = not self.closing_of or series.category in self.closing_of
        return date(year + 1, *self.closing) if named else None

    def starts(self, series: Series) -> tuple[int, int]:
        """Month and day on which a year of the series begins."""
        return {"academic": self.academic, "fiscal": self.fiscal}.get(series.year, (1, 1))


USUAL = Years()
"""Where no regulation says otherwise."""


def year_words(series: Series, year: str, years: Years) -> str:
    """The year as people call it: 2024, or 2024-2025 where it begins within one."""
    begins_in_january = years.starts(series) == (1, 1)
    return year if begins_in_january or not year.isdecimal() else f"{year}-{int(year) + 1}"


_SCHOOL_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:\s?[-—~至]+\s?(?:(?:19|20)?\d\d))?\s?学年|(?P<left>(?:19|20)\d\d)届"
)
_NAMES = frozenset({"academic_year_starts", "fiscal_year_starts", "closing_day"})


def said_school_year(title: str) -> str:
    """The school year that a title names (2005-2006学年; 2009届 left school in the summer of 2009), else empty."""
    said = _SCHOOL_YEAR.search(folded(title).text)
    if said is None:
        return ""
    first = int(said["year"] or said["left"]) - bool(said["left"])
    return f"{first}-{first + 1}"


def _month_and_day(text: str) -> tuple[int, int] | None:
    month, _, day = text.partition("-")
    return (int(month), int(day)) if month.isdecimal() and day.isdecimal() else None
