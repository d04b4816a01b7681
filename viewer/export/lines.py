"""Decides where a cell's text breaks into lines: Latin words and codes stay whole where they fit, Han breaks anywhere.

A closing mark never begins a line, an opening one never ends it (GB/T 15834): they move with their neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECES = re.compile(r"[!-~·]+|\s+|.", re.DOTALL)
_JOINTS = re.compile(r"[^-·/.]*[-·/.]?")
_NEVER_FIRST = frozenset("、。,.;:?!)]》〉」』”’%\uff0c\uff1b\uff1a\uff1f\uff01\uff09〕】…")
_NEVER_LAST = frozenset("([《〈「『“‘\uff08〔【")

Width = Callable[[str], float]


def lines_of(text: str, room: float, width: Width) -> list[str]:
    """`text` in lines no wider than `room`, as `width` measures them; at least one line, possibly empty."""
    lines = [""]
    for piece in _pieces(" ".join(text.split()), room, width):
        if not lines[-1] or width(lines[-1] + piece) <= room:
            lines[-1] += piece
        else:
            kept = _kept(lines[-1], piece)
            lines[-1], carried = lines[-1][:kept].rstrip(), lines[-1][kept:]
            lines.append((carried + piece).lstrip())
    return lines


def _kept(line: str, piece: str) -> int:
    """How many characters of `line` may stay when `piece` begins the next line."""
    parted = len(line) > 1 and (piece in _NEVER_FIRST or line[-1] in _NEVER_LAST)
    return len(line) - parted


def _pieces(text: str, room: float, width: Width) -> list[str]:
    """Words and single Han characters; a word wider than the room falls apart behind its joints, then anywhere."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        pieces.extend(_JOINTS.findall(piece) if width(piece) > room else (piece,))
    return [part for piece in pieces for part in (piece if width(piece) > room else (piece,))]
