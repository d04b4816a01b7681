"""Decides where the name of a body (a firm, shop, hospital) begins and ends in a line: 现将关于|白石商行|的材料.

A name ends in a word for its kind. It begins where the line, a cell or a clause does, behind a label or behind a word
that leads to it; 向阳, 祥和 and 致远 hold such words and are names nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.finders.filled_in import SUBJECT

_LEAST, _TYPICAL = 2, 14
_COMMON_ENDS = frozenset(("公司", "集团", "银行", "医院", "酒店", "学校"))
_WORKS = (
    "化工|水泥|机械|造纸|纺织|棉纺|毛纺|印染|印刷|食品|家具|制药|修造|制造|配件|设备|电器|仪表|阀门|轴承|水泵|电机|锅炉|玻璃|陶瓷|塑料|橡胶|皮革|服装|面粉|饲料"
    "|化肥|农药|焦化|热电|发电|炼油|钢铁|冶炼|自来水|造船|汽修|修配|加工|木材|五金|工具|电缆|铸造|矿山|砖瓦|包装|电子|灯具|木器|酿酒|榨油"
)
_ENDS = re.compile(
    r"(?:股份)?(?:有[^公]|[^有份公]?限)(?:责任)?公司|分公司|公司|集团|商行|事务所|工作室|经营部|大?药房|药店|药行|药号|药局|药铺|药堂|医院|卫生院|卫生室|卫生站|卫生所|医务室"
    r"|卫生服务中心|卫生服务站|保健院|疗养院|防治院|养老院|护理院|门诊部|诊所|供销社|贸易行|经销部|经销处|便民店|食杂店|副食店|杂货店|零售店|专卖店|旗舰店|加盟店|分店|小卖部|粮油店|烟酒店"
    r"|食品店|水果店|日杂店|大?超市|大?卖场|量贩|商店|便利店|连锁店|购物中心|百货|商场|商厦|批发部|批发站|门市部|书店|合作社|酒店|宾馆|餐厅"
    rf"|电厂|钢厂|(?:{_WORKS})[一二三四]?厂|项目部|代表处|办事处|银行"
)
_NAME_BEFORE = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{2,30}$")
#: Words that lead to a name; single characters not where they stand within one (致远, 祥和, 向阳, 经纬, 富贵).
_JOINING = re.compile(
    r"(?<![富华尊荣宝])贵(?!州|阳|港|溪|金|重|宾|友|人|广|安|高|航)公?司?|[我本该]公?司|关于|通过|经过|以及|对于|位于|就(?=.{0,12}公司)"
    r"|(?<![祥仁泰永同中义太嘉颐瑞人协安谐信万三四天家亲温])和(?!平|谐|顺|兴|美|畅|信|合|利|泰|盛|源|鑫|众|达|丰|记|发|一|睦|风|辉|韵|创|润|瑞|悦|诚|田|县|硕|静)"
    r"|与(?!时)|^致(?!远|诚|和|胜|力|信|富|尚|美|用|知|高|达|祥|恒|博|成|盛|真|臻|中|同|泰|柏|一|简|福|明)|对(?!外)|由(?!心|美|然)|(?<!自)由(?=.{2,}公司)"
    r"|向(?!阳|荣|前|上|东|日|心|明|新|导|华|山|尚|海|红|隆|宇)|经(?!纬|典|济|贸|营|开|科|销|世|略|都|天|易|编|信|纶)|给(?!力|水|排)"
    r"|(?<![华有大力维作无三利宏天能善智])为(?!民|农|国|人|业|尔|群|先|众|真|信|康|尚|美|本|公|侨|华|盛|学)|请(?!客)|(?<![自存])在(?!线|田|握|望)"
    r"|从(?!化|江|文|众|心|容|善)|(?<!棉)被(?!服)|及(?!时|第)|(?<!关)于(?!都|洪|田|家|成)|到(?!家|位|乡|此)|将(?!军|乐|来|才|台)|赴|抵达|据(?=.{2,}公司)"
    r"|同意|批准|前往|来自|发往|运往|送往|发给|寄给|送至|运至|售予|售给|供给|供应|销往|交给|交予|(?<=[\d室号元])交(?!通|大|建|运|投|电|科)|租予|租给|转给|致函|函告|通知|答复|接待|会见"
    r"|兹有|今有|兹因|今收到|收到|本季|本月|本周|本年|今年|去年|上年|上月|当日|次日|昨日|目前|现有|现将|台端"
    r"|(?:拜访|走访|回访|访问|考察|邀请|委托|约谈|慰问|看望)[了过]?"
)
#: What leads to a name on its line, spaces lost, and the label that says that the paper is about the one behind it.
_LEADS = re.compile(
    rf"^.{{0,6}}?(?:{SUBJECT})(?:名称|全称|中文名)?(?:\(.{{1,4}}\))?|(?:名称|全称|全名|抬头)(?:\(.{{1,4}}\))?"
    r"|^[\u3400-\u9fff]{0,4}(?:单位|对象|机构|(?<![东西南北远四大八万前天一])方(?!圆|正|舟|达|大|元|兴|略|特|程|盛|华))(?:名称)?"
)
ROOM_BEFORE = re.compile(r"^[A-Za-z]?\d{0,3}\s?(?:座|栋|幢|号楼|楼)?\s?\d{3,4}(?:室|号|单元)?\s?")
_ROOM_WITHIN = re.compile(r"[座栋幢楼]\d{3}")
#: Trades that many firms have: with nothing before them, they are the rest of a name that was cut.
_BARE_TRADE = re.compile(
    r"(?:[一二]?人民|中心|商贸|贸易|科技|实业|发展|建材|机电|设备|食品|纺织|物流|信息|技术|装饰|工程|农业|化工|电气|印务|医药|药业|投资|管理|服务|咨询)+"
)
FORM_WORD = re.compile(r"登记|记录|概况|分析|档案|信息(?=表|卡|登)|特征|调查|审批|申请|评估|情况|一览|名册")
#: What stands in sentences and in no name.
_PROSE = re.compile(r"的|了|但|超过|应收|元整|万元|\d元|没有|您|我们|已经|年.{1,4}月|月.{1,4}日|日前|不(?!锈)")


def firms_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Names of bodies with their places: what stands before 有限公司 and the like, without what leads to it."""
    done = 0
    for end in _ENDS.finditer(text):
        before = _NAME_BEFORE.search(text[done : end.start()])
        name = before[0] if before else ""
        name = name[_lead(name) :]
        if len(name) >= (4 if end[0] in _COMMON_ENDS else _LEAST) and _may_be_called(name):
            begin = end.start() - len(name)
            yield text[begin : end.end()], begin, end.end()
            done = end.end()


def is_overlong(name: str) -> bool:
    """Whether it is longer than bodies are called: something that leads to the name may be in it."""
    end = _ENDS.search(name)
    return end is not None and end.start() > _TYPICAL


def _lead(name: str) -> int:
    """How much before a name only leads to it: 关于, 租户, A座2108."""
    leads = [match.end() for pattern in (_JOINING, _LEADS, ROOM_BEFORE) for match in pattern.finditer(name)]
    return max((end for end in leads if _is_whole(name[end:])), default=0)


def _is_whole(rest: str) -> bool:
    return len(rest) >= _LEAST and not _BARE_TRADE.fullmatch(rest)


def _may_be_called(name: str) -> bool:
    return not any(pattern.search(name) for pattern in (FORM_WORD, _ROOM_WITHIN, _PROSE))
