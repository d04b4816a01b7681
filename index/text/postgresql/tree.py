"""Decides what SQL a tree becomes: a condition, and a score that is counted where the condition holds.

What was typed stands in it as quoted literals only (`psycopg.sql`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from psycopg import sql

from index.domain.query import Dated, Either, Every, Likely, Node, Section, Stamped, Wild, Without, Words
from index.text.days import latest
from index.text.marked import BORDER, MARK, marked, needle, plain
from index.text.matching import stretches
from index.text.postgresql.table import sought

#: BM25's k1: how soon a word that stands on a page again and again stops counting for more.
_SATURATION = 1.2
#: A leaf that stands in the description speaks for the page as much as this many in its text.
_DESCRIBED_COUNTS = 5
_DESCRIPTION = (Section.TITLE, Section.DOCUMENT_NUMBER, Section.CREATOR, Section.CODE)

Sql = sql.Composable
Column = Sql


@dataclass(frozen=True, slots=True)
class Clause:
    """Whether a row answers, and by how much."""

    holds: Sql
    score: Sql


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
            return Clause(_any(one.holds for one in inner), _sum(map(_where_it_holds, inner)))
        case Without(one):
            return Clause(sql.SQL("NOT ({})").format(clause(one).holds), _NOUGHT)
        case Likely(one, weight):
            likely = clause(one)
            return Clause(likely.holds, sql.SQL("({}) * {}").format(likely.score, sql.Literal(weight)))


def dated(days: Dated) -> Sql:
    """Rows whose date may lie within these days."""
    if not (days.first or days.last):
        return sql.SQL("TRUE")
    conditions: list[Sql] = [sql.SQL("date <> ''"), sql.SQL("latest >= {}").format(days.first.ljust(8, "0"))]
    if days.last:
        conditions.append(sql.SQL("date <= {}").format(latest(days.last)))
    return _all(conditions)


def _where_it_holds(one: Clause) -> Sql:
    if one.score is _NOUGHT:
        return _NOUGHT
    return sql.SQL("CASE WHEN {} THEN {} ELSE 0.0 END").format(one.holds, one.score)


def _leaf(node: Words | Wild) -> Clause:
    stands, often, pieces = _literally(node.text) if isinstance(node, Words) else _spread(node.pattern)
    numbers = sorted({number for piece in pieces for number in sought(piece)})
    narrowed = sql.SQL("pairs @> {}::integer[]").format(sql.Literal(numbers))
    if node.section is Section.ANYWHERE:
        described = [sql.Identifier(section.value) for section in _DESCRIPTION]
        leading = sql.SQL("leads AND {}").format(_any(map(stands, described)))
        holds: Sql = _any([stands(_PAGE), leading])
        led = sql.SQL("CASE WHEN leads THEN {} * ({}) ELSE 0 END").format(
            sql.Literal(_DESCRIBED_COUNTS), _sum(map(often, described))
        )
        count: Sql = sql.SQL("({} + {})").format(often(_PAGE), led)
    else:
        holds, count = stands(sql.Identifier(node.section.value)), often(sql.Identifier(node.section.value))
    score = sql.SQL("{0}::float8 / ({0} + {1})").format(count, sql.Literal(_SATURATION))
    return Clause(_all([narrowed, holds]), score)


_PAGE = sql.Identifier("page")
_Leaf = tuple[Callable[[Column], Sql], Callable[[Column], Sql], list[str]]


def _literally(text: str) -> _Leaf:
    """Whether a column holds the leaf, how often, and the stretches of it that the pairs are looked up by."""
    word = sql.Literal(needle(text))
    length = sql.Literal(len(needle(text)))

    def often(column: Column) -> Sql:
        return sql.SQL("((length({0}) - length(replace({0}, {1}, ''))) / {2})").format(column, word, length)

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
    return said


def _all(conditions: Iterable[Sql]) -> Sql:
    found = list(conditions)
    return sql.SQL("({})").format(_AND.join(found)) if found else sql.SQL("TRUE")


def _any(conditions: Iterable[Sql]) -> Sql:
    found = list(conditions)
    return sql.SQL("({})").format(_OR.join(found)) if found else sql.SQL("FALSE")


def _sum(scores: Iterable[Sql]) -> Sql:
    found = [score for score in scores if score is not _NOUGHT]
    return sql.SQL("({})").format(_PLUS.join(found)) if found else _NOUGHT
