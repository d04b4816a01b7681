"""Decides which document number (文号) a paper bears: 校发〔2024〕15号, in all brackets that print or OCR makes."""

from __future__ import annotations

import re

from index.domain.description import Value
from ingest.finders.paper import Line, Paper, plain

_SPACE = r"\s{0,2}"
_DIGIT = r"[0-9oOlI|ZSB]"
_YEAR = rf"(?P<year>[12]{_SPACE}[09oO]{_SPACE}{_DIGIT}{_SPACE}{_DIGIT})"
_COUNT = rf"(?P<count>{_DIGIT}(?:{_SPACE}{_DIGIT}){{0,4}})"
_OLD_YEAR = rf"(?P<old>\((?:[一二三四五六七八九〇零]{{2}}|\d{{2}})\){_SPACE})?"
_BODY = rf"{_OLD_YEAR}(?P<body>[\u3400-\u9fff](?:{_SPACE}[\u3400-\u9fff]){{0,13}}?)"
# `Line.plain` has round brackets for 〔〕[]【】{}; the rest is what OCR makes of them, down to nothing at all.
_OPEN, _CLOSE = "[(<\"'C]", "[)>\"'J]"
_END = rf"{_SPACE}[号写弓亏丂]"

_BRACKETED = re.compile(
    rf"{_BODY}{_SPACE}(?P<open>{_OPEN}{{0,2}}){_SPACE}{_YEAR}{_SPACE}年?(?P<close>{_CLOSE}{{0,2}}){_SPACE}(?P<nth>第?){_SPACE}{_COUNT}{_END}"
)
_LEADING_YEAR = re.compile(
    rf"(?P<open>{_OPEN}){_SPACE}{_YEAR}{_SPACE}(?P<close>{_CLOSE}){_SPACE}{_BODY}{_SPACE}(?P<nth>第){_SPACE}{_COUNT}{_END}"
)
_ORDINAL = re.compile(rf"{_BODY}{_SPACE}(?P<nth>第){_SPACE}{_COUNT}{_END}")
_ALONE = re.compile(rf"(?P<nth>第){_SPACE}{_COUNT}{_END}")
_LABELLED = re.compile(
    r"(?<!员工)(?<!职工)(?<!人员)(?<!客户)(?<!租户)(?<!会员)(?<!顾客)(?<!经销商)"
    r"(?:№|[订报工运货保提送派]?价?单号|发票号码?|票号|登记号|证书编号|证书号|证\s*号|图\s*号|字\s*号|凭证号|协议号|合同号|编\s*号|合同编号|协议编号|文件编号|发文字号|文号|编号|Our\s+ref(?:erence)?\.?(?:\s*No)?|Ref(?:erence)?\.?(?:\s*No)?|Document\s+No|No)"
    r"(?:\.?\s*[.:]\s*|(?<=№)\s*|(?<=号)\s+)(?P<code>[A-Za-z0-9\u3400-\u9fff][A-Za-z0-9\u3400-\u9fff/\-.〔〕()\[\]·]{2,30})",
    re.IGNORECASE,
)
#: A label that was printed or read without its colon, alone on its line with a code behind it.
_GLUED = re.compile(
    r"(?:合同|协议|证书|文件|发票|凭证|单据|报告|通知|申请|登记|档案|订单|票据)?(?:编\s*号|单号|票号|证书号|合同号|协议号|文号|字号)\s*"
    r"(?P<code>[A-Za-z]{0,6}[-/]?\d[A-Za-z0-9/\-.]{3,28})"
)
#: 〔2019〕18号: the year and the number of a paper that leaves its body's word out.
_BODILESS = re.compile(
    rf"(?P<open>[(<\[]){_SPACE}{_YEAR}{_SPACE}(?P<close>[)>\]]){_SPACE}(?P<nth>第?){_SPACE}{_COUNT}{_END}"
)
_BARE = re.compile(r"(?P<letters>[A-Z]{1,4}(?:[-/][A-Z]{1,4})?)(?P<rest>[-/]?(?:19|2[0O])[0-9O]{2}[-/]?[0-9OlI]{2,6})")
_DRAWING = re.compile(r"图\s*号\s*(?P<code>[A-Za-z\u3400-\u9fff]{1,4}[-/][A-Za-z0-9][-/A-Za-z0-9]{0,14})")
_VOUCHER = re.compile(r"(?:(?<![\u3400-\u9fff])|(?<=日))[记收付转现银]字?\s?第\s?\d{1,4}\s?号")
_LOOKALIKES = str.maketrans("oOlI|ZSB", "00111258")
_NOT_A_BODY = re.compile(r"^(?:根据|按照|依据|贯彻|转发|印发|关于|见|和|及|与|签发人)")
_ASIDE = re.compile(r"签发人.*|签\s*发.*|[\s★☆*]+|急件|特急|加急|平急")
_SHARE = 0.6
"""The share of its line that a number must fill: one inside a sentence is somebody else's."""


def document_number(paper: Paper) -> Value | None:
    """The number as GB/T 9704 writes it (校发〔2024〕15号), or as printed where it has another form, or None."""
    readers = (_official, _labelled, _glued, _bodiless, _bare, _voucher)
    found = [said for line in paper.first for read in readers if (said := read(line))]
    return max(found, key=lambda said: said.confidence, default=None)


def _official(line: Line) -> Value | None:
    for pattern in (_BRACKETED, _LEADING_YEAR, _ORDINAL, _ALONE):
        match = pattern.search(line.plain)
        if match and _fills(match, line.plain) and not _NOT_A_BODY.match(match.groupdict().get("body") or ""):
            return Value(_written(match, line), _sure(match, line), line.evidence("document-number", line.said(match)))
    return None


def _labelled(line: Line) -> Value | None:
    match = _LABELLED.search(line.plain)
    if match is None or not any(character.isdigit() for character in match["code"]):
        return None
    return Value(line.said(match, "code").rstrip(".-)"), 0.8, line.evidence("labelled-number", line.said(match)))


def _glued(line: Line) -> Value | None:
    match = _GLUED.fullmatch(line.plain.strip())
    code = match["code"] if match else ""
    return Value(code, 0.78, line.evidence("labelled-number", line.text)) if code else None


def _bodiless(line: Line) -> Value | None:
    match = _BODILESS.fullmatch(line.plain.strip())
    if match is None:
        return None
    number = f"〔{_digits(match['year'])}〕{match['nth']}{_digits(match['count'])}号"
    return Value(number, 0.72, line.evidence("document-number", line.text))


def _bare(line: Line) -> Value | None:
    """A code on a line of its own: HT-2024-0031, JX/2020/740."""
    match = _BARE.fullmatch(line.plain.strip())
    if match is None:
        return None
    said = match["letters"] + match["rest"].translate(_LOOKALIKES)
    return Value(said, 0.76, line.evidence("document-number", line.text))


def _voucher(line: Line) -> Value | None:
    """The number of a voucher beside its date (记字第55号), or of a drawing in its title block."""
    drawing = _DRAWING.search(line.plain)
    if drawing:
        return Value(line.said(drawing, "code"), 0.8, line.evidence("labelled-number", line.said(drawing)))
    match = _VOUCHER.search(line.plain)
    return Value(line.said(match), 0.78, line.evidence("document-number", line.said(match))) if match else None


def _fills(match: re.Match[str], line: str) -> bool:
    rest = _ASIDE.sub("", line)
    return len(match[0].strip()) >= _SHARE * len(rest.strip() or match[0])


def _written(match: re.Match[str], line: Line) -> str:
    """The number with hexagonal brackets and without spaces, the order of its parts kept."""
    parts = {
        name: re.sub(r"\s", "", line.said(match, name)) if value else "" for name, value in match.groupdict().items()
    }
    if parts.get("body"):
        parts["body"] = re.split(r"[年月日]", parts["body"])[-1]
    year = f"〔{_digits(parts['year'])}〕" if parts.get("year") else ""
    body, number = (
        parts.get("old", "") + parts.get("body", ""),
        f"{parts['nth']}{_digits(parts['count'])}{_ends(line, match)}",
    )
    return f"{year}{body}{number}" if match.re is _LEADING_YEAR else f"{body}{year}{number}"


def _sure(match: re.Match[str], line: Line) -> float:
    found = match.groupdict()
    whole = bool(found.get("open")) and bool(found.get("close"))
    sure = 0.96 if whole else 0.86 if found.get("year") else 0.75
    return round(sure * (1.0 if line.confidence > 0.6 else 0.9), 3)


def _ends(line: Line, match: re.Match[str]) -> str:
    """号 or 號, as the paper has it."""
    end = line.said(match)[-1]
    return end if end in "号號" else "号"


def _digits(text: str) -> str:
    return plain(text).translate(_LOOKALIKES)
