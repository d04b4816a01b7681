"""Decides which subject a paper is of, for every kind of subject file: the employee, room, tenant, customer, dealer.

A key is what one subject is told from all others by: 3-2-1201 of a room, A0123 of an employee, else the code or the
name that a form gives. Labels beat folders in kind only: where both speak and differ, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from index.domain.description import Evidence, Value
from ingest.finders.bodies import body_of, firms_in, may_be_name
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.rooms import room_in, room_of
from ingest.finders.subject import employee_number

Finder = Callable[[Paper, Sequence[str], str], Value | None]

_CODE = r"(?P<code>[A-Za-z]{1,5}\s?-?\s?\d[\d-]{1,11}|\d{3,10})(?!\d|年)"
_NEXT_LABEL = (
    r"(?=\s|[,;。:]|联系|地址|电话|法定|法人|编号|日期|性别|职务|类别|等级|年龄|身份证|统一社会|经营|负责人|房号|$)"
)
_FOLDER = re.compile(r"^(?:(?:19|20)\d\d年?度?|.{0,4}档案|.{0,4}资料|\d{1,2}月?)$")


def subject_keys(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Mapping[str, Value]:
    """Kind of subject -> its key, for every kind that the paper or its folders name one of.

    `own` is the title of our own fonds: a firm keeps no customer's file of itself.
    """
    found = {kind: finder(paper, hints, own) for kind, finder in SUBJECTS.items()}
    return {kind: key for kind, key in found.items() if key is not None}


def room(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
    """The room that the paper or its innermost folder names."""
    return _agreed(room_of(paper), _hinted(hints, room_in))


def _body(*codes: str) -> Finder:
    """A finder of a body's code behind one of these labels, else of the one body beside ours that a paper is about."""
    coded = _label(codes, _CODE)

    def find(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
        return _agreed(_first(paper, coded, own, 0.95) or body_of(paper, own), _hinted(hints, _code_or_name))

    return find


def _someone(labels: Sequence[str], codes: Sequence[str]) -> Finder:
    """A finder of the code or else the name that a form gives of a person."""
    coded, named = _label(codes, _CODE), _label(labels, rf"(?P<code>[\u3400-\u9fff·]{{2,4}}?){_NEXT_LABEL}")

    def find(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
        written = _first(paper, coded, own, 0.95) or _first(paper, named, own, 0.9)
        return _agreed(written, _hinted(hints, _code_or_name))

    return find


def _label(labels: Sequence[str], value: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?:{'|'.join(labels)})\s*(?:\([^)]{{1,8}}\))?\s*:?\s*{value}", re.IGNORECASE
    )


def _first(paper: Paper, pattern: re.Pattern[str], own: str, sure: float) -> Value | None:
    found = ((line, match) for line in paper.lines for match in pattern.finditer(line.plain))
    return next((_value(line, match, sure) for line, match in found if may_be_name(match["code"], own)), None)


def _value(line: Line, match: re.Match[str], sure: float) -> Value:
    colon = ":" in line.plain[match.start() : match.start("code")]
    key = match["code"].strip().upper() if match["code"].isascii() else line.said(match, "code").strip()
    return Value(key, sure if colon else sure - 0.05, line.evidence("subject", line.said(match)))


def _hinted(hints: Sequence[str], read: Callable[[str], str]) -> Value | None:
    """The key by the innermost folder that holds one."""
    for hint in reversed(hints):
        key = "" if _FOLDER.match(hint.strip()) else read(plain(hint).strip())
        if key:
            return Value(key, 0.88, Evidence(hint, rule="folder"))
    return None


def _code_or_name(hint: str) -> str:
    match = re.fullmatch(rf"{_CODE}(?:[\s_\-·]*[\u3400-\u9fff()·]{{2,30}})?", hint)
    if match:
        return re.sub(r"\s", "", match["code"]).upper()
    return next((name for name, _, _ in firms_in(hint)), "")


def _agreed(written: Value | None, hinted: Value | None) -> Value | None:
    """Where paper and folder agree they are surer together; where they differ, neither is sure."""
    if written is None or hinted is None:
        return written or hinted
    if plain(written.value) == plain(hinted.value):
        return Value(hinted.value, 0.98, written.evidence)
    if written.confidence < hinted.confidence - 0.1:
        return hinted
    return Value(hinted.value, 0.55, hinted.evidence)


def _employee(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
    return employee_number(paper, hints)


#: What subject files are about -> how its key is found. Packs name these in `subject`.
SUBJECTS: Mapping[str, Finder] = {
    "employee_number": _employee,
    "room": room,
    "tenant": _body("租户编号", "租户代码", "租户号"),
    "customer": _body("客户编号", "客户代码", "顾客编号", "客户号"),
    "dealer": _body("经销商编号", "客户编号", "客户代码", "代理商编号"),
    "overseas_unit": _body("境外单位编号", "单位代码", "项目编号"),
    "person": _someone(
        ("顾客姓名", "客户姓名", "姓名", "顾客", "您的称呼", "称呼", "受访人"),
        ("顾客编号", "会员号", "档案编号", "会员编号"),
    ),
}
