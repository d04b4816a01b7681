"""Decides which pages answer a search, in which order, and what is counted of them: only what the permit admits."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.ports import Found, Hit, Search
from index.text.query import Query, read
from index.text.shelf import Standing
from index.text.stamp import FACETS, Stamp, bounds

#: BM25's k1: how soon a word that stands on a page again and again stops counting for more.
_SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class Match:
    """A page that answers, with how often each wanted leaf stands on it."""

    stamp: Stamp
    counts: tuple[int, ...]


def answer(standing: Sequence[Standing], search: Search) -> Found:
    """The answer over all volumes; pages are admitted before anything is counted."""
    query = read(search.query)
    if search.permit.nothing:
        return Found(0, (), {name: {} for name in FACETS}, query.wanted, query.read_as)
    matches = [match for one in standing for match in _matches(one, query, search)]
    facets = {name: _counted(matches, name) for name in FACETS}
    return Found(len(matches), _shown(matches, search), facets, query.wanted, query.read_as)


def _matches(standing: Standing, query: Query, search: Search) -> list[Match]:
    admits = bounds(search)
    stamps = standing.volume.stamps
    found = [standing.volume.counts(leaf) for leaf in query.wanted]
    numbers: set[int] = set.intersection(*map(set, found)) if found else set(range(len(stamps)))
    admitted = {number for number in numbers - standing.gone if admits(stamps[number])}
    for leaf in query.unwanted if admitted else ():
        admitted -= standing.volume.counts(leaf).keys()
    return [Match(stamps[number], tuple(counts[number] for counts in found)) for number in admitted]


def _counted(matches: Sequence[Match], facet: str) -> Mapping[str, int]:
    counts = Counter(map(FACETS[facet], (match.stamp for match in matches)))
    return {value: count for value, count in counts.most_common() if value}


def _shown(matches: Sequence[Match], search: Search) -> tuple[Hit, ...]:
    """The slice asked for: best first, then the latest, then by id, so that pages never change places in between."""
    last = search.offset + search.limit
    ranked = ((-_score(match), _backwards(match.stamp.date), match.stamp.page_id, match) for match in matches)
    first = heapq.nsmallest(last, ranked)[search.offset :]
    return tuple(Hit(match.stamp.page_id, match.stamp.item_id, -score) for score, _, _, match in first)


def _score(match: Match) -> float:
    return sum(count / (count + _SATURATION) for count in match.counts)


def _backwards(date: str) -> int:
    return -int(date) if date.isdigit() else 0
