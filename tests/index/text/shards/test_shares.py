"""Which pages a shard holds, when it is divided, and which shards a question is put to."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.access import Permit
from index.domain.searching.tree import Dated, Either, Every, Facet, Likely, Node, Query, Stamped, Without, Words
from index.ports import Search
from index.text.shards.shares import Counts, Kind, Layout, Share, Sizes, kind_of, planned

SIZES = Sizes(own=10, most=40)
WORD = Words("档案")
A, B = Stamped(Facet.FONDS, "A"), Stamped(Facet.FONDS, "B")


def plan(counts: Counts) -> Layout:
    numbers = count()
    return planned(counts, SIZES, lambda: f"s{next(numbers)}")


def held(layout: Layout, counts: Counts) -> Counter[Share]:
    found = Counter[Share]()
    for kind, pages in counts.items():
        found[layout.shares[layout.place(kind)]] += pages
    return found


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, {"…": 0}),
        ({(f"F{n}", 2000): 3 for n in range(9)}, {"…": 27}),
        ({("A", 2000): 12, ("B", 2000): 5}, {"A": 12, "…": 5}),
        ({("A", 1990 + n): 6 for n in range(10)}, {"A -1994": 30, "A 1995-": 30, "…": 0}),
        ({("A", 2000): 500}, {"A": 500, "…": 0}),
        ({("A", 0): 30, ("A", 2000): 30}, {"A -1999": 30, "A 2000-": 30, "…": 0}),
        ({(f"F{n}", 2000): 9 for n in range(8)}, {"F0+F1+F2+F3": 36, "…": 36}),
    ],
)
def test_a_shard_is_divided_when_it_has_outgrown_itself(counts: Counts, expected: dict[str, int]) -> None:
    layout = plan(counts)
    found = held(layout, counts)
    assert {str(share): found[share] for share in layout.shares.values()} == expected


KINDS = st.tuples(st.sampled_from("ABCDEFG"), st.integers(1990, 2005) | st.just(0))


@given(st.dictionaries(KINDS, st.integers(1, 30), max_size=40), st.lists(KINDS))
def test_every_page_has_one_place_and_no_shard_is_too_large_that_can_be_divided(
    counts: dict[Kind, int], others: list[Kind]
) -> None:
    layout = plan(counts)
    for share, pages in held(layout, counts).items():
        years = {year for fonds, year in counts if layout.shares[layout.place((fonds, year))] == share}
        assert pages <= SIZES.most or (len(share.fonds) == 1 and len(years) == 1)
    for fonds, year in [*counts, *others]:
        home = layout.shares[layout.place((fonds, year))]
        assert home.first <= year <= home.last
        assert fonds in home.fonds if home.fonds else all(fonds not in s.fonds for s in layout.shares.values())


@given(st.dictionaries(KINDS, st.integers(1, 30), max_size=40))
def test_a_plan_is_the_same_each_time(counts: dict[Kind, int]) -> None:
    assert plan(counts).shares == plan(dict(reversed(counts.items()))).shares


@pytest.mark.parametrize(
    ("date", "year"), [("20240305", 2024), ("2024", 2024), ("202", 2020), ("", 0), ("民国", 0), ("00000101", 0)]
)
def test_a_page_without_a_year_has_the_year_0(date: str, year: int) -> None:
    assert kind_of("A", date) == ("A", year)


LAYOUT = Layout(
    {"a1": Share(("A",), last=1999), "a2": Share(("A",), first=2000), "bc": Share(("B", "C")), "r": Share()}
)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (WORD, "a1 a2 bc r"),
        (A, "a1 a2"),
        (Stamped(Facet.FONDS, "Z"), "r"),
        (Stamped(Facet.SERIES, "WS"), "a1 a2 bc r"),
        (Stamped(Facet.YEAR, "1990"), "a1 bc r"),
        (Stamped(Facet.YEAR, "?"), "a1 a2 bc r"),
        (Dated("2001", "20031231"), "a2 bc r"),
        (Dated("", "19991231"), "a1 bc r"),
        (Dated("20000000", ""), "a2 bc r"),
        (Dated("", ""), "a1 a2 bc r"),
        (Every((WORD, A, Dated("2001", ""))), "a2"),
        (Every((A, B)), ""),
        (Either((A, B)), "a1 a2 bc"),
        (Either((WORD, B)), "a1 a2 bc r"),
        (Either(()), ""),
        (Likely(A, 0.5), "a1 a2"),
        (Without(A), "a1 a2 bc r"),
    ],
)
def test_only_shards_that_can_answer_are_asked(node: Node, expected: str) -> None:
    assert LAYOUT.able(Search(Query(node), Permit(frozenset()))) == expected.split()


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [({"fonds": "A", "year": "1999"}, "a1"), ({"date_from": "2000"}, "a2 bc r"), ({"date_to": "19991231"}, "a1 bc r")],
)
def test_the_bounds_of_a_search_leave_shards_out_too(bounds: dict[str, str], expected: str) -> None:
    assert LAYOUT.able(Search(Query(WORD), Permit(frozenset()), **bounds)) == expected.split()  # type: ignore[arg-type]
