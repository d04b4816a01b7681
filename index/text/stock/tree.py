"""Decides which pages of a volume answer a tree, and how well: a leaf by how often it stands, what joins by its sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from index.domain.searching.tree import Dated, Either, Every, Likely, Node, Stamped, Wild, Without, Words
from index.text.stock.stamp import FACETS, lies_within
from index.text.stock.volume import Volume

#: BM25's k1: how soon a word that stands on a page again and again stops counting for more.
_SATURATION = 1.2

Scores = Mapping[int, float]
"""Number of each page that answers -> its score."""


def scores(node: Node, volume: Volume) -> Scores:
    """The pages of `volume` that answer, deleted ones too."""
    match node:
        case Words() | Wild():
            return {number: count / (count + _SATURATION) for number, count in volume.counts(node).items()}
        case Stamped(facet, value):
            return _unscored(n for n, stamp in enumerate(volume.stamps) if FACETS[facet](stamp) == value)
        case Dated():
            return _unscored(n for n, stamp in enumerate(volume.stamps) if lies_within(stamp.date, node))
        case Every(nodes):
            return _every(nodes, volume)
        case Either(nodes):
            return _summed([scores(inner, volume) for inner in nodes])
        case Without(inner):
            return _unscored(range(volume.pages) - scores(inner, volume).keys())
        case Likely(inner, weight):
            return {number: score * weight for number, score in scores(inner, volume).items()}


def _every(nodes: Iterable[Node], volume: Volume) -> Scores:
    """What is left out is taken away at the end, as looking for what is not there would go through every page."""
    left_out = [node.node for node in nodes if isinstance(node, Without)]
    found = [scores(node, volume) for node in nodes if not isinstance(node, Without)]
    numbers = set(found[0]).intersection(*found[1:]) if found else set(range(volume.pages))
    for node in left_out if numbers else ():
        numbers -= scores(node, volume).keys()
    return {number: sum(one[number] for one in found) for number in numbers}


def _summed(found: Iterable[Scores]) -> Scores:
    total: dict[int, float] = defaultdict(float)
    for one in found:
        for number, score in one.items():
            total[number] += score
    return total


def _unscored(numbers: Iterable[int]) -> Scores:
    return dict.fromkeys(numbers, 0.0)
