"""Decides what an item's description says before a person has seen it: every field found, with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.domain.description import Evidence, Value
from index.domain.reading import PageReading, Script
from ingest.finders.creator import creator
from ingest.finders.date import document_date
from ingest.finders.document_number import document_number
from ingest.finders.document_type import document_type
from ingest.finders.keywords import keywords
from ingest.finders.known_names import by_most, mended
from ingest.finders.marking import marking, scheme_of, term_of
from ingest.finders.paper import Paper, plain
from ingest.finders.persons import persons
from ingest.finders.self_made import made_title
from ingest.finders.subject import employee_number
from ingest.finders.title import is_self_made, title
from ingest.finders.version_kind import version_kind

_ABOUT = re.compile(
    r"(?:关于|转发|印发)?(?P<about>[\u3400-\u9fff]{5,40}?)的?(?:通知|通报|报告|请示|批复|函|意见|决定|方案|办法|总结|计划)$"
)
_LANGUAGES = {Script.HANS: "zh-Hans", Script.HANT: "zh-Hant", Script.LATIN: "en"}


def describe(
    readings: Sequence[PageReading],
    hints: Sequence[str] = (),
    fonds_title: str = "",
    known: Sequence[str] = (),
    *,
    today: date,
) -> dict[str, Value]:
    """Field -> proposal, for every field the pages or folders say anything of; `title` is always there.

    `hints` are the names of the folders below the fonds, outermost first; `fonds_title` is the creator of last resort
    for nothing: a body is named only where the paper names it. `known` are other bodies whose names the room knows.
    Values: `date` ISO, `creator` and `persons` as `index.domain.agents` parts them.
    """
    paper = Paper.of(readings)
    named = _mended(title(paper), paper, [name for name in (fonds_title, *known) if name])
    own_title = "" if is_self_made(named.value) else named.value
    number, marked = document_number(paper, own_title), marking(paper)
    made_by = creator(paper, own_title, fonds_title, known)
    found = {
        "title": named if own_title else _made(named, paper, made_by),
        "document_number": number,
        "creator": made_by,
        "date": document_date(paper, today, own_title, number.value if number else "", hints),
        "marking": marked,
        "marking_scheme": scheme_of(marked) if marked else None,
        "marking_term": term_of(marked) if marked else None,
        "subject_key": employee_number(paper, hints),
        "persons": persons(paper, hints),
        "doc_type": _doc_type(named),
        "version_kind": version_kind(paper),
        "keywords": keywords(readings),
        "language": _language(readings),
    }
    return {name: value for name, value in found.items() if value is not None}


def _made(named: Value, paper: Paper, made_by: Value | None) -> Value:
    """A title of our own that says who wrote to whom, where the paper is a letter or a slip."""
    return replace(named, value=made_title(paper, made_by.value if made_by else "") or named.value)


def _mended(named: Value, paper: Paper, names: Sequence[str]) -> Value:
    """A title with what was misread of it mended: names that we know, and what the paper itself says more plainly."""
    spelt = named.value if is_self_made(named.value) else mended(named.value, names)
    about = _ABOUT.search(plain(spelt))
    if about and not is_self_made(spelt):
        begin, end = about.span("about")
        spelt = spelt[:begin] + by_most(spelt[begin:end], paper) + spelt[end:]
    return replace(named, value=spelt)


def _doc_type(named: Value) -> Value | None:
    kind = "" if is_self_made(named.value) else document_type(named.value)
    return Value(kind, named.confidence, Evidence(named.value, rule="title")) if kind else None


def _language(readings: Sequence[PageReading]) -> Value | None:
    """The language most of the text is in, by the script its pages were read as."""
    said: Counter[str] = Counter()
    for page in readings:
        if page.script in _LANGUAGES:
            said[_LANGUAGES[page.script]] += len(page.text)
    if not said.total():
        return None
    language, most = said.most_common(1)[0]
    return Value(language, round(most / said.total(), 3), Evidence(rule="script"))
