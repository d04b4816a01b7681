"""A search and its address: what one says the other says, and nonsense is passed over."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from index.domain.access import Role, permit_of
from index.domain.searching.tree import Either, Every, Facet, Query, Stamped, Words
from index.ports import Sort
from viewer.asking import CHOSEN, Asked, asked_in, asked_of

PERMIT = permit_of(Role.READER)
QUERY = Query(Every((Words("合同"),)), typed="合同")

values = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)
asked = st.builds(
    Asked,
    q=st.text(st.sampled_from("劳动 合同&=%"), min_size=1).map(str.strip),
    chosen=st.lists(st.tuples(st.sampled_from(CHOSEN), values), max_size=6, unique=True).map(tuple),
    sort=st.sampled_from(Sort),
    by=st.sampled_from(("item", "page")),
    item=values | st.just(""),
    file=values | st.just(""),
)


@given(asked)
def test_the_address_carries_everything(one: Asked) -> None:
    assert asked_of(one.encoded) == one
    assert asked_in(parse_qsl(urlsplit(one.address).query)) == one


def test_what_goes_without_saying_is_not_in_the_address() -> None:
    assert Asked("合同").address == "/search?q=%E5%90%88%E5%90%8C"


def test_a_value_is_chosen_and_let_go_of_beside_others() -> None:
    two = Asked("合同").toggled("year", "2023").toggled("year", "2024").toggled("fonds", "J101")
    assert two.values == {"fonds": ("J101",), "year": ("2023", "2024")}
    assert two.toggled("year", "2023").values == {"fonds": ("J101",), "year": ("2024",)}
    assert two.without("year").values == {"fonds": ("J101",)}
    assert two.narrowed and not two.lifted.narrowed


def test_nonsense_in_an_address_is_passed_over() -> None:
    read = asked_of("q=a&sort=upwards&by=file&colour=red&year=2024&year=2024&year=")
    assert read == Asked("a", (("year", "2024"),))
    many = asked_in([("q", "x" * 900), *(("year", str(n)) for n in range(90)), ("fonds", "F" * 900)])
    assert len(many.q) == 200 and len(many.values["year"]) < 90 and len(many.values["fonds"][0]) < 900


def test_one_value_is_a_bound_and_several_are_alternatives_in_the_tree() -> None:
    wanted = Asked("合同", (("year", "2023"), ("year", "2024"), ("fonds", "J101"))).search(QUERY, PERMIT)
    assert (wanted.fonds, wanted.year) == ("J101", "")
    either = Either((Stamped(Facet.YEAR, "2023"), Stamped(Facet.YEAR, "2024")))
    assert wanted.query.tree == Every((QUERY.tree, either))
    assert wanted.query.leaves == QUERY.leaves
    assert wanted.by_item and not Asked("合同", by="page").search(QUERY, PERMIT).by_item
