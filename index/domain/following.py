"""Decides where a person's corrections stand once their page is read again, by place and by text; none is ever lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.domain.proof.alignment import likeness, same
from index.domain.proof.proofing import Correction, Standing, around, words_between
from index.domain.reading import Box, PageReading, Word

#: A stretch in the same place that is less alike than this is looked for elsewhere on the page first.
_ALIKE_HERE = 0.3
#: A line elsewhere on the page is taken for the same from here on.
_ALIKE_ELSEWHERE = 0.6
#: Compared without their order, and white space and width counted, lines that are so much alike may be the same.
_MAY_BE = 0.4
#: A word belongs to a place when its middle lies within this much of the place's height around it.
_ROOM = 0.25


def followed(corrections: Sequence[Correction], reading: PageReading, *, moved: bool = False) -> tuple[Correction, ...]:
    """The same corrections, each anchored in a new reading of its page, in the order they came in; none is ever lost.

    A correction is found again by its place (`moved`: the page has been turned since, so places say nothing) and by
    its text. What is nowhere to be found stands as a line of its own. In force, it is settled where the machine now
    says the same, and in conflict where it says something else than it said before.
    """
    finder = _Finder(reading, moved)
    found: dict[str, Correction] = {}
    for one in sorted(corrections, key=lambda one: (one.start, one.end)):
        span = finder.find(one)
        if span:
            found[one.id] = _anchored(one, reading, span, finder)
    for one in corrections:
        if one.id not in found:
            found[one.id] = _stands_alone(one, finder.room_for(one.box))
    return tuple(found[one.id] for one in corrections)


def _anchored(one: Correction, reading: PageReading, span: tuple[int, int], finder: _Finder) -> Correction:
    read = reading.text[span[0] : span[1]]
    box = around(word.box for word in finder.words_in(span))
    return replace(one, start=span[0], read=read, box=box, state=_standing(one, read))


def _stands_alone(one: Correction, start: int) -> Correction:
    return replace(one, start=start, read="", state=_standing(one, ""))


def _standing(one: Correction, read: str) -> Standing:
    if not one.in_force:
        return one.state
    if same(read, one.after):
        return Standing.SETTLED
    if same(read, one.read):
        return one.state
    return Standing.CONFLICT


class _Finder:
    """Looks for places and lines in one reading; what was found once is not given out again."""

    def __init__(self, reading: PageReading, moved: bool) -> None:
        self._reading = reading
        self._moved = moved
        self._lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", reading.text)]
        self._taken: list[tuple[int, int]] = []

    def find(self, one: Correction) -> tuple[int, int] | None:
        if not one.after and not one.read:
            return None
        here = None if self._moved else self._in_place(one)
        if here and self._alike(one, here) >= _ALIKE_HERE:
            return self._take(here)
        elsewhere = self._by_text(one)
        return self._take(elsewhere or here)

    def words_in(self, span: tuple[int, int]) -> Sequence[Word]:
        return words_between(self._reading, *span)

    def room_for(self, box: Box) -> int:
        """Where a line of its own may begin: before the first line below it that is not part of something found."""
        below = (start for start, end in self._lines if self._lies_below(box, start, end))
        starts = (start for start in below if not any(first < start < last for first, last in self._taken))
        return next(starts, len(self._reading.text))

    def _lies_below(self, box: Box, start: int, end: int) -> bool:
        words = self.words_in((start, end))
        return bool(words) and around(word.box for word in words).y >= box.y + box.h / 2

    def _take(self, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span:
            self._taken.append(span)
        return span

    def _free(self, start: int, end: int) -> bool:
        return not any(start < last and first < end for first, last in self._taken)

    def _in_place(self, one: Correction) -> tuple[int, int] | None:
        """The longest run of words that stand in the correction's place, or all or one of the lines they stand on."""
        run = max(self._runs(one.box), key=lambda span: span[1] - span[0], default=None)
        if run is None:
            return None
        touched = [(start, end) for start, end in self._lines if start < run[1] and run[0] < end]
        candidates = [span for span in ((touched[0][0], touched[-1][1]), *touched, run) if self._free(*span)]
        return max(candidates, key=lambda span: self._alike(one, span), default=None)

    def _runs(self, box: Box) -> Iterator[tuple[int, int]]:
        start = end = -1
        for word in self._reading.words:
            if _within(word.box, box) and self._free(word.start, word.start + len(word.text)):
                start, end = (word.start if start < 0 else start), word.start + len(word.text)
            elif start >= 0:
                yield start, end
                start = -1
        if start >= 0:
            yield start, end

    def _by_text(self, one: Correction) -> tuple[int, int] | None:
        known = [Counter(text) for text in (one.after, one.read) if text]
        free = [span for span in self._lines if self._free(*span) and self._may_be_alike(span, known)]
        best = max(
            (span for span in free if self.words_in(span)), key=lambda span: self._alike(one, span), default=None
        )
        return best if best and self._alike(one, best) >= _ALIKE_ELSEWHERE else None

    def _may_be_alike(self, span: tuple[int, int], known: Iterable[Counter[str]]) -> bool:
        """Whether enough characters are shared at all: cheaper than to look at their order."""
        here = Counter(self._reading.text[span[0] : span[1]])
        return any(2 * (here & one).total() >= _MAY_BE * (here.total() + one.total()) for one in known)

    def _alike(self, one: Correction, span: tuple[int, int]) -> float:
        text = self._reading.text[span[0] : span[1]]
        return max(likeness(text, known) for known in {one.after, one.read} if known)


def _within(word: Box, place: Box) -> bool:
    room = _ROOM * min(place.w, place.h)
    x, y = word.x + word.w / 2, word.y + word.h / 2
    return place.x - room <= x <= place.x + place.w + room and place.y - room <= y <= place.y + place.h + room
