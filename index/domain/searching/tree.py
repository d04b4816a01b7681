"""Decides what can be asked of full text, whoever holds it: a tree of leaves and of what joins them.

A leaf is matched exactly on the folded page (`index.domain.folding`), a line's end inside Chinese counting for nothing.
`language.py` beside it reads what a person types into such a tree; an adapter of `TextIndex` only answers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

#: How many characters `*` stands for at most.
REACH = 32


class Section(StrEnum):
    """Where on a page a leaf is looked for. ANYWHERE is the text, its seals, and with a first page its description."""

    ANYWHERE = ""
    TITLE = "title"
    DOCUMENT_NUMBER = "document_number"
    CREATOR = "creator"
    CODE = "code"


class Facet(StrEnum):
    """What every page is stamped with, besides its date."""

    FONDS = "fonds"
    SERIES = "series"
    YEAR = "year"
    RETENTION = "retention"
    MARKING = "marking"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Words:
    """A folded leaf: any substring of one character or more; of letters only, from the beginning of a word."""

    text: str
    section: Section = Section.ANYWHERE


@dataclass(frozen=True, slots=True)
class Wild:
    """A folded leaf in which `?` stands for one character and `*` for none to `REACH` of them, `*` not at an end.

    It may begin anywhere, in the middle of a word of letters too, also when it has no sign at all.
    """

    pattern: str
    section: Section = Section.ANYWHERE


@dataclass(frozen=True, slots=True)
class Stamped:
    """Pages whose stamp has exactly this value."""

    facet: Facet
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Pages dated within these days, YYYYMMDD or cut short, both included; empty is unbounded.

    A page that knows only its year or month lies within every range that touches it.
    """

    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """Pages that answer each of these; of none, every page."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Pages that answer one of these at least; of none, no page."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Pages that do not answer this; adds nothing to a score."""

    node: Node


@dataclass(frozen=True, slots=True)
class Likely:
    """As the node, but its score counts `weight` times: for what is offered as similar, below what is exact."""

    node: Node
    weight: float


Node = Words | Wild | Stamped | Dated | Every | Either | Without | Likely


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked, and how it was read."""

    tree: Node
    read_as: str = ""
    """In signs that need no language: “a” + (“b” / “c”) − “d”."""
    odd: tuple[str, ...] = ()
    """What could not be made sense of and was passed over or taken as words, as typed."""
    typed: str = ""
    """As it stood in the box: for the journal, and for who must answer without an index."""

    @property
    def leaves(self) -> tuple[Words | Wild, ...]:
        """The leaves to mark on a page: wanted ones, each once, in their order."""
        return tuple(dict.fromkeys(_wanted(self.tree)))


def frame(node: Node) -> Node:
    """What of a tree is asked of stamps and dates alone: a page that does not answer this cannot answer the tree.

    >>> frame(Every((Words("甲"), Stamped(Facet.YEAR, "2003"))))
    Stamped(facet=<Facet.YEAR: 'year'>, value='2003')
    """
    match node:
        case Stamped() | Dated():
            return node
        case Every(nodes):
            bounds = tuple(bound for inner in nodes if (bound := frame(inner)) != Every(()))
            return bounds[0] if len(bounds) == 1 else Every(bounds)
        case Either(nodes):
            bounds = tuple(map(frame, nodes))
            return Every(()) if Every(()) in bounds else Either(bounds)
        case Likely(inner, _):
            return frame(inner)
        case Words() | Wild() | Without():
            return Every(())


def all_leaves(node: Node) -> Iterator[Words | Wild]:
    """Every leaf that must be looked up to answer a tree, the unwanted too, as often as it stands there."""
    match node:
        case Words() | Wild():
            yield node
        case Every(nodes) | Either(nodes):
            for inner in nodes:
                yield from all_leaves(inner)
        case Likely(inner, _) | Without(inner):
            yield from all_leaves(inner)
        case Stamped() | Dated():
            return


def _wanted(node: Node) -> Iterator[Words | Wild]:
    match node:
        case Words() | Wild():
            yield node
        case Every(nodes) | Either(nodes):
            for inner in nodes:
                yield from _wanted(inner)
        case Likely(inner, _):
            yield from _wanted(inner)
        case Stamped() | Dated() | Without():
            return
