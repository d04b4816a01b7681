"""What SQL a tree becomes: what was typed stands in it as quoted literals, patterns as regular expressions."""

from __future__ import annotations

import re

import pytest

from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.text.postgresql.table import pairs, sought
from index.text.postgresql.tree import clause

EVIL = "'); DROP TABLE pages; --%s{0}"


def holds(node: Node) -> str:
    return re.sub(r"pairs @> \S+ AND ", "", clause(node).holds.as_string(None)).replace('"', "")


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (Words("档案", Section.TITLE), "(strpos(title, '档案') > 0)"),
        (Words("annual report", Section.CODE), "(strpos(code, '\tannual \treport') > 0)"),
        (Words("a1 no", Section.CODE), "(strpos(code, 'a1 \tno') > 0)"),
        (Stamped(Facet.FONDS, "J'1"), "fonds = 'J''1'"),
        (Every(()), "TRUE"),
        (Either(()), "FALSE"),
        (Without(Stamped(Facet.YEAR, "2020")), "NOT (year = '2020')"),
        (Likely(Stamped(Facet.YEAR, "2020"), 0.5), "year = '2020'"),
        (Either((Stamped(Facet.YEAR, "1"), Every(()))), "(year = '1' OR TRUE)"),
        (Dated("2024", "202402"), "(date <> '' AND latest >= '20240000' AND date <= '20240299')"),
        (Dated("", ""), "TRUE"),
    ],
)
def test_a_tree_becomes_a_condition(node: Node, said: str) -> None:
    assert holds(node) == said


@pytest.mark.parametrize(
    ("pattern", "regular"),
    [
        ("甲?乙", "甲(?:\t?[^\t\x1e]){1,1}\t?乙"),
        ("甲*?乙", "甲(?:\t?[^\t\x1e]){1,33}\t?乙"),
        ("甲*(no.", "甲(?:\t?[^\t\x1e]){0,32}\t?\\(\tno\\."),
    ],
)
def test_a_pattern_becomes_a_regular_expression(pattern: str, regular: str) -> None:
    said = holds(Wild(pattern, Section.TITLE))
    assert said.removeprefix("(title ~ ").removesuffix(")").strip(" E'").replace("\\\\", "\\") == regular


@pytest.mark.parametrize("node", [Words(EVIL), Stamped(Facet.FONDS, EVIL), Wild(f"a?{EVIL}"), Dated(EVIL, EVIL)])
def test_what_was_typed_is_never_sql(node: Node) -> None:
    said = clause(node).holds.as_string(None) + clause(node).score.as_string(None)
    outside = re.sub(r"'(?:[^']|'')*'", "", said)
    assert "DROP" in said and "DROP" not in outside


def test_the_pairs_of_a_leaf_are_among_those_of_every_text_that_holds_it() -> None:
    text = "关于\tannual \treport的通知,第15号"
    for leaf in ("关于", "\tannual \treport", "ual \trep", "通", "15", ",第1"):
        assert set(sought(leaf)) <= pairs(text), leaf
    assert not set(sought("知通")) <= pairs(text)
