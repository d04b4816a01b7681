"""Decides which date a document bears: the one it was signed on (落款) before any that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.domain.dates import FoundDate, PartialDate, dates_in
from index.domain.description import Evidence, Value
from ingest.finders.body_names import is_body
from ingest.finders.paper import Line, Paper

_SIGNED = re.compile(
    r"(?P<act>签订|签约|签署|签字|填表|填写|填报|制表|填制|发文|成文|发布|申请|提交|申报|报告|会议|编制|制定|落款|调动|印制|报出|验收|登记|登录|记录|受理|投诉"
    r"|评估|评定|考核|审批|批准|领取|颁发|发证|开具|开票|拍摄|摄制|录制|检查|调查|回访|拜访|维修|报修|交接|移交|办理|订立|立|建档)?"
    r"\s*(?:日\s*期|时\s*间|日)\s*:?\s*$|^date\s*[:.]?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[\u3400-\u9fff]{1,6}(?:日期|时间|年月|日)\s*:?\s*$")
_NOT_SIGNED = re.compile(
    r"出生|出身|入学|毕业|有效期|入职|入社|到职|进场|采样|取样|抽样|送样|到岗|到期|起始|截止|截至|参加工作|birth|期限|限期|到货|购置|购买|出厂|生产日|离职日|离职时|拟|预计|计划|入住|入伙"
    r"|起租|交付|竣工|开工|完工|迁入|搬入|搬出|有效|到会|最后工作|起止|首次|下次|应还|应于|转正日|自$|至$|从$",
    re.IGNORECASE,
)
_BORN = re.compile(r"出生|出身|生日|birth|有效|期限|毕业|参加工作|成立", re.IGNORECASE)
_NEAR_LABEL = 9
_PRINTED = re.compile(r"印发|印制|抄送|印刷")
#: 凡2007年8月12日以前的规定: a bound, not a day on which anything was made.
_BOUND = re.compile(r"\s*(?:以前|之前|以后|之后|以来|起|前的|至今)")
#: (2009年7月12日通过): beneath the title of a resolution or a rule.
_PASSED = re.compile(r"\s*[^\s()]{0,8}?(?:通过|修订|制定|公布)\s*\)")
_ENCLOSURE = re.compile(r"附\s*[件表录]\s*[0-9一二三四五六]{0,2}\s*:?")
_ENCLOSED = 0.5
_REFERRED = re.compile(r"[〔\[(][^〕\])]*$")
_YEAR_IN_NUMBER = re.compile(r"〔(\d{4})〕")
_HINT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|年)?(?!\d)")
_FUTURE = 0.3
_IN_ROWS, _ROWS = 0.52, 3
_NEVER, _ONLY = 0.15, 0.6
"""What a day of birth or of a licence says, and the only date that a paper bears."""
_BUSINESS_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年度")
_HEAD, _OF_TITLE = 6, 0.56
_SHORT = 8
"""Beside so few characters a date is a note, not a part of a sentence."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    date: PartialDate
    sure: float
    evidence: Evidence | None


def document_date(
    paper: Paper, today: date, title: str = "", document_number: str = "", hints: Sequence[str] = ()
) -> Value | None:
    """The document's ISO date, by the plainest candidate; days after `today` are hardly believed. None: no date."""
    candidates = [*_on_paper(paper), *_from_names(title, document_number, hints, paper.first[:_HEAD])]
    if not candidates:
        return None
    best = max((_not_later(one, today) for one in candidates), key=lambda one: one.sure)
    return Value(best.date.iso, round(best.sure, 3), best.evidence)


def _not_later(one: _Candidate, today: date) -> _Candidate:
    return one if one.date.first_day <= today else _Candidate(one.date, min(one.sure, _FUTURE), one.evidence)


def _on_paper(paper: Paper) -> Iterator[_Candidate]:
    """Every date with how much its place says; many alike in the rows of a table say little."""
    for page in paper.pages:
        found = [*_on_page(page)]
        if len({one.date for one in found}) == 1 and len(paper.pages) == 1:
            found = [replace(one, sure=max(one.sure, _ONLY)) if one.sure > _NEVER else one for one in found]
        within = sum(one.sure < _IN_ROWS for one in found)
        for one in found:
            yield replace(one, sure=one.sure * 0.6) if within > _ROWS and one.sure < _IN_ROWS else one


def _on_page(page: tuple[Line, ...]) -> Iterator[_Candidate]:
    enclosed = False
    for number, line in enumerate(page):
        above = page[number - 1] if number else None
        end = 0
        enclosed = enclosed or bool(number > _HEAD and _ENCLOSURE.fullmatch(line.plain.strip()))
        for found in dates_in(line.plain):
            sure = found.sure * _standing(line, found, above, number, len(page), end)
            sure *= _ENCLOSED if enclosed else 1.0
            end = found.end
            yield _Candidate(found.date, sure, line.evidence("date", line.plain[found.start : found.end]))


def _standing(line: Line, found: FoundDate, above: Line | None, number: int, count: int, after: int) -> float:
    """How much the place of a date says that the document was made then (0..1).

    `after` is where the date before it on its line ends: the words in between are its own label.
    """
    whole = line.plain[: found.start]
    label, before = line.plain[max(after, found.start - _NEAR_LABEL) : found.start], line.plain[after : found.start]
    rest = (whole + line.plain[found.end :]).strip(" ()[]:.,。")
    behind = line.plain[found.end :]
    if whole.rstrip().endswith("(") and _PASSED.match(behind):
        return 0.95
    if (_REFERRED.search(whole) and rest) or _BOUND.match(behind):
        return 0.3
    if _BORN.search(label):
        return _NEVER
    if _NOT_SIGNED.search(label):
        return 0.3
    if _PRINTED.search(line.plain):
        return 0.7
    if not rest:
        return _alone(above, number, count)
    signed = _SIGNED.search(before)
    if signed:
        return _signed(signed, before)
    if _LABELLED.search(before):
        return 0.6
    if is_body(whole.strip()) and number > count / 2:
        return 0.97
    return 0.75 if len(rest) <= _SHORT else 0.5


def _signed(said: re.Match[str], before: str) -> float:
    """By the act that made the paper (申请日) more surely than by any other (生效日), or by none (日期)."""
    if said["act"] or not _LABELLED.search(before):
        return 0.93 if before.strip() else 0.9
    return 0.88


def _alone(above: Line | None, number: int, count: int) -> float:
    """A date on a line of its own: under a body's name it is the signature, at the end most likely."""
    if above is not None and is_body(above.plain):
        return 1.0
    if above is not None and above.plain.rstrip().endswith(("出生日期:", "出生年月:")):
        return 0.3
    return 0.96 if number >= count * 0.6 else 0.9


def _from_names(title: str, document_number: str, hints: Sequence[str], head: Sequence[Line]) -> Iterator[_Candidate]:
    """A year known from elsewhere is better than none, and never better than a day on the paper."""
    for match in _YEAR_IN_NUMBER.finditer(document_number):
        yield _Candidate(PartialDate(int(match[1])), 0.5, Evidence(match[0], rule="year-of-number"))
    for match in _HINT_YEAR.finditer(title):
        yield _Candidate(PartialDate(int(match[1])), _OF_TITLE, Evidence(match[0], rule="year-of-title"))
    for line in head:
        for match in _BUSINESS_YEAR.finditer(line.plain):
            yield _Candidate(PartialDate(int(match[1])), _OF_TITLE, line.evidence("date", match[0]))
    for hint in hints:
        for match in _HINT_YEAR.finditer(hint):
            yield _Candidate(PartialDate(int(match[1])), 0.57, Evidence(hint, rule="folder"))
