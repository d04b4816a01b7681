"""Decides which pages may hold what was asked though it was misread: a query loosened, likelier slips counting more.

Every leaf of two characters or more becomes any of its likely variants. The result is a tree like any other, so every
adapter answers it; `Without` what answers the query as it stands, as similar pages never stand among the exact ones.
What is asked of a description stays as it is: people see to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from itertools import combinations, pairwise

from index.domain.searching.look_alikes import LookAlikes
from index.domain.searching.tree import Either, Every, Likely, Node, Query, Section, Wild, Without, Words

#: A leaf of two characters stands for its surest look-alikes only, as half of what is known is changed; from three on
#: one character may be any, from four on one may be lost or put in. Longer ones are cut into pieces.
_TWO, _THREE, _LONGEST = 2, 3, 9
_SURELY_ALIKE = 0.1
#: How many variants by one look-alike a leaf has at most, and by two.
_MOST_ALIKE, _MOST_TWICE = 24, 8
#: How likely a slip is that no table knows, beside a look-alike that was never anything else. On aged pages nine slips
#: in ten put one character for another; one in ten puts one in, fewer lose one.
_ANY, _PUT_IN, _LOST = 0.05, 0.05, 0.03
#: What an end that may be any counts in an index: it cannot be asked for, so every page with the rest is found.
_END = 0.01
#: The shorter a leaf, the more pages hold something like it by chance.
_CHANCE = {2: 0.3, 3: 0.6}
#: Signs that a pattern cannot hold as themselves.
_WILD_SIGNS = frozenset("?*")


class Slip(StrEnum):
    """What happened to a leaf on its way to the page."""

    TAKEN = "taken"
    PUT_IN = "put in"
    LOST = "lost"
    END = "end"


@dataclass(frozen=True, slots=True)
class Variant:
    """What may stand on the page instead of a leaf, and how likely (0..1)."""

    leaf: Words | Wild
    likelihood: float
    slip: Slip = Slip.TAKEN
    at: tuple[int, ...] = ()
    """Which of its characters, counted from 0, are not as they were asked for; of a lost one, the one behind it."""

    @property
    def weighed(self) -> Likely:
        """As it is asked for, among all the others."""
        return Likely(self.leaf, _END if self.slip is Slip.END else self.likelihood)


def loosened(query: Query, alike: LookAlikes) -> Query | None:
    """The query that finds what may be misread, and nothing that `query` finds; None where nothing can be loosened."""
    tree = _loose(query.tree, alike)
    return None if tree == query.tree else replace(query, tree=Every((tree, Without(query.tree))))


def _loose(node: Node, alike: LookAlikes) -> Node:
    match node:
        case Words(section=Section.ANYWHERE):
            return _any_of(node, alike)
        case Every(nodes):
            return Every(tuple(_loose(inner, alike) for inner in nodes))
        case Either(nodes):
            return Either(tuple(_loose(inner, alike) for inner in nodes))
        case Likely(inner, weight):
            return Likely(_loose(inner, alike), weight)
        case _:
            return node


def _any_of(leaf: Words, alike: LookAlikes) -> Node:
    pieces = pieces_of(leaf)
    if len(pieces) > 1:
        return Every(tuple(_any_of(piece, alike) for piece in pieces))
    found = variants(leaf, alike)
    return Either((leaf, *(one.weighed for one in found))) if found else leaf


def pieces_of(leaf: Words) -> tuple[Words, ...]:
    """A long leaf in pieces as even as can be: a slip in each is forgiven then, and its variants are never too many."""
    count = -(-len(leaf.text) // _LONGEST)
    cuts = [len(leaf.text) * number // count for number in range(count + 1)]
    return tuple(replace(leaf, text=leaf.text[start:end]) for start, end in pairwise(cuts))


def variants(leaf: Words, alike: LookAlikes) -> tuple[Variant, ...]:
    """What may stand for a leaf of up to `_LONGEST` characters, likeliest first, each once; nothing for just one."""
    if len(leaf.text) < _TWO:
        return ()
    found: dict[Words | Wild, Variant] = {}
    chance = _CHANCE.get(len(leaf.text), 1.0)
    for one in (*_look_alikes(leaf, alike), *_anything(leaf)):
        found.setdefault(one.leaf, replace(one, likelihood=one.likelihood * chance))
    found.pop(leaf, None)
    return tuple(sorted(found.values(), key=lambda one: -one.likelihood))


def _look_alikes(leaf: Words, alike: LookAlikes) -> Iterator[Variant]:
    single = _singles(leaf.text, alike)
    if len(leaf.text) == _TWO:
        single = [one for one in single if one.likelihood >= _SURELY_ALIKE]
    for swaps in nlargest(_MOST_ALIKE, single, key=lambda one: one.likelihood):
        yield _taken(leaf, (swaps,), swaps.likelihood)
    if len(leaf.text) > _THREE:
        yield from _twice(leaf, single)


@dataclass(frozen=True, slots=True)
class _Swap:
    at: int
    read: str
    likelihood: float


def _singles(text: str, alike: LookAlikes) -> list[_Swap]:
    return [
        _Swap(at, read, likelihood)
        for at, meant in enumerate(text)
        for read, likelihood in alike.get(meant, {}).items()
    ]


def _twice(leaf: Words, single: Iterable[_Swap]) -> Iterator[Variant]:
    """The likeliest pairs; of the likeliest swaps only, as their number grows with its square."""
    likely = nlargest(_MOST_TWICE, single, key=lambda one: one.likelihood)
    pairs = [(one, other) for one, other in combinations(likely, 2) if one.at != other.at]
    for one, other in nlargest(_MOST_TWICE, pairs, key=lambda pair: pair[0].likelihood * pair[1].likelihood):
        yield _taken(leaf, (one, other), _ANY * one.likelihood * other.likelihood)


def _taken(leaf: Words, swaps: tuple[_Swap, ...], likelihood: float) -> Variant:
    signs = list(leaf.text)
    for swap in swaps:
        signs[swap.at] = swap.read
    return Variant(replace(leaf, text="".join(signs)), likelihood, at=tuple(swap.at for swap in swaps))


def _anything(leaf: Words) -> Iterator[Variant]:
    """One character within may be any, or the one at an end; from four on one within may be lost, or one put in."""
    text, section = leaf.text, leaf.section
    if len(text) < _THREE or not _WILD_SIGNS.isdisjoint(text):
        return
    for at in range(1, len(text) - 1):
        yield Variant(Wild(f"{text[:at]}?{text[at + 1 :]}", section), _ANY, at=(at,))
    for rest, at in ((text[1:], -1), (text[:-1], len(text) - 1)):
        yield Variant(Words(rest, section), _ANY, Slip.END, (at,))
    for at in range(1, len(text)) if len(text) > _THREE else ():
        yield Variant(Wild(f"{text[:at]}?{text[at:]}", section), _PUT_IN, Slip.PUT_IN, (at,))
    for at in range(1, len(text) - 1) if len(text) > _THREE else ():
        yield Variant(Words(text[:at] + text[at + 1 :], section), _LOST, Slip.LOST, (at,))
