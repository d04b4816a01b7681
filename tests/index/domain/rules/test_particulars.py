"""A field says what a person entered, else what the newest paper states; what others say is shown beside it."""

from __future__ import annotations

import pytest

from config.regulations import PACKS, load
from index.domain.rules.completeness import Per, State, completeness
from index.domain.rules.particulars import Entered, Particular, Stated, asked_for, particulars
from index.domain.rules.policy import Pack
from tests.fakes.config.homes import MORNING

CUSTOMERS = load(PACKS / "customers")


def stated(value: str, item: str = "i1", slot: str = "1.6", pack: str = "customers") -> Stated:
    return Stated(item, pack, slot, value, 0.9, value, 1)


def field(*said: Stated, entered: str | None = None) -> Particular:
    words = {} if entered is None else {"1.6": Entered("f", "1.6", entered, "archivist", MORNING)}
    return next(one for one in particulars(CUSTOMERS, said, words) if one.slot.number == "1.6")


@pytest.mark.parametrize(
    ("one", "value", "source", "otherwise"),
    [
        (field(), "", None, []),
        (field(stated("石化")), "石化", "i1", []),
        (field(stated("石化"), stated("阀门", "i2"), stated("石化", "i3")), "石化", "i1", ["阀门"]),
        (field(stated("石化"), entered="阀门"), "阀门", None, ["石化"]),
        (field(stated("石化"), entered=""), "", None, ["石化"]),
        (field(stated("石化", slot="1.7"), stated("阀门", pack="dealers")), "", None, []),
    ],
)
def test_what_a_field_says(one: Particular, value: str, source: str | None, otherwise: list[str]) -> None:
    assert (one.value, one.source.item_id if one.source else None) == (value, source)
    assert [other.value for other in one.otherwise] == otherwise


def test_the_customers_regulation_asks_for_the_26_fields_of_its_four_groups() -> None:
    numbers = [slot.number for slot in asked_for(CUSTOMERS)]
    assert [sum(number.startswith(f"{group}.") for number in numbers) for group in (1, 2, 3, 4)] == [7, 7, 4, 8]


@pytest.mark.parametrize(("described", "filled"), [((), 0), (("1.6",), 1), (("1.6", "4.8", "9.9"), 2)])
def test_completeness_counts_fields_that_say_something(described: tuple[str, ...], filled: int) -> None:
    found = completeness(CUSTOMERS, Per.FILE, [], described=described)
    assert (found.filled, found.asked) == (filled, 4 + 26)
    assert {one.slot.number for one in found.of(State.FILLED)} == {"1.6", "4.8"} & set(described)


def test_no_other_regulation_asks_for_fields() -> None:
    """Whoever adds some to another says here how many."""
    asking: list[Pack] = [load(file.parent) for file in PACKS.glob("*/pack.toml")]
    assert {pack.id: len(asked_for(pack)) for pack in asking if asked_for(pack)} == {"customers": 26}
