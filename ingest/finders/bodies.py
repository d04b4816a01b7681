"""Decides which body (a firm, shop, hospital) a paper is about: by its label, its place, or how often it stands.

Names without 公司 or the like are only taken from forms that say whose they are; a body that is only mentioned is
proposed, not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.domain.description import Value
from index.domain.placing.terms import nearest
from ingest.finders.filled_in import BARE_LABEL, RECEIVED, SUBJECT, filled_in
from ingest.finders.known_names import by_most, is_misread
from ingest.finders.paper import Line, Paper, plain

_LEAST, _FULL, _LONG = 2, 0.85, 24
_COMMON_ENDS = frozenset(("公司", "集团", "银行", "医院", "酒店"))
_FIRM_ENDS = re.compile(
    r"(?:股份)?(?:有[^公]|[^有份公]?限)(?:责任)?公司|分公司|公司|集团|商行|事务所|工作室|经营部|大?药房|药店|药行|药号|医院|卫生院|卫生室|卫生站|卫生服务中心|保健院|门诊部|诊所|供销社|贸易行|经销部|便民店|食杂店|杂货店|零售店|专卖店|旗舰店|加盟店|分店|超市|商店|便利店|连锁店|购物中心|百货|商场|批发部|门市部|书店|合作社|酒店|餐厅"
    r"|电厂|钢厂|项目部|代表处|办事处|银行"
)
#: What engines make of 有限, and a name in which a character could not be read.
_MISREAD_END = re.compile(r"(?:有[^限公]|(?<!有)[^有份公]?限)(?=(?:责任)?公司$)")
_UNREAD = re.compile(r"[□■�○]")
_UNREADABLE, _GUESSED = 0.6, 0.55
"""What a name is worth with a character that could not be read, and the confidence at which a reader only guesses."""
_LARGE, _TITLED, _LABELLED = 1.2, 0.86, 0.9
_SOLE, _MENTIONED = 0.72, 0.76
"""What the only body beside ours is worth that a paper names, and any that is only mentioned, however often."""
_NAME_BEFORE = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{2,30}$")
_JOINING = re.compile(
    r"[我贵本该]公?司|关于|通过|经过|[由与和对向致给经为请贵我该在从被及于到将]|同意|批准|(?:拜访|走访|回访|访问|考察|邀请|委托)[了过]?"
)
#: What leads to a name on its line, spaces lost, and the label that says that the paper is about the one behind it.
_LEADS = re.compile(rf"^.{{0,6}}?(?:{SUBJECT})(?:名称|全称|中文名)?(?:\(.{{1,4}}\))?|(?:名称|全称)(?:\(.{{1,4}}\))?")
_NAMES_SUBJECT = re.compile(rf"(?:{SUBJECT}|名称)(?:名称|全称|名)?(?:\([^)]{{1,6}}\))?\s*:?\s*$")
#: How those write to us who do not spell our name.
_TO_US = re.compile(
    r"^(?:致|呈|送)?[:\s]*(?:贵|[\u3400-\u9fff]{0,8}(?:物业|管理))(?:处|部|中心|公司|管理处|服务中心|客服中心)\s*:$"
)
_EVERYBODY = re.compile(
    r"^(?:各|全体|诸|有关|相关|所有)|^(?:客户|顾客|租户|商户|业主|用户|先生|女士|领导|同志|朋友|阁下)|(?:先生|女士|同志|经理|主任|局长|校长)$"
)
_TITLE_BEHIND = re.compile(r"^的?[^,。;:]{0,16}(?:报告|表|书|函|卡|记录|调查|协议|合同|单|总结|小结|情况|档案|材料)$")
#: A report says whom it is about by what was done there, or by what it tells of the firm first.
_VISITED = re.compile(r"(?:拜访|走访|回访|访问|考察|前往|赴)(?:了|过)?(?:客户|用户|单位|企业)?\s*$")
_TOLD_OF = re.compile(
    r"进行了?(?:.{0,6})(?:拜访|走访|回访|访问|调查|考察|了解|评估|评价)|的?(?:信用|资信|经营|基本)(?:状况|情况|区域)|(?:成立|始建|创建|创办)于|系一家|是一家|座落|坐落"
)
_ROOM_BEFORE = re.compile(r"^[A-Za-z]?\d{0,3}\s?(?:座|栋|幢|号楼|楼)?\s?\d{3,4}(?:室|号|单元)?\s?")
_ROOM_WITHIN = re.compile(r"[座栋幢]\d{3}")
_OF_OTHERS = re.compile(
    r"(?:工作单位|供货单位|供货方|供应单位|供应商|施工单位|施工方|施工队|装修单位|装修公司|承建|承包方|承包单位|维修单位|维保单位|保洁公司|保安公司|开户行|开户银行|收款单位|收款人|收款方"
    r"|承运(?:人|方|商|单位)?|运输单位|配送单位|配送商|检验单位|检测单位|鉴定单位|评估机构|监理|监理单位|设计单位|生产企业|生产单位|生产厂家|制造商|厂家|出租方|出租人|甲方|供方|卖方|销方|销售方"
    r"|担保单位|担保方|担保人|保证人|总部|母公司|上级公司|上级单位|控股股东|股东|投资方|发证机关|登记机关|管理单位|管理方|物业公司|主管单位|毕业院校|原单位|任职|保险公司|竞争对手|见证方|丙方)"
    r"(?:\((?!需|买|购|承租|租|客)[^)]{1,6}\))?\s*:?\s*$"
)
_FIRST_PARTY, _SECOND_PARTY = (
    re.compile(r"甲方(?:\([^)]{1,6}\))?\s*:?\s*$"),
    re.compile(r"乙方(?:\([^)]{1,6}\))?\s*:?\s*"),
)
#: Bodies that many papers name and few are about: only a label makes one of them the subject.
_OF_THE_STATE = re.compile(r"(?:银行|支行|分行|信用社|政府|委员会|管理局|监督局|税务局|法院)$")
_FORM_WORD = re.compile(r"登记|记录|概况|分析|档案|信息(?=表|卡|登)|特征|调查|审批|申请|评估|情况|一览|名册")
_NOT_A_NAME = re.compile(
    r"^(?:名称|姓名|联系|电话|地址|日期|部门|职务|编号|签字|签名|盖章|签章|意见|情况|性质|类[型别]|等级|地址|电话|资料|档案|登记|信息)"
)


def body_of(paper: Paper, own: str) -> Value | None:
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
    """Every body that may be the subject, as the paper spells it, with how much its place says."""
    yield from _named(paper, own)
    yield from _filled_in(paper, own)


def _filled_in(paper: Paper, own: str) -> Iterator[tuple[str, float, Line]]:
    """Names of any form (小满咖啡馆) where the form, the address or the receipt says whose they are."""
    for name, line in filled_in(paper):
        said = plain(name)
        if _may_be_firm(said, own) and not _EVERYBODY.search(said) and not any(firms_in(said)):
            yield name, _LABELLED, line


def _named(paper: Paper, own: str) -> Iterator[tuple[str, float, Line]]:
    """Every firm named beside ours, as the paper spells it, with how much its place says."""
    second, above, to_us = _second_party_is(own, paper), "", _is_written_to(own, paper)
    for line in _flowing(paper):
        for name, begin, end in firms_in(line.plain):
            before, behind = line.plain[:begin] or above, line.plain[end:]
            party = second and _FIRST_PARTY.search(before)
            if _may_be_firm(name, own) and (party or not _OF_OTHERS.search(before)):
                alone = to_us and not before.strip() and not behind.strip()
                says = _LABELLED if party else _TITLED if alone else _says_of_place(before, behind, name)
                yield line.text[begin:end], max(says, _TITLED) if line.size >= _LARGE else says, line
        above = line.plain if BARE_LABEL.fullmatch(line.plain) else ""


def _is_written_to(own: str, paper: Paper) -> bool:
    """Whether it is a letter to us: then whoever heads or signs it is the one it is about."""
    ours = plain(own)
    return any(_TO_US.match(line.plain) or (ours and line.plain.strip(" :致") == ours) for line in paper.first)


def _second_party_is(own: str, paper: Paper) -> bool:
    """Whether we are the second party (乙方): then the first one is the other."""
    ours = plain(own)
    behind = (line.plain[match.end() :] for line in paper.lines for match in _SECOND_PARTY.finditer(line.plain))
    return bool(ours) and any(words.startswith(ours) for words in behind)


def _flowing(paper: Paper) -> Iterator[Line]:
    """The lines, each that runs to the edge with the one it goes on in: names are broken anywhere."""
    for page in paper.pages:
        edge = max(_LONG, _FULL * max(len(line.text) for line in page))
        held: Line | None = None
        for line in (replace(line, text=" ".join(line.cells)) for line in page):
            held = replace(held, text=held.text + line.text) if held else line
            if len(line.text) < edge or line.plain.endswith(("。", ":", ";", ".")):
                yield held
                held = None
        if held:
            yield held


def _says_of_place(before: str, behind: str, name: str) -> float:
    if _NAMES_SUBJECT.search(before) or RECEIVED.search(before):
        return _LABELLED
    if _OF_THE_STATE.search(name):
        return 0.4
    if (not before.strip() and _TITLE_BEHIND.match(behind)) or _VISITED.search(before) or _TOLD_OF.match(behind):
        return _TITLED
    if not _ROOM_BEFORE.sub("", before).strip() and re.match(r"\s*(?:\([^)]*\))?\s*:?\s*$", behind) and ":" in behind:
        return 0.86
    return 0.72 if not before.strip() else 0.6


def firms_in(text: str) -> Iterator[tuple[str, int, int]]:
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
    return may_be_name(name, own) and not (own and _is_ours(name, plain(own)))


def _is_ours(name: str, ours: str) -> bool:
    """Whether it is our own name, part of it, a department of ours, or our name misread."""
    near = nearest(ours, name)
    return ours in name or name in ours or (near is not None and is_misread(near))


def may_be_name(name: str, own: str) -> bool:
    """Whether it is neither a label, nor the name of a form, nor our own."""
    bare = plain(name).strip()
    return len(bare) >= _LEAST and not _NOT_A_NAME.match(bare) and not _FORM_WORD.search(bare) and bare != plain(own)
