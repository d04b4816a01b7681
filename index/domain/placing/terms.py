"""Decides which of many terms stand in a text, all of them in one look; and which nearly do, for what OCR misread.

A regulation has hundreds of terms, a room a dozen regulations: only terms whose first two characters stand in the text
are looked for at all. Texts and terms are folded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add

#: Terms from which one wrong character is forgiven, and two (A.17).
ONE_SLIP, TWO_SLIPS = 4, 8
_FORM, _BODY_BEHIND = "单", "位"
_LONG_LATIN = 10
_LETTERS = re.compile(r"[a-z]*")
_ENDINGS = frozenset(("", "s", "es", "d", "ed", "er", "ers", "ing", "al", "ly"))


@dataclass(frozen=True)
class Sought:
    """A text that terms are looked for in; what it takes to look is worked out once, however many ask."""

    text: str

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every character of it and every two that follow each other."""
        return frozenset(self.text) | self.pairs

    @cached_property
    def pairs(self) -> frozenset[str]:
        return _pairs(self.text)


@dataclass(frozen=True, slots=True)
class Near:
    """A term that nearly stands in a text: as what, and with how many characters wrong, lost or added."""

    term: str
    words: str
    slips: int


class Terms:
    """A set of terms, laid out to be looked for together."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_head: Mapping[str, Sequence[str]] = _grouped((term[:2], term) for term in dict.fromkeys(terms))
        long = [term for terms in self._by_head.values() for term in terms if len(term) >= ONE_SLIP]
        self._by_pair = _grouped((pair, term) for term in long for pair in _pairs(term))

    def standing_in(self, sought: Sought) -> frozenset[str]:
        """The terms that stand in the text, to the letter."""
        heads = self._by_head.keys() & sought.heads
        return frozenset(term for head in heads for term in self._by_head[head] if _stands(term, sought.text))

    def nearly_in(self, sought: Sought) -> Mapping[str, Near]:
        """The terms that stand in a short text but for a character or two, each with what stands there."""
        found = (nearest(term, sought.text) for term in self._may_be_near(sought))
        return {near.term: near for near in found if near}

    def _may_be_near(self, sought: Sought) -> Iterable[str]:
        """A slip spoils two of a term's pairs at most: those that share fewer with the text cannot be near."""
        shared: dict[str, int] = defaultdict(int)
        for pair in self._by_pair.keys() & sought.pairs:
            for term in self._by_pair[pair]:
                shared[term] += 1
        return [term for term, count in shared.items() if count >= len(_pairs(term)) - 2 * slips_forgiven(term)]


def slips_forgiven(term: str) -> int:
    """How many characters of a term may be wrong: none of a short one, which would be another word.

    A letter is less of a word than a Chinese character is.
    """
    weight = len(term) // 2 if _is_latin(term) else len(term)
    return (weight >= ONE_SLIP) + (weight >= TWO_SLIPS)


def _stands(term: str, text: str) -> bool:
    """Whether a term stands there; a short one of letters as words of its own: no rate in generator.

    Of a longer one the space before it may be lost, as OCR loses spaces. A form (单) is none where a body (单位) is
    meant: 订货单 does not stand in 订货单位.
    """
    if term.endswith(_FORM):
        return text.count(term) > text.count(term + _BODY_BEHIND)
    if len(term) >= _LONG_LATIN or not _is_latin(term):
        return term in text
    places = (match.start() for match in re.finditer(re.escape(term), text))
    return any(_is_of_whole_words(text, at, at + len(term)) for at in places)


def _is_latin(term: str) -> bool:
    return term.isascii() and term[:1].isalpha()


def _is_of_whole_words(text: str, begin: int, end: int) -> bool:
    """Whether no word is cut where the stretch begins and ends; endings as of vehicles and printed are none."""
    before, behind = text[begin - 1 : begin] if begin else "", _LETTERS.match(text, end)
    cut = before.isascii() and before.isalpha()
    tail = behind[0] if behind and text[end - 1 : end].isalpha() else ""
    return not cut and tail in _ENDINGS


def nearest(term: str, text: str) -> Near | None:
    """Where `term` nearly stands in `text` with the fewest slips (Sellers 1980); None where it needs too many."""
    if term in text:
        return Near(term, term, 0)
    if not _is_near(term, text, slips_forgiven(term)):
        return None
    slips, begin, end = min(_ends(term, text), key=lambda found: (found[0], abs(found[2] - found[1] - len(term))))
    return Near(term, text[begin:end], slips) if not _is_latin(term) or _is_of_whole_words(text, begin, end) else None


def _is_near(term: str, text: str, most: int) -> bool:
    """Whether it stands there with `most` slips: a bit for each beginning of it that ends here (Wu, Manber 1992).

    Nine terms of ten that are looked at are not near, and this says so in a tenth of the time.
    """
    bits: dict[str, int] = defaultdict(int)
    for at, sign in enumerate(term):
        bits[sign] |= 1 << at
    rows = [(1 << slips) - 1 for slips in range(most + 1)]
    for sign in text:
        before, rows = rows, [(rows[0] << 1 | 1) & bits.get(sign, 0)]
        for fewer, same in pairwise(before):
            wrong, added, lost = fewer << 1, fewer, rows[-1] << 1
            rows.append((same << 1 | 1) & bits.get(sign, 0) | wrong | added | lost | 1)
        if rows[-1] >> (len(term) - 1) & 1:
            return True
    return False


def _ends(term: str, text: str) -> Iterable[tuple[int, int, int]]:
    """(slips, begin, end) of the best stretch that ends at each place of the text."""
    column = [(row, 0) for row in range(len(term) + 1)]
    yield len(term), 0, 0
    for at, sign in enumerate(text, 1):
        before, column = column, [(0, at)]
        for row, meant in enumerate(term, 1):
            wrong = before[row - 1][0] + (meant != sign), before[row - 1][1]
            added = before[row][0] + 1, before[row][1]
            lost = column[row - 1][0] + 1, column[row - 1][1]
            column.append(min(wrong, added, lost, key=_slips))
        yield column[-1][0], column[-1][1], at


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))


def _slips(cell: tuple[int, int]) -> int:
    return cell[0]


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
