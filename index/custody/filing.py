"""Decides how an item is filed: complete or refused, into its subject's one file, under a code never given before.

B.1: item numbers restart in each lowest class and have neither gap nor double; one subject, one file (一户一档).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from index.domain.dates import partial_date
from index.domain.errors import Missing, Refused, WrongUse
from index.domain.holdings import File, Fonds, Item, ItemState, check_step
from index.domain.identity import DAT13_VOLUME, ReferenceCode, class_key, numbered, parse, render
from index.domain.opinions import DocumentWords
from index.domain.placement import filing_year, refusal
from index.domain.policy import ArrangedBy, Pack, Series
from index.domain.retention import period
from index.ports import Work

#: What must be known before an item is filed, besides its fonds.
NEEDED = ("title", "pack", "series", "retention", "marking")


def file_item(work: Work, item_id: str, actor: str, now: datetime, packs: Sequence[Pack]) -> Item:
    """File an item, or file it again after a correction that moved it to another class.

    Raises WrongUse("not-complete") naming what is missing, Conflict("wrong-state"), Missing.
    """
    item = work.items.get(item_id)
    check_step(item.state, ItemState.FILED)
    pack, series = place_of(item, packs)
    lacking = lacks(item, series)
    if lacking:
        raise WrongUse("not-complete", fields=", ".join(lacking))
    _heed_refusal(work, item, pack, series)
    filed = _filed(work, item, pack, series, now)
    work.journal.write(actor, "filed", item.id, code=filed.reference_code, before=item.reference_code)
    return filed


def place_of(item: Item, packs: Sequence[Pack]) -> tuple[Pack, Series]:
    """The pack and the series that the item's description names."""
    pack = next((pack for pack in packs if pack.id == item.value("pack")), None)
    if pack is None:
        raise Missing("no-such-pack", pack=item.value("pack"))
    series = pack.series_of(item.value("series"))
    if series is None:
        raise Missing("no-such-series", series=item.value("series"))
    return pack, series


def lacks(item: Item, series: Series) -> list[str]:
    """The fields that are still missing, in the order of the form."""
    lacking = [name for name in NEEDED if not item.value(name)]
    if item.fonds_id is None:
        lacking.insert(0, "fonds")
    if series.arranged_by is ArrangedBy.SUBJECT_FILE:
        return lacking + ([] if item.value("subject_key") else ["subject_key"])
    return lacking + ([] if _year(item, series) else ["date"])


def told_code_holds(work: Work, item: Item, packs: Sequence[Pack]) -> bool:
    """Whether the code that a cover sheet or a file's name gives can be the item's: free, and of its class.

    Where the item's place is not known yet, only that it is free.
    """
    told = item.value("reference_code")
    if _taken(work, told):
        return False
    try:
        _, series = place_of(item, packs)
    except Missing:
        return True
    fonds = work.fonds.get(item.fonds_id) if item.fonds_id else None
    if fonds is None or lacks(item, series) or series.arranged_by is ArrangedBy.SUBJECT_FILE:
        return True
    return _same_class(told, _bare_code(item, fonds, series, None), fonds.grammar)


def _taken(work: Work, code: str) -> bool:
    try:
        return bool(work.items.get(code))
    except Missing:
        return False


def _heed_refusal(work: Work, item: Item, pack: Pack, series: Series) -> None:
    """What a regulation keeps out of a series stays out, also when a person wants it there (EA-06)."""
    readings = (work.pages.reading(page.id) for page in work.pages.of_item(item.id))
    text = "\n".join(reading.text for reading in readings if reading)
    refused = refusal(pack, series.code, DocumentWords.of(title=item.title, text=text))
    if refused:
        raise Refused("kept-out", series=series.code, clause=refused.clause, words=refused.evidence.words)


def _filed(work: Work, item: Item, pack: Pack, series: Series, now: datetime) -> Item:
    fonds = work.fonds.get(item.fonds_id or "")
    file = _file_of(work, item, fonds, series, now)
    return work.items.save(
        replace(
            item,
            state=ItemState.FILED,
            file_id=file.id if file else None,
            reference_code=_code(work, item, fonds, series, file),
            filing_year="" if file else str(_year(item, series) or ""),
            pack_version=item.pack_version or pack.version,
            pack_digest=item.pack_digest or pack.digest,
            filed_at=item.filed_at or now,
        )
    )


def _file_of(work: Work, item: Item, fonds: Fonds, series: Series, now: datetime) -> File | None:
    """The one open file of the item's subject, opened by its first document (OWN-13, EA-03)."""
    if series.arranged_by is not ArrangedBy.SUBJECT_FILE:
        return None
    key = item.value("subject_key")
    name = item.value("persons").split("、")[0].split("(")[0]
    return work.files.open_for(fonds.id, series.code, key, _file_title(key, name), now, series.subject)


def _file_title(key: str, name: str) -> str:
    return key if name in key else f"{key} {name}".strip()


def _code(work: Work, item: Item, fonds: Fonds, series: Series, file: File | None) -> str:
    """The item's reference code: the one it has while its class stays the same, else the next of its new class.

    An item that has none yet keeps the one that it was told by its cover, if that is free and of its class.
    """
    grammar = DAT13_VOLUME if file else fonds.grammar
    bare = _bare_code(item, fonds, series, file)
    if item.reference_code and _same_class(item.reference_code, bare, grammar):
        return item.reference_code
    told = item.value("reference_code")
    if told and not item.reference_code and _same_class(told, bare, grammar) and not _taken(work, told):
        return told
    return _next_free(work, bare, grammar)


def _next_free(work: Work, bare: ReferenceCode, grammar: str) -> str:
    """The next number of the class; those that papers brought with them are passed over."""
    while True:
        code = render(numbered(bare, work.items.next_number(class_key(bare)), grammar), grammar)
        if not _taken(work, code):
            return code


def _same_class(code: str, bare: ReferenceCode, grammar: str) -> bool:
    try:
        return replace(parse(code, grammar), item_number="") == bare
    except WrongUse:
        return False


def _bare_code(item: Item, fonds: Fonds, series: Series, file: File | None) -> ReferenceCode:
    subs = tuple(part for part in series.code.split("·")[1:] if part != series.organisation)
    if file:
        whole = tuple(series.code.split("·")[1:])
        return ReferenceCode(fonds.code, series.category, whole, file_number=f"{file.number:03d}")
    kept = period(item.value("retention")).code
    return ReferenceCode(fonds.code, series.category, subs, _year(item, series), kept, series.organisation)


def _year(item: Item, series: Series) -> int | None:
    """The year an item is filed under, the academic one for teaching documents (SCH-12); None when not computable."""
    date = item.value("date")
    year = filing_year(series, partial_date(date)) if date else ""
    return int(year[:4]) if year else None
