"""Decides how an item is filed: complete or refused, into its subject's one file, under a code never given before.

B.1: item numbers restart in each lowest class and have neither gap nor double; one subject, one file (一户一档).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from index.custody.closing import is_closed, leave_if_moved
from index.custody.listing import listed_anew
from index.custody.numbering import bare_code, code_of, names_of, told_code, year_of
from index.domain.agents import subject_of
from index.domain.arranging.contents import needs_signing_date
from index.domain.errors import Missing, Refused, WrongUse
from index.domain.holdings import File, Fonds, Item, ItemState, check_step
from index.domain.placing.opinions import DocumentWords
from index.domain.placing.placement import refusal
from index.domain.rules.policy import ArrangedBy, Pack, Series
from index.ports import Work

#: What must be known before an item is filed, besides its fonds.
NEEDED = ("title", "pack", "series", "retention", "marking")


def file_item(
    work: Work, item_id: str, actor: str, now: datetime, packs: Sequence[Pack], before: Item | None = None
) -> Item:
    """File an item, or file it again after a correction that moved it to another class; `before` is as it was then.

    Raises WrongUse("not-complete") naming what is missing, Missing, Conflict("wrong-state" | "class-closed" |
    "in-sealed-volume").
    """
    item = work.items.get(item_id)
    check_step(item.state, ItemState.FILED)
    pack, series = place_of(item, packs)
    lacking = lacks(item, pack, series)
    if lacking:
        raise WrongUse("not-complete", fields=", ".join(lacking))
    _heed_refusal(work, item, pack, series)
    filed = _filed(work, item, before or item, pack, series, actor, now, packs)
    late = {"late": True} if filed.late else {}
    work.journal.write(actor, "filed", item.id, code=filed.reference_code, before=item.reference_code, **late)
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


def lacks(item: Item, pack: Pack, series: Series) -> list[str]:
    """The fields that are still missing, in the order of the form."""
    lacking = [name for name in NEEDED if not item.value(name)]
    if item.fonds_id is None:
        lacking.insert(0, "fonds")
    if series.arranged_by is ArrangedBy.SUBJECT_FILE:
        lacking += [] if item.value("subject_key") else ["subject_key"]
        return lacking + (["date"] if needs_signing_date(pack) and not item.value("date") else [])
    return lacking + ([] if year_of(item, pack, series) else ["date"])


def told_code_holds(work: Work, item: Item, packs: Sequence[Pack]) -> bool:
    """Whether the code that a cover sheet or a file's name gives can be the item's: free, and of its class.

    Where the item's place is not known yet, only that it is free.
    """
    told = item.value("reference_code")
    if work.codes.taken(told):
        return False
    try:
        pack, series = place_of(item, packs)
    except Missing:
        return True
    fonds = work.fonds.get(item.fonds_id) if item.fonds_id else None
    if fonds is None or lacks(item, pack, series) or series.arranged_by is ArrangedBy.SUBJECT_FILE:
        return True
    return told_code(told, fonds, bare_code(item, fonds, pack, series, None), names_of(fonds, packs)) is not None


def _heed_refusal(work: Work, item: Item, pack: Pack, series: Series) -> None:
    """What a regulation keeps out of a series stays out, also when a person wants it there (EA-06)."""
    readings = (work.pages.reading(page.id) for page in work.pages.of_item(item.id))
    text = "\n".join(reading.text for reading in readings if reading)
    refused = refusal(pack, series.code, DocumentWords.of(title=item.title, text=text))
    if refused:
        raise Refused("kept-out", series=series.code, clause=refused.clause, words=refused.evidence.words)


def _filed(
    work: Work,
    item: Item,
    before: Item,
    pack: Pack,
    series: Series,
    actor: str,
    now: datetime,
    packs: Sequence[Pack],
) -> Item:
    fonds = work.fonds.get(item.fonds_id or "")
    file = _file_of(work, item, fonds, series, now)
    year = "" if file else str(year_of(item, pack, series) or "")
    names = names_of(fonds, packs)
    code, words = code_of(work, item, fonds, bare_code(item, fonds, pack, series, file), names)
    moved = words != item.reference_code
    leave_if_moved(work, before, moved)
    saved = work.items.save(
        replace(
            item,
            state=ItemState.FILED,
            file_id=file.id if file else None,
            code=code,
            reference_code=words,
            filing_year=year,
            pack_version=item.pack_version or pack.version,
            pack_digest=item.pack_digest or pack.digest,
            filed_at=item.filed_at or now,
            volume_id=None if moved else item.volume_id,
            place=0 if moved else item.place,
            location_id=work.places.interim().id if year and moved else item.location_id,
            arranged_at=None if moved else item.arranged_at,
            shelved_at=None if moved else item.shelved_at,
            late=is_closed(work, fonds.id, series.code, year) if moved else item.late,
        )
    )
    return listed_anew(work, before, saved, pack, actor)


def _file_of(work: Work, item: Item, fonds: Fonds, series: Series, now: datetime) -> File | None:
    """The one open file of the item's subject, opened by its first document (OWN-13, EA-03)."""
    if series.arranged_by is not ArrangedBy.SUBJECT_FILE:
        return None
    key = item.value("subject_key")
    title = _file_title(key, subject_of(item.value("persons")))
    return work.files.open_for(fonds.id, series.code, key, title, now, series.subject)


def _file_title(key: str, name: str) -> str:
    return key if name in key else f"{key} {name}".strip()
