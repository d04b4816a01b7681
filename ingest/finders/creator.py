"""Decides who made a document (责任者): by its letterhead, the signature above its date, or a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from index.domain.dates import dates_in
from index.domain.description import Value
from ingest.finders.known_names import by_most, first_known, mended
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.subject import persons

_ENDS = (
    *(
        "人民政府办公室",
        "人民政府",
        "办公厅",
        "办公室",
        "委员会",
        "教育局",
        "管理局",
        "学会",
        "协会",
        "工会",
        "支部",
        "总支",
        "党委",
        "团委",
    ),
    *(
        "公司",
        "集团",
        "中心",
        "学校",
        "小学",
        "中学",
        "大学",
        "学院",
        "幼儿园",
        "医院",
        "研究院",
        "研究所",
        "档案馆",
        "图书馆",
        "银行",
        "法院",
    ),
    *(
        "检察院",
        "领导小组",
        "政府",
        "局",
        "厅",
        "部",
        "处",
        "科",
        "室",
        "院",
        "校",
        "社",
        "厂",
        "站",
        "所",
        "队",
        "馆",
        "委",
        "会",
        "组",
        "府",
    ),
)
_NAME = r"[\u3400-\u9fff][\u3400-\u9fff()·]{1,28}"
_BODY_NAME = rf"{_NAME}?(?:{'|'.join(_ENDS)})"
_BODY = re.compile(_BODY_NAME)
_LETTERHEAD = re.compile(rf"(?P<body>{_NAME}?)(?:文件|档案|公函|文书|函)")
_LABEL = re.compile(
    r"(?<![\u3400-\u9fff])(?:发文机关|发文单位|制发单位|发布单位|编制单位|责任者|主办单位|核算单位|纳税人名称|出租方|出租人|聘用单位|用人方|移交单位|登记机关|发证机关|颁发机关|制图单位|设计单位|会计主体|开具单位|甲方\s*\(?\s*用人单位\s*\)?\s*(?:名称)?|甲方|用人单位|单位名称|单位"
    r"|填报单位|公司名称)\s*:\s*(?P<body>[\u3400-\u9fffA-Za-z0-9()·&.,' ]{4,40})"
)
_IN_TITLE = re.compile(rf"(?P<body>{_BODY_NAME})(?:关于|转发|印发)")
_BEGINS_TITLE = re.compile(
    r"(?!关于|转发|印发)[\u3400-\u9fff]{2,14}?(?:学校|小学|中学|大学|学院|幼儿园|有限公司|公司|集团|人民政府|委员会|教育局|管理局|研究所|医院"
    r"|党支部|党总支|总支部|支部|工会|管理处|服务中心)"
    r"(?=.{2})"
)
_LATIN_BODY = re.compile(
    r"\b(?:Bureau|Ministry|Department|School|University|College|Company|Co\.|Ltd|Limited|Inc|Corporation|Office|Committee"
    r"|Council|Commission|Authority|Association|Agency|Institute|Government|Board)\b"
)
_PERSON = re.compile(r"(?:申请人|辞职人|汇报人|报告人|签署人)\s*:\s*(?P<body>[\u3400-\u9fff]{2,4})(?![\u3400-\u9fff])")
_HEADINGS = re.compile(
    r"姓名|性别|序号|编号|日期|年月|电话|学历|职称|备注|金额|名称|数量|单价|签名|摘要|余额|时间|地点|部门.*职务|意见"
)
_OF_A_PERSON = re.compile(r"简历|履历|自传|求职信|个人.{0,4}总结|思想汇报|入党申请书|入团申请书|保证书|检讨书")
_SEALED = re.compile(r"\((?:盖章|公章|签章|章|盖公章)\)\s*:?\s*(?P<body>[\u3400-\u9fff()·]{4,30})")
#: A firm's name ends with its form, but for what one of its parts is called.
_FIRM_END = re.compile(r"(?:有限责任|股份有限|有限)公司(?!.{0,12}(?:[部处科室厂矿会队站所]|公司|中心)$)")
_GOES_ON = re.compile(r"\d{2,}|[一二]\s?[〇○零]|第\s?\d|单位:|(?:法定)?代表人|地址|住所|电话|日期|开户|税号|统一社会")
_TO_SIGN = re.compile(r"签字|签名|盖章|签章|代表")
_HEAD, _SHORTEST = 5, 4
_SEAL = re.compile(r"\(?(?:盖章|公章|签章|章|签名)\)?:?$")
_ADDRESSED = re.compile(r"各|全[体校县市]|你|贵")
_EDGES = " ()“”\"'.,:·|_-"
_LETTERHEAD_ENDS = 0.4
_LONGEST_REST = 24
"""Characters beside the date on the line of a signature."""


def is_body(text: str) -> bool:
    """Whether the text is the name of a body (an office, a school, a firm) and nothing else."""
    said = plain(text).strip(_EDGES)
    return bool(_BODY.fullmatch(said)) and not _ADDRESSED.match(said) and not _HEADINGS.search(said)


def creator(paper: Paper, title: str = "", fonds_title: str = "", known: Sequence[str] = ()) -> Value | None:
    """The body (or, failing that, the person) that made the document; agreement of two places makes it surer.

    `known` are names of bodies that the room knows besides `fonds_title`: what was misread of them is mended.
    """
    names = [name for name in (fonds_title, *known) if name]
    if _OF_A_PERSON.search(plain(title)):
        return _named_in_form(paper) or _signed_by_person(paper)
    bodies = (
        *(_letterhead(paper), _signature(paper), _titled(title, fonds_title), _labelled(paper), _below_title(paper)),
        _known_at_head(paper, names),
    )
    found = [_settled(body, paper, names) for body in bodies if body]
    if not found:
        return _signed_by_person(paper) or _latin(paper)
    best = max(found, key=lambda value: value.confidence)
    return _with_others(best, [value for value in found if value is not best])


def _settled(body: Value, paper: Paper, names: Sequence[str]) -> Value:
    """The name in full, as we or most of the paper spell it."""
    spelt = mended(by_most(body.value, paper), names)
    return replace(body, value=_in_full(spelt, paper, names))


def _in_full(name: str, paper: Paper, names: Sequence[str]) -> str:
    """第一党支部 in a paper that speaks of 柳河中学第一党支部 is that one."""
    text = "\n".join(line.plain for line in paper.lines)
    wholes = (own + name for own in names if not plain(name).startswith(plain(own)))
    return next((whole for whole in wholes if plain(whole) in text), name)


def _known_at_head(paper: Paper, names: Sequence[str]) -> Value | None:
    """A line near the top that begins with a name we know and goes on with other things."""
    for line in paper.first[:_HEAD]:
        name = first_known(line.text, names)
        if name and line.top < _LETTERHEAD_ENDS and not _is_addressed(line):
            return Value(line.text[: len(name)], 0.78, line.evidence("heading"))
    return None


def _named_in_form(paper: Paper) -> Value | None:
    """Whom a form of a person's own is of: a curriculum vitae is made by whom it is about."""
    said = persons(paper)
    return Value(said.value.split("、")[0], 0.8, said.evidence) if said else None


def _with_others(best: Value, others: list[Value]) -> Value:
    """The same name elsewhere confirms a reading, another one casts doubt."""
    if not others:
        return best
    alike = max(SequenceMatcher(None, best.value, other.value).ratio() for other in others)
    sure = min(0.98, best.confidence + 0.04) if alike > 0.7 else best.confidence - 0.12
    return Value(best.value, round(sure, 3), best.evidence)


def _letterhead(paper: Paper) -> Value | None:
    for line in paper.first[:6]:
        match = _LETTERHEAD.fullmatch(line.plain)
        if match and is_body(match["body"]) and line.top < _LETTERHEAD_ENDS:
            return Value(line.said(match, "body"), 0.95 if line.size > 1.3 else 0.85, line.evidence("letterhead"))
    return None


def _signature(paper: Paper) -> Value | None:
    """The body's name above the date at the end, or before it on the same line."""
    bodies = (_whole_body(line) for page in reversed(paper.pages) for line in _near_dates(page))
    return next((body for body in bodies if body), None)


def _near_dates(page: tuple[Line, ...]) -> Iterator[Line]:
    """The lines on which a signature can stand, from the end of the page upwards."""
    for number in range(len(page) - 1, 0, -1):
        found = dates_in(page[number].plain)
        if found and len(page[number].text) - (found[-1].end - found[-1].start) <= _LONGEST_REST:
            yield replace(page[number], text=page[number].text[: found[-1].start])
            yield from reversed(page[max(0, number - 2) : number])


def _whole_body(line: Line) -> Value | None:
    """The line as a body's name, when it is nothing else."""
    text = line.text.strip(" :：,，")
    text = text[: len(_SEAL.sub("", plain(text)))]
    return Value(text, 0.92, line.evidence("signature", text)) if is_body(text) else None


def _titled(title: str, fonds_title: str) -> Value | None:
    """The body a title begins with: surely before 关于, likely where it is our own or bears a plain name of a body."""
    said = plain(title)
    if fonds_title and said.startswith(plain(fonds_title)):
        return Value(title[: len(fonds_title)], 0.9)
    about, begun = _IN_TITLE.match(said), _BEGINS_TITLE.match(said)
    if about:
        return Value(title[: about.end("body")], 0.85)
    return Value(title[: begun.end()], 0.75) if begun else None


def _below_title(paper: Paper) -> Value | None:
    """A body's name on a line of its own near the top, as forms bear it under or above their title."""
    near = (line for line in paper.first[:4] if line.top < _LETTERHEAD_ENDS and not _is_addressed(line))
    line = next((line for line in near if is_body(line.text)), None)
    return Value(line.text.strip(_EDGES), 0.8, line.evidence("heading")) if line else None


def _is_addressed(line: Line) -> bool:
    """Whether it names whom the paper is written to."""
    return line.plain.rstrip().endswith(":")


def _labelled(paper: Paper) -> Value | None:
    for line in paper.lines:
        match = _LABEL.search(line.plain) or _SEALED.search(line.plain)
        name = _cut(line.said(match, "body")) if match else ""
        if len(name) >= _SHORTEST and not _TO_SIGN.search(plain(name)):
            return Value(name, 0.84, line.evidence("label"))
    return None


def _cut(name: str) -> str:
    """A name before what a form says next to it: 2012年度, 单位:元."""
    found = _GOES_ON.search(plain(name))
    name = name[: found.start()] if found else name
    ends = _FIRM_END.search(plain(name))
    return (name[: ends.end()] if ends else name).strip(" ,.:")


def _signed_by_person(paper: Paper) -> Value | None:
    for line in reversed(paper.lines):
        match = _PERSON.search(line.plain)
        if match:
            return Value(line.said(match, "body"), 0.6, line.evidence("person"))
    return None


def _latin(paper: Paper) -> Value | None:
    for line in (*paper.first[:4], *paper.lines[-6:]):
        if line.text.isascii() and len(line.text) < 70 and _LATIN_BODY.search(line.text):
            return Value(line.text.strip(" ,"), 0.7, line.evidence("letterhead"))
    return None
