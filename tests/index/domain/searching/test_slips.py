"""Which other words a hand may have meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.folding import folded
from index.domain.searching.slips import ALIKE, MOST, misnamed, slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("会计帐册", "会计账册"),
        ("挡案", "档案"),
        ("己未末年", "己未未年"),
        ("助务", "动务"),
        ("劳动和合同", "劳动合同"),
        ("动劳合同", "劳动合同"),
        ("20030", "2003"),
        ("2030", "2003"),
        ("劳动合同书", "劳动 合同书"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert meant in slips(typed)


@given(st.text(max_size=40))
def test_a_word_is_never_its_own_slip_and_there_are_not_too_many(word: str) -> None:
    found = slips(word)
    assert word not in found and len(found) <= MOST and len(set(found)) == len(found)


def test_the_table_is_of_folded_characters_each_beside_another() -> None:
    signs = "".join(ALIKE)
    assert folded(signs).text == signs
    assert all(others and sign not in others for sign, others in ALIKE.items())
    assert all(sign in ALIKE[other] for sign, others in ALIKE.items() for other in others)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("提名:合同", ("题名:合同", "人名:合同", "合同")),
        ("題名稱：合同", ("题名:合同", "合同")),
        ("名题:合同", ("题名:合同", "合同")),
        ("titel:report", ("title:report", "report")),
        ("保管期:永久", ("保管期限:永久", "永久")),
        ("颜色:红", ("红",)),
        ("名:合同", ("合同",)),
        ("题名:", ()),
        ("合同", ()),
    ],
)
def test_a_field_that_there_is_not_is_one_nearly_named_so_or_none(typed: str, meant: tuple[str, ...]) -> None:
    assert misnamed(typed) == meant
