"""Decides which number a form, a slip, a contract or a drawing bears: beside its label, beside its day, or alone.

编号, 单号, 证号, 图号, Our ref: what such a label numbers is the paper, unless the words before it name something else
(员工编号, 设备编号, 账号, Your ref).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.domain.dates import dates_in
from index.domain.description import Value
from ingest.finders.paper import Line, plain

_KIND = (
    r"编\s*号|单\s*号|文\s*号|字\s*号|票\s*号|证\s*号|证书号|书\s*号|函\s*号|图\s*号|图样代号|代\s*号|凭证号|发票号|票据号|注册号|合同号|协议号|登记号|许可证号|执照号|批准号|立项号|备案号|受理号|核准号|认定号"
    r"|报告号|通知号|单据号|收据号|流水号|流水(?=\s*:?\s*[A-Z])|序列号|案\s*号|令\s*号|期\s*号|号码|编码|代\s*码|卡\s*号|样\s*号|申请号|专利号|N[oO0]|№|Nr"
)
#: Numbers of what a paper tells of, which are the paper's own where its title is called after it: 卡号 on a 资产卡片.
_CALLED_AFTER = tuple(
    (re.compile(label), re.compile(title))
    for label, title in (
        (r"卡片?(?:编\s*)?号|卡\s*号", r"^[^户客员工人]*卡片?$"),
        (r"专利(?:编)?号", r"专利"),
        (r"申请(?:编)?号", r"申请|受理|专利"),
        (r"(?:项目|课题|科研|计划)(?:编\s*号|代\s*码|号)", r"项目|课题|科研|立项|任务书"),
        (r"(?:样品?|试样|样本)(?:编)?\s*号", r"样|化验|检验|检测|试验"),
        (r"信用代\s*码", r"执照|登记证|法人"),
        (r"代\s*码", r"代码证"),
    )
)
_LABEL = re.compile(
    rf"(?P<of>[\u3400-\u9fff]{{0,8}}?)(?P<kind>(?:{_KIND})码?)(?:\([^)]{{1,6}}\))?\s*\.?\s*:?"
    r"|(?P<theirs>[A-Za-z.]{0,12}\s?)\b(?P<english>(?i:ref(?:erence)?)|(?:[A-Z][A-Za-z]+\s)?N[oO0])\.?(?:\s?(?:No|Number)\b)?\.?\s*:?",
)
#: What is numbered is not the paper.
_OTHERS = re.compile(
    r"员工|职工|社员|工人|人员|姓名|客户|租户|业主|住户|会员|顾客|经销商|供应商|厂商|患者|病历|学生|学籍|考生|准考|座位|房|户|室|楼|铺|栋|单元|设备|机器|仪器|器材|资产|产品|货物|货品|物料|商品"
    r"|材料|样品|试样|试件|零件|部件|批|规格|型|车|牌照|船|箱|件|袋|身份|护照|居民|驾驶|账|帐|银行|开户|税|信用|机构|组织|邮政|邮|电话|手机|传真|来文|收文|原文|附件|参考|对方|贵方|你方|相关|关联|原"
    r"|档案?|案卷|盒|柜|架|全宗|目录|件|页|序|表[单格]|表|版|标准|载体|存档|产权|不动产|房产|土地|线路|杆|井|表计|电表|水表|燃气|卡|保单|床|工|条|款|项目|工程|标段|地块|宗地|楼宇|仓|库位"
    r"|Your|Tel|Fax|Phone|Mobile|Account|A/C|Passport|Plot|Room|Page|Item|VAT|TIN|Tax|Employee|Staff|ID|NRC|Batch|Lot|Box"
    r"|Model|Part|Bill of|Reg|Serial|Engine|Chassis|Instrument|Meter|Client|Customer|证券|股票",
)
#: The paper itself, whatever the words before it name: 设备采购合同编号.
_OWN = re.compile(
    r"(?:合同|协议书?|报告书?|通知书?|证书|证|发票|收据|凭证|票|单|函|文件?|发文|图|许可|批件|批复|申请书?|登记|订|会议|纪要|记录|案|询价|报价|投诉|工作|体检|验证|招标|标书)$"
    r"|(?i:our|ref|contract|agreement|invoice|voucher|receipt|permit|certificate|licen[cs]e|report|letter|document|doc|order|tender|minutes)"
)
_OWN_KIND = re.compile(r"[单文票函图]\s*号|证书号|合同号|协议号|报告号|通知号|发票号|凭证号|许可证号|执照号")
_NEVER = re.compile(r"(?:营业|经营|卫生|生产)$|身份|居民|驾驶|护照|产权|不动产|房产|土地|对方|贵方|原|来文|收文|Your")
_CODE = re.compile(
    r"(?P<code>[A-Z]{1,4}(?:\s\d[0-9A-Z/\-.]*)+|(?:[A-Za-z0-9#][A-Za-z0-9/\-.()\[\]·_#—]*[A-Za-z0-9)\]]|[A-Za-z0-9])(?:\s?[号號](?![\u3400-\u9fff]))?"
    r"|[(\[]?[\u3400-\u9fff(\[][\u3400-\u9fff()\[\]0-9A-Za-z/\-.·\s]{0,20}?(?:\d[A-Za-z0-9/\-.]*)(?:[\u3400-\u9fff][A-Z]\d{3,})?(?:\s?[号號期])?(?![\d)\]A-Za-z]))"
)
_ALONE = re.compile(
    r"[A-Z]{1,6}(?:[-/.][A-Z0-9]{1,8}){0,3}[-/.]?(?:\d[A-Z0-9OlI]*)(?:[-/.][0-9OlI]{1,6}){0,2}|(?:N[oO0]|№)\.?\s?:?\s?\d{3,}|(?:19|20)\d\d[-/]\d{3,5}"
)
#: 洄府电53号, 石介8488: a body's word and the count, without 字 or year; no street and no label ends so.
_WORDED = re.compile(
    r"[\u3400-\u9fff]{2,6}(?<![路街巷道里弄镇村院区园楼栋幢座坊同线段门室层泵机炉井铺元号码编共第约])\s?第?\d{1,5}\s?[号號]"
)
_UNSIGNED = re.compile(
    r"[\u3400-\u9fff]{2,4}(?<![号码数价元年月日计至第共约额费量重话编长宽高式型期班组室队层栋])\d{2,6}"
)
_COUNTED = re.compile(r"(?:[\u3400-\u9fff]{1,3}字)?\s?第?\s?\d{1,7}\s?[号號]")
_BESIDE_DAY = re.compile(r"(?<=[日曰])\s*(?P<code>(?:[\u3400-\u9fff]{1,3}字?)?\s?第?\s?\d{1,7}\s?[号號])$")
_ISSUE = re.compile(
    r"\(?(?:(?:19|20)\d\d年)?\s?(?P<code>第\s?[0-9一二三四五六七八九十百]{1,5}\s?[期辑])(?:\s?\(?总?第?\s?\d+\s?期\)?)?\)?"
)
_VOUCHER = re.compile(r"(?:(?<![\u3400-\u9fff])|(?<=日))(?P<code>[记收付转现银](?:字?\s?第|字)\s?\d{1,4}\s?[号號])")
_LOOKALIKES = str.maketrans("OlI", "011")
_HEAD, _AT_RIGHT = 7, 0.55
_PERSON = re.compile(r"姓\s*名")
_OWN_LABEL, _PLAIN_LABEL, _BESIDE, _BY_ITSELF, _FEW = 0.83, 0.8, 0.77, 0.76, 0.75
_COUNT = 3
#: Words in front of a label that make it part of a sentence: another paper's number, as a rule.
_IN_TEXT = re.compile(r"[,。;(《<]")
_BARE = ("编号", "文件编号", "证书编号", "单号", "文号")
_MIXED = re.compile(r"[A-Z]+[-/.]?(?=.*\d{3})[A-Z0-9\-/.]+")
_NEXT = re.compile(r"[\u3400-\u9fff]{2}(?<![的为是之和与])")
_IDENTITY = re.compile(r"\d{17}[\dXx]")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is searched, whether it names a person, and what the paper is called."""

    line: Line
    person: bool
    title: str


def labelled_numbers(lines: Sequence[Line], title: str = "") -> Iterator[Value]:
    """Every number that the lines of a page give to their paper in such a way, in order."""
    for number, line in enumerate(lines):
        yield from _beside_label(_Row(line, any(_PERSON.search(plain(cell)) for cell in line.cells), plain(title)))
        if number < _HEAD:
            yield from _in_head(line)
        yield from (_value(line, match["code"], _BESIDE) for match in _VOUCHER.finditer(line.plain))


def _beside_label(row: _Row) -> Iterator[Value]:
    """In the cell behind a label, or behind the label in its own cell."""
    for before, cell in pairwise(["", *map(plain, row.line.cells)]):
        label = _LABEL.fullmatch(before.strip())
        if label and (code := _CODE.match(cell)):
            yield from _given(row, label, code["code"])
        yield from _within(row, cell)


def _within(row: _Row, cell: str) -> Iterator[Value]:
    for label in _LABEL.finditer(cell):
        if _IN_TEXT.search(cell[: label.start()].lstrip("(")):
            return
        code = _CODE.match(cell, label.end() + (len(cell[label.end() :]) - len(cell[label.end() :].lstrip())))
        if code and (label[0].rstrip().endswith((":", ".", "№")) or _is_whole(cell, label, code, row.title)):
            yield from _given(row, label, code["code"])


def _is_whole(cell: str, label: re.Match[str], code: re.Match[str], title: str) -> bool:
    """Whether label and code fill their cell, or stand apart: without its colon a label is easily a word of a text."""
    begins = not cell[: label.start()].strip()
    apart = not cell[code.end() :].strip() or _is_called_after(label, title) or _names_title(label, title)
    alone = begins and (apart or _is_bare(label, code, cell[code.end() :]))
    return (alone or cell[label.end() : label.end() + 1] == " ") and any(sign.isdigit() for sign in code["code"])


def _is_bare(label: re.Match[str], code: re.Match[str], behind: str) -> bool:
    """Whether it is 编号 alone with a code of letters and figures, before the next label: 编号MSDS-827 版次."""
    bare = not label["of"] and label[0].strip() in _BARE
    return bare and bool(_MIXED.fullmatch(code["code"])) and bool(_NEXT.match(behind.strip()))


def _names_title(label: re.Match[str], title: str) -> bool:
    """Whether the label is the paper's title with 号 behind: 联系单号 on a 工作联系单."""
    name = label[0].strip(" :").removesuffix("编号").removesuffix("号")
    return len(name) > 1 and title.endswith(name)


def _is_called_after(label: re.Match[str], title: str) -> bool | None:
    """Whether what such a label numbers is what the paper is called after; None where it numbers no such thing."""
    named = (called for of, called in _CALLED_AFTER if of.search(label[0]))
    return next((bool(called.search(title)) for called in named), None)


def _given(row: _Row, label: re.Match[str], code: str) -> Iterator[Value]:
    of = f"{label['of'] or ''}{label['theirs'] or ''}{label['english'] or ''}"
    before = label.string[: label.start()]
    if not any(sign.isdigit() for sign in code) or ("证" in label[0] and _IDENTITY.fullmatch(code)):
        return
    called = _is_called_after(label, row.title)
    if called is not None:
        yield from [_value(row.line, _trimmed(code), _FEW)] if called else []
        return
    own = _is_own(label) or not _is_anothers(of, row.person and bool(label["kind"]), ":" in before)
    if own and not _NEVER.search(of) and not before.rstrip().endswith("Your"):
        yield _value(row.line, _trimmed(code), _weight(label, code))


def _is_anothers(of: str, person: bool, behind_value: bool) -> bool:
    """Behind the value of another label (工程名称:综合楼 编号) only whole words say that something else is numbered."""
    said = _OTHERS.findall(of)
    return person or any(len(word) > 1 or not behind_value for word in said)


def _is_own(label: re.Match[str]) -> bool:
    said = (label["of"] or "") if label["kind"] else f"{label['theirs']}{label['english']}"
    return bool(_OWN.search(said.strip()) or (label["kind"] and _OWN_KIND.search(label["kind"])))


def _in_head(line: Line) -> Iterator[Value]:
    """A number beside the day (2012年2月22日 第250号), at the right or alone on its line, or that of an issue."""
    cells = [plain(cell).strip() for cell in line.cells]
    at_right, alone = bool(line.box and line.box.x > _AT_RIGHT), len(cells) == 1
    placed = at_right or any(dates_in(cell) for cell in cells)
    for cell in cells:
        if issue := _ISSUE.fullmatch(cell):
            yield _value(line, issue["code"], _BY_ITSELF)
        elif (_COUNTED.fullmatch(cell) and placed) or (_WORDED.fullmatch(cell) and (placed or alone)):
            yield _value(line, cell, _BESIDE)
        elif _UNSIGNED.fullmatch(cell) and alone and (at_right or line.centred):
            yield _value(line, cell, _BY_ITSELF)
        elif _ALONE.fullmatch(cell) and alone:
            yield _value(line, _without_sign(cell), _BY_ITSELF)
        elif beside := _BESIDE_DAY.search(cell):
            yield _value(line, beside["code"], _BESIDE)


def _without_sign(code: str) -> str:
    bare = re.sub(r"^(?:N[oO0]|№)\.?\s?:?\s?", "", code)
    letters = re.match(r"[A-Z]*(?:[-/.][A-Z]+)*", bare)
    begin = letters.end() if letters else 0
    return bare[:begin] + bare[begin:].translate(_LOOKALIKES)


def _trimmed(code: str) -> str:
    bare = code.rstrip(".-—·")
    return bare.removesuffix(")") if bare.count("(") < bare.count(")") else bare


def _weight(label: re.Match[str], code: str) -> float:
    """A number of a few digits is counted among its like: Payment Certificate No. 12 may bear another beside."""
    sure = _OWN_LABEL if _is_own(label) else _PLAIN_LABEL
    return _FEW if len(code) <= _COUNT and code.isdecimal() else sure


def _value(line: Line, code: str, sure: float) -> Value:
    """The number as the paper spells it."""
    at = line.plain.find(code)
    said = line.text[at : at + len(code)] if at >= 0 else code
    return Value(re.sub(r"\s", "", said), sure, line.evidence("labelled-number", said))
