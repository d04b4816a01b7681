"""Decides when two spellings count as the same: width, case, marks, script and line breaks are folded away.

Both sides are folded, the page and what is sought; what is shown is never changed. `Folded.offsets` leads from each
folded character back to the one it came from, so that a match can be shown in the page's own text.

- Script: traditional characters become simplified ones, by `variants.txt`.
- Shape: NFKC (full and half width, ligatures, ①), case, accents; brackets, dashes and quotes of any shape are one.
- Space: none beside a Chinese character (OCR breaks words at line ends and titles are set wide), one between Latin
  words; a Latin word divided by a hyphen at a line's end is whole again, a number broken there keeps its hyphen.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import overload

#: A class of characters, for use inside brackets: Han, kana and the punctuation that Chinese is set with.
WIDE = (
    "\u2e80-\u2fdf\u3001-\u303f\u3040-\u312f\u31a0-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff"
)
LATIN = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
#: Letters that may go on with a word which a hyphen divided.
SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff"
HYPHEN = "-\u2010\u2011\u00ad"
#: Signs without a width of their own.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"

#: White space, with the invisible signs that stand in it.
_GAP = rf"[{UNSEEN}]*\s[\s{UNSEEN}]*"

#: It looks ahead first, as to try every way at every character is dear.
_SPACE = re.compile(
    rf"""(?=[{HYPHEN}\u2013\s{UNSEEN}]) (?:
    (?P<gone> \A{_GAP} | {_GAP}\Z                                               # around the page
    | (?<=[{LATIN}])[{HYPHEN}][^\S\n]*\n\s*(?=[{SMALL}])                         # docu-/ment
    | (?<=\w[{HYPHEN}\u2013])[^\S\n]*\n\s*(?=\w)                                # 2003-/00042
    | (?<=[{WIDE}]){_GAP} | {_GAP}(?=[{WIDE}]) )                                # 劳动/合同
    | {_GAP} )""",
    re.VERBOSE,
)

#: Signs that mean the same in a title or a document number, and that OCR takes for one another.
_SHAPES = {
    "(": "〔[【〖{",
    ")": "〕]】〗}",
    "<": "《〈«‹",
    ">": "》〉»›",
    "-": "‐‑‒–—―−─",
    '"': "“”„‟「」『』〝〞",
    "'": "‘’`´′",
    "·": "•‧∙⋅・",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `offsets[i]` is the place in the original of the character that `text[i]` came from."""

    text: str
    offsets: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that text[start:end] came from (start < end)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Origins(Sequence[int]):
    """Where the characters of pieces of a text stood that were put together: worked out for those that are asked for.

    `begins` are the places of the pieces in the text, `lengths` their lengths.
    """

    __slots__ = ("_begins", "_ends", "_lengths")

    def __init__(self, begins: Sequence[int], lengths: Sequence[int]) -> None:
        self._begins, self._lengths = begins, lengths
        self._ends = [*accumulate(lengths)]

    def __len__(self) -> int:
        return self._ends[-1]

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, slice):
            return [*self][at]
        piece = bisect_right(self._ends, range(len(self))[at])
        return self._begins[piece] + self._lengths[piece] - (self._ends[piece] - at % len(self))

    def __iter__(self) -> Iterator[int]:
        stretches = (range(begin, begin + length) for begin, length in zip(self._begins, self._lengths, strict=True))
        return chain.from_iterable(stretches)


def fold(text: str) -> str:
    """`text` folded character by character; line breaks and spaces stay."""
    return text.translate(_signs())


def join_lines(text: str) -> Folded:
    """`text` as it was before it was broken into lines and spaced out, unfolded otherwise."""
    pieces: list[str] = []
    begins: list[int] = []
    at = 0
    for space in _SPACE.finditer(text):
        pieces.append(text[at : space.start()])
        begins.append(at)
        if space["gone"] is None:
            pieces.append(" ")
            begins.append(space.start())
        at = space.end()
    pieces.append(text[at:])
    begins.append(at)
    return Folded("".join(pieces), Origins(begins, [*map(len, pieces)]))


def folded(text: str) -> Folded:
    """`text` joined and folded: what the index holds and what a query is compared with. Folding twice is once."""
    joined = join_lines(text)
    signs = _signs()
    shapes = joined.text.translate(signs)
    if signs.uneven.isdisjoint(joined.text):
        return Folded(shapes, joined.offsets)
    pieces = [signs[ord(character)] for character in joined.text]
    offsets = array("I", (offset for piece, offset in zip(pieces, joined.offsets, strict=True) for _ in piece))
    return Folded("".join(pieces), offsets)


class _Signs(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __init__(self, same: dict[str, str]) -> None:
        super().__init__()
        self._same = same
        self.uneven: set[str] = set()
        """Those met so far that fold to none or to several characters."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shape = self[code] = character if character.isspace() else self._folded(character)
        if len(shape) != 1:
            self.uneven.add(character)
        return shape

    def _folded(self, character: str) -> str:
        plain = self._same.get(character) or _plain(character)
        return "".join(self._same.get(sign, sign) for sign in plain)


def _plain(character: str) -> str:
    """NFKC without case, accents, invisible signs, or the spaces that NFKC puts under a lone accent."""
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if unicodedata.category(part) not in {"Mn", "Cf", "Cc", "Zs"})
    return unicodedata.normalize("NFKC", bare.casefold())


def same_signs() -> dict[str, str]:
    """Every character that a table of ours leads to another: shapes of signs, traditional characters."""
    return {shape: sign for sign, shapes in _SHAPES.items() for shape in shapes} | _variants()


@cache
def _signs() -> _Signs:
    return _Signs(same_signs())


def _variants() -> dict[str, str]:
    lines = Path(__file__).with_name("variants.txt").read_text(encoding="utf-8").splitlines()
    signs = "".join(line for line in lines if not line.startswith("#"))
    return dict(zip(signs[::2], signs[1::2], strict=True))
