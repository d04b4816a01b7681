"""Decides what a row of a room's own list says: which column is which field, and what is wrong.

A form is what a list is made of: its fields with the headings in use, those that every row needs, how each is read.

Columns are proposed by their headings and settled by a person once. Every fault of every row is told before anything
is written; a fault that only warns leaves the row in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.domain.access import Marking
from index.domain.dates import whole
from index.domain.errors import WrongUse, sentence
from index.domain.lists.sheet import Row, plain
from index.domain.retention import period

Columns = Mapping[str, int]
"""Field -> position of its column, from 0."""

#: What a spreadsheet shows where a formula cannot be worked out.
_ERRORS = frozenset(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))
_STATE_SECRETS = ("绝密", "机密", "秘密")
_MARKINGS: Mapping[str, str] = {
    **{marking.value: marking.value for marking in Marking},
    **{"公开": "open", "内部": "internal", "个人信息": "personal", "保密": "confidential", "商业秘密": "confidential"},
    **{"无": "", "普通": "", "非密": ""},
}
#: Faults that a row may have and still be written.
WARNINGS = frozenset({"entry-pages-differ", "entry-code-not-kept"})


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of list: field -> what its column is called (folded, the standard's own word first).

    `needed` are the fields of which every row must say something, `unique` the one that no two rows may share,
    `readings` how a cell becomes a value; a reading raises WrongUse with a fault's code.
    """

    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    unique: str
    readings: Mapping[str, Callable[[str], str]]

    @property
    def known(self) -> frozenset[str]:
        """Every heading that is understood by itself."""
        return frozenset(name for names in self.headings.values() for name in names)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: a code with a sentence, and what the sentence names."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        return sentence(self.code, language, **self.details)

    @property
    def blocks(self) -> bool:
        return self.code not in WARNINGS


@dataclass(frozen=True, slots=True)
class Entry:
    """A row read: its number in the spreadsheet, field -> value as the catalogue keeps it, and its faults."""

    number: int
    values: Mapping[str, str]
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        return not any(fault.blocks for fault in self.faults)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def with_faults(self, *faults: Fault) -> Entry:
        return replace(self, faults=(*self.faults, *faults))


def proposed(form: Form, headings: Sequence[str]) -> dict[str, int]:
    """The columns as their headings name them; of two that mean the same, the one nearer to the standard's word."""
    spelt = [plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for name, words in form.headings.items():
        at = next((spelt.index(word) for word in words if word in spelt), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def checked_columns(form: Form, columns: Columns, headings: Sequence[str]) -> dict[str, int]:
    """`columns`, each a field and a column that are there, a column once; raises WrongUse("bad-columns")."""
    times = Counter(columns.values())
    for name, at in columns.items():
        if name not in form.headings or not 0 <= at < len(headings) or times[at] > 1:
            raise WrongUse("bad-columns", field=name)
    for name in form.needed:
        if name not in columns:
            raise WrongUse("bad-columns", field=name)
    return dict(columns)


def entries(form: Form, rows: Iterable[Row], columns: Columns) -> list[Entry]:
    """Every row that says anything in these columns, with what is wrong with it by itself and beside the others."""
    said = (row for row in rows if any(row.cells[at] for at in columns.values()))
    return _with_doubles([_entry(form, row, columns) for row in said], form.unique)


def _entry(form: Form, row: Row, columns: Columns) -> Entry:
    values, faults = {}, []
    for name, at in columns.items():
        try:
            values[name] = form.readings.get(name, str)(_computed(row.cells[at]))
        except WrongUse as wrong:
            faults.append(Fault(wrong.code, {**wrong.details, "field": name}))
    lacking = [name for name in form.needed if not row.cells[columns[name]]]
    faults += [Fault("entry-lacks", {"field": name}) for name in lacking]
    return Entry(row.number, {name: value for name, value in values.items() if value}, tuple(faults))


def _computed(cell: str) -> str:
    """What stands in a cell, unless its formula came to nothing."""
    if cell in _ERRORS:
        raise WrongUse("entry-bad-value", value=cell)
    return cell


def _with_doubles(found: Sequence[Entry], unique: str) -> list[Entry]:
    rows: dict[str, list[int]] = {}
    for entry in found:
        if said := entry.value(unique):
            rows.setdefault(said, []).append(entry.number)
    return [_doubled(entry, rows.get(entry.value(unique), ())) for entry in found]


def _doubled(entry: Entry, rows: Sequence[int]) -> Entry:
    others = [str(number) for number in rows if number != entry.number]
    return entry.with_faults(Fault("entry-twice", {"rows": ", ".join(others[:5])})) if others else entry


def day(text: str) -> str:
    """YYYYMMDD with zeros for what is unknown (DA/T 22), a spreadsheet's moment, or any way a date is written."""
    if not text:
        return ""
    bare = text.split(" ")[0].split("T")[0]
    if bare.isdecimal() and len(bare) == 8:
        bare = bare.removesuffix("00").removesuffix("00")
    found = whole(bare)
    if found is None:
        raise WrongUse("entry-bad-value", value=text)
    return found.iso


def _retention(text: str) -> str:
    try:
        return str(period(text)) if text else ""
    except WrongUse as wrong:
        raise WrongUse("entry-bad-value", value=text) from wrong


def _marking(text: str) -> str:
    """The statute's levels never lie in a networked room: such a row is refused (A.16 X4)."""
    said = text.split("★")[0].strip().lower()
    if said.startswith(_STATE_SECRETS):
        raise WrongUse("entry-state-secret", value=text)
    if said and said not in _MARKINGS:
        raise WrongUse("entry-bad-value", value=text)
    return _MARKINGS.get(said, "")


def _pages(text: str) -> str:
    """A number of pages; 1-3 and 3页 are what clerks write."""
    bare = text.removesuffix("页").removesuffix("頁").strip()
    first, _, last = bare.partition("-")
    if last and first.isdecimal() and last.isdecimal() and int(first) <= int(last):
        return str(int(last) - int(first) + 1)
    if bare and not bare.isdecimal():
        raise WrongUse("entry-bad-value", value=text)
    return str(int(bare)) if bare else ""


def _persons(text: str) -> str:
    return "、".join(part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip())


#: A room's own catalogue of items: what catalogues in use call their columns (DA/T 22-2015, DA/T 18).
CATALOGUE = Form(
    headings={
        "reference_code": ("档号", "档案号", "档案编号", "文件档号", "归档号", "案卷档号", "referencecode"),
        "title": ("题名", "文件题名", "标题", "文件标题", "文件名称", "正题名", "题目", "内容", "名称", "title"),
        "document_number": ("文号", "文件编号", "发文字号", "文件号", "编号", "documentnumber"),
        "creator": ("责任者", "责任人", "发文单位", "文件作者", "作者", "形成单位", "creator"),
        "date": ("日期", "文件日期", "成文日期", "形成日期", "形成时间", "签发日期", "文件时间", "时间", "date"),
        "marking": ("密级", "marking"),
        "pages": ("页数", "张数", "页数张数", "pages"),
        "retention": ("保管期限", "期限", "retention"),
        "fonds": ("全宗号", "fonds"),
        "series": ("类别号", "分类号", "门类", "门类代码", "档案门类代码", "series"),
        "subject_key": ("工号", "员工编号", "房号", "单元号", "客户编号", "客户代码", "租户编号"),
        "persons": ("人名", "姓名", "业户姓名", "员工姓名", "persons"),
        "note": ("备注", "附注", "note"),
        "file_name": ("文件名", "图像文件名", "电子文件名", "图像名称", "扫描件", "图像路径", "文件路径", "挂接路径"),
    },
    needed=("title",),
    unique="reference_code",
    readings={"date": day, "retention": _retention, "marking": _marking, "pages": _pages, "persons": _persons},
)
#: The fields of a catalogue that have no place in a description: they find the image, or are compared with it.
BESIDE = ("reference_code", "pages", "file_name")


def tally(found: Iterable[Entry]) -> Counter[str]:
    """How many rows have each fault."""
    return Counter(code for entry in found for code in {fault.code for fault in entry.faults})
