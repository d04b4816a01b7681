"""Decides which room a paper is of: building, unit and number, by a label or as the paper spells it."""

from __future__ import annotations

import re
from collections import Counter

from index.domain.description import Value
from index.domain.numerals import value_of
from ingest.finders.flowing import flowing
from ingest.finders.paper import Paper

_BUILDING = r"(?P<building>[A-Za-z]\d{0,2}|\d{1,3}|[一二三四五六七八九十]{1,3})"
_UNIT = r"(?:(?P<unit>\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2})\s?(?:单[元无]|门)\s?)?"
_SPELT_ROOM = re.compile(
    rf"{_BUILDING}\s?(?:号楼|栋|幢|座|号院|楼|#)\s?{_UNIT}(?P<room>[A-Za-z]?[\dZSBOl]{{1,2}}\s?[\dZSBOl]{{2}}[A-Za-z]?)\s?(?:室|房|号)?(?!\s?[\d号])"
)
_DASHED_ROOM = re.compile(
    r"(?<![\dA-Za-z-])(?P<building>[A-Za-z]?\d{0,3})\s?[-—–一]\s?(?:(?P<unit>\d{1,2})\s?[-—–一]\s?)?(?P<room>[1-9]\d{2,3})(?![\d-])"
)
#: Building, unit and room in a row need no label.
_WHOLE_ROOM = re.compile(
    r"(?<![\dA-Za-z-])(?P<building>[A-Za-z]?\d{1,2})[-—–一](?P<unit>\d{1,2})[-—–一](?P<room>[1-9ZSB][\dZSBOl]{2,3})(?![\d-])"
)
_ROOM_LABEL = re.compile(
    r"(?:房\s*号|室\s*号|房间号|单元号|房屋编号|房产编号|房屋坐落|房屋地址|物业地址|物业单元|(?<![\d一二三四五六七八九十A-Za-z])单元|楼号|户号|租赁单元|租用单元)\s*:?\s*"
)
#: 楼号:12 单元:2 房号:2304, each beside a label of its own.
_PARTED_ROOM = re.compile(
    r"(?:楼|栋|幢|座)\s*[号次]\s*:?\s*(?P<building>[A-Za-z]?\d{1,3})\s+(?:单元号?\s*:?\s*(?P<unit>\d{1,2})\s+)?"
    r"(?:房\s*号|室\s*号|房间号?)\s*:?\s*(?P<room>\d{3,4})(?![\d-])"
)
_LOOK_LIKE_DIGITS = str.maketrans("ZSBOl", "25801")


def room_of(paper: Paper) -> Value | None:
    """The room as building-unit-room (3-2-1201, 3-1201, A-1203), by a label or the paper's words."""
    return _labelled_room(paper) or _spelt_room(paper, _SPELT_ROOM, 0.86) or _spelt_room(paper, _WHOLE_ROOM, 0.86)


def _labelled_room(paper: Paper) -> Value | None:
    for line in flowing(paper):
        parted = _PARTED_ROOM.search(line.plain)
        if parted:
            return Value(_room(parted), 0.9, line.evidence("room", parted[0]))
        for label in _ROOM_LABEL.finditer(line.plain):
            found = room_in(line.plain[label.end() : label.end() + 24])
            if found:
                return Value(found, 0.94, line.evidence("room", line.plain[label.start() :][:30]))
    return None


def _spelt_room(paper: Paper, pattern: re.Pattern[str], sure: float) -> Value | None:
    """The room that is named most; two different ones cast doubt."""
    places = [(_room(match), line) for line in flowing(paper) for match in pattern.finditer(line.plain)]
    if not places:
        return None
    (key, times), *others = Counter(key for key, _ in places).most_common(2)
    line = next(line for found, line in places if found == key)
    alone = not others or times > 2 * others[0][1]
    return Value(key, sure if alone else 0.5, line.evidence("room"))


def room_in(text: str) -> str:
    """The first room that `text` names, as a key; empty when it names none."""
    match = _SPELT_ROOM.search(text) or _DASHED_ROOM.search(text)
    return _room(match) if match else ""


def _room(match: re.Match[str]) -> str:
    parts = (match["building"], match["unit"], _digits(re.sub(r"\s", "", match["room"]), bool(match["unit"])))
    return "-".join(_numbered(part) for part in parts if part)


def _digits(room: str, whole: bool) -> str:
    """50Z -> 502; B04 stays, unless building and unit stand before it (`whole`)."""
    return room if room[1:].isdigit() and not whole else room.translate(_LOOK_LIKE_DIGITS)


def _numbered(part: str) -> str:
    """三 -> 3, 03 -> 3; letters in capitals."""
    if part.isascii():
        return part.upper().lstrip("0") or "0"
    return str(value_of(part) or part)
