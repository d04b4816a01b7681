"""Decides what is known of every character: its kind, and what it folds to; learned when it is first met.

The rules are those of `index.domain.folding`, asked once a character and laid out in tables of numpy.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.domain import folding
from index.text.analyzer import is_latin

Codes = NDArray[np.uint32]
"""Code points; BREAK stands between texts, 0 (the border) between folded ones."""

#: No character: stands before, between and after texts that are folded together.
BREAK = 0x110000
_SIZE = BREAK + 1
#: NFKC makes no more of one character.
_LONGEST = 18

KNOWN, SPACE, UNSEEN, NEWLINE, WIDE, LATIN, SMALL, HYPHEN, DASH, WORD, LETTER, EDGE = (1 << bit for bit in range(12))

_CLASSES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (SPACE, r"\s"),
        (UNSEEN, f"[{folding.UNSEEN}]"),
        (NEWLINE, r"\n"),
        (WIDE, f"[{folding.WIDE}]"),
        (LATIN, f"[{folding.LATIN}]"),
        (SMALL, f"[{folding.SMALL}]"),
        (HYPHEN, f"[{folding.HYPHEN}]"),
        (DASH, f"[{folding.HYPHEN}\u2013]"),
        (WORD, r"\w"),
    )
)


class Alphabet:
    """Tables by code point: `kinds`, the first character it folds to, how many, and the others of the few with more."""

    def __init__(self) -> None:
        self._kinds = np.zeros(_SIZE, np.uint16)
        self.first = np.zeros(_SIZE, np.uint32)
        self.length = np.zeros(_SIZE, np.uint8)
        self.more: dict[int, Codes] = {}
        self._kinds[BREAK], self.length[BREAK] = KNOWN | EDGE, 1

    def kinds(self, codes: Codes) -> NDArray[np.uint16]:
        """The kind of each, as a sum of the constants above."""
        found: NDArray[np.uint16] = self._kinds.take(codes)
        if not found.all():
            for code in np.unique(codes[found == 0]).tolist():
                self._learn(code)
            found = self._kinds.take(codes)
        return found

    def _learn(self, code: int) -> None:
        """Its kind comes last: a thread that sees it sees the rest too."""
        character = chr(code)
        becomes = codes_of(folding.fold(character))
        self.length[code] = len(becomes)
        if len(becomes):
            self.first[code] = becomes[0]
        if len(becomes) > 1:
            self.more[code] = becomes
        kind = sum(kind for kind, pattern in _CLASSES if pattern.match(character))
        self._kinds[code] = KNOWN | kind | (LETTER if is_latin(character) else 0)


ALPHABET = Alphabet()


def codes_of(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def text_of(codes: NDArray[Any]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
