"""Decides what a form says behind its labels, for fields that a regulation asks for: 所属行业: 阀门制造.

A value stands behind its label after a colon, in the next cell of a table, or under it where a whole row is labels. One
that goes on over lines is read to its end: until a line that is not full, or another label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.domain.description import Evidence, Value
from ingest.finders.paper import Line, Paper, plain

_NUMBER = r"(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)]\s*)?"
_HINT = r"(?:\s*\([^)]{1,12}\))?"
_EDGES = re.compile(r"^[\s_.·…]+|[\s_;；。·…]+$")
#: A name with a day behind it is a signature: of whoever agreed, mostly one of ours.
_SIGNED = re.compile(
    r"^.{2,12}?[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_SAYS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_OTHER_LABEL = re.compile(r"^(?:\(?[\d一二三四五六七八九十]{1,2}[.、)]\s*)?[\u3400-\u9fff()]{2,12}\s*:")
#: How far a line must reach towards the widest of its page to go on in the next.
_FULL = 0.93
_LONGEST, _MOST_LINES = 200, 6
_SHORT = 2
#: How labels end that no regulation asks for.
_LABEL_END = re.compile(
    r"^.{0,4}(?:电话|传真|手机|地址|邮编|网址|邮箱|日期|编号|联系人|姓名|职务|备注|签字|签名|盖章)$"
)
_AFTER_COLON, _IN_CELL, _UNDER = 0.9, 0.85, 0.8

Labels = tuple[tuple[str, tuple[str, ...]], ...]
"""The number of each field with the labels that forms print before it, the surest first."""


@dataclass(frozen=True)
class _Form:
    """The labels of all fields as patterns; `field` says whose a label is."""

    cell: re.Pattern[str]
    colon: re.Pattern[str]
    later: re.Pattern[str]
    field: Mapping[str, str]
    rank: Mapping[str, int]


@lru_cache(maxsize=32)
def _form(labels: Labels) -> _Form:
    field = {plain(label): number for number, names in labels for label in names}
    rank = {plain(label): at for _, names in labels for at, label in enumerate(names)}
    either = "|".join(sorted(map(re.escape, field), key=len, reverse=True))
    # Behind another value that runs up to it a label is told by its length and its colon alone.
    long = "|".join(one for one in either.split("|") if len(one) > _SHORT)
    return _Form(
        re.compile(rf"{_NUMBER}(?P<label>{either}){_HINT}[\s:.·…]*"),
        re.compile(rf"(?<![\u3400-\u9fff]){_NUMBER}(?P<label>{either}){_HINT}\s*:\s*"),
        re.compile(rf"(?P<label>{long}){_HINT}\s*:\s*"),
        field,
        rank,
    )


def fields(paper: Paper, labels: Labels) -> dict[str, Value]:
    """Number of the field -> what the paper says in it."""
    if not labels:
        return {}
    form = _form(labels)
    best: dict[str, tuple[int, Value]] = {}
    for page in paper.pages:
        for label, value in (*_after_colon(page, form), *_beside(page, form), *_under(page, form)):
            number, rank = form.field[label], form.rank[label]
            if _is_said(value.value) and (number not in best or rank < best[number][0]):
                best[number] = (rank, value)
    return {number: value for number, (_, value) in best.items()}


def _is_said(value: str) -> bool:
    return bool(_SAYS.search(value)) and not _SIGNED.match(plain(value))


def _after_colon(page: Sequence[Line], form: _Form) -> Iterator[tuple[str, Value]]:
    for at, line in enumerate(page):
        alone = len(line.cells) == 1
        for cell in line.cells:
            for label, said, last in _said(cell, form):
                whole = "".join((said, *_going_on(page, at, form))) if last and alone else said
                yield label, _value(whole, _AFTER_COLON, line)


def _said(cell: str, form: _Form) -> Iterator[tuple[str, str, bool]]:
    """Each label of a cell that has a colon, with what stands behind it, and whether nothing follows."""
    first = form.colon.search(plain(cell))
    if first is None:
        return
    found = [first, *form.later.finditer(plain(cell), first.end())]
    for match, after in zip(found, [*found[1:], None], strict=True):
        yield match["label"], cell[match.end() : after.start() if after else len(cell)], after is None


def _going_on(page: Sequence[Line], at: int, form: _Form) -> Iterator[str]:
    """The lines in which a value goes on."""
    widest = max((_right(line) for line in page), default=0.0)
    for line, after in list(pairwise(page[at:]))[:_MOST_LINES]:
        ends = _right(line) < _FULL * widest or widest == 0.0
        if ends or len(after.cells) > 1 or form.colon.search(after.plain) or _OTHER_LABEL.search(after.plain):
            return
        yield after.text


def _right(line: Line) -> float:
    return line.box.x + line.box.w if line.box else 0.0


def _beside(page: Sequence[Line], form: _Form) -> Iterator[tuple[str, Value]]:
    for line in page:
        for label, said in pairwise(line.cells):
            match = form.cell.fullmatch(plain(label))
            if match and not _is_label(said, form):
                yield match["label"], _value(said, _IN_CELL, line)


def _under(page: Sequence[Line], form: _Form) -> Iterator[tuple[str, Value]]:
    """Under a row of nothing but labels, of which two are ours at least."""
    for head, row in pairwise(page):
        found = [form.cell.fullmatch(plain(cell)) for cell in head.cells]
        if sum(map(bool, found)) < 2 or len(row.cells) != len(head.cells):
            continue
        for match, said in zip(found, row.cells, strict=True):
            if match and not _is_label(said, form):
                yield match["label"], _value(said, _UNDER, row)


def _is_label(said: str, form: _Form) -> bool:
    words = plain(said).strip()
    return bool(form.cell.fullmatch(words) or _LABEL_END.match(words)) or words.endswith(":")


def _value(said: str, sure: float, line: Line) -> Value:
    clean = _EDGES.sub("", said)[:_LONGEST]
    return Value(clean, round(min(sure, line.confidence), 3), Evidence(line.text, line.page, line.box))
