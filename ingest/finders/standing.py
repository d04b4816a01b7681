"""Decides how much the place where a body's name stands says that the paper is about it, and where it speaks against.

`before` and `behind` are what stands on the name's line beside it, cells parted by a space.
"""

from __future__ import annotations

import re

from ingest.finders.filled_in import RECEIVED, SUBJECT
from ingest.finders.firm_names import ROOM_BESIDE

LABELLED, ROLED, TITLED, CELL, HEADS, MENTIONED = 0.9, 0.88, 0.86, 0.74, 0.72, 0.6
"""Beside a label; beside one of its kind (受评方); told of; alone in a cell; first on its line; somewhere in it."""
_OF_THE_STATE_SAYS = 0.4
_OFFICE = re.compile(r"(?:办事处|代表处|分公司|经销部|经营部|门市部)$")
_NAMED = r"(?:名称|全称|全名|名)?(?:\([^)]{1,6}\))?\s*:?\s*$"
_NAMES_SUBJECT = re.compile(rf"(?:{SUBJECT}|名称|抬头){_NAMED}")
#: Labels that nobody listed, told to be one of a party by their end.
_PARTY = re.compile(
    rf"(?:^|[\s,;。])[\u3400-\u9fff]{{0,5}}(?:单位|对象|客户|用户|租户|商户|企业|厂商|[^地官双]方|[^账门]户){_NAMED}"
)
#: A report says whom it is about by what was done there, or by what it tells of the firm first.
_VISITED = re.compile(
    r"(?:拜访|走访|回访|访问|考察|前往|赶赴|赴|抵达|走进|会见|约谈|慰问|看望|(?<![送运达收得直遇接])到)(?:了|过)?(?:客户|用户|单位|企业)?\s*$"
)
_TOLD_OF = re.compile(
    r"进行了?(?:.{0,6})(?:拜访|走访|回访|访问|调查|考察|了解|评估|评价)|的?(?:信用|资信|经营|基本)(?:状况|情况|区域)|^[^,。;:]{0,6}向(?:[贵我你本]|我们)(?:公司|司|方|厂|处|店|中心|单位)|(?:成立|始建|创建|创办)于|系一家|是一家|座落|坐落|前身"
)
#: What a firm does that a complaint, a reminder or a report begins with.
_DID = re.compile(
    r"^(?:[\d〇○零一二三四五六七八九十].{2,14}?)?(?:连续|多次|再次|近日|于)?.{0,10}?(?:来电|来函|来信|来人|致电|反映|投诉|抱怨|诉说|诉称|提出|要求|报称|报修|申请|拖欠|尚欠|未付|欠)"
)
_HANDED = (re.compile(r"(?:交|租|借|转|供)(?:由|给|与|予|付)?\s*$"), re.compile(r"^(?:使用|承租|租用|接管|经营|接收)"))
_EMPOWERED = (re.compile(r"授权\s*$"), re.compile(r"^(?:为|作|在|代理|销售|经销|负责)"))
_ASKED_BY = (re.compile(r"受\s*$"), re.compile(r"^的?(?:委托|之托|邀请|聘请)"))
_HELD_AT = (re.compile(r"(?:在|于)\s*$"), re.compile(r"^(?:内|院内)?(?:做|作|开|召开|举办|举行|进行|开展|组织|上门)"))
_TITLE_BEHIND = re.compile(
    r"^的?[^,。;:]{0,16}(?:报告|表|书|函|卡|记录|调查|协议|合同|单|总结|小结|情况|档案|材料|纪要|备忘|历程|印象|看法|评价|说明|通报|处理|意见|分析|介绍|请示|汇报|请求|处罚)$"
)
_ADDRESSED = re.compile(r"^\s*(?:\([^)]*\))?\s*[\u3400-\u9fff·]{0,8}?\s*(?:\([^)]*\))?\s*:$")
_SENT_TO = (re.compile(r"(?:^|\s)(?:致|送|呈|送达)\s*:?\s*$"), re.compile(r"^\s*(?:\([^)]*\))?\s*:?$"))
#: 2024年5月3日,2号楼1405 before the name of whoever called.
_WHEN_AND_WHERE = re.compile(r"^[\d\s年月日.,/:-]*[,:]?\s*")
#: Bodies that many papers name and few are about: only a label makes one of them the subject.
_OF_THE_STATE = re.compile(r"(?:银行|支行|分行|信用社|政府|委员会|管理局|监督局|税务局|法院)$")
#: Those who come to work for somebody else: what they are called tells no more.
_SERVES = re.compile(
    r"装饰|装修|装潢|建筑|安装|消防|监理|电梯|保洁|保安|物业|检测|检验|鉴定|会计师|律师|担保|保险|审计|设计|律师|咨询|资信|征信|评估|公证|造价|代理记账|税务师"
)
_ADVISES = re.compile(r"律师|会计师|审计|公证|评估|资信|征信|造价|税务师")
_OTHERS = (
    "工作单位|供货来源|供应商|(?:施工|承建|承包|承揽工程|装修|装饰|安装|维修|维保|监理|设计|供货|供应|生产|制造|运输|承运|物流|配送|送货|发货|检验|检测|鉴定|担保|出租|收款|销售|销货|管理|推荐|介绍|转介|见证|制作|印制|承印|保洁|保安)"
    "(?:单位|企业|公司|厂家|机构|方|商|队|人|者)|施工|监理|承建|设计|承运|开户行|开户银行|制造商|厂家|供方|卖方|(?<!经)(?<!承)(?<!分)销方|评估机构|保证人|总部|母公司|上级公司|上级单位|控股股东|股东|投资方|(?<!被)授权方"
    "|发证机关|登记机关|物业公司|物业|主管单位|毕业院校|原单位|任职|就职|保险公司|竞争对手|竞争厂家|同行|丙方|印制|开票单位"
)
_OF_OTHERS = re.compile(rf"(?:{_OTHERS}|甲方)(?:名称|全称)?(?:\((?!需|买|购|承租|租|客)[^)]{{1,6}}\))?\s*:?\s*$")


def is_of_others(before: str) -> bool:
    """Whether the label before a name says that it is somebody else's: the carrier's, the builder's, the bank's."""
    return bool(_OF_OTHERS.search(before))


def serves_others(name: str) -> bool:
    return bool(_SERVES.search(name))


def advises(name: str) -> bool:
    """Whether it writes on other people's business even where it alone signs: a lawyer, an auditor."""
    return bool(_ADVISES.search(name))


def is_department(before: str, name: str, own: str) -> bool:
    """Whether it is a department of ours that our own name stands before: 本公司驻青石办事处."""
    return bool(own) and bool(_OFFICE.search(name)) and before.rstrip().removesuffix("驻").endswith(own)


def is_of_the_state(name: str) -> bool:
    return bool(_OF_THE_STATE.search(name))


def says_of_place(before: str, behind: str, name: str) -> float:
    """How much the place says, from LABELLED to MENTIONED; the room before a name is nothing that leads to it."""
    bare = ROOM_BESIDE.sub("", before)
    if _NAMES_SUBJECT.search(before) or _NAMES_SUBJECT.search(bare) or RECEIVED.search(bare):
        return LABELLED
    if _PARTY.search(before) or _PARTY.search(bare):
        return ROLED
    if before.endswith("、") or behind.startswith("、"):
        return MENTIONED
    if is_of_the_state(name):
        return _OF_THE_STATE_SAYS
    return TITLED if _is_told_of(bare, behind) else _stands(before, behind)


def _is_told_of(before: str, behind: str) -> bool:
    first = not _WHEN_AND_WHERE.sub("", before).strip()
    return (
        (first and bool(_TITLE_BEHIND.match(behind) or _DID.match(behind) or _ADDRESSED.match(behind)))
        or any(
            led.search(before) and went_on.match(behind)
            for led, went_on in (_HANDED, _ASKED_BY, _EMPOWERED, _HELD_AT, _SENT_TO)
        )
        or bool(_VISITED.search(before) or _TOLD_OF.match(behind))
    )


def _stands(before: str, behind: str) -> float:
    if before.endswith(" ") and (not behind or behind.startswith(" ")):
        return CELL
    return MENTIONED if before.strip() else HEADS
