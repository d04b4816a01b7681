"""Decides whom a document is about: employee number (工号), identity number, name and department."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.domain.description import Evidence, Value
from ingest.finders.paper import Line, Paper, plain

_NUMBER_LABEL = re.compile(
    r"(?:工\s*号|员工\s*编?\s*号|职工\s*编?\s*号|社员\s*编?\s*号|人员(?:编号|代码)|员工(?:代号|卡号)|职员编?号|员工代码|工牌号|工作证号|员工证号|员工证|职工证号|employee\s*(?:no|id|number)|staff\s*(?:no|id))"
    r"\s*[.:]?\s*:?\s*(?P<number>[A-Za-z]{0,4}\s?-?\s?[0-9OoIl](?:\s?[0-9OoIlZSB]){1,9})(?![0-9年])",
    re.IGNORECASE,
)
#: What a form of a person calls 编号, or stands beside the name alone, is the person's number where it looks like one.
_PLAIN_LABEL = re.compile(
    r"(?<![书证件同函议册籍])编\s*号\s*:?\s*(?P<number>[A-Za-z]{1,3}-?[0-9OoIlZSB]{4,9})(?![0-9年-])"
)
#: Beside a person's name on a form a bare number is that person's too; behind a name in brackets one with letters.
_ON_NAMES_ROW = re.compile(
    r"(?:姓\s*名|申请人|员工|职工|本人|持证人)\s*:?\s*[\u3400-\u9fff·]{2,4}\s+(?:.{0,12}\s)?编\s*号\s*:?\s*(?P<number>[A-Za-z]{0,3}-?\d{4,8})(?![0-9年-])"
)
_IN_BRACKETS = re.compile(
    r"(?:乙方|员工|[被受][\u3400-\u9fff]{2,3}人|职工|姓名|劳动者|受聘[方人]|本人|申请人|同志)\s*(?:\([^)]{1,6}\))?\s*:?\s*[\u3400-\u9fff·]{2,4}\((?P<number>[A-Za-z]{1,4}-?\d{3,8}|\d{4,8})\)"
)
#: Behind a name in a sentence (张三,男,编号BD20150660), it is the person's; behind 合同 or 证 it is that paper's own.
_BEHIND_NAME = re.compile(
    r"[\u3400-\u9fff](?<!合同)(?<!协议)(?<!文件)(?<![证书单表函号])\s?[(,、](?:[男女][,、])?\s?(?:职工|员工|社员|本人)?编号\s?[:为是]?\s?"
    r"(?P<number>[A-Za-z]{0,4}-?[0-9OoIlZSB]{4,9})(?![0-9年])"
)
_BESIDE_NAME = re.compile(r"(?P<number>[A-Za-z]{0,3}\d{5,9})\s*(?P<name>[\u3400-\u9fff]{2,4})")
_OF_A_PERSON = re.compile(r"姓\s*名|兹证明|同志|本人|员工|^[\u3400-\u9fff]{2,4},[男女],")
_PATTERNS = (
    (_NUMBER_LABEL, 0.94),
    (_BEHIND_NAME, 0.88),
    (_ON_NAMES_ROW, 0.88),
    (_IN_BRACKETS, 0.88),
    (_PLAIN_LABEL, 0.86),
)
_HINT_LABELLED = re.compile(r"(?:工号|员工编号|员工号)\s*[:_-]?\s*(?P<number>[A-Za-z]{0,4}-?\d{2,10})", re.IGNORECASE)
_HINT_NUMBER = re.compile(r"(?P<number>[A-Za-z]{0,4}-?\d{3,8})(?:[\s_\-·]*(?P<name>[\u3400-\u9fff·]{2,6}))?")
_HINT_NAME = re.compile(r"(?P<name>[\u3400-\u9fff·]{2,6})[\s_\-·]*(?P<number>[A-Za-z]{0,4}-?\d{3,8})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IDENTITY = re.compile(r"(?<![0-9])[1-9](?:\s?[0-9]){16}\s?[0-9Xx×](?![0-9])")
_OLD_IDENTITY = re.compile(r"身\s*份\s*证[^0-9]{0,8}(?P<number>[1-9][0-9]{14})(?![0-9])")
_AFTER = r"(?=[\s,:;.(。]|性|男|女|身|出生|工号|部门|职|编号|$|[A-Za-z0-9])"
_NAME = re.compile(
    r"(?:姓\s*名\s*:?|乙方\s*\(\s*劳动者\s*\)\s*(?:姓名)?\s*:|乙方\s*:|劳动者\s*:|(?:员工|申请人|辞职人|被考核人|签署人|简历)\s*:|兹证明)"
    rf"\s*(?P<name>[\u3400-\u9fff·]{{2,4}}?){_AFTER}"
)
_LATIN_NAME = re.compile(r"\b[Nn]ame\s*:\s*(?P<name>[A-Z][A-Za-z'-]+(?:\s+[A-Z][A-Za-z'-]+){1,3})")
_DEPARTMENT = re.compile(
    r"(?:所在部门|所属部门|部\s*门|department)\s*:?\s*(?P<name>[\u3400-\u9fffA-Za-z]{2,12}?)(?=[\s,:;.。]|职务|岗位|姓名|工号|$)",
    re.IGNORECASE,
)
_NOT_NAMES = (
    "姓名",
    "性别",
    "签字",
    "签名",
    "盖章",
    "意见",
    "部门",
    "工号",
    "身份",
    "日期",
    "名称",
    "单位",
    "如下",
    "应当",
    "同意",
    "甲方",
    "乙方",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = str.maketrans("OoIlZSB", "0011258")


def employee_number(paper: Paper, hints: Sequence[str] = ()) -> Value | None:
    """The employee number as the paper labels it, or as a folder is called; agreement makes it surer."""
    written, named = _written_number(paper), _hint_number(hints)
    if written is None or named is None:
        return written or named
    if written.value == named.value:
        return Value(written.value, 0.98, written.evidence)
    return Value(named.value, 0.55, named.evidence)


def _written_number(paper: Paper) -> Value | None:
    for pattern, sure in _PATTERNS:
        for line in paper.lines:
            match = pattern.search(" ".join(map(plain, line.cells)) if pattern is _ON_NAMES_ROW else line.plain)
            if match and (pattern is not _PLAIN_LABEL or _is_of_a_person(paper)):
                return Value(_tidy(match["number"]), sure, line.evidence("employee-number", match[0]))
    return _number_beside_name(paper)


def _is_of_a_person(paper: Paper) -> bool:
    return any(_OF_A_PERSON.search(line.plain) for line in paper.lines)


def _number_beside_name(paper: Paper) -> Value | None:
    """The number that a clerk wrote beside the name on a copy: 20070693 季小满."""
    known = {name for name, _ in _names(paper)}
    for line in paper.lines:
        match = _BESIDE_NAME.fullmatch(line.plain.strip())
        if match and match["name"] in known:
            return Value(_tidy(match["number"]), 0.8, line.evidence("employee-number", match[0]))
    return None


def _hint_number(hints: Sequence[str]) -> Value | None:
    for hint in reversed(hints):
        labelled = _HINT_LABELLED.search(plain(hint))
        if labelled:
            return Value(_tidy(labelled["number"]), 0.95, Evidence(hint, rule="folder"))
        bare = _hint(hint)
        if bare and not _YEAR.fullmatch(bare["number"]):
            return Value(_tidy(bare["number"]), 0.9 if bare["name"] else 0.85, Evidence(hint, rule="folder"))
    return None


def _hint(hint: str) -> re.Match[str] | None:
    """The number, and the name beside it if any, that are all a folder is called."""
    return _HINT_NUMBER.fullmatch(plain(hint).strip()) or _HINT_NAME.fullmatch(plain(hint).strip())


def _tidy(number: str) -> str:
    """Letters in capitals, look-alike letters among the digits as digits, no spaces."""
    bare = re.sub(r"\s", "", number)
    letters = re.match(r"[A-Za-z]*?-?(?=[0-9]|[OoIl]+[0-9]|[OoIl]+$)", bare)
    end = letters.end() if letters else 0
    return bare[:end].upper() + bare[end:].translate(_DIGITS)


def identity_numbers(paper: Paper) -> Iterator[Value]:
    """Every citizen's identity number whose check digit is right, and old ones of 15 digits where a label says so."""
    for line in paper.lines:
        for match in _IDENTITY.finditer(line.plain):
            number = re.sub(r"\s", "", match[0]).upper().replace("×", "X")
            if is_identity_number(number):
                yield Value(number, 0.98, line.evidence("identity-number", match[0]))
        for match in _OLD_IDENTITY.finditer(line.plain):
            yield Value(match["number"], 0.8, line.evidence("identity-number", match[0]))


def is_identity_number(number: str) -> bool:
    """Whether 18 characters carry the right check digit (GB 11643-1999)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


def named_persons(paper: Paper, hints: Sequence[str] = ()) -> Value | None:
    """The names of those the paper is about, as labels and folders give them, each once, parted by `、`."""
    found = list(_names(paper))
    named = [match["name"] for hint in hints if (match := _hint(hint)) and match["name"]]
    names = list(dict.fromkeys((*(name for name, _ in found), *named)))
    if not names:
        return None
    evidence = found[0][1].evidence("name") if found else Evidence(named[0], rule="folder")
    return Value("、".join(names), 0.85 if found else 0.8, evidence)


def _names(paper: Paper) -> Iterator[tuple[str, Line]]:
    for line in paper.lines:
        for match in (*_NAME.finditer(line.plain), *_LATIN_NAME.finditer(line.plain)):
            if not any(word in match["name"] for word in _NOT_NAMES):
                yield line.said(match, "name"), line


def department(paper: Paper) -> Value | None:
    """The department that a label gives."""
    for line in paper.lines:
        match = _DEPARTMENT.search(line.plain)
        if match and not any(word in match["name"] for word in (*_NOT_NAMES, "经理", "负责", "主管")):
            return Value(line.said(match, "name"), 0.8, line.evidence("department", line.said(match)))
    return None
