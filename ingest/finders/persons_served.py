"""Decides which person a form is about where no label that we know says so: whose row gives a telephone, sex or age.

Whoever calls, sells or writes the form up is named on it as well, beside a label of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.finders.paper import Line, Paper, plain
from ingest.finders.person_names import is_word

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑"
    "景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_TWO_SIGNS = "欧阳|上官|司马|诸葛|司徒|皇甫|东方|夏侯|尉迟|公孙|慕容|长孙|宇文|令狐|轩辕"
_PERSON = re.compile(rf"(?:{_TWO_SIGNS})[\u3400-\u9fff]{{1,2}}|[{_SURNAMES}][\u3400-\u9fff]{{1,2}}")
_OF_STAFF = re.compile(
    r"代表|服务员|营业员|业务|销售|员工|登记|记录|填表|填写|填报|填卡|经办|经手|承办|制表|制单|建卡|建档|录入|录单|医生|医师|大夫|护士|讲师|专家|介绍|推荐|转介|审核|复核|核实|主管|经理|店长|组长|主任|负责"
    r"|访问人|回访人|走访人|访员|调查人|调查员|采集|受理|接待|客服|顾问|专员|保管|批准|签发|监督|见证|联系人|紧急|家属|子女|配偶|儿|女|爱人|老伴|监护|代填|代办|送货|收款|出纳|会计|开单|打单"
)
_TELLS_OF_A_PERSON = re.compile(
    r"电话|手机|联系|年[龄岁纪]|岁|性别|^[男女]$|出生|生日|住址|家住|地址|1\d{10}|0\d{2,3}-?\d{7,8}|^\d{2}$"
)
_FEW, _NEAR_HEAD = 2, 5
_CALLED = re.compile(
    r"(?:尊敬的|亲爱的)?(?P<name>[\u3400-\u9fff]{2,4}?)(?:阿姨|大妈|大爷|叔叔|伯伯|奶奶|爷爷|老人|老先生|女士|先生)"
)


def person_of_row(paper: Paper) -> tuple[str, Line] | None:
    """The person beside whom a row of a form gives telephone, sex or age; None where several rows do so."""
    found = dict[str, Line]()
    for line in paper.first:
        found.update(dict.fromkeys(_persons(line), line))
    return next(iter(found.items())) if len(found) == 1 else None


def person_called(paper: Paper) -> tuple[str, Line] | None:
    """The one person whose name stands alone near the head, with what customers are called by: 米子衿阿姨."""
    found = dict[str, Line]()
    for line in paper.first[:_NEAR_HEAD]:
        match = _CALLED.fullmatch(line.plain.strip(" :"))
        if match and looks_like_a_person(match["name"]):
            found[line.text.strip()[: len(match["name"])]] = line
    return next(iter(found.items())) if len(found) == 1 else None


def _persons(line: Line) -> Iterator[str]:
    said = [plain(cell) for cell in line.cells]
    for at, (label, value) in enumerate(pairwise(said)):
        others = (*said[:at], *said[at + _FEW :])
        if _is_beside_a_label(label, value) and any(_TELLS_OF_A_PERSON.search(other) for other in others):
            yield line.cells[at + 1]


def _is_beside_a_label(label: str, value: str) -> bool:
    return (
        bool(_PERSON.fullmatch(value))
        and not is_word(value)
        and not _OF_STAFF.search(label)
        and not _PERSON.fullmatch(label)
    )


def is_of_staff(label: str) -> bool:
    """Whether the label is of one of the house, who wrote, sold or approved."""
    return bool(_OF_STAFF.search(label))


def looks_like_a_person(name: str) -> bool:
    """Whether it begins with a surname and is as short as people's names are."""
    return bool(_PERSON.fullmatch(plain(name)))
