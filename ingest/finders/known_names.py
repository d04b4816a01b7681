"""Decides which misread name is one that the room knows: its fonds, and bodies whose papers it has many of.

Only a slip that reading makes is mended (a look-alike, a character that could not be read, one in a long name):
第一党支部 and 第二党支部, 青石小学 and 白石小学 are two bodies. Where the paper spells a name in two ways, the way it
is spelt more often stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.domain.placing.near_files import TELLING
from index.domain.placing.terms import Near, Sought, Terms, nearest
from index.domain.searching.look_alikes import look_alikes
from ingest.finders.paper import Paper, plain

_SHORTEST = 4
#: Names of bodies begin with their place, which tells them apart; what comes behind is common to many.
_PLACE = 3
#: In so long a name one slip is a slip wherever it stands: engines stumble over the rare characters of places most.
_LONG = 7
_OFFICE = re.compile(r".{0,2}?(?:局|厅|部|处|科|室|院|所|站|馆|委|会|队|中心)")
_FIRM = re.compile(r"公司$|集团$|学$")
#: What engines and people put for a character that cannot be read.
_UNREAD = frozenset("口囗□■�●○◯?*+")


def mended(text: str, known: Iterable[str]) -> str:
    """`text` with every known name in it that was misread spelt as we know it."""
    for name in sorted(set(known), key=len, reverse=True):
        if len(name) >= _SHORTEST and plain(name) not in plain(text):
            text = _with(text, name)
    return text


def _with(text: str, name: str) -> str:
    near = nearest(plain(name), plain(text))
    if near is None or not is_misread(near):
        return text
    at = plain(text).index(near.words)
    spelt = text[at : at + len(near.words)]
    if len(spelt) == len(name):
        return text[:at] + _respelt(spelt, name) + text[at + len(spelt) :]
    return text[:at] + name + text[at + len(spelt) :] if plain(spelt) == spelt else text


def _respelt(spelt: str, name: str) -> str:
    """Only what differs is replaced: a paper in traditional characters stays in them."""
    return "".join(said if plain(said) == plain(meant) else meant for said, meant in zip(spelt, name, strict=True))


def is_misread(near: Near) -> bool:
    """Whether what stands there is the term misread, not another word."""
    if len(near.words) != len(near.term):
        return near.slips == 1 and len(near.term) >= 2 * _SHORTEST
    pairs = enumerate(zip(near.term, near.words, strict=True))
    slips = [(at, meant, read) for at, (meant, read) in pairs if meant != read]
    if (
        len(slips) == 1
        and (slips[0][0] >= _PLACE or len(near.term) >= _LONG)
        and not _tells_office(near.term, slips[0][0])
    ):
        return not _tells(*slips[0][1:])
    return all(_alike(meant, read) for _, meant, read in slips)


def _tells_office(term: str, at: int) -> bool:
    """Whether what differs is what an office is for: 财政局 and 民政局 are two."""
    return bool(_OFFICE.match(term, at + 1)) and not _FIRM.search(term)


def _tells(meant: str, read: str) -> bool:
    return meant in TELLING and read in TELLING


def _alike(meant: str, read: str) -> bool:
    if read in _UNREAD:
        return True
    if _tells(meant, read):
        return False
    return read in look_alikes().get(meant, ()) or meant in look_alikes().get(read, ())


def by_most(value: str, paper: Paper) -> str:
    """A value as the paper spells it most, where it stands in several places: each was read by itself."""
    said = plain(value)
    if len(said) < _SHORTEST:
        return value
    text, term = "\n".join(line.plain for line in paper.lines), Terms((said,))
    found = (term.nearly_in(Sought(line.plain)).get(said) for line in paper.lines)
    spellings = [near.words for near in found if near and near.slips]
    likely = [one for one in spellings if len(one) == len(said) and is_misread(Near(one, said, 1))]
    better = max(likely, key=text.count, default="")
    if better and (text.count(better) > text.count(said) or set(said) & _UNREAD - set(better)):
        return _respelt(value, better)
    return value


def first_known(text: str, known: Sequence[str]) -> str:
    """The longest known name that `text` begins with; empty when it begins with none."""
    said = plain(text)
    return max((name for name in known if len(name) >= _SHORTEST and said.startswith(plain(name))), key=len, default="")
