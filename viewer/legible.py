"""Decides how the words that decided are written for a person.

What speaks for a series is kept as pieces parted by `|`, among them runs of two or three characters that follow one
another (人事档|事档案|档案): put together again, without what stands in another, they are words (人事档案).
"""

from __future__ import annotations

from collections.abc import Sequence

_EARLIER = " — "
_OVERLAP = 2
"""So many characters two pieces share at least that are read as one word."""


def legible(words: str) -> Sequence[str]:
    """The words behind a decision, each once, in the order in which they spoke; earlier papers (— 甲、乙) follow."""
    spoke, _, earlier = words.partition(_EARLIER)
    if earlier and "|" in spoke:
        return [*legible(spoke), *(f"《{title}》" for title in earlier.split("、"))]
    pieces = [piece for piece in words.split("|") if _is_word(piece)]
    if len(pieces) < _OVERLAP:
        return pieces or [words]
    whole = _joined(list(dict.fromkeys(pieces)))
    found = [one for one in whole if not any(one != other and one in other for other in whole)]
    return [one for one in found if len(one) > 1] or found


def _is_word(piece: str) -> bool:
    return any(sign.isalnum() for sign in piece) and piece == piece.strip() and not _is_cut(piece)


def _is_cut(piece: str) -> bool:
    """Whether it begins or ends in a mark, as pieces do that were cut where a sentence goes on."""
    return not (piece[0].isalnum() or piece[0] in "《(（[") or not (piece[-1].isalnum() or piece[-1] in "》)）]")


def _joined(pieces: list[str]) -> list[str]:
    """Pieces that go on in one another, as one."""
    for at, piece in enumerate(pieces):
        for other in pieces:
            if piece is not other and _goes_on(piece, other):
                rest = [one for one in pieces if one not in (piece, other)]
                return _joined([*rest[:at], piece + other[-1], *rest[at:]])
    return pieces


def _goes_on(piece: str, other: str) -> bool:
    """Whether `other` begins with the end of `piece` and adds one character; Latin words are never cut."""
    end = other[:-1]
    return len(end) >= _OVERLAP and not other.isascii() and piece.endswith(end) and other not in piece
