"""Decides where the name of a body (a firm, shop, hospital) begins and ends in a line: 现将关于|白石商行|的材料.

A name ends in a word for its kind. It begins where the line, a cell or a clause does, behind a label or behind a word
that leads to it; 向阳, 祥和 and 致远 hold such words and are names nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.finders.filled_in import SUBJECT

_LEAST, _TYPICAL = 2, 14
_COMMON_ENDS = frozenset(("公司", "集团", "银行", "医院", "酒店", "学校", "厂"))
_WORKS = (
    "化工|水泥|机械|造纸|纺织|棉纺|毛纺|印染|印刷|食品|家具|制药|修造|制造|配件|设备|电器|仪表|阀门|轴承|水泵|电机|锅炉|玻璃|陶瓷|塑料|橡胶|皮革|服装|面粉|饲料"
    "|化肥|农药|焦化|热电|发电|炼油|钢铁|冶炼|自来水|造船|汽修|修配|加工|木材|五金|工具|电缆|铸造|矿山|砖瓦|包装|电子|灯具|木器|酿酒|榨油"
)
_ENDS = re.compile(
    r"(?:股份)?(?:有[^公]|[^有份公]?限)(?:责任)?公司|分公司|公司|集团|商行|事务所|工作室|经营部|大?药房|药店|药行|药号|药局|药铺|药堂|医院|卫生院|卫生室|卫生站|卫生所|医务室"
    r"|卫生服务中心|卫生服务站|保健院|疗养院|防治院|养老院|护理院|门诊部|诊所|供销社|贸易行|经销部|经销处|便民店|食杂店|副食店|杂货店|零售店|专卖店|旗舰店|加盟店|分店|小卖部|粮油店|烟酒店"
    r"|食品店|水果店|日杂店|大?超市|大?卖场|量贩|商店|便利店|连锁店|购物中心|百货|商场|商厦|批发部|批发站|门市部|书店|合作社|酒店|宾馆|餐厅"
    r"|(?<=[\u3400-\u9fff]{3})(?<![我贵本该进到出入离返分工全各建驻你由回在来])厂(?![里内外区家房长商部名方址区])"
    rf"|电厂|钢厂|(?:{_WORKS})[一二三四]?厂|项目部|代表处|办事处|银行"
)
#: What may go on: a house of several shops, a firm with branches, anything that is 有限公司 after all.
_BETWEEN = re.compile(r"[\u3400-\u9fff()]{0,6}")
_LEGAL, _BRANCH = re.compile(r"公司$"), re.compile(r"^(?:分公司|分店|门市部)$")
_HOUSE, _SHOP = (
    re.compile(r"供销社|合作社|集团|药房|医院|百货|超市"),
    re.compile(r"店$|超市|卖场|商场|药房|部$|诊所|卫生"),
)
_NAME_BEFORE = re.compile(r"(?:[\u3400-\u9fffA-Za-z0-9()·&]|(?<=\d)[-—](?=\d)){2,30}$")
#: Words that lead to a name; single characters not where they stand within one (致远, 祥和, 向阳, 经纬, 富贵).
_JOINING = re.compile(
    r"(?<![富华尊荣宝])贵(?!州|阳|港|溪|金|重|宾|友|人|广|安|高|航)公?司?|[我本该]公?司|关于|通过|经过|以及|对于|位于|就(?=.{0,12}公司)"
    r"|(?<![祥仁泰永同中义太嘉颐瑞人协安谐信万三四天家亲温])和(?!平|谐|顺|兴|美|畅|信|合|利|泰|盛|源|鑫|众|达|丰|记|发|一|睦|风|辉|韵|创|润|瑞|悦|诚|田|县|硕|静)"
    r"|与(?!时)|^致(?!远|诚|和|胜|力|信|富|尚|美|用|知|高|达|祥|恒|博|成|盛|真|臻|中|同|泰|柏|一|简|福|明)|对(?!外)|由(?!心|美|然)|(?<!自)由(?=.{2,}公司)"
    r"|向(?!阳|荣|前|上|东|日|心|明|新|导|华|山|尚|海|红|隆|宇)|经(?!纬|典|济|贸|营|开|科|销|世|略|都|天|易|编|信|纶)|给(?!力|水|排)"
    r"|(?<![华有大力维作无三利宏天能善智])为(?!民|农|国|人|业|尔|群|先|众|真|信|康|尚|美|本|公|侨|华|盛|学)|请(?!客)|(?<![自存])在(?!线|田|握|望)"
    r"|从(?!化|江|文|众|心|容|善)|(?<!棉)被(?!服)|及(?!时|第)|(?<!关)于(?!都|洪|田|家|成)|到(?!家|位|乡|此)|将(?!军|乐|来|才|台)|赴|抵达|据(?=.{2,}公司)"
    r"|同意|批准|前往|来自|发往|运往|送往|发给|寄给|送至|运至|售予|售给|供给|供应|销往|交给|交予|(?<=[\d室号元])交(?!通|大|建|运|投|电|科)|租予|租给|转给|致函|函告|通知|答复|接待|会见"
    r"|承揽|承接|承建|承包|鉴于|按照|根据|依据|隔壁|开了[家个]|新开的?|这家|那家|原由|现由|改由|转由|[此该]件[系由]|^受(?!益|惠)|至今|(?:19|20)\d\d年?[—-](?:(?:19|20)\d\d年?)?|(?<=[货品件物单])系|\((?=[^)]*$)|^兹?授权|^系(?!统|列|数)|^称|^[·一—-]|流入|流向"
    r"|(?<![富国拥大万])有(?!色|机|道|为|源|恒|信|缘|家|爱|余|成|志|方|才|德|容|利|间|情|福|年|限|朋)(?=.{4,}(?:公司)?)"
    r"|兹有|今有|兹因|今收到|收到|本季|本月|本周|本年|今年|去年|上年|上月|当日|次日|昨日|目前|现有|现将|台端"
    r"|(?:拜访|走访|回访|访问|考察|邀请|委托|约谈|慰问|看望)[了过]?"
)
#: What leads to a name on its line, spaces lost, and the label that says that the paper is about the one behind it.
_LEADS = re.compile(
    rf"^.{{0,6}}?(?:{SUBJECT})(?:名?称|全称|中文名)?(?:\(.{{1,4}}\))?|(?:名称|全称|全名|抬头)(?:\(.{{1,4}}\))?"
    r"|^[\u3400-\u9fff]{0,4}(?:单位|对象|机构|(?<![东西南北远四大八万前天一])方(?!圆|正|舟|达|大|元|兴|略|特|程|盛|华))(?:名称)?"
)
_FLOOR = r"(?:座|栋|幢|号楼|楼|层|区)"
#: 1303, A座2108, 22楼5室, 13层, 10-13: where a tenant sits, before its name.
_LOOSE = r"(?![对就致与向]|关于)[\u3400-\u9fff·]{2,12}(?:[厂行店社铺庄坊馆]|门市|商号|货栈|[站场](?=$)|律师楼)"
#: Ends of names too common to be told by in a sentence: a signature, with whoever signs, or what a title tells of.
_ALONE = re.compile(rf"(?P<name>{_LOOSE})(?:\s*[\u3400-\u9fff]{{2,3}})?")
_TOLD_OF = re.compile(rf"(?:^|对|关于|就)(?P<name>{_LOOSE})的(?=[\u3400-\u9fff])")
_PARTY_AND_NAME = re.compile(
    rf"(?:^|(?<=[\s,;。]))[\u3400-\u9fff]{{1,4}}(?:单位|客户|用户|租户|商户|企业|店家)\s*(?::\s*|\s)(?P<name>{_LOOSE})(?=[\s,;。(]|$)"
)
_ROOM = (
    rf"(?!(?:19|20)\d\d(?![\d室号座栋幢楼层]))第?(?:[A-Za-z]?\d{{0,3}}\s?{_FLOOR}?\s?\d{{3,4}}(?:室|号铺|号|单元)?"
    rf"|[A-Za-z]?\d{{1,3}}\s?{_FLOOR}\s?(?:\d{{1,4}}\s?(?:室|号铺|号|单元|房|铺))?|[A-Za-z]?\d{{1,3}}[-—]\d{{1,4}}(?:室|号)?"
    r"|[A-Za-z]?\d{1,4}(?:室|号铺|铺位|单元))\s?(?:之|的|租户|商户|业户|用户|客户)?"
)
ROOM_BEFORE, ROOM_BESIDE = re.compile(rf"^{_ROOM}"), re.compile(rf"(?<![\d年月.-]){_ROOM}(?<!\s)$")
_ROOM_WITHIN = re.compile(r"[座栋幢楼]\d{3}")
#: Trades that many firms have: with nothing before them, they are the rest of a name that was cut.
_BARE_TRADE = re.compile(
    r"(?:[一二]?人民|中心|商贸|贸易|科技|实业|发展|建材|机电|设备|食品|纺织|物流|信息|技术|装饰|工程|农业|化工|电气|印务|征信|资信|企业|文化|传播|传媒|商务|置业|医药|药业|投资|管理|服务|咨询)+"
)
#: 下线药店, 乡镇医院: a kind of them, no one of them.
_GENERIC = re.compile(
    r"(?:上线|下线|下游|终端|零售|单体|连锁|社会|基层|乡镇|农村|社区|民营|公立|[县市]级?|[一二三]级|重点|目标|合作|本地|外地|周边|其[他它]|有关|各[类级]?)+"
)
FORM_WORD = re.compile(r"登记|记录|概况|分析|档案|信息(?=表|卡|登)|特征|调查|审批|申请|评估|情况|一览|名册")
#: What stands in sentences and in no name.
_PROSE = re.compile(r"的|了|但|超过|应收|元整|万元|\d元|没有|您|我们|[各并]|已经|年.{1,4}月|月.{1,4}日|日前|不(?!锈)")


def firms_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Names of bodies with their places: what stands before 有限公司 and the like, without what leads to it."""
    done = 0
    for start, stop in _whole_ends(text):
        before = _NAME_BEFORE.search(text[done:start])
        name = before[0] if before else ""
        name = name[_lead(name) :]
        if len(name) >= (4 if text[start:stop] in _COMMON_ENDS else _LEAST) and _may_be_called(name):
            begin = start - len(name)
            yield text[begin:stop], begin, stop
            done = stop


def _whole_ends(text: str) -> Iterator[tuple[int, int]]:
    """Where names end: what goes on with another word for its kind is one (供销社|日杂店, 商场|有限公司)."""
    held: tuple[int, int] | None = None
    for end in _ENDS.finditer(text):
        if held and _is_one(text[slice(*held)], text[held[1] : end.start()], end[0]):
            held = held[0], end.end()
            continue
        if held:
            yield held
        held = end.start(), end.end()
    if held:
        yield held


def _is_one(end: str, between: str, further: str) -> bool:
    if not _BETWEEN.fullmatch(between) or _JOINING.search(between):
        return False
    if end.endswith("公司"):
        return bool(_BRANCH.search(further))
    return bool(_LEGAL.search(further) or (_HOUSE.search(end) and _SHOP.search(further)))


def loose_name(text: str) -> str:
    """The name of a shop or works of any kind that is all of a line, or that a title tells of; not where a firm is."""
    match = None if any(firms_in(text)) else _ALONE.fullmatch(text) or _TOLD_OF.search(text)
    return match["name"] if match and _may_be_called(match["name"]) else ""


def party_names(text: str) -> Iterator[str]:
    """What is filled in beside a label that is of a party by its end, and is a name by its own: 来宾单位:大兴机床厂."""
    found = (match for match in _PARTY_AND_NAME.finditer(text) if not any(firms_in(match["name"])))
    yield from (match["name"] for match in found if _may_be_called(match["name"]))


def is_overlong(name: str) -> bool:
    """Whether it is longer than bodies are called: something that leads to the name may be in it."""
    end = _ENDS.search(name)
    return end is not None and end.start() > _TYPICAL


def _lead(name: str) -> int:
    """How much before a name only leads to it: 关于, 租户, A座2108."""
    leads = [match.end() for pattern in (_JOINING, _LEADS, ROOM_BEFORE) for match in pattern.finditer(name)]
    first = max((end for end in leads if _is_whole(name[end:])), default=0)
    return first + _lead(name[first:]) if first else 0


def _is_whole(rest: str) -> bool:
    return len(rest) >= _LEAST and not _BARE_TRADE.fullmatch(rest)


def _may_be_called(name: str) -> bool:
    return not _GENERIC.fullmatch(name) and not any(
        pattern.search(name) for pattern in (FORM_WORD, _ROOM_WITHIN, _PROSE)
    )
