"""Decides which of our people a paper is about that gives no number: by a label, its title, its first sentence.

Whoever signs, examines or delivers it is named beside a label of their own; a list of many is about none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.domain.description import Value
from ingest.finders.flowing import LARGE, flowing
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.person_names import is_person
from ingest.finders.persons_served import is_of_staff, looks_like_a_person

_LABELLED, _TITLED, _TOLD, _SIGNED, _BEFELL, _ELSE = 0.9, 0.9, 0.88, 0.86, 0.86, 0.8
_DOUBTED = 0.6
"""What a name is worth that another contends with."""
_NAME = r"(?P<name>[\u3400-\u9fff·]{2,4}?)"
_OF = (
    r"姓\s*名|持证人|持证者|学员|学生|毕业生|受检[者人]|体检[者人]|被鉴定人|被考核人|被考评人|受聘[方人]|应聘[者人]|求职者|劳动者|借调人员|委托人|存档人|实习生|求职人|应聘人|参保人|声明人|承诺人|检讨人|离职人|离职人员|辞职人|退休人员|当事人|本人"
    r"|(?:乙方|受雇方|受聘方)(?:\((?:职工|员工|劳动者|受聘人|签字|个人)\))?"
)
_LABEL_AND_NAME = re.compile(
    rf"(?:^|(?<=[\s,;。:]))(?:{_OF})\s*:?\s*{_NAME}(?=[\s,;:.(。]|性别|出生|民族|身份|工种|部门|年龄|编号|$)"
)
#: Whoever else a form names by what happened to him or her: 受伤职工, 被奖励人, 借支人; not who signs for the house.
_ANY_LABEL = re.compile(
    rf"(?:^|(?<=[\s,;。:]))(?P<label>[\u3400-\u9fff]{{0,4}}(?:人|者|职工|员工|姓名|对象))\s*:?\s+{_NAME}(?=[\s,;.(。]|$)"
    rf"|(?:^|(?<=[\s,;。:]))(?P<colon>[\u3400-\u9fff]{{0,4}}(?:人|者|职工|员工|姓名|对象))\s*:\s*(?P<told>[\u3400-\u9fff·]{{2,4}}?)(?=[\s,;.(。]|$)"
)
_OF_THE_HOUSE = re.compile(
    r"[收发交接移监]件?[交收管]?人|收件|发件|审|批|证明|见证|担保|保证|考评|评价|鉴定|培训|带教|主持|法定|签约|代理|管理|对方|配偶|介绍|送|领导"
)
_BEFALLEN = re.compile(r"^[被受]|对象$|^(?:员工|职工)姓?名?$")
_COMRADE = re.compile(r"(?P<name>[\u3400-\u9fff]{2,4})同志(?!们)")
_LABEL_CELL = re.compile(rf"(?:{_OF})\s*:?")
_TITLE = re.compile(
    rf"(?:关于|对|给予|授予|调取|解除|终止|聘任|任命|辞退|开除|嘉奖|表彰|免去|同意|录用){_NAME}(?:同志|先生|女士|等?(?=的?(?:人事|劳动|职务|档案|合同|工资|工作|处分|表扬|表彰|嘉奖|奖励|任职|调动|离职|辞职|退休|录用|决定|通知)))"
)
_TELLING = re.compile(
    r"(?:^|(?<=[,。;:]))(?:兹证明|兹有|现将|证明|学生|查|今有|我[司厂校]?(?:公司|单位)?(?:职工|员工)?|转来|我处|经查)?"
    rf"{_NAME}(?:同志|\([男女]|,[男女](?=[,,\d一二])|,性别[男女]|[,]?身份证|\(身份证|\(\d{{15,18}})"
)
_DOSSIER = re.compile(rf"(?:转来|转去|转递|寄来|收到|移交|调取|寄送){_NAME}(?:同志)?的?(?:人事|个人|学籍)?档案")
_OURS_NOW = re.compile(rf"^{_NAME}(?:同志)?(?:已是|系|现为|原系|曾为)我(?:公司|司|厂|校|单位|院)")
_AT_HEAD = re.compile(r"[男女](?:[,\s]|(?:19|20)\d\d|$).*")
_DATE = re.compile(r"^[\d二〇○零一]{2,4}\s?[年./-]")
_SIGNATURE = re.compile(
    r"(?:(?:申请人|辞职人|申请|本人|[\u3400-\u9fff]{2,6}[部科处组室段间])\s*:?\s*)?(?P<name>[\u3400-\u9fff]{2,3})"
)
_LEADING = re.compile(r"(?:领导|经理|主任|厂长|公司|人事|部|科|处)\s*:$")
_FROM_ME = re.compile(r"(?:^|[,。])\s*(?:我|本人)(?!们|公司|司|处|厂|校|单位|方|院)")
_TO_PERSON = re.compile(rf"^{_NAME}(?:同志|先生|女士)?\s*:$")
_NO_NAME = re.compile(r"劳动|合同|公司|单位|人事|职工|员工|部门|岗位|年龄|同志|工作|[性别号]$")
_ADDRESSED_WITHIN = 4


def person_of_staff(paper: Paper) -> Value | None:
    """The one whom the paper is about; doubtful where it names another in the same way."""
    if _is_list(paper):
        return None
    found = [(name, sure, line) for name, sure, line in _found(paper) if _may_be(name)]
    if not found:
        return None
    name, sure, line = max(found, key=lambda one: one[1])
    rivals = {plain(other) for other, much, _ in found if much >= _SIGNED} - {plain(name)}
    return Value(name, _DOUBTED if rivals else sure, line.evidence("subject", name))


def _may_be(name: str) -> bool:
    if _NO_NAME.search(plain(name)):
        return False
    return is_person(plain(name)) or (looks_like_a_person(name) and len(name) > 2)


def _is_list(paper: Paper) -> bool:
    """Whether names stand under one another in a table: at the same place of two rows and more of one length."""
    rows = [[plain(cell) for cell in line.cells] for page in paper.pages[:1] for line in page if len(line.cells) > 1]
    return any(_heads(head) and _names_below(rows[at + 1 :], head) > 1 for at, head in enumerate(rows))


def _heads(cells: list[str]) -> bool:
    return any(re.fullmatch(r"姓\s*名|名字|员工", cell) for cell in cells) and len(cells) > 1


def _names_below(rows: list[list[str]], head: list[str]) -> int:
    at = next(at for at, cell in enumerate(head) if re.fullmatch(r"姓\s*名|名字|员工", cell))
    return sum(len(row) == len(head) and is_person(row[at]) for row in rows)


def _found(paper: Paper) -> Iterator[tuple[str, float, Line]]:
    first = paper.first
    for line in first:
        yield from ((name, _LABELLED, line) for name in _labelled(line))
        yield from ((name, sure, line) for name, sure in _otherwise_labelled(line))
    for head, row in pairwise(first):
        pairs = zip(head.cells, row.cells, strict=False) if len(head.cells) == len(row.cells) > 1 else ()
        yield from ((name, _LABELLED, row) for label, name in pairs if _LABEL_CELL.fullmatch(plain(label)))
    for line in flowing(paper):
        if line.page == first[0].page:
            yield from _told(line)
    yield from _signed(paper)
    yield from _written_to(first)
    yield from _of_a_life(first)


def _labelled(line: Line) -> Iterator[str]:
    for cell in line.cells:
        yield from (cell[slice(*match.span("name"))] for match in _LABEL_AND_NAME.finditer(plain(cell)))
    yield from (name for label, name in pairwise(line.cells) if _LABEL_CELL.fullmatch(plain(label)))


def _otherwise_labelled(line: Line) -> Iterator[tuple[str, float]]:
    text = " ".join(line.cells)
    for match in _ANY_LABEL.finditer(plain(text)):
        label = match["label"] or match["colon"]
        if not is_of_staff(label) and not _OF_THE_HOUSE.search(label):
            name = text[slice(*match.span("name" if match["label"] else "told"))]
            yield name, _BEFELL if _BEFALLEN.search(label) else _ELSE


def _comrades(line: Line) -> Iterator[str]:
    """Each 同志 with the most that may be a name before it: 兹聘请|黎曼青|同志."""
    for match in _COMRADE.finditer(line.plain):
        said = match["name"]
        length = next((size for size in (3, 2) if is_person(said[-size:])), 0)
        if length:
            yield line.text[match.end("name") - length : match.end("name")]


def _told(line: Line) -> Iterator[tuple[str, float, Line]]:
    patterns = (_TITLE,) if line.size >= LARGE else (_TELLING, _DOSSIER, _OURS_NOW, _TITLE)
    for pattern in patterns:
        sure = _TITLED if pattern is _TITLE else _TOLD
        yield from ((line.said(match, "name"), sure, line) for match in pattern.finditer(line.plain))
    yield from ((name, _BEFELL, line) for name in _comrades(line))


def _signed(paper: Paper) -> Iterator[tuple[str, float, Line]]:
    """Who signs a letter about himself to those he works for: I wish to leave."""
    lines = paper.first
    about_me = any(_FROM_ME.search(line.plain) for line in lines)
    if about_me and any(_LEADING.search(line.plain) for line in lines):
        for line in lines:
            match = _SIGNATURE.fullmatch(" ".join(line.cells))
            if match and is_person(plain(match["name"])):
                yield match["name"], _SIGNED, line


def _written_to(lines: tuple[Line, ...]) -> Iterator[tuple[str, float, Line]]:
    for line in lines[:_ADDRESSED_WITHIN]:
        match = _TO_PERSON.match(line.plain)
        if match:
            yield line.said(match, "name"), _SIGNED, line


def _of_a_life(lines: tuple[Line, ...]) -> Iterator[tuple[str, float, Line]]:
    """At the head of a curriculum vitae: the name, beside it sex and year of birth."""
    for line in lines[:_ADDRESSED_WITHIN]:
        if len(line.cells) > 1 and _AT_HEAD.fullmatch(plain(line.cells[1])):
            yield line.cells[0], _SIGNED, line
