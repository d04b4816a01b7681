"""Decides where one part of a typed query ends and the next begins: words, quotes, groups, joints, names of fields.

Linear in the length of what was typed, whatever it is. A parenthesis groups only where it cannot belong to a word:
around words apart, or standing free on both sides; 国函(2003)115号 is one word. 《》 hold what is between them together
and stay, as a title has them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.domain.folding import folded
from index.domain.searching.words import FIELDS, JOINTS, TIMES, Field, Joint

_OPENING, _CLOSING = "(（", ")）"
_TURNED = '"“”„〝〞＂'
_QUOTES = dict.fromkeys('"“„〝＂', _TURNED) | {
    "”": _TURNED,
    "「": "」",
    "『": "』",
    "‘": "’",
    "«": "»",
    "‹": "›",
    "﹁": "﹂",
    "﹃": "﹄",
}
_TITLES = {"《": "》", "〈": "〉"}
_WITHOUT = "-－−"
#: What may stand behind a word without belonging to it; a narrow `?` is a sign there, a wide one ends a sentence.
_STOPS = "，。；、！？,;"

_NAMED = re.compile(r"(?P<name>[^\W\d_]{1,16})(?P<sign>[:：=＝]|(?=[<>≤≥＜＞]))")
_STOP = re.compile(rf"[\s{re.escape(''.join(_QUOTES) + ''.join(_TITLES) + _OPENING + _CLOSING)}]")
#: Straight single quotes around something; within a word they are apostrophes.
_STRAIGHT = re.compile(r"(?<![^\s(（:：=＝\-－−])['＇](?=[^\s'＇])([^'＇]*)['＇](?![^\s)）])")
_CAPITALS = str.maketrans(
    {0xFF21 + n: 0x41 + n for n in range(26)} | {"＋": "+", "／": "/", "｜": "|", "＆": "&", "！": "!"}
)


class Kind(StrEnum):
    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    OPEN = "open"
    CLOSE = "close"
    JOINT = "joint"
    ODD = "odd"
    """A sign that belongs to nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of what was typed; `text` as it stood, without the quotes of a phrase."""

    kind: Kind
    text: str
    field: Field | None = None
    joint: Joint | None = None
    odd: bool = False
    """Whether a word looks as if it named a field, which there is not."""


def tokens(typed: str) -> Iterator[Token]:
    """The parts of `typed`, in order."""
    typed = _STRAIGHT.sub(r"‘\1’", typed)
    groups = _groups(typed)
    closing = frozenset(groups.values())
    last = {opening: typed.rfind(closing) for opening, closing in _TITLES.items()}
    at = 0
    while at < len(typed):
        sign = typed[at]
        if sign.isspace():
            at += 1
        elif sign in _QUOTES:
            end = _closed(typed, at)
            yield Token(Kind.PHRASE, typed[at + 1 : end])
            at = end + 1
        elif at in groups or at in closing:
            yield Token(Kind.OPEN if at in groups else Kind.CLOSE, sign)
            at += 1
        else:
            end = _word_end(typed, at, groups, closing, last)
            yield from _word(typed[at:end], _is_apart(typed, at, closing), _holds_on(typed, end, groups))
            at = end


def _closed(typed: str, at: int) -> int:
    """Where the quote that opens here ends; an open one runs to the end."""
    closing = _QUOTES[typed[at]]
    if len(closing) == 1:
        end = typed.find(closing, at + 1)
        return len(typed) if end < 0 else end
    return next((place for place in range(at + 1, len(typed)) if typed[place] in closing), len(typed))


def _word_end(typed: str, at: int, groups: dict[int, int], closing: frozenset[int], last: dict[str, int]) -> int:
    """Where the word that begins here ends: at white space, a quote or a group, but not inside 《》."""
    while (stop := _STOP.search(typed, at)) is not None:
        place, sign = stop.start(), stop[0]
        if place < last.get(sign, 0):
            at = typed.find(_TITLES[sign], place) + 1
        elif sign in _TITLES or (sign in _OPENING + _CLOSING and place not in groups and place not in closing):
            at = place + 1
        else:
            return place
    return len(typed)


def _groups(typed: str) -> dict[int, int]:
    """Where each grouping parenthesis opens, and where it closes; those inside quotes are no such thing."""
    spaces: list[int] = []
    open_at: list[int] = []
    found: dict[int, int] = {}
    at = 0
    while at < len(typed):
        sign = typed[at]
        if sign in _QUOTES:
            at = _closed(typed, at)
        elif sign.isspace():
            spaces.append(at)
        elif sign in _OPENING:
            open_at.append(at)
        elif sign in _CLOSING and open_at:
            begun = open_at.pop()
            apart = bisect_left(spaces, at) > bisect_left(spaces, begun)
            if apart or (_stands_free(typed, begun) and (at + 1 == len(typed) or _ends_part(typed[at + 1]))):
                found[begun] = at
        at += 1
    return found


def _stands_free(typed: str, at: int) -> bool:
    """Whether nothing is written onto an opening parenthesis, but a minus or the name of a field."""
    before = typed[at - 1] if at else " "
    if before in _WITHOUT:
        return at < 2 or _begins_part(typed[at - 2])
    return _begins_part(before) or before in ":：=＝"


def _begins_part(before: str) -> bool:
    return before.isspace() or before in _OPENING


def _ends_part(after: str) -> bool:
    return after.isspace() or after in _CLOSING


def _is_apart(typed: str, at: int, closing: frozenset[int]) -> bool:
    """Whether a word begins where a minus before it means "without"."""
    return at == 0 or _begins_part(typed[at - 1]) or at - 1 in closing


def _holds_on(typed: str, end: int, groups: dict[int, int]) -> bool:
    """Whether a quote or a group follows a word without a space."""
    return end < len(typed) and (typed[end] in _QUOTES or end in groups)


def _word(word: str, apart: bool, holds_on: bool) -> Iterator[Token]:
    """A word with what is written onto it: a minus or plus before, a field's name, stops behind, a lone parenthesis."""
    joint = JOINTS.get(word.translate(_CAPITALS))
    bare = word.lstrip(_WITHOUT)
    if joint and not (holds_on and word in _WITHOUT):
        yield Token(Kind.JOINT, word, joint=joint)
    elif apart and bare != word and (bare or holds_on):
        yield Token(Kind.JOINT, word[: len(word) - len(bare)], joint=Joint.NOT)
        yield from _named(bare)
    elif not bare or set(word) <= set(_OPENING + _CLOSING):
        yield Token(Kind.ODD, word)
    else:
        yield from _named(word[1:] if apart and word[0] in "+＋" else word)


def _named(word: str) -> Iterator[Token]:
    named = _NAMED.match(word)
    field = FIELDS.get(folded(named["name"]).text) if named else None
    if named and not named["sign"] and field not in TIMES:
        named = field = None
    if named and field:
        yield Token(Kind.FIELD, named[0], field)
        word = word[named.end() :]
    if word:
        yield from _bare(word, odd=bool(named and not field and named["sign"] in ":："))


def _bare(word: str, odd: bool) -> Iterator[Token]:
    """The word without stops behind it and without a parenthesis that nobody closed or opened."""
    ended = word.rstrip(_STOPS) or word
    if len(ended) > 1 and ended[0] in _OPENING and not any(sign in ended for sign in _CLOSING):
        yield Token(Kind.ODD, ended[0])
        ended = ended[1:]
    elif len(ended) > 1 and ended[-1] in _CLOSING and not any(sign in ended for sign in _OPENING):
        yield Token(Kind.WORD, ended[:-1])
        yield Token(Kind.ODD, ended[-1])
        return
    yield Token(Kind.WORD, ended, odd=odd)
