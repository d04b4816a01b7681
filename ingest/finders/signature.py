"""Decides who signed a paper (落款): the bodies, or the person, above its date or before it on the same line.

Several bodies that sign together stand beside or below one another; a department below its body goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from index.domain.agents import together
from index.domain.dates import dates_in
from index.domain.description import Value
from ingest.finders.body_names import EDGES, bodies_together, is_bare_department, is_body, signed_body
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.person_names import is_person

_SURE, _CLOSING_SURE, _PERSON_SURE, _BARE_SURE = 0.92, 0.84, 0.62, 0.6
_LONGEST_REST = 24
"""Characters beside the date on the line of a signature."""
_NEAR, _MOST, _CLOSING = 3, 8, 2
"""Lines from the date upwards in which a signature begins, the most bodies that sign, and lines that close a page."""
_LARGE = 1.3
_SEXES = ("男", "女")
_HEAD = 2
"""Lines at the top of a page on which nobody signs: they are its head."""
_SEAL = re.compile(r"\(?(?:盖章|公章|签章|章|印|签名|代章)\)?:?$")
_SIGNER = (
    r"申请人|辞职人|汇报人|报告人|签署人|委托人|投诉人|反映人|具呈人|承诺人|声明人|检讨人|立据人|借款人"
    r"|证明人|授权人|举报人|建议人|请假人|请示人|具结人|立遗嘱人|转让人|写信人|述职人|自荐人|推荐人|具名"
)
_BARE_PERSON = re.compile(rf"(?:{_SIGNER})\s*(?P<body>[\u3400-\u9fff]{{2,3}})")
_ROLE = r"(?:学生|家长|业主|住户|租户|房主|家属|村民|居民|职工|员工|党员|团员|会员|代表|本人|女儿|儿子|教师|学员|证人)*"
_ALONE = re.compile(rf"{_ROLE}\s*:?\s*(?P<name>[\u3400-\u9fff]{{2,4}})(?:\s*\d{{7,}})?")
#: 填卡时禾(时序大厦物业中心): whoever signs, with the body in brackets.
_PERSON_OF = re.compile(r"[\u3400-\u9fff]{2,8}\((?P<body>[\u3400-\u9fff·]{4,30})\)?")
#: Behind what he or she is: 监理工程师白守正.
_IN_OFFICE = re.compile(r"[\u3400-\u9fff]{2,6}?(?P<name>[\u3400-\u9fff]{2,3})")
_PERSON = re.compile(rf"(?:{_SIGNER})(?:\(?签[名字章]\)?)?\s*:\s*(?P<body>[\u3400-\u9fff]{{2,4}})(?![\u3400-\u9fff])")


def signature(paper: Paper) -> Value | None:
    """The bodies that signed above a date, from the end of the paper upwards; else those that close a page."""
    signed = (_signed(near) for page in reversed(paper.pages) for near in _near_dates(page))
    closing = (_signed_at_end(page) for page in reversed(paper.pages))
    return next(filter(None, signed), None) or next(filter(None, closing), None)


def signed_by_person(paper: Paper) -> Value | None:
    """The person whom a label calls its writer, or who stands alone above the date."""
    labelled = (_named(line) for line in reversed(paper.lines))
    return next(filter(None, labelled), None) or _standing(paper, _ALONE)


def _named(line: Line) -> Value | None:
    for cell in line.cells:
        match = _PERSON.search(plain(cell)) or _BARE_PERSON.fullmatch(plain(cell))
        if match:
            return Value(cell[match.start("body") : match.end("body")], _PERSON_SURE, line.evidence("person"))
    return None


def signed_in_office(paper: Paper) -> Value | None:
    """The person who stands there behind what he or she is: 监理工程师白守正."""
    return _standing(paper, _IN_OFFICE)


def _standing(paper: Paper, form: re.Pattern[str]) -> Value | None:
    """The person alone above a date or beside it, else at the end of a page."""
    dated = (line for page in reversed(paper.pages) for near in _near_dates(page) for line in near[:2])
    closing = (line for page in reversed(paper.pages) for line in reversed(page[-_CLOSING:]))
    for line in (*dated, *closing):
        said = _without_sex(line).strip(EDGES)
        match = form.fullmatch(plain(said))
        if match and is_person(match["name"]):
            return Value(said[match.start("name") : match.end("name")], _PERSON_SURE, line.evidence("person"))
    return None


def _without_sex(line: Line) -> str:
    """The line without a cell that only says 男 or 女."""
    return "".join(cell for cell in line.cells if cell not in _SEXES) if len(line.cells) > 1 else line.text


def _near_dates(page: Sequence[Line]) -> Iterator[list[Line]]:
    """What stands before each date and above it, from the end of the page upwards; the line of the date first."""
    for number in range(len(page) - 1, 0, -1):
        found = dates_in(page[number].plain)
        if found and len(page[number].text) - (found[-1].end - found[-1].start) <= _LONGEST_REST:
            before = page[number].text[: found[-1].start]
            cells = _before(page[number].cells, before)
            above = list(reversed(page[max(_HEAD, number - _MOST) : number]))
            yield [replace(page[number], text=before, cells=cells or (before,)), *above]


def _before(cells: Sequence[str], before: str) -> tuple[str, ...]:
    """What stands in each cell of a line before its day: of the day's own cell the words that go before it."""
    ends = (next((cell[:end] for end in range(len(cell), 0, -1) if before.endswith(cell[:end])), "") for cell in cells)
    left = [cell if cell in before else end for cell, end in zip(cells, ends, strict=True)]
    return tuple(cell for cell in left if cell.strip(EDGES))


def _signed(near: Sequence[Line]) -> Value | None:
    """The lines of bodies that stand together, the lowest of them near the date."""
    at = next((at for at, line in enumerate(near[:_NEAR]) if _bodies(line)), None)
    if at is None:
        return None
    above = takewhile(lambda line: _bodies(line) and not _ends_a_sentence(line), near[at + 1 :])
    lines = [*reversed(list(above)), near[at]]
    names = _whole(lines)
    sure = _BARE_SURE if all(map(is_bare_department, names)) else _SURE
    return Value(together(names), sure, lines[0].evidence("signature", lines[0].text))


def _ends_a_sentence(line: Line) -> bool:
    """Whether the text goes down to here: 并将办理情况报送校长办公室。 names an office and signs nothing."""
    return line.text.rstrip().endswith("。")


def _whole(lines: Sequence[Line]) -> list[str]:
    """The bodies in their order, a department that stands below its body with it."""
    names: list[str] = []
    for name in (name for line in lines for name in _bodies(line)):
        if names and is_bare_department(name):
            names[-1] += name
        else:
            names.append(name)
    return names


def _bodies(line: Line) -> list[str]:
    """The bodies that are all there is on the line, but for their seals and who signed for them."""
    if line.plain.rstrip().endswith(":"):
        return []
    cells = [_without_seal(cell) for cell in line.cells if cell.strip(EDGES)]
    if cells and all(is_body(cell) for cell in cells):
        return [name.strip(EDGES) for cell in cells for name in bodies_together(cell.strip(EDGES))]
    if len(cells) != 1:
        return []
    of = _PERSON_OF.fullmatch(plain(cells[0]))
    if of and is_body(of["body"]):
        return [cells[0][of.start("body") : of.end("body")]]
    name = signed_body(cells[0]) or (signed_body(cells[0][:-1]) if line.size >= _LARGE else "")
    return [name] if name else []


def _without_seal(text: str) -> str:
    bare = text.strip(" :：,，")
    return bare[: len(_SEAL.sub("", plain(bare)))]


def _signed_at_end(page: Sequence[Line]) -> Value | None:
    for line in reversed(page[-_CLOSING:]):
        name = signed_body(_without_seal(line.cells[0])) if len(line.cells) <= _CLOSING else ""
        if name and line.size < _LARGE and not is_bare_department(name):
            return Value(name, _CLOSING_SURE, line.evidence("signature", name))
    return None
