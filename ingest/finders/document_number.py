"""Decides which document number (文号) a paper bears: 校发〔2024〕15号, in all brackets that print or OCR makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from index.domain.description import Value
from ingest.finders.labelled_number import labelled_numbers
from ingest.finders.paper import Line, Paper, plain

_SPACE = r"\s{0,2}"
_DIGIT = r"[0-9oOlI|ZSB]"
_YEAR = rf"(?P<year>[12lIZz]{_SPACE}[09oO]{_SPACE}{_DIGIT}{_SPACE}{_DIGIT})"
_COUNT = rf"(?P<count>{_DIGIT}(?:{_SPACE}{_DIGIT}){{0,10}})"
#: As offices wrote them before 1949, and in capitals that nobody could change: 第一二六号, 第拾贰号.
_NUMERALS = r"[〇○零一二三四五六七八九十百千廿卅壹贰貳叁叄參肆伍陆陸柒捌玖拾佰]{1,9}"
#: (56)办字, (一九五八)办字, and 56办字 where a 字 shows what the figures are.
_BARE_YEAR = r"(?<!\d)\d\d(?=[\u3400-\u9fff]{1,8}字)"
_OLD_YEAR = rf"(?P<old>\((?:[一二三四五六七八九〇零]{{2,4}}|\d{{2}})\){_SPACE}|{_BARE_YEAR}{_SPACE})?"
_BODY = rf"{_OLD_YEAR}(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff]){{0,13}}?)"
# `Line.plain` has round brackets for 〔〕[]【】{}; the rest is what OCR makes of them, down to nothing at all.
_OPEN = "[(<\"'C|Il!/丨]"
_CLOSE = "(?:[)>\"'J]{1,2}|[|Il!/丨]|)"
_END = rf"{_SPACE}[号写弓亏丂]"

_BRACKETED = re.compile(
    rf"{_BODY}{_SPACE}(?P<open>{_OPEN}{{0,2}}){_SPACE}{_YEAR}{_SPACE}年?{_SPACE}(?P<close>{_CLOSE}){_SPACE}(?P<nth>字?{_SPACE}第?){_SPACE}(?:{_COUNT}|(?P<numerals>{_NUMERALS})){_END}"
)
#: 溪文教字(85)第14号: a year of two digits stays as it is printed.
_SHORT_YEAR = re.compile(
    rf"(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff]){{1,11}}{_SPACE}\({_SPACE}(?:\d\d|[一二三四五六七八九〇零]{{2}}){_SPACE}\)){_SPACE}(?P<nth>字?{_SPACE}第?){_SPACE}{_COUNT}{_END}"
)
#: 栖计〔1987〕工字第31号, 栖粮(56)秘字14号: the year within the body's word.
_YEAR_WITHIN = re.compile(
    rf"(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff]){{0,11}}?){_SPACE}"
    rf"(?:[(<]{_SPACE}{_YEAR}{_SPACE}[)>]|(?P<short>[(<]{_SPACE}(?:\d\d|{_NUMERALS}){_SPACE}[)>])){_SPACE}"
    rf"(?P<word>(?![字第年号])[\u3400-\u9fff]{{1,5}}?){_SPACE}(?P<nth>第?){_SPACE}(?:{_COUNT}|(?P<numerals>{_NUMERALS})){_END}"
)
_LEADING_YEAR = re.compile(
    rf"(?P<open>[(<]){_SPACE}{_YEAR}{_SPACE}(?P<close>[)>]){_SPACE}(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff0-9]){{0,13}}?){_SPACE}(?P<nth>第?){_SPACE}{_COUNT}{_END}"
)
_ORDINAL = re.compile(rf"{_BODY}{_SPACE}(?P<nth>第|(?<=[字发函令办呈批])){_SPACE}{_COUNT}{_END}")
#: 教字第一二六号, 总(卅六)字第八十一号.
_IN_NUMERALS = re.compile(
    rf"{_OLD_YEAR}(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff]){{0,13}}?(?:{_SPACE}\((?:\d{{2,4}}|{_NUMERALS})\){_SPACE}[\u3400-\u9fff]{{0,4}}?)?)"
    rf"{_SPACE}(?P<nth>第){_SPACE}(?:(?P<numerals>{_NUMERALS})|{_COUNT}){_END}"
)
_ALONE = re.compile(rf"(?P<nth>第){_SPACE}(?:{_COUNT}|(?P<numerals>{_NUMERALS})){_END}")
#: 2024年第15号, as announcements are numbered.
_OF_YEAR = re.compile(rf"{_YEAR}{_SPACE}年{_SPACE}(?P<nth>第){_SPACE}{_COUNT}{_END}")
#: 〔2019〕18号: the year and the number of a paper that leaves its body's word out.
_BODILESS = re.compile(
    rf"(?P<open>[(<\[]){_SPACE}{_YEAR}{_SPACE}(?P<close>[)>\]]){_SPACE}(?P<nth>第?){_SPACE}{_COUNT}{_END}"
)
_LOOKALIKES = str.maketrans("oOlI|ZzSB", "001112258")
_NOT_A_BODY = re.compile(
    r"^(?:见|和|及|与|签发人|收文|来文|原|档号|案卷)|根据|按照|依据|依照|贯彻|落实|转发|印发|关于|附件|参照|参见|收到|现将|经研究|电话|第$"
)
_ASIDE = re.compile(
    r"签发人.*|签\s*发.*|[\s★☆*]+|\([\d一二三四五六七八九〇零廿卅民国國]{2,6}年?\)|急件|特急|加急|平急|(?:编号|文号|发文字号|字号|文件编号):?"
)
#: Behind a number these make it part of a text.
_TEXT = re.compile(r"[\u3400-\u9fff,。;、]")
_OF_ANOTHER = re.compile(r"收\s*文|来\s*文|归\s*档|全宗|档号|附件|参见|来电|承办")
_UNFINISHED = re.compile(
    r"[\u3400-\u9fff](?:\s*[(<\[]\s*[12][0-9oO]{0,3}|\s*[(<\[]?\s*[12][0-9oO]{3}\s*[)>\]]?\s*第?\s*[0-9]{0,4})$|[\u3400-\u9fff]\s*字\s*第?$"
)
_SHARE = 0.6
"""The share of its line that a number must fill: one inside a sentence is somebody else's."""
_LIST = 3
"""So many numbers in the cells of a page are a list of other papers."""


def document_number(paper: Paper, title: str = "") -> Value | None:
    """The number as GB/T 9704 writes it (校发〔2024〕15号), or as printed where it has another form, or None.

    `title` says of a number of something else (专利号, 卡号) whether the paper is called after it.
    """
    found = [*_on_lines(paper.first), *_in_cells(paper.first), *labelled_numbers(paper.first, title)]
    return max(found, key=lambda said: said.confidence, default=None)


def _on_lines(lines: Sequence[Line]) -> Iterator[Value]:
    """Each line by itself, and with the next where it breaks off within a number."""
    above = ""
    for line, below in zip_longest(lines, lines[1:]):
        yield from _own(line, above)
        if below and _UNFINISHED.search(line.plain.rstrip()):
            yield from _own(replace(line, text=line.text.rstrip() + below.text.lstrip()), above)
        above = line.plain


def _in_cells(lines: Sequence[Line]) -> list[Value]:
    """Numbers that stand apart from what else is on their line; none of a list."""
    cells = [replace(line, text=cell, cells=(cell,)) for line in lines for cell in line.cells if len(line.cells) > 1]
    found = [said for cell in cells if (said := _official(cell))]
    return found if len(found) < _LIST else []


def _own(line: Line, above: str) -> Iterator[Value]:
    """The number of a line, unless a stamp or a label says whose it is."""
    said = None if _OF_ANOTHER.search(line.plain) or _OF_ANOTHER.fullmatch(above.strip()) else _official(line)
    if said:
        yield said


def _official(line: Line) -> Value | None:
    for pattern in (
        _YEAR_WITHIN,
        _BRACKETED,
        _LEADING_YEAR,
        _SHORT_YEAR,
        _IN_NUMERALS,
        _ORDINAL,
        _OF_YEAR,
        _BODILESS,
        _ALONE,
    ):
        match = pattern.search(line.plain)
        if match and _fills(match, line.plain) and not _NOT_A_BODY.search(match.groupdict().get("body") or ""):
            return Value(_written(match, line), _sure(match, line), line.evidence("document-number", line.said(match)))
    return None


def _fills(match: re.Match[str], line: str) -> bool:
    behind = _ASIDE.sub("", line[match.end() :])
    before = _ASIDE.sub("", line[: match.start()])
    filled = len(match[0].strip())
    return filled >= _SHARE * (filled + len(before) + len(behind)) and not _TEXT.search(behind)


def _written(match: re.Match[str], line: Line) -> str:
    """The number with hexagonal brackets and without spaces, the order of its parts kept."""
    parts = {
        name: re.sub(r"\s", "", line.said(match, name)) if value else "" for name, value in match.groupdict().items()
    }
    if parts.get("body"):
        parts["body"] = re.split(r"[年月日]", parts["body"])[-1]
    year = f"〔{_digits(parts['year'])}〕" if parts.get("year") else ""
    if match.re is _YEAR_WITHIN:
        year = (year or parts["short"]) + parts["word"]
    body = parts.get("old", "") + parts.get("body", "")
    count = parts.get("numerals") or _digits(parts["count"])
    number = f"{parts.get('nth', '')}{count}{_ends(line, match)}"
    if match.re is _OF_YEAR:
        return f"{_digits(parts['year'])}年{number}"
    return f"{year}{body}{number}" if match.re is _LEADING_YEAR else f"{body}{year}{number}"


def _sure(match: re.Match[str], line: Line) -> float:
    found = match.groupdict()
    whole = bool(found.get("open")) and bool(found.get("close"))
    sure = 0.96 if whole else 0.86 if found.get("year") else 0.79 if found.get("body") else 0.75
    if match.re is _BODILESS:
        sure = 0.78
    return round(sure * (1.0 if line.confidence > 0.6 else 0.9), 3)


def _ends(line: Line, match: re.Match[str]) -> str:
    """号 or 號, as the paper has it."""
    end = line.said(match)[-1]
    return end if end in "号號" else "号"


def _digits(text: str) -> str:
    return plain(text).translate(_LOOKALIKES)
