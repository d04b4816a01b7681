"""Decides who made a document (责任者): by its letterhead, the signature above its date, its labels, or its title.

Bodies that issued a paper together (联合发文) are all named, parted as `index.domain.agents` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile

from index.domain.agents import each_creator, together
from index.domain.description import Value
from ingest.finders.body_names import (
    BODY_NAME,
    EDGES,
    bodies_together,
    is_bare_department,
    is_body,
    signed_body,
    without_department,
)
from ingest.finders.issuer_labels import labelled
from ingest.finders.known_names import by_most, first_known, mended
from ingest.finders.latin_creator import latin_creator
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.person_names import OFFICES, is_person
from ingest.finders.signature import signature, signed_by_person, signed_in_office
from ingest.finders.subject import named_persons

_LETTERHEAD = re.compile(r"(?P<body>.{4,90}?)\s*(?:文件|档案|公函|文书|函|通知|公报|简报)")
_HEAD_WORD = re.compile(r"(?:文件|公函|函)")
_IN_TITLE = re.compile(rf"(?P<body>{BODY_NAME})(?:关于|转发|印发|批转)")
_BEGINS_TITLE = re.compile(
    r"(?!关于|转发|印发|外国|外商|普通高等|全国普通|[与对致赴同给为])[\u3400-\u9fff()]{2,24}?(?:学校|小学|中学|大学|学院|幼儿园|有限公司|公司|集团|人民政府|委员会|教育局|管理局|研究所|医院"
    r"|党支部|党总支|总支部|支部|工会|管理处|服务中心|政府(?=训令|指令|令|布告|公函|通告))(?=.{2})"
    r"|[\u3400-\u9fff()]{2,24}?[局厅部处科室院社厂矿站所会](?=[12]\d{3}(?:年|届|-))"
)
#: 关于我们——桐坪木犀物流有限公司
_ENDS_TITLE = re.compile(r"[-—–](?P<body>[\u3400-\u9fff()]{4,24}公司)$")
_OF_A_PERSON = re.compile(r"简历|履历|自传|求职|自荐|个人.{0,4}总结|思想汇报|入党申请书|入团申请书|保证书|检讨书")
_BY_A_PERSON = re.compile(r"讲话|讲稿|致辞|致词|贺词|发言|述职|演讲|个人|体会|心得|感想|随笔|论文|自述|自传|回忆|总结")
_BYLINE = re.compile(rf"\s*(?:{OFFICES}|教师|作者|班主任)?\s*(?P<name>[\u3400-\u9fff]{{2,4}}?)")
_WRITTEN_TO = re.compile(r"(?:致|送|To|TO)\s*:|致[\u3400-\u9fff]")
_COPIED = re.compile(r"原件|复印|仅供")
_NAMED_FIRST = re.compile(r"^(?P<name>[\u3400-\u9fff·]{2,4}),\s*(?:男|女)")
#: Whom a form is about stands at its head too.
_OF_OTHERS = re.compile(r"^(?:被授权方|买方|对象|客户|用户|需方|供货|乙方|租户|户名|收货|名称|工程|项目|被)")
_HEAD, _LARGE, _LARGER = 6, 1.3, 2.0
_LETTERHEAD_ENDS = 0.4
_LEAST_TO_MENTION, _STANDS_ALONE = 0.5, 0.55
_PLACE = 2
"""Bodies are called by their place first: one that begins with its own is named in full."""


def creator(paper: Paper, title: str = "", fonds_title: str = "", known: Sequence[str] = ()) -> Value | None:
    """The body (or, failing that, the person) that made the document; agreement of two places makes it surer.

    `known` are names of bodies that the room knows besides `fonds_title`: what was misread of them is mended.
    """
    names = [name for name in (fonds_title, *known) if name]
    headed = [*filter(None, (_letterhead(paper, title), _heading(paper, title), _known_at_head(paper, names)))]
    byline = _byline(paper, title)
    if byline:
        return byline
    if _OF_A_PERSON.search(plain(title)) and not headed:
        return _named_in_form(paper) or signed_by_person(paper)
    bodies = (*headed, signature(paper), labelled(paper, names), _titled(title, fonds_title))
    found = [_settled(body, paper, names) for body in bodies if body]
    if not found:
        person = signed_by_person(paper) or latin_creator(paper)
        return person or _alone(paper) or _mentioned(paper, names) or signed_in_office(paper)
    best = max(found, key=lambda value: (len(each_creator(value.value)), value.confidence))
    if is_bare_department(best.value):
        return _mentioned(paper, names) or best
    return _with_others(best, [value for value in found if value is not best])


def _settled(body: Value, paper: Paper, names: Sequence[str]) -> Value:
    """Each name in full, as we or most of the paper spell it."""
    spelt = (mended(by_most(name, paper), names) for name in each_creator(body.value))
    named = list(spelt)
    return replace(body, value=together(named if len(named) > 1 else [_in_full(named[0], paper, names)]))


def _in_full(name: str, paper: Paper, names: Sequence[str]) -> str:
    """第一党支部 in a paper that speaks of 柳河中学第一党支部 is that one."""
    text = "\n".join(line.plain for line in paper.lines)
    wholes = (own + name for own in names if plain(name)[:_PLACE] != plain(own)[:_PLACE])
    return next((whole for whole in wholes if plain(whole) in text), name)


def _known_at_head(paper: Paper, names: Sequence[str]) -> Value | None:
    """A line near the top that begins with a name we know and goes on with other things."""
    for line in paper.first[:_HEAD]:
        name = first_known(line.text, names)
        if name and line.top < _LETTERHEAD_ENDS and not _is_addressed(line):
            whole = signed_body(line.cells[0]) or line.text[: len(name)]
            return Value(without_department(whole), 0.78, line.evidence("heading"))
    return None


def _byline(paper: Paper, title: str) -> Value | None:
    """Who spoke or wrote, on a line of its own below the title: 县长 高山, 青石小学 方敏."""
    if not _BY_A_PERSON.search(plain(title)):
        return None
    for line in paper.first[1:_HEAD]:
        said = line.plain.strip(EDGES)
        match = _BYLINE.fullmatch(said[len(signed_body(said)) :])
        if match and line.centred and is_person(match["name"]):
            return Value(line.text.strip(EDGES)[-len(match["name"]) :], 0.85, line.evidence("person"))
    return None


def _named_in_form(paper: Paper) -> Value | None:
    """Whom a form of a person's own is of: a curriculum vitae is made by whom it is about."""
    said = named_persons(paper)
    if said:
        return Value(said.value.split("、")[0], 0.8, said.evidence)
    first = ((line, match) for line in paper.first[:_HEAD] if (match := _NAMED_FIRST.match(line.plain)))
    return next((Value(line.said(match, "name"), 0.7, line.evidence("name")) for line, match in first), None)


def _with_others(best: Value, others: list[Value]) -> Value:
    """The same name elsewhere confirms a reading, another one casts doubt."""
    if not others:
        return best
    alike = max(SequenceMatcher(None, best.value, other.value).ratio() for other in others)
    sure = min(0.98, best.confidence + 0.04) if alike > 0.7 else best.confidence - 0.12
    return Value(best.value, round(sure, 3), best.evidence)


def _begins_title(line: Line, title: str) -> bool:
    """Whether a name is but the first line of a title that goes on: XX公司 / 历年进货对照."""
    said = plain(title)
    return len(said) > len(line.plain) and said.startswith(line.plain.strip(EDGES)) and line.size >= _LARGE


def _letterhead(paper: Paper, title: str) -> Value | None:
    """The bodies of a red head: all in it where several issued the paper, with 文件 beside or behind them."""
    for at, line in enumerate(paper.first[:_HEAD]):
        match = _LETTERHEAD.fullmatch(" ".join(plain(cell) for cell in line.cells))
        alone = is_body(line.text) and line.size >= _LARGER
        if (
            line.top < _LETTERHEAD_ENDS
            and not _begins_title(line, title)
            and (alone or (match and is_body(match["body"])))
        ):
            names = _in_head(paper.first, at)
            return Value(together(names), 0.95 if line.size > _LARGE else 0.85, line.evidence("letterhead"))
    return None


def _in_head(lines: Sequence[Line], at: int) -> list[str]:
    """The names on this line and on those of its size above and below it, where 文件 says that they issue together."""
    above = list(takewhile(lambda line: _beside(line, lines[at]), reversed(lines[:at])))
    below = list(takewhile(lambda line: _beside(line, lines[at]), lines[at + 1 :]))
    held = [*reversed(above), lines[at], *below]
    together_said = any(_HEAD_WORD.search(line.plain) for line in held)
    return [name for line in (held if together_said else [lines[at]]) for name in _names_on(line)]


def _beside(line: Line, other: Line) -> bool:
    """Whether it belongs to the same red head: a body, or the word 文件, set as large."""
    alike = line.size >= _LARGE and abs(line.size / other.size - 1) < 0.35 if other.size else True
    return alike and (_HEAD_WORD.fullmatch(line.plain) is not None or bool(_names_on(line)))


def _names_on(line: Line) -> list[str]:
    cells = [cell[: -len(word[0])] if (word := re.search(r"文\s*件$", plain(cell))) else cell for cell in line.cells]
    cells = [cell.strip(EDGES) for cell in cells if cell.strip(EDGES)]
    named = cells if len(cells) > 1 and all(map(is_body, cells)) else ["".join(cells)]
    match = _LETTERHEAD.fullmatch(plain(named[0])) if len(named) == 1 else None
    if match and not is_body(named[0]):
        named = [named[0][: match.end("body")]]
    return [name.strip() for said in named if is_body(said) for name in bodies_together(said)]


def _heading(paper: Paper, title: str) -> Value | None:
    """A body's name on a line of its own near the top, as forms bear it under or above their title.

    A department there only prints the form: its firm makes what is filled in.
    """
    top = (line for line in paper.first[:4] if line.top < _LETTERHEAD_ENDS)
    near = (line for line in top if not _is_addressed(line) and not _begins_title(line, title))
    alone = (line for line in near if len(line.cells) == 1 and not _is_of_copy(paper, line))
    line = next((line for line in alone if is_body(line.text) and not _OF_OTHERS.match(line.plain)), None)
    return Value(without_department(line.text.strip(EDGES)), 0.86, line.evidence("heading")) if line else None


def _is_of_copy(paper: Paper, line: Line) -> bool:
    """Whether it stands below 与原件相符: whoever copied a paper did not make it."""
    at = paper.first.index(line)
    return at > 0 and bool(_COPIED.search(paper.first[at - 1].plain))


def _titled(title: str, fonds_title: str) -> Value | None:
    """The body a title begins with: surely before 关于, likely where it is our own or bears a plain name of a body."""
    said = plain(title)
    about, begun, ended = _IN_TITLE.match(said), _BEGINS_TITLE.match(said), _ENDS_TITLE.search(said)
    if about:
        return Value(together(bodies_together(title[: about.end("body")])), 0.85)
    if fonds_title and said.startswith(plain(fonds_title)):
        return Value(title[: len(fonds_title)], 0.9)
    if ended:
        return Value(title[ended.start("body") :], 0.75)
    return Value(title[: begun.end()], 0.75) if begun else None


def _is_addressed(line: Line) -> bool:
    """Whether it names whom the paper is written to."""
    return line.plain.rstrip().endswith(":") or bool(_WRITTEN_TO.match(line.plain))


def _mentioned(paper: Paper, names: Sequence[str]) -> Value | None:
    """The only body that we know of which the paper speaks, where nobody else made it: a guess for a person to see."""
    said = list(_mentions(paper, names))
    if len({plain(name) for name, _ in said}) != 1:
        return None
    name, line = said[0]
    return Value(name, _LEAST_TO_MENTION, line.evidence("mentioned", name))


def _alone(paper: Paper) -> Value | None:
    """The first body that has a line to itself, where nothing else says who made the paper."""
    alone = (line for line in paper.first if len(line.cells) == 1 and not _is_addressed(line))
    bodies = (line for line in alone if is_body(line.text) and not is_bare_department(line.text))
    line = next((line for line in bodies if not _OF_OTHERS.match(line.plain)), None)
    return Value(line.text.strip(EDGES), _STANDS_ALONE, line.evidence("alone")) if line else None


def _mentions(paper: Paper, names: Sequence[str]) -> Iterator[tuple[str, Line]]:
    for line in paper.first:
        for name in names:
            at = line.plain.find(plain(name))
            if at >= 0 and not _is_addressed(line):
                yield line.text[at : at + len(name)], line
