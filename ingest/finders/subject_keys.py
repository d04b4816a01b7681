"""Decides which subject a paper is of, for every kind of subject file: the employee, room, tenant, customer, dealer.

A key is what one subject is told from all others by: 3-2-1201 of a room, A0123 of an employee, else the code or the
name that a form gives. Labels beat folders in kind only: where both speak and differ, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from index.domain.description import Evidence, Value
from ingest.finders.bodies import body_of, may_be_name
from ingest.finders.firm_names import firms_in
from ingest.finders.flowing import LARGE
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.persons_served import looks_like_a_person, person_called, person_of_row
from ingest.finders.rooms import room_in, room_of
from ingest.finders.staff import person_of_staff
from ingest.finders.subject import employee_number

_OF_A_FORM = re.compile(r"[卡表单册簿书函页]$")
_ROW = 0.86
"""What a name is worth that only its row tells to be that of whom a form is about."""
_CALLED = 0.72
"""What a name is worth that only stands alone with what old people are called by: 米子衿阿姨."""
Finder = Callable[[Paper, Sequence[str], str], Value | None]

_CODE = r"(?P<code>[A-Za-z]{1,5}\s?-?\s?\d[\d-]{1,11}|\d{3,10})(?!\d|年)"
_NEXT_LABEL = (
    r"(?=\s|[,;。:(]|联系|地址|电话|手机|座机|法定|法人|编号|日期|性别|职务|类别|等级|年[龄岁纪]|身份证|统一社会|经营|负责人"
    r"|房号|家住|住址|参加|购买|首购|下次|先生|女士|阿姨|大爷|[男女\d]|$)"
)
#: Those whom a house of health products sells to or asks.
_SERVED = (
    "(?:老)?(?:顾客|客户|会员|用户|患者|消费者)|(?:老人|老人家|长辈|长者|来宾|宾客|嘉宾|贵宾)(?=\\s*姓|\\s|:)|您的?(?=姓|名|称)"
    "|(?:受|被)?(?:访|调查|检|体检|回访|调研|访问|走访|家访|服务|检测|测量|赠送)(?:人|者|对象)|持卡[人者]|报名[人者]|试用[人者]|预约[人者]|领取人|收货人|体检人|参会人|参加人|到会人|服用人|服用者|使用人|使用者|购买人|购买者|订购人|付款人|答卷人|答题人|测试人|测试者|义诊对象"
)
#: What stands behind 姓名 at the head of a table.
_NEXT = re.compile(
    r"(?:生日|性别|年龄|电话|签[字名到]|住址|地址|备注|卡号|金额|日期"
    r"|工号|部门|职务|礼品|意见|时间|次数|序号|单位|数量|品名)"
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
        written = _first(paper, coded, own, 0.95) or _first(paper, named, own, 0.9) or _of_row(paper)
        return _agreed(written, _hinted(hints, _code_or_name))

    return find


def _of_row(paper: Paper) -> Value | None:
    found = person_of_row(paper)
    if found:
        return Value(found[0], _ROW, found[1].evidence("subject", found[0]))
    called = person_called(paper)
    return Value(called[0], _CALLED, called[1].evidence("subject", called[0])) if called else None


def _label(labels: Sequence[str], value: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?:{'|'.join(labels)})\s*(?:\([^)]{{1,8}}\))?\s*:?\s*{value}", re.IGNORECASE
    )


def _first(paper: Paper, pattern: re.Pattern[str], own: str, sure: float) -> Value | None:
    parted = [replace(line, text=" ".join(line.cells)) for line in paper.lines]
    found = ((line, match) for line in parted for match in pattern.finditer(line.plain))
    return next((_value(line, match, sure) for line, match in found if _may_be_key(line, match, own)), None)


def _may_be_key(line: Line, match: re.Match[str], own: str) -> bool:
    """Whether it is no label; a name that runs on from its label has to be a person's, and no title (老顾客关系卡)."""
    parted = match.start("code") > match.start() and match.string[match.start("code") - 1] in ": )"
    person = looks_like_a_person(match["code"]) and line.size < LARGE and not _OF_A_FORM.search(match["code"])
    colon = ":" in match.string[match.start() : match.start("code")]
    known = match["code"].isascii() or colon or looks_like_a_person(match["code"])
    return (
        may_be_name(match["code"], own)
        and not _NEXT.match(match["code"])
        and known
        and (parted or match["code"].isascii() or person)
    )


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
    """The number, else the name: a paper from elsewhere knows no numbers of ours."""
    return employee_number(paper, hints) or person_of_staff(paper)


#: What subject files are about -> how its key is found. Packs name these in `subject`.
SUBJECTS: Mapping[str, Finder] = {
    "employee_number": _employee,
    "room": room,
    "tenant": _body("租户编号", "租户代码", "租户号"),
    "customer": _body("客户编号", "客户代码", "顾客编号", "客户号"),
    "dealer": _body("经销商编号", "客户编号", "客户代码", "代理商编号"),
    "overseas_unit": _body("境外单位编号", "单位代码", "项目编号"),
    "person": _someone(
        (
            rf"(?:{_SERVED})?(?:姓\s*名|名\s*字|大\s*名|称\s*呼|名)",
            _SERVED,
            "来宾|宾客|嘉宾|贵客|贵宾|老年朋友|购货人|尊姓大名|您的姓名|您贵姓|户主",
        ),
        ("顾客编号", "会员号", "档案编号", "会员编号", "会员卡号", "贵宾号", "卡号"),
    ),
}
