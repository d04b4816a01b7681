"""Decides how a person's reading of a line is laid over the machine's, and how it follows when the page is read again.

The machine's reading is kept as it is. A correction is anchored in it: `start` and `read` name the stretch of its text,
`box` the place on the page. What everybody reads is the machine's text with the corrections in force laid over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from index.domain.alignment import likeness, pieces, same
from index.domain.reading import Box, PageReading, Word


class Standing(StrEnum):
    """How a correction stands to what is read."""

    STANDS = "stands"
    SETTLED = "settled"
    """A later reading says the same; it still stands, should another reading say something else."""
    CONFLICT = "conflict"
    """A later reading says something else than both; it stands until a person decides."""
    ENTERED = "entered"
    """One of two independent entries: nobody reads it before the other agrees."""
    DIFFERS = "differs"
    """Two entries that do not agree: somebody decides between them."""
    REPLACED = "replaced"
    """A later one took its place."""


IN_FORCE = frozenset({Standing.STANDS, Standing.SETTLED, Standing.CONFLICT})
UNDECIDED = frozenset({Standing.ENTERED, Standing.DIFFERS})
FOR_A_PERSON = frozenset({Standing.CONFLICT, Standing.DIFFERS})


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person read in one line: `before` is what they saw, `after` what they gave, both without line breaks.

    Where both are the same the line was found right. `read` is what the machine reads there now; an empty `read` is a
    line that the machine has not seen, standing before the line at `start`. `entry` is 1 or 2 for the two entries of a
    line, 3 for the decision between them, 0 where one person is enough.
    """

    id: str
    page_id: str
    start: int
    read: str
    box: Box
    before: str
    after: str
    by: str
    at: datetime
    state: Standing = Standing.STANDS
    entry: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.read)

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    return [one for one in corrections if one.in_force]


# -- laid over -----------------------------------------------------------------------------------------------


def laid_over(reading: PageReading, corrections: Iterable[Correction]) -> PageReading:
    """The reading with these corrections in it. Words in an unchanged part keep box and confidence; a changed character
    gets its share of the place it stands in, and confidence 1: a person gave it.
    """
    changing = [one for one in in_force(corrections) if one.read != one.after]
    return _Sheet(reading).with_all(_fitting(reading, changing)) if changing else reading


def _fitting(reading: PageReading, standing: list[Correction]) -> list[Correction]:
    """In the order of the text; anchored anew should the text be another than the one they were made on."""
    if not all(reading.text.startswith(one.read, one.start) for one in standing):
        standing = list(followed(standing, reading))
    return sorted(standing, key=lambda one: (one.start, one.end))


def words_between(reading: PageReading, start: int, end: int) -> Sequence[Word]:
    """The words that begin in text[start:end]; words stand in the order of the text."""
    first = bisect_left(reading.words, start, key=_begins)
    return reading.words[first : bisect_left(reading.words, end, first, key=_begins)]


def _begins(word: Word) -> int:
    return word.start


class _Sheet:
    """A text under way: what has been written, and its words."""

    def __init__(self, reading: PageReading) -> None:
        self._reading = reading
        self._at = 0
        self._text = ""
        self._words: list[Word] = []

    def with_all(self, standing: Sequence[Correction]) -> PageReading:
        for one in standing:
            self._copy_to(one.start)
            self._write(one)
        self._copy_to(len(self._reading.text))
        return replace(self._reading, text=self._text, words=tuple(self._words))

    def _copy_to(self, end: int) -> None:
        """The machine's own text up to here, with the words that stand in it whole."""
        if end <= self._at:
            return
        moved = len(self._text) - self._at
        for word in words_between(self._reading, self._at, end):
            if word.start + len(word.text) <= end:
                self._words.append(replace(word, start=word.start + moved))
        self._text += self._reading.text[self._at : end]
        self._at = end

    def _write(self, one: Correction) -> None:
        if not one.read:
            return self._write_new_line(one)
        if not one.after:
            return self._leave_out(one) if one.state is not Standing.CONFLICT else self._copy_to(one.end)
        self._words += _corrected(one, words_between(self._reading, one.start, one.end), len(self._text))
        self._text += one.after
        self._at = max(self._at, one.end)

    def _write_new_line(self, one: Correction) -> None:
        if not one.after:
            return
        behind = one.start >= len(self._reading.text)
        if behind and self._text:
            self._text += "\n"
        self._words += _corrected(one, (), len(self._text))
        self._text += one.after if behind else f"{one.after}\n"

    def _leave_out(self, one: Correction) -> None:
        """A line that is none goes with its line break, if it was the whole line."""
        text, self._at = self._reading.text, max(self._at, one.end)
        if one.start and text[one.start - 1] != "\n":
            return
        if text.startswith("\n", self._at):
            self._at += 1
        elif self._at == len(text):
            self._text = self._text.removesuffix("\n")


@dataclass(frozen=True, slots=True)
class _Mark:
    """One character of the machine's line: its box, its confidence, and the word it belongs to."""

    box: Box
    confidence: float
    word: Word


#: What becomes one word: a run of Latin letters and digits, or any single character.
_RUN = re.compile(r"[!-~À-ɏ]+|\S")


def _corrected(one: Correction, words: Iterable[Word], at: int) -> list[Word]:
    """The words of the corrected line, which begins at `at` of the new text."""
    marks = _marks(one, words)
    found: list[Word] = []
    for piece in pieces(one.read, one.after):
        if piece.kept:
            found += _kept(piece.start, piece.end, marks, at - piece.start)
        else:
            place = _place(marks, piece.start, piece.end, one)
            found += _given(piece.text, place, at)
        at += len(piece.text)
    return found


def _marks(one: Correction, words: Iterable[Word]) -> dict[int, _Mark]:
    """offset in the machine's line -> the character there; spaces have none."""
    marks = {}
    for word in words:
        if word.start + len(word.text) <= one.end:
            for offset, box in enumerate(shared(word.box, len(word.text))):
                marks[word.start - one.start + offset] = _Mark(box, word.confidence, word)
    return marks


def shared(box: Box, count: int) -> list[Box]:
    """The box in equal parts, one for each of `count` characters; top to bottom where it stands upright."""
    if box.h > 1.5 * box.w and count > 1:
        return [Box(box.x, box.y + box.h * n / count, box.w, box.h / count) for n in range(count)]
    return [Box(box.x + box.w * n / count, box.y, box.w / count, box.h) for n in range(count)]


def _kept(start: int, end: int, marks: Mapping[int, _Mark], moved: int) -> Iterator[Word]:
    """The words of an unchanged part; what is left of a word that was cut keeps its share of the box."""
    at = start
    while at < end:
        mark = marks.get(at)
        last = at + 1
        while last < end and mark and (beside := marks.get(last)) and beside.word is mark.word:
            last += 1
        if mark:
            yield _rest(mark, [marks[n].box for n in range(at, last)], at, moved, last - at)
        at = last


def _rest(mark: _Mark, boxes: Sequence[Box], at: int, moved: int, length: int) -> Word:
    word = mark.word
    if length == len(word.text):
        return replace(word, start=at + moved)
    offset = next(n for n, box in enumerate(shared(word.box, len(word.text))) if box == mark.box)
    return Word(word.text[offset : offset + length], at + moved, around(boxes), word.confidence)


def _place(marks: Mapping[int, _Mark], start: int, end: int, one: Correction) -> Box:
    """Where the changed part stands: on what it replaces, else between its neighbours, else anywhere on the line."""
    replaced = [marks[n].box for n in range(start, end) if n in marks]
    if replaced:
        return around(replaced)
    left, right = marks.get(start - 1), marks.get(end)
    if left and right:
        return between(left.box, right.box)
    beside = right or left
    return beside.box if beside else one.box


def _given(text: str, place: Box, at: int) -> Iterator[Word]:
    boxes = shared(place, max(1, len(text)))
    for run in _RUN.finditer(text):
        yield Word(run[0], at + run.start(), around(boxes[run.start() : run.end()]), 1.0)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all."""
    held = list(boxes)
    if len(held) == 1:
        return held[0]
    x, y = min(box.x for box in held), min(box.y for box in held)
    return Box(x, y, max(box.x + box.w for box in held) - x, max(box.y + box.h for box in held) - y)


def between(left: Box, right: Box) -> Box:
    """From the middle of one to the middle of the other: a character left out stands somewhere there."""
    halves = (Box(box.x + box.w / 2, box.y + box.h / 2, 0.0, 0.0) for box in (left, right))
    middle, whole = around(halves), around((left, right))
    if middle.w >= middle.h:
        return Box(middle.x, whole.y, middle.w, whole.h)
    return Box(whole.x, middle.y, whole.w, middle.h)


# -- line by line --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a person proofs it: the machine's `read` at `start`, what everybody reads now, and what was decided.

    `words` stand in `shown` (their starts count from its beginning). `key` names the line in a form.
    """

    key: str
    start: int
    read: str
    shown: str
    box: Box
    words: tuple[Word, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def checked(self) -> bool:
        """A person has looked at it."""
        return any(one.in_force for one in self.corrections)

    @property
    def disputed(self) -> Correction | None:
        """The correction that a later reading contradicts."""
        return next((one for one in self.corrections if one.state is Standing.CONFLICT), None)

    def doubts(self, below: float) -> tuple[Word, ...]:
        """The words that nobody has looked at and that the machine is not sure of."""
        return () if self.checked else tuple(word for word in self.words if is_doubtful(word, below))


def lines(reading: PageReading, corrections: Iterable[Correction]) -> list[Line]:
    """The page's lines in reading order, as they are read now."""
    standing = _fitting(reading, in_force(corrections))
    found = [_line(reading, start, end, standing) for start, end in _stretches(reading.text, standing)]
    found += [_new_line(one) for one in standing if not one.read and one.after]
    return sorted(found, key=lambda line: (line.start, bool(line.read)))


def is_doubtful(word: Word, below: float) -> bool:
    """Whether a person should look at a word; marks alone are no doubt: no eye tells a wide comma from a narrow one."""
    return word.confidence < below and any(map(str.isalnum, word.text))


def doubtful(reading: PageReading, corrections: Iterable[Correction], below: float) -> int:
    """How many words of the page nobody is sure of: neither the machine nor a person."""
    standing = in_force(corrections)
    return sum(
        is_doubtful(word, below) and not any(one.start <= word.start < one.end for one in standing)
        for word in reading.words
    )


def _stretches(text: str, standing: Sequence[Correction]) -> Iterator[tuple[int, int]]:
    """Every line of the text; lines that one correction spans are one."""
    spans = [(one.start, one.end) for one in standing if one.read]
    start = 0
    for match in re.finditer(r"\n|\Z", text):
        at = match.start()
        if any(first < at < last for first, last in spans):
            continue
        if at > start:
            yield start, at
        start = at + 1


def _line(reading: PageReading, start: int, end: int, standing: Sequence[Correction]) -> Line:
    mine = tuple(one for one in standing if one.read and start <= one.start and one.end <= end)
    words = tuple(replace(word, start=word.start - start) for word in words_between(reading, start, end))
    own = replace(reading, text=reading.text[start:end], words=words)
    now = laid_over(own, [replace(one, start=one.start - start) for one in mine])
    box = (
        around([word.box for word in words])
        if words
        else around([one.box for one in mine])
        if mine
        else Box(0, 0, 0, 0)
    )
    return Line(str(start), start, own.text, now.text, box, now.words, mine)


def _new_line(one: Correction) -> Line:
    words = tuple(_corrected(one, (), 0))
    return Line(one.id, one.start, "", one.after, one.box, words, (one,))


# -- read again ----------------------------------------------------------------------------------------------

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
