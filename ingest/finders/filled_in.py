"""Decides which names a form, an address or a receipt gives of whom a paper is about, whatever such a name looks like.

小满咖啡馆 is told to be a name by nothing but its place: beside 商户, under it in a table of one row, after 致, or
between 今收到 and what was paid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.finders.paper import Line, Paper, plain
from ingest.finders.persons_served import looks_like_a_person

#: Labels that say by themselves whom the paper is about: what is filled in is a name, whatever its end.
ROLE = (
    r"客户|客商|客方|承租|(?:退|转|续|求|原|新)租(?:方|户|人|单位)|被(?:调查|访问|走访|拜访|考察|检查|评估|评价)(?:者|人)?|提出单位|(?:厂|店|社|院)\([厂店社院]\)名|新户|驻户|需货单位|供需单位|企业名|公司名|单位名|主顾|顾客|租户|租客|租方|商户|商家|店家|承租户|承租方|承租人|承租单位|承租企业|租赁方|租赁单位|租用单位|租用方|租用人|租房单位|用房单位|用房方|使用单位|使用方"
    "|(?:入驻|进驻|入住|在驻|驻场)(?:企业|单位|商户|公司|客户|方)|业户|业主方|业主单位|建设方|店名|店号|店铺|店铺名|门店|商铺名|店招|招牌|字号|商号|品牌|商业品牌|经营户|经营者|铺户|租赁户"
    "|(?:签约|缔约)(?:商户|方|单位|客户)|加盟商|加盟方|合作商|合作方|合作伙伴|经销商|经销方|经销单位|分销商|分销方|代理商|代理方|承销商|承销方|批发商|特约商|零售商|商业公司|商业单位"
    "|(?:被|受|获)授权(?:方|单位|商)|受托方|网点|终端|终端客户|需方|买方|买主|买家|买受人|购方|购买方|购货单位|购货方|购买单位|购货商|进货单位|订货单位|订货方|定货单位|订购方|定作方"
    "|收货单位|收货方|提货单位|提货方|用货单位|采购商|采购方|采购单位|受票方|购煤(?:单位|方)|用煤(?:单位|方)|收煤(?:单位|方)|买煤(?:单位|企业)|用煤企业"
    "|(?:被|受)?(?:访|走访|拜访|回访|考察|调查|检查|通知|评估|评审|评价|评|查|检|约谈|慰问)(?:方|单位|客户|租户|商户|企业|店)"
    "|(?:拜访|走访|回访|调查|评估|评审|评价|考察|服务|洽谈|会谈|接洽|受访|约谈|慰问|检查|核实)(?:单位|对象|客户|租户|商户|企业|厂商|方)"
    "|(?:会面|会见|来访|来电|来函|收函|受函|发函|受文|收文|对接|往来|业务)(?:单位|客户|租户|商户|企业|方)"
    "|(?:投诉|反映|诉求|填写|填表|填报|答卷|打分|评分|申请|申报|报修|报障|请修|报审|送审|缴费|缴款|交款|付款|交费|违规|违约|违章|欠费|欠款|欠租|反馈|服务|开户|开票|来款|汇款|委托|受检|受评)"
    "(?:单位|租户|商户|客户|企业|方|公司)"
    "|装修(?:租户|商户|户)|合作单位|合作客户|业务单位|往来单位|往来户|往来客户|往来厂商|厂商|厂名|户头|对方单位|对方名称|对方公司|台端|户名|用户|用户单位|用户名"
    "|医院|院名|院方|医疗单位|医疗机构|诊疗机构|诊所|药店|药房|店方|卖场|超市|项目部|境外机构|(?:单位|公司|企业|厂|机构|门店|终端|药店|药房|医院|客户|商户)(?:全名|全称)"
)
SUBJECT = (
    rf"{ROLE}|投诉人|报修人|缴款人|交款人|付款人|乙方|公司|企业|单位|对象|去向|发往|供给|供应给|运往|收货|抬头|来源"
)
BARE_LABEL = re.compile(rf"(?:{SUBJECT}|名称)(?:名称|全称|名)?(?:\([^)]{{1,6}}\))?\s*:?")
_ROLE_CELL = re.compile(rf"(?:{ROLE})(?:名称|全称|名|单位)?(?:\([^)]{{1,6}}\))?\s*:?")
_ROLE_AND_NAME = re.compile(
    rf"(?:^|(?<=[\s,;。]))(?:{ROLE})(?:名称|全称|名|单位)?(?:\([^)]{{1,6}}\))?\s*:\s*"
    r"(?P<name>[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9()·&]*?)(?!(?<=[A-Za-z])\s[A-Za-z&])"
    r"(?=\s|[,;。:]|联系|地址|电话|手机|法定|法人|编号|日期|时间|类别|等级|统一社会|经营|主营|负责人|店长|经办|房号|房间|卡号|户号|店址|店主|单元|铺位|面积|楼层|签|$)"
)
_A_NAME = re.compile(r"(?=.*[\u3400-\u9fffA-Za-z]{2})[\u3400-\u9fffA-Za-z0-9()·&]{2,30}")
_UNIT = (
    r"(?:(?=[A-Za-z\d]*(?:[A-Za-z]|座|栋|区|楼|层|号|室|铺|单元))"
    r"[A-Za-z]{0,2}\d{0,3}(?:座|栋|区|楼|层)?\s?[-—]?\s?[A-Za-z]?\d{1,4}\s?(?:号铺|铺位|单元|号|室|铺)?\s?)"
)
_WRITTEN_TO = re.compile(
    r"^(?:致|送达|送(?=[:\s])|尊敬的)[:\s]*(?P<name>[\u3400-\u9fffA-Za-z0-9()·&]{3,24}?)\s*(?:\([^)]*\))?\s*:?$"
    rf"|^{_UNIT}(?P<unit>[\u3400-\u9fff()·]{{2,20}})\s*:$"
    rf"|^(?P<shop>[\u3400-\u9fff()·]{{3,20}})\s*(?P<room>\([^)]*\d[^)]*\))?\s*:$"
)
_SHOP_END = re.compile(
    r"(?:馆|店|行|坊|社|堂|阁|轩|屋|吧|会所|学校|幼儿园|画廊|影院|俱乐部|咖啡|茶室|门诊部|研究所|协会|基金会)$"
)
_PAIR = 2
#: How labels end that stand beside or after the one that says whose the paper is.
_LABEL = re.compile(
    r"(?:面积|单元|[房铺编序]号|铺位号?|电话|手机|地址|日期|时间|等级|类[别型]|方式|额度|人数|金额|租期|工期|期限|楼层|业态|[责系办理访填报]人|备注|性质"
    r"|代表|资本|法人|业务|行业|公司|年份|年月|[租缴]期|员工|网址|家数|次数|余额|合计|欠额|结论|业别"
    r"|内容|情况|状况|数量|单价|品名|规格|项目|签[字名章]|盖章|职务|意见|原因|事由|编码|代码|税号|账号)(?:\([^)]*\))?:?$"
)
_FILLED = re.compile(r"\d|公司.|[^公]司$|.{9}|:.")
RECEIVED = re.compile(r"(?:今|兹|现)收到\s*$")
_RECEIVED_OF = re.compile(
    r"(?:今|兹|现)收到\s*(?P<name>[\u3400-\u9fffA-Za-z()·&]{3,28}?)"
    r"(?=交来|缴来|交付|交纳|缴纳|支付|付来|送来|\d|人民币|租金|押金|保证金|管理费|水电费|装修)"
)


def filled_in(paper: Paper) -> Iterator[tuple[str, Line]]:
    """Every name that stands so, as the paper spells it, with its line."""
    for page in paper.pages:
        yield from ((name, line) for line in page for name in (*_beside_label(line), *_addressed(line)))
        yield from _under_label(page)


def _beside_label(line: Line) -> Iterator[str]:
    pairs = () if _is_head(line) else pairwise(line.cells)
    for label, value in pairs:
        if _ROLE_CELL.fullmatch(plain(label)) and _is_a_name(value):
            yield value
    text = " ".join(line.cells)
    found = _ROLE_AND_NAME.finditer(plain(text))
    yield from (text[slice(*match.span("name"))] for match in found if _is_a_name(match["name"]))


def _under_label(page: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """What stands under a label at the head of a table that has but one row: of many rows none is the subject."""
    for at, (head, row) in enumerate(pairwise(page)):
        below = page[at + 2] if at + 2 < len(page) else None
        alone = below is None or len(below.cells) != len(head.cells) or _is_head(below)
        if _is_head(head) and len(row.cells) == len(head.cells) and alone:
            pairs = zip(head.cells, row.cells, strict=True)
            yield from (
                (value, row) for label, value in pairs if _ROLE_CELL.fullmatch(plain(label)) and _is_a_name(value)
            )


def _is_head(line: Line) -> bool:
    """Whether the cells are labels, most that we know, and nothing is filled in."""
    cells = [plain(cell) for cell in line.cells]
    known = sum(bool(_LABEL.search(cell) or _ROLE_CELL.fullmatch(cell)) for cell in cells)
    return len(cells) > _PAIR and 3 * known >= 2 * len(cells) and not any(_FILLED.search(cell) for cell in cells)


def _is_a_name(value: str) -> bool:
    said = plain(value)
    return bool(_A_NAME.fullmatch(said)) and not BARE_LABEL.fullmatch(said) and not _LABEL.search(said)


def _addressed(line: Line) -> Iterator[str]:
    to = _WRITTEN_TO.search(line.plain) if len(line.cells) == 1 else None
    if to and (to["name"] or to["unit"]) and not looks_like_a_person(to["name"] or to["unit"]):
        yield line.said(to, "name" if to["name"] else "unit")
    elif to and (to["room"] or _SHOP_END.search(to["shop"])):
        yield line.said(to, "shop")
    yield from (line.said(match, "name") for match in _RECEIVED_OF.finditer(line.plain))
