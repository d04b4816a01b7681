"""Decides which date a document bears: the one it was signed on (落款) before any that it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.domain.dates import FoundDate, PartialDate, dates_in
from index.domain.description import Evidence, Value
from index.domain.unclear_dates import unclear_dates_in
from ingest.finders.body_names import is_body
from ingest.finders.date_labels import DONE, OTHER_ACT, is_birth, is_bound, is_of_another, labelled
from ingest.finders.paper import Line, Paper, plain

#: What a stamp says whose day is that of receiving or copying, not of the paper.
_STAMPED = re.compile(
    r"收\s*文|收\s*到|收讫|付讫|归\s*档|登\s*记\s*章|与原件|核对|已阅|传阅|received|paid", re.IGNORECASE
)
_STAMP = 12
_PRINTED = re.compile(r"印发|印制|抄送|印刷")
#: (2009年7月12日通过): beneath the title of a resolution or a rule.
_PASSED = re.compile(r"\s*[^\s()]{0,8}?(?:通过|修订|制定|公布)\s*\)")
_ENCLOSURE = re.compile(r"附\s*[件表录]\s*[0-9一二三四五六]{0,2}\s*:?")
_ENCLOSED = 0.5
_REFERRED = re.compile(r"[〔\[(][^〕\])]*$")
_YEAR_IN_NUMBER = re.compile(r"〔(\d{4})〕")
_HINT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|年)?(?!\d)")
_FUTURE = 0.3
_IN_ROWS, _ROWS, _IN_ROW = 0.52, 3, 0.45
_NEVER, _ONLY = 0.15, 0.6
"""What a day of birth or of a licence says, and the only date that a paper bears."""
_BUSINESS_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年度")
_MONTH_OF_TITLE = re.compile(r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月(?!\s?\d)")
_HEAD, _OF_TITLE, _OF_TITLES_MONTH = 6, 0.56, 0.58
_SHORT = 8
"""Beside so few characters a date is a note, not a part of a sentence."""
_NAME, _SIGNING = 4, 14
"""Characters of a name, and of what a line says before the day on which somebody signed it."""
_SENTENCE = re.compile(r"[,。;!?:]")
_IN_SENTENCE = re.compile(r"(?:[于在自至从到为是第及与按即]|截止|截至)\s*$")
_OF_ANOTHER, _TOLD = 0.34, 0.5
"""What the day of something else says, and one in a sentence."""
_YEAR_TOLD, _MONTH_TOLD, _UNKNOWN_LABEL = 0.5, 0.9, 0.7
_DOUBTFUL = 0.5
"""Forms of dates less sure than this (98.3.5) are believed only where a date is bound to stand."""


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
    in_rows = _in_rows(page)
    for number, line in enumerate(page):
        above = page[max(0, number - 2) : number]
        end = 0
        enclosed = enclosed or bool(number > _HEAD and _ENCLOSURE.fullmatch(line.plain.strip()))
        for found in _dates(line):
            place = _place(line, found, end)
            standing = _standing(place, above, number, len(page))
            end = found.end
            if found.sure < _DOUBTFUL and standing < OTHER_ACT:
                continue
            standing *= _in_part(found.date, place, standing)
            sure = found.sure * min(standing, _IN_ROW if number in in_rows and place.alone else 1.0)
            sure *= _ENCLOSED if enclosed else 1.0
            yield _Candidate(found.date, sure, line.evidence("date", line.plain[found.start : found.end]))


def _in_part(said: PartialDate, place: _Place, standing: float) -> float:
    """A year in a text, and a month in a form, are told of sooner than that the paper was made then."""
    if said.month is None:
        return _YEAR_TOLD if standing < OTHER_ACT else 1.0
    return _MONTH_TOLD if said.day is None and place.rest else 1.0


def _dates(line: Line) -> list[FoundDate]:
    return sorted((*dates_in(line.plain), *unclear_dates_in(line.plain)), key=lambda one: one.start)


def _in_rows(page: Sequence[Line]) -> frozenset[int]:
    """The lines that are rows of a table of which each has its date: the same cell of a few, without label."""
    columns = defaultdict[int, list[int]](list)
    for number, line in enumerate(page):
        for at, cell in enumerate(line.cells):
            if len(line.cells) >= _ROWS and _is_date(cell) and not (at and _is_label(line.cells[at - 1])):
                columns[at].append(number)
    return frozenset(number for rows in columns.values() if len(rows) >= _ROWS for number in rows)


def _is_date(cell: str) -> bool:
    said = plain(cell).strip()
    return any(found.start == 0 and found.end == len(said) for found in dates_in(said))


def _is_label(cell: str) -> bool:
    return bool(labelled(plain(cell))) or is_of_another(plain(cell))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date stands: the words before and behind it on its line, those of its cell, and what labels it."""

    whole: str
    behind: str
    cell_before: str
    cell_behind: str
    label: str

    @property
    def rest(self) -> str:
        return (self.whole + self.behind).strip(" ()[]:.,。")

    @property
    def alone(self) -> bool:
        """Whether it fills its cell."""
        return not self.cell_before.strip(" :") and not self.cell_behind.strip(" .,。")


def _place(line: Line, found: FoundDate, after: int) -> _Place:
    """`after` is where the date before it on its line ends: the words in between are its own label."""
    begin, end, before = _cell(line, found)
    within = line.plain[max(begin, after) : found.start]
    label = within if within.strip(" :") else line.plain[max(before, after) : found.start]
    return _Place(
        line.plain[: found.start],
        line.plain[found.end :],
        line.plain[begin : found.start],
        line.plain[found.end : end],
        label,
    )


def _cell(line: Line, found: FoundDate) -> tuple[int, int, int]:
    """Where the cell of a date begins and ends, and where the cell before it begins."""
    at = before = 0
    for cell in map(plain, line.cells):
        begin = line.plain.find(cell, at)
        if begin < 0:
            break
        at = begin + len(cell)
        if begin <= found.start and found.end <= at:
            return begin, at, before
        before = begin
    return 0, len(line.plain), 0


def _standing(place: _Place, above: Sequence[Line], number: int, count: int) -> float:
    """How much the place of a date says that the document was made then (0..1)."""
    said = labelled(place.label)
    if place.whole.rstrip().endswith("(") and _PASSED.match(place.behind):
        return 0.95
    if is_birth(place.label):
        return _NEVER
    if (_REFERRED.search(place.whole) and place.rest) or is_bound(place.label, place.behind):
        return _OF_ANOTHER
    if is_of_another(place.label) and said < DONE:
        return _OF_ANOTHER
    if _PRINTED.search(place.whole + place.behind):
        return 0.7
    if not place.rest:
        return _alone(above, number, count) if not place.behind.strip(" )") else _TOLD
    if said:
        return said
    if is_body(place.whole.strip()) and number > count / 2:
        return 0.97
    return _beside_words(place, number / count)


def _alone(above: Sequence[Line], number: int, count: int) -> float:
    """A date on a line of its own: under a body's name it is the signature, at the end most likely."""
    if above and is_body(above[-1].plain):
        return 1.0
    if any(len(line.plain) <= _STAMP and _STAMPED.search(line.plain) for line in above):
        return _OF_ANOTHER
    if above and above[-1].plain.rstrip().endswith(("出生日期:", "出生年月:")):
        return _OF_ANOTHER
    return 0.96 if number >= count * 0.6 else 0.9


def _beside_words(place: _Place, depth: float) -> float:
    """Behind a name it is the day on which somebody signed, the further down the sooner; in a sentence it is told."""
    said = _SENTENCE.split(place.cell_before)
    signed = not place.cell_behind.strip(" .。)") and not _IN_SENTENCE.search(place.cell_before)
    if place.cell_before.rstrip().endswith(":"):
        return _UNKNOWN_LABEL
    if signed and ((len(said) == 1 and len(said[0]) <= _SIGNING) or len(said[-1].strip()) <= _NAME):
        return 0.78 + 0.06 * depth
    return 0.75 if len(place.rest) <= _SHORT else _TOLD


def _from_names(title: str, document_number: str, hints: Sequence[str], head: Sequence[Line]) -> Iterator[_Candidate]:
    """A year known from elsewhere is better than none, and never better than a day on the paper."""
    for match in _YEAR_IN_NUMBER.finditer(document_number):
        yield _Candidate(PartialDate(int(match[1])), 0.5, Evidence(match[0], rule="year-of-number"))
    for found in dates_in(title):
        if found.date.month and not found.date.day and _MONTH_OF_TITLE.match(title[found.start :]):
            yield _Candidate(found.date, _OF_TITLES_MONTH, Evidence(title, rule="month-of-title"))
    for match in _HINT_YEAR.finditer(title):
        yield _Candidate(PartialDate(int(match[1])), _OF_TITLE, Evidence(match[0], rule="year-of-title"))
    for line in head:
        for match in _BUSINESS_YEAR.finditer(line.plain):
            yield _Candidate(PartialDate(int(match[1])), _OF_TITLE, line.evidence("date", match[0]))
    for hint in hints:
        for match in _HINT_YEAR.finditer(hint):
            yield _Candidate(PartialDate(int(match[1])), 0.57, Evidence(hint, rule="folder"))
