"""Decides whom the labels of a form, a licence or a contract name as its maker: 发证机关, 填报单位, 甲方.

A label of issuing is believed most; of the parties to a contract the one that we know is taken, else the first; 单位
alone says little, as a form may mean anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.domain.agents import together
from index.domain.description import Value
from ingest.finders.body_names import bodies_together, is_body, signed_body
from ingest.finders.known_names import first_known
from ingest.finders.paper import Line, Paper, plain

_ISSUED, _PARTY_SURE, _WEAK_SURE, _SITE_SURE = 0.93, 0.84, 0.7, 0.6
_ISSUING = (
    r"发文机关|发文单位|发文部门|签发部门|提出部门|盘点部门|承办部门|制发单位|发布单位|发布机构|责任者|编制单位|编制部门|编印单位|填报单位|填报部门|填表单位|制表单位|制表部门|制表|主办单位|主办部门|绘制单位|制图单位|设计单位|测绘单位|勘察单位|勘测单位"
    r"|登记机关|(?:登记|监理|公证|认证|测评)机构|发证机关|发证单位|发证部门|颁证机关|颁发机关|颁发单位|核发(?:机关|单位|部门)?|批准机关|审批机关|出具(?:机关|单位)|开具单位|签发(?:机关|单位)|出票单位|收款单位|开票单位"
    r"|检测(?:单位|机构)|检验(?:单位|机构)|鉴定(?:单位|机构)|评估机构|审计机构|移交单位|报告单位|报送单位|呈报单位|申报单位|汇报单位|校名|落款|起草单位|编写单位|印制单位|录制单位|摄制单位"
)
_FIRST_PARTY = (
    r"甲\s*方|用人单位|聘用单位|用人方|用工单位|聘方|出租方|出租人|管理方|管理单位|物业公司|授权方"
    r"|授权人|卖方|供方|销方|出卖人|发包方|发包人|委托方|委托单位|转让方|出借方|贷款人|学校"
)
_OTHER_PARTY = r"乙\s*方|丙\s*方|买方|需方|承租方|承租人|承包方|承包人|承揽方|受托方|受让方|公司(?!名称)|企业(?!名称)"
_WEAK = r"核算单位|纳税人名称|会计主体|单位名称|公司名称|企业名称|部门名称|单位|机关|制作"
#: Makers of the papers of a building site, where no head names anybody.
_ON_SITE = r"施工单位|监理单位|建设单位|承建单位|承办单位|责任单位|申报人单位"
_MARK = r"(?:\s*\([^)]{1,8}\))?\s*(?:单位)?(?:名称|全称)?(?:\s*\([^)]{1,8}\))?"
_SAID = r"(?P<body>[\u3400-\u9fffA-Za-z0-9()·&.,'、; ]{4,60})"
_SEALED = re.compile(r"\((?:盖章|公章|签章|章|盖公章)\)\s*:?\s*(?P<body>[\u3400-\u9fff()·]{4,30})")
#: A firm's name ends with its form, but for what one of its parts is called.
_FIRM_END = re.compile(r"(?:有限责任|股份有限|有限)公司(?!.{0,12}(?:[部处科室厂矿会队站所]|公司|中心)$)")
_GOES_ON = re.compile(
    r"\d{2,}|[一二]\s?[〇○零]|第\s?\d|单位:|(?:法定)?代表人|地址|住所|电话|日期|开户|税号|统一社会|[\u3400-\u9fff]{2,4}:"
)
_NEXT_LABEL = re.compile(r"(?:单位|机构|部门|机关|日期|时间|编号|负责人|地点|电话|年度|.[人方])$")
_TO_SIGN = re.compile(r"签字|签名|盖章|签章|代表")
_SHORTEST = 4
_EDGES = " ,.:、;"


def labelled(paper: Paper, names: Sequence[str]) -> Value | None:
    """Whom labels name, the surest first."""
    return _first(paper, _ISSUING, _ISSUED) or _party(paper, names) or _weakly(paper)


def _weakly(paper: Paper) -> Value | None:
    sealed = (_stamped(line) for line in paper.lines)
    weak = _first(paper, _WEAK, _WEAK_SURE) or next(filter(None, sealed), None)
    return weak or _first(paper, _ON_SITE, _SITE_SURE)


def _first(paper: Paper, labels: str, sure: float) -> Value | None:
    found = ((line, name) for line in paper.lines for name in _said(line, labels))
    return next((Value(name, sure, line.evidence("label")) for line, name in found), None)


def _party(paper: Paper, names: Sequence[str]) -> Value | None:
    """Of the parties to a contract the one that we know, else the one that is named first."""
    first = [(line, name) for line in paper.lines for name in _said(line, _FIRST_PARTY) if is_body(name)]
    others = [(line, name) for line in paper.lines for name in _said(line, _OTHER_PARTY) if first_known(name, names)]
    known = next((one for one in first if first_known(one[1], names)), None)
    line, name = known or next(iter([*others, *first]), (None, ""))
    return Value(name, _PARTY_SURE, line.evidence("label")) if line else None


def _stamped(line: Line) -> Value | None:
    match = _SEALED.search(line.plain)
    return Value(line.said(match, "body"), _PARTY_SURE, line.evidence("label")) if match else None


def _said(line: Line, labels: str) -> Iterator[str]:
    """What the labels name on this line: in the next cell, behind a colon, or with nothing between."""
    for label, said in pairwise(line.cells):
        if re.fullmatch(rf"(?:{labels}){_MARK}\s*:?", plain(label)):
            yield from _name(said)
    for cell in line.cells:
        said = plain(cell)
        behind = re.search(rf"(?<![\u3400-\u9fff])(?:{labels}){_MARK}\s*:\s*{_SAID}", said)
        within = re.search(rf"(?:{_ISSUING})\s*:\s*{_SAID}", said) if labels is _ISSUING else None
        fused = re.match(rf"^(?:{labels})(?P<body>[\u3400-\u9fff()·]{{4,40}})$", said)
        match = behind or within or (fused if fused and is_body(fused["body"]) else None)
        if match:
            name = cell[match.start("body") : match.end("body")]
            yield from _name(_before_label(name) if said.startswith(":", match.end("body")) else name)


def _before_label(said: str) -> str:
    """A body before the label of what stands beside it."""
    bare = said[: len(_NEXT_LABEL.sub("", plain(said)))]
    return next((bare[:end] for end in range(len(bare), _SHORTEST - 1, -1) if is_body(bare[:end])), bare)


def _name(said: str) -> Iterator[str]:
    names = [_cut(name) for name in bodies_together(said)]
    if names and all(len(name) >= _SHORTEST and not _TO_SIGN.search(plain(name)) for name in names):
        yield together(signed_body(name) or name for name in names)


def _cut(name: str) -> str:
    """A name before what a form says next to it: 2012年度, 单位:元."""
    found = _GOES_ON.search(plain(name))
    name = name[: found.start()] if found else name
    ends = _FIRM_END.search(plain(name))
    return (name[: ends.end()] if ends else name).strip(_EDGES)
