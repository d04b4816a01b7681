from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.errors import WrongUse
from index.domain.rules.timing import AfterEvent, InMonths, Moment, Offset, Period, Recurring, Unit, events_of, timing


@pytest.mark.parametrize(
    ("when", "moments"),
    [
        ("hire", [AfterEvent("hire")]),
        ("received: same day", [AfterEvent("received")]),
        ("received: same day 24:00", [AfterEvent("received")]),
        ("separation + 2 years", [AfterEvent("separation", Offset(2, Unit.YEAR))]),
        ("probation-end - 15 days", [AfterEvent("probation-end", Offset(-15))]),
        ("agreement-end - 1 month", [AfterEvent("agreement-end", Offset(-1, Unit.MONTH))]),
        ("filed + 5 workdays", [AfterEvent("filed", Offset(5, Unit.WORKDAY))]),
        ("form + 3 days; form + 30 days", [AfterEvent("form", Offset(3)), AfterEvent("form", Offset(30))]),
        ("document-year + 1: 08-31", [AfterEvent("document", Offset(1, Unit.YEAR), (8, 31))]),
        ("Document + 1 year: 08-31", [AfterEvent("document", Offset(1, Unit.YEAR), (8, 31))]),
        ("each monday", [Recurring(Period.WEEK, day=1)]),
        ("every week: day 5", [Recurring(Period.WEEK, day=5)]),
        ("each month: day 5", [Recurring(Period.MONTH, day=5)]),
        ("monthly: last workday", [Recurring(Period.MONTH, last_workday=True)]),
        ("month-end", [Recurring(Period.MONTH)]),
        ("each quarter-end", [Recurring(Period.QUARTER)]),
        ("quarterly", [Recurring(Period.QUARTER)]),
        ("half-year-end", [Recurring(Period.HALF_YEAR)]),
        ("year-end + 1 month", [Recurring(Period.YEAR, Offset(1, Unit.MONTH))]),
        ("term-end", [Recurring(Period.TERM)]),
        ("academic-year-end", [Recurring(Period.ACADEMIC_YEAR)]),
        ("each day", [Recurring(Period.DAY)]),
        ("each march and september", [InMonths((3, 9))]),
        ("each year: 03 and 09", [InMonths((3, 9))]),
        ("yearly: 12-31", [InMonths((12,), 31)]),
        ("11-01", [InMonths((11,), 1)]),
    ],
)
def test_a_time_is_read_as_the_regulation_means_it(when: str, moments: list[Moment]) -> None:
    assert timing(when) == tuple(moments)


@pytest.mark.parametrize(
    "when",
    [
        "",
        "promptly, as soon as somebody can",
        "separation + two years",
        "separation + 2 moons",
        "separation +",
        "document + 1: 13-31",
        "each month: day 32",
        "each quarter: day 5",
        "each week: last day of all",
        "each blue moon",
        "each year: 13",
        "13-01",
        "half-year: 06-30",
        "month + 5 days",
        "hire;",
        "及时",
    ],
)
def test_what_nobody_can_compute_is_refused_with_its_words(when: str) -> None:
    with pytest.raises(WrongUse) as refused:
        timing(when)
    assert (refused.value.code, refused.value.details["when"]) == ("bad-when", when)


def test_the_events_that_somebody_has_to_date_are_known_beforehand() -> None:
    assert events_of(timing("separation + 24 months; separation + 3 years; month-end")) == ("separation",)


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.from_regex(r"[a-z +:;0-9-]{0,30}", fullmatch=True))
def test_no_words_bring_the_grammar_down(when: str) -> None:
    try:
        assert timing(when)
    except WrongUse as refused:
        assert refused.code == "bad-when"
