"""Decides what the words around a date say of it: that the paper was made then, that something else was, or nothing."""

from __future__ import annotations

import re

#: Acts that fill a form in: more the paper's than the day of what it copies (护照签发日期).
_FILLED = "填表|填写|填报|填单|制表|填制|制单"
#: Acts that make a paper: the day of one of them is the paper's.
_ACTS = (
    "签订|签约|签署|签字|签发|签批|制作|制图|绘图|绘制|设计|出图|打印|印制|编制|编写|编报|编|制定|拟定|拟稿|起草|定稿|成稿"
    "|发文|成文|发布|公布|发出|发函|致函|发送|下发|下达|颁发|颁证|发证|核发|落款|提出|提交|提报|申请|申报|申诉|呈报|上报|报告|报送|报价|报出|报备|报名"
    "|审批|核准|核定|批准|批示|登录|注册登记|记录|记载|开具|开票|开立|开单|记账|入账|下单|订货|订立|更新|修改|修订|变更|建档|立卷|立|制|填|订"
)
#: Acts that a paper is about, done on its day as a rule.
_DEEDS = (
    "签收|接话|通话|接听|试车|试运行|送达|查验|查勘|勘查|勘验|点验|复验|复查|会议|开会|召开|例会|评审|评估|评定|评价|评议|考核|考评|考试|测评|鉴定|审核|审查|审定|验收|验货|检验|检查|检测|化验|测试|试验|体检"
    "|登记|受理|接待|接报|来访|来电|投诉|报修|调查|访谈|访问|走访|回访|拜访|跟进|巡查|巡检|抽查|盘点|清点|维修|处理|办理|结案|反馈"
    "|领取|领用|借款|报销|付款|收款|缴费|交款|入库|出库|发货|收货|送货|调动|调拨|交接|移交|接收|交付使用|拍摄|摄制|录制|培训|活动|归档|签"
)
_ACT = re.compile(
    rf"(?:(?P<filled>{_FILLED})|(?P<act>{_ACTS})|(?P<deed>{_DEEDS}))?\s*(?:日\s*期|时\s*间|年月日|日)\s*:?\s*$"
)
_ENGLISH = re.compile(
    r"(?:(?P<act>issu\w*|sign\w*|report\w*|invoice|letter|contract|agreement|prepared|application|submission|meeting|survey|inspection|receipt|voucher)\s+)?"
    r"\bdates?(?:\s+of\s+(?:(?P<made>issue|signature|signing|application|report|submission|preparation|meeting|survey|inspection)|\w+))?"
    r"\s*[:.]?\s*$|^\W*(?:dated|signed|made)\s*(?:on|this|the|as of)?\s*(?:the)?\s*$",
    re.IGNORECASE,
)
#: 制单2020年2月12日, Reported: 11 July: an act that stands before its day without the word 日期.
_BARE_ACT = re.compile(
    rf"(?:^|[\s:,、;人])(?:(?P<act>{_FILLED}|出单|出具|编印|编排|{_ACTS})|(?P<deed>{_DEEDS}))\s*:?\s*$"
)
_BARE_ENGLISH = re.compile(
    r"^\W*(?:(?P<act>issued|reported|prepared|signed|certified|printed)|(?P<deed>held|inspected|tested|surveyed|examined))"
    r"\s*(?:on)?\s*:?\s*$",
    re.IGNORECASE,
)
_OWN_WORD = re.compile(
    r"(?P<word>[\u3400-\u9fff]{2})(?:日\s*期|时\s*间|年月日|日)?\s*:?\s*$|\b(?P<english>\w{4,})\s+date\s*:?\s*$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[\u3400-\u9fff]{1,6}(?:日期|时间|年月日|年月|日)\s*:?\s*$")
_OTHERS = re.compile(
    r"离厂|离校|进厂|到厂|送来|转正|转入|转出|购入|购进|购置|报验|出生|出身|入学|毕业|有效期|入职|入社|入厂|入会|入党|入团|到[职任]|进场|采样|取样|抽样|送样|送检|到岗|到期|起始|截止|截至|参加工作|期限|限期|到货|购置|购买|购入|购房"
    r"|出厂|生产日|离职日|离职时|拟(?![稿定文])|预计|预定|预约|计划|希望|要求|约定|应[还于付交缴到]|期望|入住|入伙|退社|过户|接洽|首谈|初访|建店|开店|开业|交房|发生|事发|投用|启用"
    r"|起租|交付|竣工|开工|完工|迁入|搬入|搬出|有效|到会|最后工作|起止|首次|初次|下次|上次|前次|转正日|所属|期间|时段|周期|工期|租期|学期|任期|任职|试用期|聘期|保修|质保"
    r"|生效|实施|施行|执行|成立|创办|创建|建校|建厂|建立于|注册日|聘用|放假|开学|出发|返回|离开|到达|来华|入境|出境|签证|合同期|止日|自$|至$|从$|到$|截$"
    r"|birth|effective|expir|valid|due|deliver|start|end|from|until|since|before|commenc|completion|departure|arrival|employ|joined|hired|received|sampled|order",
    re.IGNORECASE,
)
_BORN = re.compile(r"出生|出身|生日|birth|有效|期限|毕业|参加工作|成立|建校|expir|valid", re.IGNORECASE)
#: 凡2007年8月12日以前的规定: a bound, not a day on which anything was made.
_BOUND = re.compile(r"\s*(?:以前|之前|以后|之后|以来|起(?!草)|前的|前[,完报交将]|至今|止|截止|届满|到期|生效)")
_RANGE = re.compile(
    r"\s*(?:[0-2]?\d:[0-5]\d)?\s*(?:[-—–―~]+|一(?=[一二12])|至|到|to|until)\s*(?:[12]\d{3}\s?[年./-]|[一二][〇○零九]|\d{1,2}\s?[月./]|\d{1,2}\s?日|次日|翌日|今|[0-3]?\d\s+[a-z]{3}|[a-z]{3,9}\s+\d)",
    re.IGNORECASE,
)
_END_OF_RANGE = re.compile(
    r"(?:\d\s?日?|[日月号])\s*(?:[-—–―~]+|(?<=[日月号])一|起?至|到)\s*$|(?:自|从|截至|截止|\bto|\buntil)\s*$",
    re.IGNORECASE,
)
#: 合同签订日期: the day of a contract that a paper speaks of; a contract says 签订日期.
_CITED = re.compile(r"(?:合同|协议|发票|证书|证件|护照|执照)$")
_NEAR = 9

#: What was done at last: a revision outdoes the making, this time's inspection the first one.
_LAST = re.compile(r"(?:修订|修改|变更|更新|改版|本次[\u3400-\u9fff]{2})\s*(?:日\s*期|时\s*间|日)?\s*:?\s*$")
_LATER = 0.935

FILLED, MADE, OWN, DONE, BARE, OTHER_ACT = 0.94, 0.93, 0.92, 0.915, 0.9, 0.8
"""The confidence by who filled a form in, made the paper (报告日期), did what its title tells, what its label tells
(检验日期), by none, others."""
_BARELY_DONE = 0.88
"""An act that a paper is about, without the word 日期."""


def is_birth(before: str) -> bool:
    """Whether it is a day of birth, or of a licence's end, that no paper is made on."""
    return bool(_BORN.search(before[-_NEAR:]))


def is_bound(before: str, behind: str) -> bool:
    """Whether it is the beginning or the end of a time: a period, a term, a deadline."""
    return bool(_BOUND.match(behind) or _RANGE.match(behind) or _END_OF_RANGE.search(before))


def is_of_another(before: str) -> bool:
    """Whether the label says that it is the day of something that the paper tells of."""
    return bool(_OTHERS.search(before[-2 * _NEAR if before.isascii() else -_NEAR :]))


def labelled(before: str, title: str = "") -> float:
    """How surely the label in front says that the paper was made then; 0 where there is no label.

    An act of which the title speaks is what the paper tells of: 查验日期 on a 完工查验单.
    """
    if _LAST.search(before):
        return _LATER
    said = _ACT.search(before) or _ENGLISH.search(before)
    sure = _by_label(said, before) if said else _by_bare_act(before)
    word = _OWN_WORD.search(before)
    said_of = (word["word"] or word["english"]).lower() if word else ""
    own = said_of and said_of in title.lower() and (said_of.isascii() or not is_of_another(before))
    return max(sure, OWN) if own else sure


def _by_bare_act(before: str) -> float:
    said = _BARE_ACT.search(before) or _BARE_ENGLISH.search(before)
    if said is None:
        return 0.0
    return MADE if said["act"] else _BARELY_DONE


def _by_label(said: re.Match[str], before: str) -> float:
    if said.re is _ACT and said["filled"]:
        return FILLED
    if said.re is _ACT and said["act"] and _CITED.search(before[: said.start()]):
        return OTHER_ACT
    if said["act"] or (said.re is _ENGLISH and said["made"]):
        return MADE
    if said.re is _ACT and said["deed"]:
        return DONE
    return OTHER_ACT if _LABELLED.search(before) or (said.re is _ENGLISH and said[0].split("of")[1:]) else BARE
