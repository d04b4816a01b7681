"""Decides how a person's reading of a line is laid over the machine's, and where the words that are read now stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.domain.following import followed
from index.domain.proof.alignment import pieces
from index.domain.proof.proofing import Correction, Standing, around, in_force, words_between
from index.domain.reading import Box, PageReading, Word


def laid_over(reading: PageReading, corrections: Iterable[Correction]) -> PageReading:
    """The reading with these corrections in it. Words in an unchanged part keep box and confidence; a changed character
    gets its share of the place it stands in, and confidence 1: a person gave it.
    """
    changing = [one for one in in_force(corrections) if one.read != one.after]
    return _Sheet(reading).with_all(fitted(reading, changing)) if changing else reading


def fitted(reading: PageReading, standing: list[Correction]) -> list[Correction]:
    """In the order of the text; anchored anew should the text be another than the one they were made on."""
    if not all(reading.text.startswith(one.read, one.start) for one in standing):
        standing = list(followed(standing, reading))
    return sorted(standing, key=lambda one: (one.start, one.end))


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
        self._words += corrected(one, words_between(self._reading, one.start, one.end), len(self._text))
        self._text += one.after
        self._at = max(self._at, one.end)

    def _write_new_line(self, one: Correction) -> None:
        if not one.after:
            return
        behind = one.start >= len(self._reading.text)
        if behind and self._text:
            self._text += "\n"
        self._words += corrected(one, (), len(self._text))
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


def corrected(one: Correction, words: Iterable[Word], at: int) -> list[Word]:
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


def between(left: Box, right: Box) -> Box:
    """From the middle of one to the middle of the other: a character left out stands somewhere there."""
    halves = (Box(box.x + box.w / 2, box.y + box.h / 2, 0.0, 0.0) for box in (left, right))
    middle, whole = around(halves), around((left, right))
    if middle.w >= middle.h:
        return Box(middle.x, whole.y, middle.w, whole.h)
    return Box(whole.x, middle.y, whole.w, middle.h)
