"""Decides which lines a person proofs on a page, what stands in each now, and which of its words are doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.domain.proof.laid_over import corrected, fitted, laid_over
from index.domain.proof.proofing import Correction, Standing, around, in_force, words_between
from index.domain.reading import Box, PageReading, Word


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
    standing = fitted(reading, in_force(corrections))
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
    words = tuple(corrected(one, (), 0))
    return Line(one.id, one.start, "", one.after, one.box, words, (one,))
