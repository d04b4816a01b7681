"""Decides how many texts are folded at once: the rules of `index.domain.folding.folded`, over arrays.

A page costs a fiftieth of what it costs character by character. That both say the same is a test's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.domain.folding import Folded
from index.text.alphabet import (
    ALPHABET,
    BREAK,
    DASH,
    EDGE,
    HYPHEN,
    LATIN,
    NEWLINE,
    SMALL,
    SPACE,
    UNSEEN,
    WIDE,
    WORD,
    Codes,
    text_of,
)

_BREAK = BREAK.to_bytes(4, "little")
_SOFT_HYPHEN = 0xAD
_BLANK = 0x20


@dataclass(frozen=True, slots=True)
class Laid:
    """Folded texts one after the other, a 0 behind each; `starts[i]` is where text i begins, the last where all end."""

    codes: Codes
    starts: NDArray[np.int64]


def laid(texts: Sequence[str]) -> Laid:
    """All of `texts`, folded."""
    raw, firsts, lengths = _read(texts)
    ends = np.flatnonzero(raw == BREAK)
    if lengths.max() > 1:
        codes, places = _unfolded(raw, firsts, lengths)
        starts = places[ends]
    else:
        codes = firsts[lengths > 0]
        starts = np.flatnonzero(codes == 0)
    return Laid(codes[1:], starts.astype(np.int64))


def traced(text: str) -> Folded:
    """As `index.domain.folding.folded`."""
    raw, firsts, lengths = _read([text])
    codes, _ = _unfolded(raw, firsts, lengths)
    origins = np.repeat(np.arange(-1, len(raw) - 1), lengths)
    return Folded(text_of(codes[1:-1]), origins[1:-1].data)


def _read(texts: Sequence[str]) -> tuple[Codes, Codes, NDArray[np.uint8]]:
    """The characters of `texts`, a BREAK around each; the first that each folds to, and to how many."""
    raw = np.frombuffer(_BREAK + b"".join(_encoded(text) for text in texts), "<u4")
    kinds = ALPHABET.kinds(raw)
    firsts, lengths = ALPHABET.first.take(raw), ALPHABET.length.take(raw)
    _close_gaps(raw, kinds, firsts, lengths)
    return raw, firsts, lengths


def _encoded(text: str) -> bytes:
    return text.encode("utf-32-le", "surrogatepass") + _BREAK


def _unfolded(raw: Codes, firsts: Codes, lengths: NDArray[np.uint8]) -> tuple[Codes, NDArray[np.int64]]:
    """What the characters fold to, those of several characters too; and where each begins in that."""
    places = np.cumsum(lengths, dtype=np.int64) - lengths
    codes = np.repeat(firsts, lengths)
    for at in np.flatnonzero(lengths > 1).tolist():
        codes[places[at] : places[at] + lengths[at]] = ALPHABET.more[int(raw[at])]
    return codes, places


def _close_gaps(raw: Codes, kinds: NDArray[np.uint16], firsts: Codes, lengths: NDArray[np.uint8]) -> None:
    """White space goes, or becomes one blank; so does the hyphen of a word that a line's end divided."""
    blank = np.flatnonzero(kinds & (SPACE | UNSEEN))
    if not len(blank):
        return
    begins = np.concatenate(([0], (blank[1:] != blank[:-1] + 1).nonzero()[0] + 1))
    ends = np.concatenate((begins[1:], [len(blank)]))
    union = np.bitwise_or.reduceat(kinds[blank], begins)
    gap = _Gaps(raw, kinds, blank, begins, ends, union)
    lengths[blank[np.repeat(union & SPACE, ends - begins) > 0]] = 0
    lengths[gap.first[gap.divides] - 1] = 0
    spaces = gap.first[gap.is_space & ~gap.is_gone]
    lengths[spaces], firsts[spaces] = 1, _BLANK


class _Gaps:
    """Runs of white space and unseen signs, by where they begin and what stands around them."""

    def __init__(
        self,
        raw: Codes,
        kinds: NDArray[np.uint16],
        blank: NDArray[np.int64],
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        union: NDArray[np.uint16],
    ) -> None:
        self.first = blank[begins]
        after = kinds[blank[ends - 1] + 1]
        before, earlier = kinds[self.first - 1], kinds[np.maximum(self.first - 2, 0)]
        unseen = np.add.reduceat((kinds[blank] & UNSEEN) > 0, begins, dtype=np.int64)
        broken = (union & NEWLINE) > 0
        seen = broken & (unseen == 0)
        self.is_space = (union & SPACE) > 0
        #: docu-/ment: the hyphen before the gap goes along.
        self.divides = seen & _all(before, HYPHEN) & _all(earlier, LATIN) & _all(after, SMALL)
        soft = broken & (unseen == 1) & (raw[self.first] == _SOFT_HYPHEN) & _all(before, LATIN) & _all(after, SMALL)
        number = seen & _all(before, DASH) & _all(earlier, WORD) & _all(after, WORD)
        self.is_gone = _all(before | after, EDGE | WIDE) | self.divides | soft | number


def _all(kinds: NDArray[np.uint16], wanted: int) -> NDArray[np.bool_]:
    return (kinds & wanted) > 0
