"""Decides what a page is about, as far as it tells it from others: the words by which pages like it are looked for.

Cheap on purpose: no dictionary and no model. Candidates are pairs of Chinese characters, words of letters, and numbers;
of those that stand most often on the page the ones are kept that stand on few pages of the room (tf·idf).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.domain.searching.tree import Either, Likely, Words

#: So many candidates are looked up, so many of them kept.
CANDIDATES = 48
KEPT = 16
#: A page is like another that has so many of the words kept, or half of them where there are few.
SHARED = 3

_TERMS = re.compile(r"[^\W\d_\u2e80-\U0003ffff]{4,}|\d{4,}|[\u3400-\u9fff\U00020000-\U0003ffff]+")
#: Characters that stand on every page and bind others; folded, as everything here.
_BINDING = frozenset(
    "的了在是和与及或等为于以对从由其之这那此该各本我他她有个一二三四五六七八九十年月日号第将被把也都不中上下按并已未须应可"
)


def candidates(folded: str) -> dict[str, int]:
    """The terms of a folded text that may tell it apart -> how often they stand on it, the most frequent first.

    >>> candidates("劳动合同与劳动争议")
    {'劳动': 2, '动合': 1, '合同': 1, '动争': 1, '争议': 1}
    """
    return dict(Counter(_terms(folded)).most_common(CANDIDATES))


def kindred(often: Mapping[str, int], spread: Mapping[str, int], pages: int) -> Either:
    """What pages like it hold: the best of these terms, each worth what it tells.

    `spread` says on how many of `pages` pages a term stands; one that stands on this page only finds no other, and one
    that stands on every third tells nothing.
    """
    telling = {term: _worth(often[term], spread[term], pages) for term in often if 1 < spread[term] <= pages / 3 + 2}
    best = sorted(telling, key=lambda term: (-telling[term], term))[:KEPT]
    heaviest = max(telling.values(), default=1.0)
    return Either(tuple(Likely(Words(term), round(telling[term] / heaviest, 4)) for term in best))


def enough(terms: Sequence[object]) -> int:
    """How many of the terms kept a page must have to count as like this one."""
    return min(SHARED, max(1, len(terms) // 2))


def _worth(often: int, spread: int, pages: int) -> float:
    return (1 + math.log(often)) * math.log(1 + pages / spread)


def _terms(folded: str) -> Iterable[str]:
    for run in _TERMS.findall(folded):
        if run[0] < "\u2e80":
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1) if _BINDING.isdisjoint(run[at : at + 2]))
