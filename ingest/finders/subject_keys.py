"""Decides which subject a paper is of, for every kind of subject file: the employee, room, tenant, customer, dealer.

A key is what one subject is told from all others by: 3-2-1201 of a room, A0123 of an employee, else the code or the
name that a form gives. Labels beat folders in kind only: where both speak and differ, a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.domain.description import Evidence, Value
from index.domain.numerals import value_of
from ingest.finders.known_names import by_most
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.subject import employee_number

Finder = Callable[[Paper, Sequence[str], str], Value | None]

_BUILDING = r"(?P<building>[A-Za-z]\d{0,2}|\d{1,3}|[一二三四五六七八九十]{1,3})"
_UNIT = r"(?:(?P<unit>\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2})\s?(?:单元|门)\s?)?"
_SPELT_ROOM = re.compile(
    rf"{_BUILDING}\s?(?:号楼|栋|幢|座|号院|楼|#)\s?{_UNIT}(?P<room>[A-Za-z]?[\dZSBOl]{{1,2}}\s?[\dZSBOl]{{2}}[A-Za-z]?)\s?(?:室|房|号)?(?!\s?[\d号])"
)
_DASHED_ROOM = re.compile(
    r"(?<![\dA-Za-z-])(?P<building>[A-Za-z]?\d{0,3})\s?[-—–一]\s?(?:(?P<unit>\d{1,2})\s?[-—–一]\s?)?(?P<room>[1-9]\d{2,3})(?![\d-])"
)
#: Building, unit and room in a row need no label.
_WHOLE_ROOM = re.compile(
    r"(?<![\dA-Za-z-])(?P<building>[A-Za-z]?\d{1,2})[-—–一](?P<unit>\d{1,2})[-—–一](?P<room>[1-9ZSB][\dZSBOl]{2,3})(?![\d-])"
)
_ROOM_LABEL = re.compile(
    r"(?:房\s*号|室\s*号|房间号|单元号|房屋编号|房产编号|房屋坐落|房屋地址|物业地址|物业单元|单元|楼号|户号|租赁单元|租用单元)\s*:?\s*"
)
_CODE = r"(?P<code>[A-Za-z]{1,5}\s?-?\s?\d[\d-]{1,11}|\d{3,10})(?!\d|年)"
_NEXT_LABEL = (
    r"(?=\s|[,;。:]|联系|地址|电话|法定|法人|编号|日期|性别|职务|类别|等级|年龄|身份证|统一社会|经营|负责人|房号|$)"
)
_FIRM_ENDS = re.compile(
    r"(?:股份)?(?:有[^公]|[^有份公]?限)(?:责任)?公司|分公司|公司|集团|商行|事务所|工作室|经营部|大?药房|药店|医院|卫生院|诊所|超市|商店|便利店|连锁店|购物中心|百货|商场|批发部|门市部|书店|合作社|酒店|餐厅"
    r"|电厂|钢厂|项目部|代表处|办事处|银行"
)
#: What engines make of 有限, and a name in which a character could not be read.
_MISREAD_END = re.compile(r"(?:有[^限公]|(?<!有)[^有份公]?限)(?=(?:责任)?公司$)")
_UNREAD = re.compile(r"[□■�○]")
_UNREADABLE, _GUESSED = 0.6, 0.55
"""What a name is worth with a character that could not be read, and the confidence at which a reader only guesses."""
_LARGE, _TITLED = 1.2, 0.86
_SOLE, _MENTIONED = 0.72, 0.76
"""What the only body beside ours is worth that a paper names, and any that is only mentioned, however often."""
_NAME_BEFORE = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{2,30}$")
_JOINING = re.compile(
    r"[我贵本该]公?司|关于|通过|经过|[由与和对向致给经为请贵我该在从被及于到将]|同意|批准|拜访|走访|邀请|委托"
)
_SUBJECT = (
    "客户|顾客|租户|承租方|承租人|承租单位|商户|店名|门店|经销商|代理商|零售商|需方|买方|购货单位|收货单位|被访单位|投诉单位|投诉人|填写单位|服务租户|入驻企业|入驻单位"
    "|租赁方|乙方|户名|用户|医院|药店|药房|公司|企业|单位|项目部|境外机构|申请单位|报修单位|被考察单位|合作单位|往来单位|受访单位"
)
#: What leads to a name on its line, spaces lost, and the label that says that the paper is about the one behind it.
_LEADS = re.compile(rf"^.{{0,6}}?(?:{_SUBJECT})(?:名称|全称|中文名)?(?:\(.{{1,4}}\))?|(?:名称|全称)(?:\(.{{1,4}}\))?")
_NAMES_SUBJECT = re.compile(rf"(?:{_SUBJECT}|名称)(?:名称|全称|名)?(?:\([^)]{{1,6}}\))?\s*:?\s*$")
_ROOM_BEFORE = re.compile(r"^[A-Za-z]?\d{0,3}\s?(?:座|栋|幢|号楼|楼)?\s?\d{3,4}(?:室|号|单元)?\s?")
_ROOM_WITHIN = re.compile(r"[座栋幢]\d{3}")
_OF_OTHERS = re.compile(
    r"(?:工作单位|供货单位|供应商|施工单位|施工方|开户行|开户银行|承运|运输单位|检验单位|检测单位|监理|设计单位|出租方|甲方|供方|卖方|物业公司|主管单位|毕业院校|原单位|任职)"
    r"(?:\([^)]{1,6}\))?\s*:?\s*$"
)
_FORM_WORD = re.compile(r"登记|记录|概况|分析|档案|信息(?=表|卡|登)|特征|调查|审批|申请|评估|情况|一览|名册")
_NOT_A_NAME = re.compile(
    r"^(?:名称|姓名|联系|电话|地址|日期|部门|职务|编号|签字|签名|盖章|签章|意见|情况|性质|类[型别]|等级|地址|电话|资料|档案|登记|信息)"
)
_LOOK_LIKE_DIGITS = str.maketrans("ZSBOl", "25801")
_LEAST, _FULL, _LONG = 2, 0.85, 24
_COMMON_ENDS = frozenset(("公司", "集团", "银行", "医院", "酒店"))
_FOLDER = re.compile(r"^(?:(?:19|20)\d\d年?度?|.{0,4}档案|.{0,4}资料|\d{1,2}月?)$")


def subject_keys(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Mapping[str, Value]:
    """Kind of subject -> its key, for every kind that the paper or its folders name one of.

    `own` is the title of our own fonds: a firm keeps no customer's file of itself.
    """
    found = {kind: finder(paper, hints, own) for kind, finder in SUBJECTS.items()}
    return {kind: key for kind, key in found.items() if key is not None}


def room(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
    """The room as building-unit-room (3-2-1201, 3-1201, A-1203), by a label, the paper's words, or a folder."""
    written = _labelled_room(paper) or _spelt_room(paper, _SPELT_ROOM, 0.86) or _spelt_room(paper, _WHOLE_ROOM, 0.8)
    return _agreed(written, _hinted(hints, _room_in))


def _labelled_room(paper: Paper) -> Value | None:
    for line in paper.lines:
        for label in _ROOM_LABEL.finditer(line.plain):
            found = _room_in(line.plain[label.end() : label.end() + 24])
            if found:
                return Value(found, 0.94, line.evidence("room", line.plain[label.start() :][:30]))
    return None


def _spelt_room(paper: Paper, pattern: re.Pattern[str], sure: float) -> Value | None:
    """The room that is named most; two different ones cast doubt."""
    places = [(_room(match), line) for line in paper.lines for match in pattern.finditer(line.plain)]
    if not places:
        return None
    (key, times), *others = Counter(key for key, _ in places).most_common(2)
    line = next(line for found, line in places if found == key)
    alone = not others or times > 2 * others[0][1]
    return Value(key, sure if alone else 0.5, line.evidence("room"))


def _room_in(text: str) -> str:
    match = _SPELT_ROOM.search(text) or _DASHED_ROOM.search(text)
    return _room(match) if match else ""


def _room(match: re.Match[str]) -> str:
    parts = (match["building"], match["unit"], _digits(re.sub(r"\s", "", match["room"]), bool(match["unit"])))
    return "-".join(_numbered(part) for part in parts if part)


def _digits(room: str, whole: bool) -> str:
    """50Z -> 502; B04 stays, unless building and unit stand before it (`whole`)."""
    return room if room[1:].isdigit() and not whole else room.translate(_LOOK_LIKE_DIGITS)


def _numbered(part: str) -> str:
    """三 -> 3, 03 -> 3; letters in capitals."""
    if part.isascii():
        return part.upper().lstrip("0") or "0"
    return str(value_of(part) or part)


def _body(*codes: str) -> Finder:
    """A finder of a body's code behind one of these labels, else of the one body beside ours that a paper is about."""
    coded = _label(codes, _CODE)

    def find(paper: Paper, hints: Sequence[str] = (), own: str = "") -> Value | None:
        return _agreed(_first(paper, coded, own, 0.95) or _firm(paper, own), _hinted(hints, _code_or_name))

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
    return next((_value(line, match, sure) for line, match in found if _may_be_name(match["code"], own)), None)


def _value(line: Line, match: re.Match[str], sure: float) -> Value:
    colon = ":" in line.plain[match.start() : match.start("code")]
    key = match["code"].strip().upper() if match["code"].isascii() else line.said(match, "code").strip()
    return Value(key, sure if colon else sure - 0.1, line.evidence("subject", line.said(match)))


def _may_be_name(name: str, own: str) -> bool:
    bare = plain(name).strip()
    return len(bare) >= _LEAST and not _NOT_A_NAME.match(bare) and not _FORM_WORD.search(bare) and bare != plain(own)


def _firm(paper: Paper, own: str) -> Value | None:
    """The body a paper is about: the one that a label names or that is written to, else the only or the usual one."""
    found = [*_bodies(paper, own)]
    sure: dict[str, float] = {}
    strongest: dict[str, float] = {}
    for said, says, _ in found:
        name = max((other for other, *_ in found if other.endswith(said)), key=len)
        sure[name] = 1 - (1 - sure.get(name, 0.0)) * (1 - says)
        strongest[name] = max(strongest.get(name, 0.0), says)
    sure = {name: much if strongest[name] >= _TITLED else min(much, _MENTIONED) for name, much in sure.items()}
    ranked = sorted(sure, key=lambda name: -sure[name])
    if not ranked:
        return None
    best, line = ranked[0], next(line for name, _, line in found if name == ranked[0])
    doubt = max(0.0, 0.25 - (sure[best] - sure[ranked[1]])) if len(ranked) > 1 else 0.0
    spelt = _MISREAD_END.sub("有限", by_most(best, paper))
    sole = _SOLE if len(ranked) == 1 else 0.0
    unread = line.least < _GUESSED or bool(_UNREAD.search(plain(spelt)))
    worth = min(max(sure[best], sole), 0.96) * (_UNREADABLE if unread else 1.0)
    return Value(spelt, round(worth - doubt, 3), line.evidence("subject", best))


def _bodies(paper: Paper, own: str) -> Iterator[tuple[str, float, Line]]:
    """Every body named beside ours, as the paper spells it, with how much its place says."""
    for line in _flowing(paper):
        for name, begin, end in _firms_in(line.plain):
            before, behind = line.plain[:begin], line.plain[end:]
            if _may_be_firm(name, own) and not _OF_OTHERS.search(before):
                says = _says_of_place(before, behind)
                yield line.text[begin:end], max(says, _TITLED) if line.size >= _LARGE else says, line


def _flowing(paper: Paper) -> Iterator[Line]:
    """The lines, each that runs to the edge with the one it goes on in: names are broken anywhere."""
    for page in paper.pages:
        edge = max(_LONG, _FULL * max(len(line.text) for line in page))
        held: Line | None = None
        for line in page:
            held = replace(held, text=held.text + line.text) if held else line
            if len(line.text) < edge or line.plain.endswith(("。", ":", ";", ".")):
                yield held
                held = None
        if held:
            yield held


def _says_of_place(before: str, behind: str) -> float:
    if _NAMES_SUBJECT.search(before):
        return 0.9
    if not _ROOM_BEFORE.sub("", before).strip() and re.match(r"\s*(?:\([^)]*\))?\s*:?\s*$", behind) and ":" in behind:
        return 0.86
    return 0.72 if not before.strip() else 0.6


def _firms_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Names of bodies with their places: what stands before 有限公司 and the like, without what leads to it."""
    done = 0
    for end in _FIRM_ENDS.finditer(text):
        before = _NAME_BEFORE.search(text[done : end.start()])
        name = before[0] if before else ""
        name = name[_lead(name) :]
        if (
            len(name) >= (4 if end[0] in _COMMON_ENDS else _LEAST)
            and not _FORM_WORD.search(name)
            and not _ROOM_WITHIN.search(name)
        ):
            begin = end.start() - len(name)
            yield text[begin : end.end()], begin, end.end()
            done = end.end()


def _lead(name: str) -> int:
    """How much before a name only leads to it: 关于, 租户, A座2108."""
    leads = [match.end() for pattern in (_JOINING, _LEADS, _ROOM_BEFORE) for match in pattern.finditer(name)]
    return max((end for end in leads if len(name) - end >= _LEAST), default=0)


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
    return next((name for name, _, _ in _firms_in(hint)), "")


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
