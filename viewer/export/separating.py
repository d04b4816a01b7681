"""Decides which separator and cover sheets are printed for what somebody asks, and in which words they say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.wiring import Home
from index.domain.errors import Missing, WrongUse
from index.domain.separators import MOST_PAGES, Cover
from index.ports import Work
from viewer.export.separators import Sheet
from viewer.moments import prose_day
from viewer.words import say

#: More sheets than anybody sorts in a day; a slip of the finger prints no thousand.
MOST_SHEETS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a code of a fonds, a series ("school/WS·XZ", or its code alone), and so on.

    `lines` are documents, one cover each: a title, or title, reference code and pages parted by tabs, as they come from
    a spreadsheet. Without any of it `count` plain separators; without lines `count` covers that say the same.
    """

    fonds: str = ""
    series: str = ""
    subject_key: str = ""
    lines: Sequence[str] = ()
    count: int = 1


def sheets_of(home: Home, work: Work, asked: Asked, by: str, language: str) -> list[Sheet]:
    """The sheets, each with its words. Raises Missing("no-such-fonds" | "no-such-series"), WrongUse("bad-value")."""
    common = _common(home, work, asked)
    covers = [_cover(common, line) for line in asked.lines if line.strip()] or [common] * asked.count
    if not 0 < len(covers) <= MOST_SHEETS:
        raise WrongUse("bad-value", field="count", value=len(covers), hint=f"1 - {MOST_SHEETS}")
    if common.plain and not any(line.strip() for line in asked.lines):
        return [Sheet(cover) for cover in covers]
    return [_worded(home, work, replace(cover, by=by), language) for cover in covers]


def _common(home: Home, work: Work, asked: Asked) -> Cover:
    if asked.fonds and work.fonds.by_code(asked.fonds) is None:
        raise Missing("no-such-fonds", fonds=asked.fonds)
    pack, series = _placed(home, asked.series) if asked.series else ("", "")
    return Cover(asked.fonds, pack, series, asked.subject_key.strip())


def _placed(home: Home, asked: str) -> tuple[str, str]:
    """Pack and code of a series named with or without its pack."""
    named, _, code = asked.rpartition("/")
    for pack in home.packs:
        if named in ("", pack.id) and pack.series_of(code):
            return pack.id, code
    raise Missing("no-such-series", series=asked)


def _cover(common: Cover, line: str) -> Cover:
    title, code, pages, *_ = (*(part.strip() for part in line.split("\t")), "", "", "")
    if pages and not (pages.isascii() and pages.isdecimal() and int(pages) <= MOST_PAGES):
        raise WrongUse("bad-value", field="pages", value=pages, hint=f"1 - {MOST_PAGES}")
    return replace(common, title=title, reference_code=code, pages=int(pages or 0))


def _worded(home: Home, work: Work, cover: Cover, language: str) -> Sheet:
    return Sheet(cover, [(say(language, name), value) for name, value in _words(home, work, cover, language) if value])


def _words(home: Home, work: Work, cover: Cover, language: str) -> Iterator[tuple[str, str]]:
    fonds = work.fonds.by_code(cover.fonds) if cover.fonds else None
    yield "Fonds", f"{fonds.code} {fonds.title}" if fonds else ""
    series = home.packs_by_id[cover.pack].series_of(cover.series) if cover.pack else None
    yield "Series", f"{series.code} {series.title.get(language, '')}" if series else ""
    yield "Subject", cover.subject_key
    yield "Title", cover.title
    yield "Reference code", cover.reference_code
    yield "Pages", str(cover.pages or "")
    yield "Printed by", f"{cover.by}  {prose_day(home.clock.today().isoformat(), language)}" if cover.by else ""
