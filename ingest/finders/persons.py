"""Decides which persons a paper names: whom it is about first, then who signed or answers for it, with the office held.

An office is taken where a label gives it (校长:季小满), where it stands before the name and nothing behind it, or in
brackets behind the name; running prose tells too little of where a name ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.domain.agents import Person, all_persons, each_person
from index.domain.description import Value
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.person_names import OFFICES, is_person
from ingest.finders.subject import named_persons

_SURE = 0.8
_MOST = 10
_NAME = r"(?P<name>[\u3400-\u9fff]{2,4}?)"
_SIGNED = r"(?:\s*\(?签[名字章发]?\)?)?"
_BEFORE = r"(?:^|(?<=[\s,;:。、])|(?<=[\u3400-\u9fff]{2}))"
_ENDS = (
    rf"(?=$|[\s,;:。、(]|\d|(?:(?:{OFFICES}|记录|校对|审核|批准|主检|经办|电话|日期|地址|签[字名]|联系)[^:]{{0,4}}:))"
)
_LABELLED = re.compile(rf"{_BEFORE}(?P<office>{OFFICES}){_SIGNED}\s*:\s*{_NAME}{_ENDS}")
_STANDING = re.compile(rf"^(?:.{{0,24}}?)(?P<office>{OFFICES})\s*{_NAME}(?:\(?签[名字章]\)?)?$")
_BRACKETED = re.compile(rf"(?<![\u3400-\u9fff]){_NAME}\((?P<office>{OFFICES})\)")
_OFFICE = re.compile(rf"(?:.{{0,8}}?)(?P<office>{OFFICES}){_SIGNED}\s*:?")
_FIRST_NAME = re.compile(rf"{_NAME}{_ENDS}")
_LONGEST_STANDING = 32


def persons(paper: Paper, hints: Sequence[str] = ()) -> Value | None:
    """Every person once, parted as `index.domain.agents` says."""
    about = named_persons(paper, hints)
    held = list(_officials(paper))
    told = [*(each_person(about.value) if about else ()), *(person for person, _ in held)]
    if not told:
        return None
    evidence = about.evidence if about else held[0][1].evidence("office")
    return Value(all_persons(list(dict.fromkeys(told))[:_MOST]), about.confidence if about else _SURE, evidence)


def _officials(paper: Paper) -> Iterator[tuple[Person, Line]]:
    for line in paper.lines:
        for office, name in (*_in_cells(line), *_beside(line)):
            if is_person(plain(name)):
                yield Person(name, office), line


def _in_cells(line: Line) -> Iterator[tuple[str, str]]:
    for cell in line.cells:
        said = plain(cell)
        for match in (*_LABELLED.finditer(said), *_BRACKETED.finditer(said)):
            yield _as_said(cell, match)
        standing = _STANDING.match(said) if len(said) <= _LONGEST_STANDING else None
        if standing:
            yield _as_said(cell, standing)


def _beside(line: Line) -> Iterator[tuple[str, str]]:
    """The name in the cell beside its office."""
    for label, value in pairwise(line.cells):
        office, name = _OFFICE.fullmatch(plain(label)), _FIRST_NAME.match(plain(value))
        if office and name:
            yield label[office.start("office") : office.end("office")], value[: name.end("name")]


def _as_said(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The office and the name in the paper's own script."""
    (begin, end), (first, last) = match.span("office"), match.span("name")
    return text[begin:end], text[first:last]
