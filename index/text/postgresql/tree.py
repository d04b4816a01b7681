"""Decides what SQL a tree becomes: a condition, and a score that is counted where the condition holds.

What was typed stands in it as quoted literals only (`psycopg.sql`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from psycopg import sql

from index.domain.searching.tree import Dated, Either, Every, Likely, Node, Section, Stamped, Wild, Without, Words
from index.text.days import latest
from index.text.marked import BORDER, MARK, marked, needle, plain
from index.text.matching import around, stretches
from index.text.postgresql.table import sought

#: BM25's k1: how soon a word that stands on a page again and again stops counting for more.
_SATURATION = 1.2
#: A leaf that stands in the description speaks for the page as much as this many in its text.
_DESCRIBED_COUNTS = 5

Sql = sql.Composable
Column = Sql


@dataclass(frozen=True, slots=True)
class Clause:
    """Whether a row answers, and by how much; `nought` tells whether the score is 0 by itself where it does not."""

    holds: Sql
    score: Sql
    nought: bool = False


_NOUGHT = sql.SQL("0.0")
_AND, _OR, _PLUS = sql.SQL(" AND "), sql.SQL(" OR "), sql.SQL(" + ")


def clause(node: Node) -> Clause:
    """The SQL of a tree over the columns of the table."""
    match node:
        case Words() | Wild():
            return _leaf(node)
        case Stamped(facet, value):
            return Clause(sql.SQL("{} = {}").format(sql.Identifier(facet.value), plain(value)), _NOUGHT)
        case Dated():
            return Clause(dated(node), _NOUGHT)
        case Every(nodes):
            inner = [clause(one) for one in nodes]
            return Clause(_all(one.holds for one in inner), _sum(one.score for one in inner))
        case Either(nodes):
            inner = [clause(one) for one in nodes]
            return Clause(_any(one.holds for one in inner), _sum(map(_where_it_holds, inner)), nought=True)
        case Without(one):
            return Clause(sql.SQL("NOT ({})").format(clause(one).holds), _NOUGHT)
        case Likely(one, weight):
            likely = clause(one)
            return Clause(likely.holds, sql.SQL("({}) * {}").format(likely.score, sql.Literal(weight)), likely.nought)


def dated(days: Dated) -> Sql:
    """Rows whose date may lie within these days."""
    if not (days.first or days.last):
        return sql.SQL("TRUE")
    conditions: list[Sql] = [sql.SQL("date <> ''"), sql.SQL("latest >= {}").format(days.first.ljust(8, "0"))]
    if days.last:
        conditions.append(sql.SQL("date <= {}").format(latest(days.last)))
    return _all(conditions)


def _where_it_holds(one: Clause) -> Sql:
    if one.nought or one.score is _NOUGHT:
        return one.score
    return sql.SQL("CASE WHEN {} THEN {} ELSE 0.0 END").format(one.holds, one.score)


def _leaf(node: Words | Wild) -> Clause:
    stands, often, pieces = _literally(node.text) if isinstance(node, Words) else _spread(node.pattern)
    numbers = sorted({number for piece in pieces for number in sought(piece)})
    narrowed = sql.SQL("pairs @> {}::integer[]").format(sql.Literal(numbers))
    if node.section is Section.ANYWHERE:
        holds: Sql = _any([stands(_PAGE), stands(_DESCRIBED)])
        count: Sql = sql.SQL("({} + {} * {})").format(often(_PAGE), sql.Literal(_DESCRIBED_COUNTS), often(_DESCRIBED))
    else:
        holds, count = stands(sql.Identifier(node.section.value)), often(sql.Identifier(node.section.value))
    # count / (count + saturation), counted once
    score = sql.SQL("(1 - {0} / ({1} + {0}))").format(sql.Literal(_SATURATION), count)
    return Clause(_all([narrowed, holds]), score, nought=True)


_PAGE, _DESCRIBED = sql.Identifier("page"), sql.Identifier("described")
_Leaf = tuple[Callable[[Column], Sql], Callable[[Column], Sql], list[str]]


def _literally(text: str) -> _Leaf:
    """Whether a column holds the leaf, how often, and the stretches of it that the pairs are looked up by."""
    word = sql.Literal(needle(text))
    size = sql.Literal(len(needle(text).encode()))

    def often(column: Column) -> Sql:
        return sql.SQL("((octet_length({0}) - octet_length(replace({0}, {1}, ''))) / {2})").format(column, word, size)

    return lambda column: sql.SQL("strpos({}, {}) > 0").format(column, word), often, [needle(text)]


def _spread(wild: str) -> _Leaf:
    """The same of a pattern."""
    pattern = sql.Literal(_regular(wild))
    return (
        lambda column: sql.SQL("{} ~ {}").format(column, pattern),
        lambda column: sql.SQL("regexp_count({}, {})").format(column, pattern),
        [marked(piece).removeprefix(MARK) for piece, *_ in stretches(wild)],
    )


#: One character of a marked text with its mark, if it bears one.
_ANY = f"{MARK}?[^{MARK}{BORDER}]"
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")


def _regular(wild: str) -> str:
    """A pattern as PostgreSQL's regular expressions say it."""
    said = ""
    for piece, least, most in stretches(wild):
        said += f"(?:{_ANY}){{{least},{most}}}" if most else ""
        said += f"{MARK}?" if said else ""
        said += _SPECIAL.sub(r"\\\g<0>", marked(piece).removeprefix(MARK))
    _, behind = around(wild)
    return said + (f"(?:{_ANY}){{{behind}}}" if behind else "")


def _all(conditions: Iterable[Sql]) -> Sql:
    found = list(conditions)
    return sql.SQL("({})").format(_AND.join(found)) if found else sql.SQL("TRUE")


def _any(conditions: Iterable[Sql]) -> Sql:
    found = list(conditions)
    return sql.SQL("({})").format(_OR.join(found)) if found else sql.SQL("FALSE")


def _sum(scores: Iterable[Sql]) -> Sql:
    found = [score for score in scores if score is not _NOUGHT]
    return sql.SQL("({})").format(_PLUS.join(found)) if found else _NOUGHT
