"""Decides whether a key that was read may be the key of a file that is open already, misread.

A person's name leads to the one file that bears it (A0123 季小满). A name that is nearly another's is proposed as that
other's, for a person to decide: one slip would open a second file of one subject. A number is another subject's by one
digit; there only its shape can be wrong (A012 among A0123s).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.domain.description import Evidence
from index.domain.folding import folded
from index.domain.placing.opinions import Why
from index.domain.placing.placement import Placement

NEAR, SHAPE, CALLED = "near-open-file", "shape-of-number", "name-of-open-file"
"""The rules that speak: the key is nearly an open file's; the number looks unlike those of all open files; the name is
that of an open file, or of several."""
_DOUBT = 0.5
_FEWEST = 5
"""So many files a room has to have open before they say what its numbers look like."""
_ONE_SLIP, _TWO_SLIPS = 3, 7
_LEGAL_END = re.compile(r"(?:股份|责任)?有?限?(?:责任)?公司$")
TELLING = frozenset("一二三四五六七八九十〇零百千0123456789甲乙丙丁戊东西南北中上下大小老新")
"""Characters that tell one body from another: none of them is a misreading of another."""


def beside_open_files(placement: Placement, keys: Sequence[str], called: Sequence[str] = ()) -> Placement:
    """The placement with its subject's key held against those of all open files of its kind, `keys`.

    `called` are the keys of those whose title gives what was read as the name of their subject.
    """
    key = placement.subject_key
    if not placement.subject or not key or key in keys:
        return placement
    if len(called) == 1:
        return _of_the_one_called(placement, called[0])
    if called:
        return _doubted(placement, key, key, CALLED)
    if _is_number(key):
        return placement if _is_shaped_as(key, keys) else _doubted(placement, key, key, SHAPE)
    near = next((other for other in keys if _is_near(folded(key).text, folded(other).text)), "")
    return _doubted(placement, near, key, NEAR) if near else placement


def _of_the_one_called(placement: Placement, key: str) -> Placement:
    why = [
        replace(one, value=key, evidence=Evidence(words=placement.subject_key, rule=CALLED))
        if one.field == "subject_key"
        else one
        for one in placement.why
    ]
    return replace(placement, subject_key=key, why=tuple(why))


def _doubted(placement: Placement, key: str, read: str, rule: str) -> Placement:
    why = Why("subject_key", key, _DOUBT, Evidence(words=read, rule=rule))
    others = tuple(one for one in placement.why if one.field != "subject_key")
    doubts = dict.fromkeys((*placement.doubtful, "subject_key"))
    sure = min(placement.confidence, _DOUBT)
    return replace(placement, subject_key=key, confidence=sure, why=(*others, why), doubtful=tuple(doubts))


def _is_number(key: str) -> bool:
    return key.isascii() and any(char.isdigit() for char in key)


def _is_shaped_as(number: str, keys: Collection[str]) -> bool:
    """Whether any of the open files' numbers looks so; where there are few, nothing is known."""
    others = [key for key in keys if _is_number(key)]
    return len(others) < _FEWEST or _shape(number) in map(_shape, others)


def _shape(number: str) -> str:
    """A0123 -> A9999; of a room, whose building and unit count up, 12-2-1201 -> 9-9-9."""
    if "-" in number:
        return re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "A", number.upper()))
    return re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", number.upper()))


def _is_near(name: str, other: str) -> bool:
    """Whether one is the other but for a slip or two in what is its own (not 有限公司), none that tells them apart."""
    said, known = (_LEGAL_END.sub("", one) for one in (name, other))
    most = (len(said) >= _ONE_SLIP) + (len(said) >= _TWO_SLIPS)
    if abs(len(name) - len(other)) > most or _tells_apart(said, known):
        return False
    return min(_distance(said, known), _distance(name, other)) <= most


def _tells_apart(one: str, two: str) -> bool:
    pairs = zip(one, two, strict=True) if len(one) == len(two) else ()
    return any(here != there and here in TELLING and there in TELLING for here, there in pairs)


def _distance(one: str, two: str) -> int:
    """Characters that have to be changed, lost or added (Levenshtein 1966)."""
    row = list(range(len(two) + 1))
    for at, char in enumerate(one, 1):
        before, row = row, [at]
        for to, other in enumerate(two, 1):
            row.append(min(before[to] + 1, row[-1] + 1, before[to - 1] + (char != other)))
    return row[-1]
