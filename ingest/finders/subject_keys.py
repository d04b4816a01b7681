"""Decides which subject a paper is of, for every kind of subject file: the employee, room, tenant, customer, dealer.

A key is what one subject is told from all others by: 3-2-1201 of a room, A0123 of an employee, else the code or the
name that a form gives. Labels beat folders in kind only: where both speak and differ, a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from index.domain.description import Evidence, Value
from index.domain.numerals import value_of
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.subject import employee_number

Finder = Callable[[Paper, Sequence[str], str], Value | None]

_BUILDING = r"(?P<building>[A-Za-z]\d{0,2}|\d{1,3}|[一二三四五六七八九十]{1,3})"
_UNIT = r"(?:(?P<unit>\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2})\s?(?:单元|门)\s?)?"
_SPELT_ROOM = re.compile(
    rf"{_BUILDING}\s?(?:号楼|栋|幢|座|号院|楼|#)\s?{_UNIT}(?P<room>[A-Za-z]?\d{{2,4}}[A-Za-z]?)\s?(?:室|房|号)?(?![\d号])"
)
_DASHED_ROOM = re.compile(
    r"(?<![\dA-Za-z-])(?P<building>[A-Za-z]?\d{0,3})\s?[-—–]\s?(?:(?P<unit>\d{1,2})\s?[-—–]\s?)?(?P<room>[1-9]\d{2,3})(?![\d-])"
)
_ROOM_LABEL = re.compile(
    r"(?:房\s*号|室\s*号|房间号|单元号|房屋编号|房产编号|房屋坐落|房屋地址|物业地址|物业单元|单元|楼号|户号|租赁单元|租用单元)\s*:?\s*"
)
_CODE = r"(?P<code>[A-Za-z]{1,5}\s?-?\s?\d[\d-]{1,11}|\d{3,10})(?!\d|年)"
_NEXT_LABEL = (
    r"(?=\s|[,;。:]|联系|地址|电话|法定|法人|编号|日期|性别|职务|类别|等级|年龄|身份证|统一社会|经营|负责人|房号|$)"
)
_FIRM_ENDS = re.compile(
    r"(?:有限责任|股份有限|有限)公司|分公司|公司|集团|商行|事务所|工作室|经营部|大?药房|药店|医院|卫生院|诊所|超市|商店|酒店|餐厅"
    r"|电厂|钢厂|项目部|代表处|办事处|银行"
)
_NAME_BEFORE = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{2,24}$")
_JOINING = re.compile(r"关于|[由与和对向致给经为请贵我本该在从被及于]")
_NOT_A_NAME = re.compile(
    r"^(?:名称|姓名|联系|电话|地址|日期|部门|职务|编号|签字|签名|盖章|签章|意见|情况|性质|类[型别]|等级|地址|电话|资料|档案|登记|信息)"
)
_LEAST, _MOST = 2, 40
_FOLDER = re.compile(r"^(?:(?:19|20)\d\d年?度?|.{0,4}档案|.{0,4}资料|\d{1,2}月?)$")


def subject_keys(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Mapping[str, Value]:
    """Kind of subject -> its key, for every kind that the paper or its folders name one of.

    `own` is the title of our own fonds: a firm keeps no customer's file of itself.
    """
    found = {kind: finder(paper, hints, own) for kind, finder in SUBJECTS.items()}
    return {kind: key for kind, key in found.items() if key is not None}


def room(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
    """The room as building-unit-room (3-2-1201, 3-1201, A-1203), by a label, the paper's words, or a folder."""
    written = _labelled_room(paper) or _spelt_room(paper)
    return _agreed(written, _hinted(hints, _room_in))


def _labelled_room(paper: Paper) -> Value | None:
    for line in paper.lines:
        for label in _ROOM_LABEL.finditer(line.plain):
            found = _room_in(line.plain[label.end() : label.end() + 24])
            if found:
                return Value(found, 0.94, line.evidence("room", line.plain[label.start() :][:30]))
    return None


def _spelt_room(paper: Paper) -> Value | None:
    """The room that is named most; two different ones cast doubt."""
    places = [(_room(match), line) for line in paper.lines for match in _SPELT_ROOM.finditer(line.plain)]
    if not places:
        return None
    (key, times), *others = Counter(key for key, _ in places).most_common(2)
    line = next(line for found, line in places if found == key)
    alone = not others or times > 2 * others[0][1]
    return Value(key, 0.86 if alone else 0.5, line.evidence("room"))


def _room_in(text: str) -> str:
    match = _SPELT_ROOM.search(text) or _DASHED_ROOM.search(text)
    return _room(match) if match else ""


def _room(match: re.Match[str]) -> str:
    parts = (match["building"], match["unit"], match["room"])
    return "-".join(_numbered(part) for part in parts if part)


def _numbered(part: str) -> str:
    """三 -> 3, 03 -> 3; letters in capitals."""
    if part.isascii():
        return part.upper().lstrip("0") or "0"
    return str(value_of(part) or part)


def _named(*labels: str, codes: Sequence[str] = (), people: bool = False) -> Finder:
    """A finder of the code or name that one of these labels gives, else of the one firm that a paper is about."""
    coded = _label(codes, _CODE) if codes else None
    named = _label(labels, rf"(?P<code>[\u3400-\u9fffA-Za-z0-9()·&.' -]{{{_LEAST},{_MOST}}}?){_NEXT_LABEL}")
    alone = re.compile(rf"(?:{'|'.join(labels)})\s*:?")

    def find(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
        code = _first(paper, coded, own, 0.95) if coded else None
        name = _first(paper, named, own, 0.9) or _below(paper, alone, own)
        firm = None if people else _firm(paper, own)
        return _agreed(code or name or firm, _hinted(hints, _code_or_name))

    return find


def _label(labels: Sequence[str], value: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?:{'|'.join(labels)})\s*(?:\([^)]{{1,8}}\))?\s*[::]?\s*{value}", re.IGNORECASE
    )


def _first(paper: Paper, pattern: re.Pattern[str], own: str, sure: float) -> Value | None:
    found = ((line, match) for line in paper.lines for match in pattern.finditer(line.plain))
    return next((_value(line, match, sure) for line, match in found if _may_be_name(match["code"], own)), None)


def _value(line: Line, match: re.Match[str], sure: float) -> Value:
    colon = ":" in line.plain[match.start() : match.start("code")]
    key = re.sub(r"\s", "", line.said(match, "code")) if not match["code"].isascii() else match["code"].strip().upper()
    return Value(key, sure if colon else sure - 0.12, line.evidence("subject", line.said(match)))


def _below(paper: Paper, label: re.Pattern[str], own: str) -> Value | None:
    """The name in the line below its label, as forms read cell by cell have it."""
    for page in paper.pages:
        for line, below in pairwise(page):
            if label.fullmatch(line.plain.strip()) and _may_be_name(below.plain, own) and len(below.text) <= _MOST:
                return Value(below.text.strip(), 0.75, below.evidence("subject"))
    return None


def _may_be_name(name: str, own: str) -> bool:
    bare = plain(name).strip()
    return len(bare) >= _LEAST and not _NOT_A_NAME.match(bare) and bare != plain(own)


def _firm(paper: Paper, own: str) -> Value | None:
    """The firm a paper is about, of those beside our own: the one it is addressed to, else the one named most."""
    for line in paper.first[:12]:
        said = line.plain.rstrip()
        if said.endswith(":") and list(_firms_in(said)) == [said[:-1].strip()] and _may_be_firm(said[:-1], own):
            return Value(line.text.rstrip().rstrip(":：").strip(), 0.78, line.evidence("addressee"))
    found = [(name, line) for line in paper.lines for name in _firms_in(line.plain) if _may_be_firm(name, own)]
    named = Counter(name for name, _ in found).most_common(2)
    if not named or (len(named) > 1 and named[0][1] < 2 * named[1][1]):
        return None
    name, times = named[0]
    return Value(name, 0.72 if times > 1 else 0.6, dict(reversed(found))[name].evidence("subject", name))


def _firms_in(text: str) -> Iterator[str]:
    """Names of firms: what stands before 有限公司 and the like, from the last word that joins them to a sentence."""
    for end in _FIRM_ENDS.finditer(text):
        before = _NAME_BEFORE.search(text[: end.start()])
        name = _JOINING.split(before[0])[-1] if before else ""
        if len(name) >= _LEAST:
            yield name + end[0]


def _may_be_firm(name: str, own: str) -> bool:
    ours = plain(own)
    return _may_be_name(name, own) and not (ours and (ours in name or name in ours))


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
    return next(_firms_in(hint), "")


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


_customer = _named(
    *(
        "客户名称",
        "顾客名称",
        "客户单位",
        "客户全称",
        "单位名称",
        "企业名称",
        "公司名称",
        "顾客单位",
        "投诉单位",
        "客户",
        "顾客",
    ),
    *("购货单位", "需方", "买方", "甲方"),
    codes=("客户编号", "客户代码", "顾客编号", "客户号", "档案编号"),
)

#: What subject files are about -> how its key is found. Packs name these in `subject`.
SUBJECTS: Mapping[str, Finder] = {
    "employee_number": _employee,
    "room": room,
    "tenant": _named(
        *(
            "租户名称",
            "承租方名称",
            "承租方",
            "承租人",
            "租户",
            "入驻企业",
            "客户名称",
            "公司名称",
            "企业名称",
            "单位名称",
            "乙方",
        ),
        codes=("租户编号", "租户代码", "租户号", "合同户号"),
    ),
    "customer": _customer,
    "dealer": _named(
        *(
            "经销商名称",
            "经销商",
            "代理商名称",
            "医院名称",
            "药店名称",
            "药房名称",
            "零售商名称",
            "零售商",
            "客户名称",
            "单位名称",
        ),
        codes=("经销商编号", "客户编号", "客户代码", "代理商编号"),
    ),
    "overseas_unit": _named(
        *("境外单位名称", "境外企业名称", "境外机构", "项目部名称", "项目名称", "驻外机构", "单位名称", "公司名称"),
        codes=("境外单位编号", "单位代码", "项目编号"),
    ),
    "person": _named(
        "顾客姓名", "客户姓名", "姓名", "顾客", codes=("顾客编号", "会员号", "档案编号", "会员编号"), people=True
    ),
}
