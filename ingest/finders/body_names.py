"""Decides what is the name of a body (an office, a school, a firm), alone, beside another, or before who signed."""

from __future__ import annotations

import re

from ingest.finders.paper import plain
from ingest.finders.person_names import OFFICES, is_person

_ENDS = (
    *("人民政府办公室", "人民政府", "办公厅", "办公室", "委员会", "教育局", "管理局", "学会", "协会", "工会", "商会"),
    *("支部", "总支", "党委", "团委", "党组", "公司", "集团", "中心", "学校", "小学", "中学", "大学", "学院", "幼儿园"),
    *("医院", "研究院", "研究所", "档案馆", "图书馆", "银行", "分行", "支行", "信用社", "合作社", "联社", "法院"),
    *("检察院", "领导小组", "政府", "市场", "农场", "林场", "牧场", "车间", "基地", "药房", "酒店", "商店", "书店"),
    *(
        "便利店",
        "门市",
        "超市",
        "药店",
        "商行",
        "饭店",
        "茶楼",
        "总社",
        "事务所",
        "信访办",
        "计生办",
        "党政办",
        "综治办",
        "扶贫办",
        "安监办",
    ),
    *(
        "局",
        "厅",
        "部",
        "处",
        "科",
        "室",
        "院",
        "校",
        "社",
        "厂",
        "矿",
        "站",
        "所",
        "队",
        "馆",
        "委",
        "会",
        "组",
        "府",
        "署",
    ),
)
_NAME = r"[\u3400-\u9fff][\u3400-\u9fff()·]{1,38}"
BODY_NAME = rf"{_NAME}?(?:{'|'.join(_ENDS)})"
_BODY = re.compile(BODY_NAME)
_ENDS_HERE = re.compile(rf"(?:{'|'.join(_ENDS)})$")
_ADDRESSED = re.compile(r"各|全[体校县市]|你|贵|我|本|该|令|致|呈|抄送|主送|投递")
#: 施工单位 with its name behind it is a row of a form, not a name.
_LABELLED = re.compile(
    r"^.{0,4}(?:单位|机关)(?!党|工|委)|^.{1,4}方(?=.{4,}公司)|^(?:受赠|捐赠|受让|转让|出让|委托|受托|承包|发包|授权)方"
    r"|^(?:[著着]作权|专利权|权利|申请|发明|持有|使用|承租|出租|借款|收款|付款|交款|缴款|受检|受理|移交|承建|接收)(?:人|方)?(?=.{4,})"
    r"|^[甲乙丙]方|^(?:供应|经销|代理|制造)商(?=.{4,})|^[\u3400-\u9fff]{2,4}\([甲乙丙]方\)|^(?:公司|企业|厂|店|户)(?:名称?)?\("
)
#: 程有限公司: what is left of a name on its second line.
_REST_OF_NAME = re.compile(r"^.?(?:股份|责任)?有限(?:责任)?公司$")
_HEADINGS = re.compile(
    r"姓名|性别|序号|编号|日期|年月|电话|学历|职称|备注|金额|名称|数量|单价|签名|摘要|余额|时间|地点|部门.*职务|意见"
)
EDGES = " ()“”\"'.,:·|_-"
_SHORTEST = 4
_SIGNS = re.compile(r"^(?:具呈人|呈报人|具报人|具名|制表|编制|批准|核准|审批|受理|编|呈|[A-Za-z]?\d{2,5}[室号]?)")
#: 呈时序大厦物业中心存: whom the paper is handed to.
_HANDED = re.compile(r"(?:呈|送|交|报).+(?:存|阅|核|启|收|鉴|备案|审批)$")
_MAKERS = r"(?:编制|编印|编写|编|制表|制|印制|印发|印|整理|供稿|填报|填表|填|宣|记录|经办|报账员|会计|代表|签发)"
_SIGNED_FOR = re.compile(rf"(?:{_MAKERS})?(?P<office>{OFFICES})?(?:{_MAKERS})?:?(?P<name>[\u3400-\u9fff]{{2,4}})?")
_IN_ROLE = re.compile(r"[\u3400-\u9fff]{2,4}?(?P<name>[\u3400-\u9fff]{2,3})")
_SURE_END = re.compile(r"(?:公司|集团|中心|学校|小学|中学|学院|银行|医院)$")
#: A department of a firm or a school, whose forms it prints: the body is the firm.
_DEPARTMENT = re.compile(
    r"(?P<body>.{2,}?(?:公司|集团|厂|服务中心|物业中心|管理中心|管理处|管理部|服务处|人民政府(?=机要|秘书)))(?P<part>(?!有限|股份|责任|委员会|支部|总支)(?:(?![矿厂])[\u3400-\u9fff]){2,6}(?<!支)(?<!分)(?<!项目)(?:部|科|处|组|中心|公司|(?<=机要)室|(?<=秘书)室))"
)
_BARE_DEPARTMENT = re.compile(
    r"(?!党支|支|总支|[\u3400-\u9fff]{1,3}[省市县区镇乡][\u3400-\u9fff]{2})[\u3400-\u9fff]{1,5}(?:部|科|处|室|组)|工会(?:委员会)?|党(?:委|总支|支部|组|委会)|团(?:委|总支|支部)|[董监]事会|纪委|妇委会"
)
_PLACE = 2
_PARTY = re.compile(r"中(?:国?共产?党?)")


def is_body(text: str) -> bool:
    """Whether the text is the name of a body and nothing else."""
    said = plain(text).strip(EDGES)
    never = _ADDRESSED.match(said) or _REST_OF_NAME.match(said) or _LABELLED.search(said) or _HEADINGS.search(said)
    return bool(_BODY.fullmatch(said)) and not never and said.count("(") == said.count(")")


def signed_body(text: str) -> str:
    """The body at the beginning of a text that ends with who signed or made it: 市政府办公室编, 县商会主席季小满."""
    if _HANDED.match(plain(text)):
        return ""
    text = text[len(found[0]) :] if (found := _SIGNS.match(plain(text))) else text
    said = plain(text)
    for end in range(len(said), _SHORTEST - 1, -1):
        rest = _SIGNED_FOR.fullmatch(said[end:].strip()) or _signed_in_role(said, end)
        if rest and (not rest["name"] or is_person(rest["name"])) and is_body(text[:end]):
            return text[:end].strip(EDGES)
    return ""


def _signed_in_role(said: str, end: int) -> re.Match[str] | None:
    """What stands between a firm and a name that ends the line, whatever it is called: 公司销售统计秦远山."""
    return _IN_ROLE.fullmatch(said[end:]) if _SURE_END.search(said[:end]) else None


def bodies_together(text: str) -> list[str]:
    """The bodies that stand together in a text: parted by a sign, or each beginning with the name of the same place."""
    parts = [part for part in re.split(r"[、,;；/]\s*|\s{2,}", text) if part.strip()]
    return [name for part in parts for name in _by_place(part.strip())]


def _by_place(text: str) -> list[str]:
    said = plain(text)
    place = _PARTY.sub("", said)[:_PLACE]
    starts = [0, *(at for at in range(_SHORTEST, len(said) - _SHORTEST) if _begins(said, at, place))]
    return [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _begins(said: str, at: int, place: str) -> bool:
    """Whether another body of the same place begins here."""
    return said.startswith(place, at) and bool(_ENDS_HERE.search(said[:at])) and is_body(said[at:])


def without_department(name: str) -> str:
    """The firm of which a department prints its forms; the name itself where it is of no department."""
    part = _DEPARTMENT.fullmatch(plain(name))
    return name[: part.end("body")] if part else name


def is_bare_department(text: str) -> bool:
    """Whether it is a department without the body that it is of: 办公室, 人事科."""
    return bool(_BARE_DEPARTMENT.fullmatch(plain(text).strip(EDGES)))
