"""Decides which date a document bears: the one it was signed on (落款) before any that it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.domain.dates import FoundDate, PartialDate, dates_in
from index.domain.description import Evidence, Value
from index.domain.unclear_dates import unclear_dates_in
from ingest.finders.date_labels import OTHER_ACT, is_birth, is_of_another, labelled
from ingest.finders.date_places import NEVER, OF_ANOTHER, Place, place_of, standing_of
from ingest.finders.paper import Line, Paper, plain

_ENCLOSURE = re.compile(r"附\s*[件表录]\s*[0-9一二三四五六]{0,2}\s*:?")
_ENCLOSED = 0.5
_YEAR_IN_NUMBER = re.compile(r"〔(\d{4})〕")
_HINT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|年)?(?!\d)")
_FUTURE = 0.3
_IN_ROWS, _ROWS, _IN_ROW = 0.52, 3, 0.45
_ONLY, _ONLY_BOUND = 0.6, 0.52
"""What the only date that a paper bears says, and one that is but a bound."""
_CLEAR, _DISAGREES = 0.85, 0.9
"""How plainly a day is written that needs no year from elsewhere, and what one loses that no such year bears out."""
_BUSINESS_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年度|年度\s*:?\s*(?P<behind>(?:19|20)\d\d)(?!\d)")
_MONTH_OF_TITLE = re.compile(r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月(?!\s?\d)")
_HEAD, _OF_TITLE, _OF_TITLES_MONTH = 6, 0.56, 0.58
_FIGURE = re.compile(r"[0-9]")
_YEAR_TOLD, _MONTH_TOLD = 0.5, 0.9
_DOUBTFUL = 0.5
"""Forms of dates less sure than this (98.3.5) are believed only where a date is bound to stand."""
_BOUND_TO_STAND, _SURELY_STANDS, _BELIEVED = 0.78, 0.9, 0.62
"""The least that a place says for that, and what any form says at one where a date stands always."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    date: PartialDate
    sure: float
    evidence: Evidence | None
    open: bool = False
    """Whether the paper leaves open which year is meant."""
    in_rows: bool = False
    """Whether it is one of many in a table, of which the last is the day to which the paper was written on."""

    @property
    def rank(self) -> tuple[float, str]:
        return self.sure, self.date.iso if self.in_rows else ""


def document_date(
    paper: Paper, today: date, title: str = "", document_number: str = "", hints: Sequence[str] = ()
) -> Value | None:
    """The document's ISO date, by the plainest candidate; days after `today` are hardly believed. None: no date."""
    named = [*_from_names(title, document_number, hints, paper.first[:_HEAD])]
    candidates = [*_borne_out(_on_paper(paper, plain(title)), {one.date.year for one in named}), *named]
    if not candidates:
        return None
    best = max((_not_later(one, today) for one in candidates), key=lambda one: one.rank)
    return Value(best.date.iso, round(best.sure, 3), best.evidence)


def _borne_out(found: Iterable[_Candidate], years: set[int]) -> Iterator[_Candidate]:
    """Days whose year leaves something open, less sure where title, number and folder name only other years."""
    for one in found:
        agrees = not years or not one.open or one.date.year in years
        yield one if agrees else replace(one, sure=one.sure * _DISAGREES)


def _not_later(one: _Candidate, today: date) -> _Candidate:
    return one if one.date.first_day <= today else replace(one, sure=min(one.sure, _FUTURE))


def _on_paper(paper: Paper, title: str) -> Iterator[_Candidate]:
    """Every date with how much its place says; many alike in the rows of a table say little."""
    for page in paper.pages:
        found = [*_on_page(page, title)]
        if len({one.date for one in found}) == 1 and len(paper.pages) == 1:
            found = [replace(one, sure=max(one.sure, _only(one.sure))) for one in found]
        within = sum(one.sure < _IN_ROWS for one in found)
        for one in found:
            yield replace(one, sure=one.sure * 0.6) if within > _ROWS and one.sure < _IN_ROWS else one


def _only(sure: float) -> float:
    """What the only date of a paper says: the bound of a time less than one that a text tells of."""
    return 0.0 if sure <= NEVER else _ONLY if sure > OF_ANOTHER else _ONLY_BOUND


def _on_page(page: tuple[Line, ...], title: str) -> Iterator[_Candidate]:
    enclosed = False
    in_rows = _in_rows(page)
    years = {found.date.year for line in page for found in dates_in(line.plain)}
    for number, line in enumerate(page):
        above = page[max(0, number - 2) : number]
        begin, end, after, beside = -1, 0, 0, 0.0
        enclosed = enclosed or bool(number > _HEAD and _ENCLOSURE.fullmatch(line.plain.strip()))
        for found in _dates(line, years):
            after = end if found.start > begin else after
            place = place_of(line, found, after)
            standing = standing_of(place, title, above, number, len(page))
            standing = beside = (
                min(standing, beside) if beside and place.alone and not place.label.strip() else standing
            )
            if is_birth(_heading_of(line, line.plain[found.start : found.end], page[:number])):
                standing = NEVER
            begin, end = found.start, found.end
            if found.sure < _DOUBTFUL and standing < _BOUND_TO_STAND:
                continue
            standing *= _in_part(found.date, place, standing)
            in_row = number in in_rows and place.alone
            written = max(found.sure, _BELIEVED) if standing >= _SURELY_STANDS and found.date.day else found.sure
            sure = written * min(standing, _IN_ROW if in_row else 1.0)
            sure *= _ENCLOSED if enclosed else 1.0
            said = line.evidence("date", line.plain[found.start : found.end])
            yield _Candidate(found.date, sure, said, found.sure < _CLEAR, in_row)


def _heading_of(line: Line, words: str, above: Sequence[Line]) -> str:
    """What stands over a cell that holds nothing but a day, in the nearest row with as many cells and no figures."""
    at = next((at for at, cell in enumerate(line.cells) if plain(cell).strip() == words), -1)
    rows = (row for row in reversed(above) if len(row.cells) == len(line.cells) >= _ROWS)
    head = next((row for row in rows if not _FIGURE.search(row.plain)), None)
    return plain(head.cells[at]) if head and at >= 0 else ""


def _in_part(said: PartialDate, place: Place, standing: float) -> float:
    """A year in a text, and a month in a form, are told of sooner than that the paper was made then."""
    if said.month is None:
        return _YEAR_TOLD if standing < OTHER_ACT else 1.0
    return _MONTH_TOLD if said.day is None and place.rest else 1.0


def _dates(line: Line, years: Collection[int]) -> list[FoundDate]:
    return sorted((*dates_in(line.plain), *unclear_dates_in(line.plain, years)), key=lambda one: one.start)


def _in_rows(page: Sequence[Line]) -> frozenset[int]:
    """The lines that are rows of a table of which each has its date: the same cell of a few, without label."""
    columns = defaultdict[int, list[int]](list)
    for number, line in enumerate(page):
        for at, cell in enumerate(line.cells):
            if len(line.cells) >= _ROWS and _is_date(cell) and not (at and _is_label(line.cells[at - 1])):
                columns[at].append(number)
    return frozenset(number for rows in columns.values() if len(rows) >= _ROWS for number in rows)


def _is_date(cell: str) -> bool:
    said = plain(cell).strip(" .·,、")
    return any(found.start == 0 and found.end == len(said) for found in dates_in(said))


def _is_label(cell: str) -> bool:
    return bool(labelled(plain(cell))) or is_of_another(plain(cell))


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
            year = PartialDate(int(match["year"] or match["behind"]))
            yield _Candidate(year, _OF_TITLE, line.evidence("date", match[0]))
    for hint in hints:
        for match in _HINT_YEAR.finditer(hint):
            yield _Candidate(PartialDate(int(match[1])), 0.57, Evidence(hint, rule="folder"))
