"""Decides which words the query language knows: what joins, the names of fields, and what may be asked in them.

All are compared folded, so that width, case and script do not matter; only AND, OR and NOT must be capitals, as the
small ones are words of a text. Whoever adds a word adds it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from index.domain.access import Marking
from index.domain.folding import folded


class Field(StrEnum):
    """What a query can ask by name. Its value is that of the `Section` or `Facet` it asks; DATE and TEXT have none."""

    TEXT = "text"
    TITLE = "title"
    DOCUMENT_NUMBER = "document_number"
    CREATOR = "creator"
    CODE = "code"
    FONDS = "fonds"
    SERIES = "series"
    YEAR = "year"
    DATE = "date"
    RETENTION = "retention"
    MARKING = "marking"
    LANGUAGE = "language"


class Joint(StrEnum):
    AND = "and"
    OR = "or"
    NOT = "not"


#: Joining words, only where they stand alone between spaces. The signs are those of `Query.read_as`.
JOINTS: Mapping[str, Joint] = {
    **dict.fromkeys(("AND", "与", "與", "和", "且", "并且", "並且", "+", "&", "&&"), Joint.AND),
    **dict.fromkeys(("OR", "或", "或者", "/", "|", "||"), Joint.OR),
    **dict.fromkeys(("NOT", "非", "不含", "−", "!"), Joint.NOT),
}

_FIELDS: Mapping[Field, str] = {
    Field.TEXT: "全文 任意 text any",
    Field.TITLE: "题名 标题 篇名 名称 文件题名 title",
    Field.DOCUMENT_NUMBER: "文号 文件号 文件编号 文件字号 发文字号 发文号 number docno",
    Field.CREATOR: "责任者 责任人 作者 发文单位 发文机关 形成单位 人名 creator author person",
    Field.CODE: "档号 参考号 件号 旧档号 code ref reference",
    Field.FONDS: "全宗 全宗号 全宗名称 fonds",
    Field.SERIES: "类别 系列 门类 类目 分类 分类号 series class",
    Field.YEAR: "年度 年份 归档年度 year",
    Field.DATE: "日期 时间 成文日期 形成时间 形成日期 date",
    Field.RETENTION: "保管期限 期限 retention",
    Field.MARKING: "密级 标识 公开程度 开放程度 marking",
    Field.LANGUAGE: "语种 语言 文字 language",
}

FIELDS: Mapping[str, Field] = {folded(name).text: field for field, names in _FIELDS.items() for name in names.split()}

#: The fields that are asked for days, so that "<" and ">" may follow their name.
TIMES = frozenset({Field.DATE, Field.YEAR})
#: What stands between two dates that are written apart.
SPANS = frozenset(["至", "到", "-", "－", "–", "—", "~", "～", "to", "until"])

_MARKINGS: Mapping[Marking, str] = {
    Marking.OPEN: "公开 开放 社会公开 open public",
    Marking.INTERNAL: "内部 控制 限制 内部资料 internal",
    Marking.PERSONAL: "个人 个人信息 个人资料 隐私 personal",
    Marking.CONFIDENTIAL: "机密 秘密 绝密 保密 涉密 商业秘密 confidential secret",
}

_LANGUAGES: Mapping[str, str] = {
    "zh-Hans": "简体 简体中文 简体字 中文 汉语 zh zh-hans hans simplified chinese",
    "zh-Hant": "繁体 繁体中文 繁体字 中文 汉语 zh zh-hant hant traditional chinese",
    "en": "英文 英语 外文 en english",
}


def _by_name(called: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    names = {folded(name).text for said in called.values() for name in said.split()}
    return {name: tuple(value for value, said in called.items() if name in _split(said)) for name in names}


def _split(said: str) -> set[str]:
    return {folded(name).text for name in said.split()}


#: For a field of stamps, folded name -> the stored values that it can mean.
VALUES: Mapping[Field, Mapping[str, tuple[str, ...]]] = {
    Field.MARKING: _by_name({marking.value: said for marking, said in _MARKINGS.items()}),
    Field.LANGUAGE: _by_name(_LANGUAGES),
}
