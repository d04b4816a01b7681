"""Decides what a cover sheet gives to the item behind it, and what of its word does not hold and a person must see.

What it says counts as given by whoever printed it. A fonds, series or code that cannot be, and another number of
pages than was counted, are doubts: the item goes to review with the reason, whatever the rules think of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.custody.filing import told_code_holds
from index.domain.description import Evidence, Value, withdrawn_guesses
from index.domain.holdings import Item, PageRole
from index.domain.people import OPERATOR
from index.domain.rules.policy import Pack
from index.domain.scan import Reason
from index.domain.separators import Cover, cover_of
from index.ports import Work

RULE = "cover"
"""The rule named by what a cover sheet gave."""

_AS_SAID = ("title", "subject_key", "reference_code")


def covered(work: Work, item: Item, cover: Cover, packs: Sequence[Pack]) -> Item:
    """The item with what its cover gives; what a person gave before stays. Nothing is saved."""
    fonds = work.fonds.by_code(cover.fonds) if cover.fonds else None
    by = cover.by or OPERATOR
    given = {name: Value(value, 1.0, Evidence(rule=RULE), by) for name, value in _given(cover, packs).items()}
    if fonds:
        given["fonds"] = Value(fonds.code, 1.0, Evidence(rule=RULE), by)
    description = {**item.description, **given, **withdrawn_guesses(item.description)}
    return replace(item, description=description, fonds_id=fonds.id if fonds else item.fonds_id)


def _given(cover: Cover, packs: Sequence[Pack]) -> Mapping[str, str]:
    said = {name: getattr(cover, name) for name in _AS_SAID}
    pack = _pack_of(cover, packs)
    placed = {"pack": pack.id, "series": cover.series} if pack else {}
    return {name: value for name, value in {**said, **placed}.items() if value}


def _pack_of(cover: Cover, packs: Sequence[Pack]) -> Pack | None:
    """The pack whose series the cover names; None where no pack, or more than one, has it."""
    having = [pack for pack in packs if cover.pack in ("", pack.id) and pack.series_of(cover.series)]
    return having[0] if len(having) == 1 else None


def doubts(work: Work, item: Item, packs: Sequence[Pack]) -> list[Reason]:
    """What its cover or its file's name says and does not hold, and what cannot be read; empty once it is filed."""
    if item.filed:
        return []
    cover = cover_before(work, item)
    said = (*_of_cover(work, item, cover, packs), *_of_code(work, item, packs))
    return [*said, *_of_halves(work, item), *_of_illegible(work, item)]


def cover_before(work: Work, item: Item) -> Cover:
    """What the sheets before an item say: the cover next to it, or nothing."""
    sheets = (page for page in work.arrangement.of_item(item.id) if page.role is PageRole.SEPARATOR)
    covers = [cover for sheet in sheets if (cover := cover_of(sheet.look.sign)) and not cover.plain]
    return covers[-1] if covers else Cover()


def _of_cover(work: Work, item: Item, cover: Cover, packs: Sequence[Pack]) -> Iterator[Reason]:
    if cover.fonds and (fault := _wrong_fonds(work, item, cover)):
        yield fault
    if cover.series and _pack_of(cover, packs) is None:
        yield Reason("cover-series", {"series": cover.series})
    if cover.pages and cover.pages not in _counts(work, item):
        yield Reason("cover-pages", {"told": str(cover.pages), "found": str(item.page_count)})


def _counts(work: Work, item: Item) -> tuple[int, int]:
    """How many pages it has, and how many with anything on them: people count these (DA/T 22), scanners both sides."""
    pages = work.pages.of_item(item.id)
    return len(pages), sum(not page.blank for page in pages)


def _wrong_fonds(work: Work, item: Item, cover: Cover) -> Reason | None:
    """It names no fonds of ours, or another one than the folder in which the scan was dropped."""
    if work.fonds.by_code(cover.fonds) is None:
        return Reason("cover-unknown-fonds", {"fonds": cover.fonds})
    dropped = {scan.fonds_id for scan in work.scans.of_item(item.id)} - {None}
    codes = sorted(work.fonds.get(one).code for one in dropped if one)
    return None if codes in ([], [cover.fonds]) else Reason("cover-fonds", {"fonds": cover.fonds, "folder": codes[0]})


def _of_halves(work: Work, item: Item) -> Iterator[Reason]:
    """Fronts and backs that could not be put together stand one behind the other."""
    told = [event for event in work.journal.of(item.id) if event.verb in ("collated", "not-collated")]
    if told and told[-1].verb == "not-collated":
        yield Reason("halves-differ", {name: str(value) for name, value in told[-1].details.items()})


def _of_illegible(work: Work, item: Item) -> Iterator[Reason]:
    """A page of which nothing could be read may say anything: its item is not filed before a person saw it."""
    pages = [page for page in work.pages.of_item(item.id) if page.illegible]
    unseen = [str(page.number) for page in pages if work.proofs.finished(page.id) is None]
    if unseen:
        yield Reason("illegible-pages", {"pages": ", ".join(unseen)})


def _of_code(work: Work, item: Item, packs: Sequence[Pack]) -> Iterator[Reason]:
    code = item.value("reference_code")
    if code and not told_code_holds(work, item, packs):
        yield Reason("cover-code", {"code": code})
