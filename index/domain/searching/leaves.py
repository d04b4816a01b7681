"""Decides what one word or phrase of a query asks for, by the field it is asked in; each leaf is widened in place.

A phrase in quotes is looked for as it stands; a word is also looked for in its other spellings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.domain.errors import WrongUse
from index.domain.folding import folded
from index.domain.numerals import NUMERALS, value_of
from index.domain.retention import period
from index.domain.searching.days import days, plain_days, shown
from index.domain.searching.spellings import spellings
from index.domain.searching.tree import Dated, Either, Every, Facet, Node, Section, Stamped, Wild, Words
from index.domain.searching.words import TIMES, VALUES, Field

Names = Mapping[Facet, Mapping[str, tuple[str, ...]]]
"""For a facet, the folded names of its values (code or title) -> the stored values that bear them."""

_SECTIONS = {
    Field.TEXT: Section.ANYWHERE,
    Field.TITLE: Section.TITLE,
    Field.DOCUMENT_NUMBER: Section.DOCUMENT_NUMBER,
    Field.CREATOR: Section.CREATOR,
    Field.CODE: Section.CODE,
}

#: What a room makes up itself: a name that nobody knows is a value that no page has.
_OPEN_ENDED = frozenset({Field.FONDS, Field.SERIES})
_TOLD_SPELLINGS = 2
#: How often `*` may stand in a pattern: each one more is up to 33 times the looking.
MOST_STARS = 3

_SIGNS = re.compile(r"[*?]+")
_LETTER = re.compile(r"[^\W\d_\u2e80-\U0003ffff]")
_COUNTED = re.compile(rf"(?:定期)?\(?([{NUMERALS}]{{1,4}}|\d{{1,3}})(年|y)?\)?")
_LISTED = re.compile("[、,，;；]|或")
_MOST_LISTED = 12
_YEAR = re.compile(r"(\d{4})年?度?")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node with how it is told; `loose` when it must stand in parentheses within an "and" or an "or"."""

    node: Node
    told: str
    loose: str = ""
    sensible: bool = True
    """False when it was asked in a field that cannot take it, and is looked for as words."""


def leaf(
    text: str,
    asked: Field | None,
    name: str,
    phrase: bool,
    today: date,
    names: Names,
    stars: int = MOST_STARS,
) -> Leaf | None:
    """What `text` asks for in the field `asked`, which was typed as `name`; None when nothing is left of it folded.

    A pattern with more than so many `stars` is taken apart; stars alone are every page.
    """
    if not folded(text).text:
        return None
    if asked is None:
        if not phrase and set(folded(text).text) == {"*"}:
            return Leaf(Every(()), "*")
        words = _words(text, Section.ANYWHERE, "", phrase, stars)
        return words if phrase else _bare(words, text, today)
    if asked in _SECTIONS:
        return _words(text, _SECTIONS[asked], name, phrase, stars)
    return _stamped(text, asked, name, today, names)


def _bare(words: Leaf, text: str, today: date) -> Leaf:
    """A word that nobody named: the word itself, and the days that it can hardly but mean."""
    within = plain_days(text, today)
    if within is None:
        return words
    return Leaf(Either((words.node, within)), f"{words.told} / {shown(within)}", loose="or")


def _words(text: str, section: Section, name: str, phrase: bool, stars: int = 0) -> Leaf:
    sought = folded(text).text
    if phrase:
        return Leaf(Words(sought, section), f"{name}“{sought}”")
    wild = _SIGNS.sub(lambda signs: "*" if "*" in signs[0] else signs[0], sought)
    inner = wild.strip("*?")
    if inner.count("*") > stars:
        return _apart(inner, section, name)
    if _SIGNS.search(inner):
        return Leaf(Wild(wild.strip("*"), section), f"{name}“{wild.strip('*')}”")
    others = spellings(inner) if inner else ()
    ends = _Ends(wild) if inner else _NO_ENDS
    forms = [ends.told(one) for one in (inner or sought, *others)]
    told = " = ".join((*forms[: _TOLD_SPELLINGS + 1], *(("…",) if len(others) > _TOLD_SPELLINGS else ())))
    nodes = tuple(ends.node(one, section) for one in (inner or sought, *others))
    return Leaf(Either(nodes) if others else nodes[0], f"{name}“{told}”")


def _apart(wild: str, section: Section, name: str) -> Leaf:
    """The stretches of a pattern as words, as looking for it as it stands would be too much work."""
    apart = tuple(Words(piece, section) for piece in dict.fromkeys(re.split(r"[*?]", wild)) if piece)
    return Leaf(Every(apart), " + ".join(f"{name}“{one.text}”" for one in apart), loose="and", sensible=False)


class _Ends:
    """The signs at the ends of a word.

    A `*` behind it says nothing, as every word may go on; one before it lifts that a word of letters is found from its
    beginning only.
    """

    def __init__(self, wild: str = "") -> None:
        self._before = wild[: len(wild) - len(wild.lstrip("*?"))]
        self._behind = wild[len(wild.rstrip("*?")) :].replace("*", "")

    def told(self, word: str) -> str:
        lifted = self._before if self._lifts(word) else self._before.replace("*", "")
        return f"{lifted}{word}{self._behind}"

    def node(self, word: str, section: Section) -> Node:
        wild = f"{self._before.replace('*', '')}{word}{self._behind}"
        return Wild(wild, section) if self._lifts(word) or wild != word else Words(word, section)

    def _lifts(self, word: str) -> bool:
        return "*" in self._before and _LETTER.match(word) is not None


_NO_ENDS = _Ends()


def _stamped(text: str, asked: Field, name: str, today: date, names: Names) -> Leaf:
    found = _dated(text, asked, today) or _valued(text, asked, names)
    if found is None:
        told_as_words = replace(_words(text, Section.ANYWHERE, "", phrase=True), sensible=False)
        return _each(_LISTED.split(text), asked, name, today, names) or told_as_words
    return Leaf(found, name + (shown(found) if isinstance(found, Dated) else f"“{text.strip()}”"))


def _each(listed: Sequence[str], asked: Field, name: str, today: date, names: Names) -> Leaf | None:
    """Values told one after the other, of which any will do: 年度:2003、2005; None where one of them is none."""
    leaves = [_stamped(one, asked, name, today, names) for one in listed] if 1 < len(listed) <= _MOST_LISTED else []
    if not leaves or not all(one.sensible for one in leaves):
        return None
    return Leaf(Either(tuple(one.node for one in leaves)), " / ".join(one.told for one in leaves), loose="or")


def _dated(text: str, asked: Field, today: date) -> Node | None:
    year = _YEAR.fullmatch(folded(text).text) if asked is Field.YEAR else None
    if year:
        return Stamped(Facet.YEAR, year[1])
    return days(text, today) if asked in TIMES else None


def _valued(text: str, asked: Field, names: Names) -> Node | None:
    """The stamp with the value called so; of fonds and series also what is part of a name, or the code itself."""
    if asked in TIMES:
        return None
    facet, said = Facet(asked.value), folded(text).text
    if asked is Field.RETENTION:
        kept = _retention(said)
        return Stamped(facet, kept) if kept else None
    called = {**VALUES.get(asked, {}), **names.get(facet, {})}
    values = called.get(said) or _partly(said, called) if asked in _OPEN_ENDED else called.get(said)
    if values:
        stamps = tuple(Stamped(facet, value) for value in values)
        return stamps[0] if len(stamps) == 1 else Either(stamps)
    return Stamped(facet, text.strip()) if asked in _OPEN_ENDED else None


def _partly(said: str, called: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = (value for name, values in called.items() if said in name for value in values)
    return tuple(dict.fromkeys(found)) if len(said) > 1 else ()


def _retention(said: str) -> str:
    """permanent, 30y ... of 永久, 30年, 定期10年, 三十年, D30; empty when it is no period."""
    counted = _COUNTED.fullmatch(said)
    number = value_of(counted[1]) if counted else None
    try:
        return str(period(f"{number}y" if number else said))
    except WrongUse:
        return ""
