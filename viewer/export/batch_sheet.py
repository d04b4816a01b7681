"""Decides what stands in an exported batch sheet (批次质检单): the figures as its cover, then a row for each page.

The sample can be drawn again from the rows: a page's lot is the SHA-256 of "seed:page id"; the smallest are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from config.wiring import Home
from index.domain.errors import WrongUse
from index.domain.holdings import PageRole
from index.domain.people import OPERATOR
from index.domain.proof.quality import Flaw
from index.domain.proof.sampling import lot
from index.ports import BatchPage, Progress
from viewer import moments
from viewer.batch_sheet import Sheet, gap_words, measured, requirements, rules_of, sheet, stage_word, verdict_word
from viewer.export import batch_sheet_pdf, csv, xlsx
from viewer.export.batch_sheet_pdf import Part, Printed
from viewer.export.catalogue import Booklet, Catalogue, Column
from viewer.words import say
from viewer.words.terms import term

FORMATS = ("pdf", "xlsx", "csv")

_MOST_PLACES = 20


def export_batch_sheet(
    home: Home, batch_id: str, form: str, out: Path, progress: Progress, actor: str = OPERATOR, language: str = ""
) -> Sheet:
    """Write the sheet of one batch, journalled. Raises WrongUse("bad-value"), Missing("no-such-batch")."""
    if form not in FORMATS:
        raise WrongUse("bad-value", field="format", value=form, hint="、".join(FORMATS))
    language = language or home.settings.room.language
    with home.catalogue.reading() as work:
        found = sheet(work, batch_id, rules_of(home))
    with home.catalogue.writing() as work:
        work.journal.write(actor, "exported", found.batch.id, format=form, pages=len(found.pages))
    if form == "pdf":
        batch_sheet_pdf.write(_printed(home, found, language), out)
    else:
        writer = xlsx.write if form == "xlsx" else csv.write
        writer(catalogue(home, found, language), out, progress)
    return found


def catalogue(home: Home, found: Sheet, language: str) -> Catalogue:
    """The sheet in the shape that every list has."""
    rows = tuple(_row(number, one, found, language) for number, one in enumerate(found.pages, 1))
    return Catalogue(say(language, "Batch sheet"), columns(language), (Booklet(cover(home, found, language), rows),))


def columns(language: str) -> tuple[Column, ...]:
    named = (
        (say(language, "Number"), 12, True),
        (say(language, "File"), 60, False),
        (say(language, "Page in the file"), 14, True),
        (say(language, "Item"), 40, False),
        (say(language, "Resolution"), 14, False),
        (say(language, "Colour mode"), 18, False),
        (say(language, "Skew"), 12, False),
        (say(language, "Paper"), 12, False),
        (say(language, "Writing"), 12, False),
        (say(language, "Kind of page"), 16, False),
        (say(language, "Flaws"), 50, False),
        (say(language, "The sample"), 14, False),
        (say(language, "Result"), 16, False),
        (say(language, "Why"), 40, False),
        (say(language, "Who"), 20, False),
        (say(language, "Page id"), 60, False),
        (say(language, "Lot"), 100, False),
    )
    return tuple(Column(name, width, number) for name, width, number in named)


def _row(number: int, one: BatchPage, found: Sheet, language: str) -> tuple[str, ...]:
    page, mark = one.page, found.marks.get(one.page.id)
    look = page.look if page.look.colour else None
    flaws = [
        f"{say(language, term('flaw', flaw.code))} {measured(language, flaw, page)}".strip()
        for flaw in found.flaws_of(page.id)
    ]
    return (
        str(number),
        one.path,
        str(page.frame),
        one.reference_code or one.title,
        str(page.dpi or ""),
        say(language, term("colour", page.look.colour)),
        f"{look.skew:.1f}" if look else "",
        str(look.paper) if look else "",
        str(look.ink) if look else "",
        _kind(one, language),
        say(language, ", ").join(flaws),
        str(mark.drawing) if mark and mark.drawing else "",
        verdict_word(language, mark),
        mark.reason if mark else "",
        mark.by if mark else "",
        page.id,
        lot(found.batch.seed, page.id),
    )


def _kind(one: BatchPage, language: str) -> str:
    if one.page.role is PageRole.REMOVED:
        return say(language, "Removed")
    if one.page.role is PageRole.SEPARATOR:
        return say(language, "Separator sheets")
    return say(language, "Blank") if one.page.blank else ""


def cover(home: Home, found: Sheet, language: str) -> tuple[tuple[str, str], ...]:
    """The figures of the sheet, by name."""
    batch, figures = found.batch, found.figures
    rate = f"{figures.pass_percent:.1f} %" if figures.pass_percent is not None else "–"
    among = sum(one.among for one in batch.drawings)
    return (
        (say(language, "Number"), batch.code),
        (say(language, "Batch"), batch.title or say(language, "Loose files")),
        (say(language, "State"), stage_word(language, found)),
        (say(language, "Fonds"), f"{found.fonds.code} {found.fonds.title}" if found.fonds else "–"),
        (say(language, "Folder"), batch.place or "–"),
        (say(language, "Day"), batch.day.isoformat()),
        (say(language, "Expected"), "–" if batch.expected_pages is None else str(batch.expected_pages)),
        (say(language, "Pages there"), str(figures.pages)),
        (say(language, "Blank beside them"), str(figures.blank)),
        (say(language, "Removed"), str(figures.removed)),
        (say(language, "Files"), str(found.scans)),
        (
            say(language, "Colour mode"),
            _counted({say(language, term("colour", c)): n for c, n in figures.colours.items()}),
        ),
        (say(language, "Resolution"), _counted({f"{dpi} dpi": n for dpi, n in figures.resolutions.items()})),
        (say(language, "Seed"), str(batch.seed)),
        (say(language, "The sample"), say(language, "{n} of {among} pages", n=figures.sampled, among=among)),
        (say(language, "Share of good pages"), rate),
        (say(language, "To be scanned again"), str(len(found.rescans))),
        (
            say(language, "To be explained"),
            say(language, ", ").join(gap_words(language, gap) for gap in found.gaps) or "–",
        ),
        (say(language, "Explanation"), batch.note or "–"),
        (say(language, "Who scanned"), batch.operator or "–"),
        (say(language, "Checked by"), _signed(home, batch.checked_by, batch.checked_at)),
        (say(language, "Signed by the second person"), _signed(home, batch.signed_by, batch.signed_at)),
    )


def _printed(home: Home, found: Sheet, language: str) -> Printed:
    """What goes on paper: the figures, every rule, the pages that miss one, the sample, the lines to sign on."""
    asked = requirements(language, rules_of(home).bounds)
    kinds = found.figures.by_kind
    rules = [
        (
            say(language, term("flaw", code)),
            said,
            str(len(kinds.get(code, ()))),
            _places(found, kinds.get(code, ()), language),
        )
        for code, said, _ in asked
    ]
    sample = [
        (_place(one), one.reference_code or one.title, verdict_word(language, mark), mark.reason, mark.by)
        for one, mark in found.sample
    ]
    again = [(_place(one), one.reference_code or one.title, mark.reason, mark.by) for one, mark in found.rescans]
    page, item, why, who = (say(language, word) for word in ("Page", "Item", "Why", "Who"))
    rule_heads = tuple(say(language, word) for word in ("What is looked at", "Asked for", "Pages that miss it", "Page"))
    sample_heads, again_heads = (page, item, say(language, "Result"), why, who), (page, item, why, who)
    return Printed(
        title=f"{say(language, 'Batch sheet')} {found.batch.code}",
        room=home.settings.room.name,
        figures=cover(home, found, language)[:-2],
        tables=(
            Part(say(language, "How the pages were scanned"), rule_heads, rules, (4, 5, 2, 7)),
            Part(f"{say(language, 'The sample')} {len(sample)}", sample_heads, sample, (5, 5, 2, 4, 3)),
            Part(f"{say(language, 'To be scanned again')} {len(again)}", again_heads, again, (5, 5, 5, 3)),
        ),
        signatures=cover(home, found, language)[-2:],
    )


def _places(found: Sheet, flaws: Sequence[Flaw], language: str) -> str:
    """Where the first of them are; the rest stands on the screen and in the workbook."""
    places = [_place(one) for flaw in flaws[:_MOST_PLACES] if (one := found.page(flaw.page_id))]
    return say(language, ", ").join(places) + (" …" if len(flaws) > _MOST_PLACES else "")


def _place(one: BatchPage) -> str:
    return f"{one.file} · {one.page.frame}" if one.page.frame > 1 else one.file


def _counted(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{name} {count}" for name, count in counts.items()) or "–"


def _signed(home: Home, name: str, at: datetime | None) -> str:
    return f"{name} {moments.moment(at, home.clock.zone)}" if name and at else "–"
