"""Decides which of several classes a paper resembles most: a linear separator over pairs and triples of characters.

One against the rest, L2-loss support vectors by dual coordinate descent (Hsieh et al., ICML 2008): a second for
thousands of short examples, the same for the same examples. N-grams of the title and of the text are weighed apart by
how rare they are (tf-idf), each part to length one, so that a long text does not drown a title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

_IN_TITLE, _IN_TEXT = (1, 2, 3), (2, 3)
_LOOKED = 1_200
"""Characters of a text that are looked at: what a paper is stands in its beginning."""
_ROUNDS, _COST = 6, 1.0
_SEED = 1927
_FEWEST = 2
"""An n-gram of texts that stands in fewer examples is chance."""

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A paper whose class is known: its folded title and text."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Resembled:
    """How much a paper resembles a class (above 0: more like it than not), and the n-grams that spoke most for it."""

    kind: str
    score: float
    spoke: Sequence[str]


class Resemblance:
    """What specimens taught: a weight for each n-gram and class."""

    def __init__(self, specimens: Sequence[Specimen]) -> None:
        self.kinds = sorted({one.kind for one in specimens})
        grams = [(_grams(one.title, _IN_TITLE), _grams(one.text[:_LOOKED], _IN_TEXT)) for one in specimens]
        self._of_titles = _rarity([title for title, _ in grams], 1, 0)
        self._of_texts = _rarity([text for _, text in grams], _FEWEST, len(self._of_titles))
        self._weights = _separated(
            [self._vector(*one) for one in grams],
            np.array([self.kinds.index(one.kind) for one in specimens], np.intp),
            (len(self._of_titles) + len(self._of_texts), len(self.kinds)),
        )

    def of(self, title: str, text: str) -> list[Resembled]:
        """Every class, the likest first; `title` and `text` are folded."""
        titles, texts = _grams(title, _IN_TITLE), _grams(text[:_LOOKED], _IN_TEXT)
        places, values = self._vector(titles, texts)
        parts = values[:, None] * self._weights[places]
        scores = parts.sum(0)
        names = [*self._known(titles, self._of_titles), *self._known(texts, self._of_texts)]
        ranked = sorted(range(len(self.kinds)), key=lambda at: -scores[at])
        return [Resembled(self.kinds[at], float(scores[at]), _loudest(names, parts[:, at])) for at in ranked]

    def _vector(self, title: Collection[str], text: Collection[str]) -> tuple[Places, Floats]:
        """Where its n-grams stand, and how much each counts."""
        parts = [_weighed(title, self._of_titles), _weighed(text, self._of_texts)]
        return np.concatenate([at for at, _ in parts]), np.concatenate([value for _, value in parts])

    @staticmethod
    def _known(grams: Collection[str], rarity: Mapping[str, tuple[int, float]]) -> Iterator[str]:
        return (gram for gram in grams if gram in rarity)


def _grams(text: str, sizes: Iterable[int]) -> tuple[str, ...]:
    """Every n-gram once, in the order of the text; none with a space or a digit."""
    found: dict[str, None] = {}
    for size in sizes:
        found |= dict.fromkeys(text[at : at + size] for at in range(len(text) - size + 1))
    return tuple(gram for gram in found if not any(char.isspace() or char.isdigit() for char in gram))


def _rarity(grams: Sequence[Collection[str]], fewest: int, begin: int) -> Mapping[str, tuple[int, float]]:
    """n-gram -> its place from `begin` on, and how rare it is."""
    counted = Counter(gram for one in grams for gram in one)
    often = [(gram, count) for gram, count in counted.items() if count >= fewest]
    return {gram: (begin + at, log((1 + len(grams)) / (1 + count)) + 1) for at, (gram, count) in enumerate(often)}


def _weighed(grams: Collection[str], rarity: Mapping[str, tuple[int, float]]) -> tuple[Places, Floats]:
    known = [rarity[gram] for gram in grams if gram in rarity]
    values = np.array([value for _, value in known], np.float32)
    return np.array([at for at, _ in known], np.intp), values / (np.linalg.norm(values) or 1)


def _separated(vectors: Sequence[tuple[Places, Floats]], kinds: Places, shape: tuple[int, int]) -> Floats:
    """The weights (n-grams x classes) that part each class from the rest by the widest margin."""
    weights, signs = np.zeros(shape, np.float32), -np.ones((len(vectors), shape[1]), np.float32)
    signs[np.arange(len(vectors)), kinds] = 1
    duals, soft = np.zeros_like(signs), 1 / (2 * _COST)
    lengths = [float(values @ values) + soft for _, values in vectors]
    order = np.random.default_rng(_SEED)
    for at in (at for _ in range(_ROUNDS) for at in order.permutation(len(vectors))):
        places, values = vectors[at]
        slope = signs[at] * (values @ weights[places]) - 1 + soft * duals[at]
        moved = np.maximum(duals[at] - slope / lengths[at], 0)
        weights[places] += np.outer(values, (moved - duals[at]) * signs[at])
        duals[at] = moved
    return weights


def _loudest(names: Sequence[str], parts: Floats, shown: int = 6) -> Sequence[str]:
    return [names[at] for at in np.argsort(-parts)[:shown] if parts[at] > 0]
