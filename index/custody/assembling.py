"""Decides how items are put together into volumes and boxes: proposed, accepted, changed while a draft, sealed.

Sealing gives the number; a volume's items get its codes, numbered in their order, and what they bore before still leads
to them. From then on the contents list is kept, and nothing goes in or out until the volume is opened with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from index.custody.closing import check_open, check_ready, lock, standing
from index.custody.listing import counted, relist
from index.custody.numbering import in_order, names_of, next_free
from index.custody.relating import holding
from index.domain.access import Permit, Role, permit_of
from index.domain.arranging.closing import ClassYear
from index.domain.arranging.coding import class_words, loose
from index.domain.arranging.contents import ordered
from index.domain.arranging.formation import MOST_PAGES, Proposal, propose, title_of
from index.domain.arranging.sets import ties
from index.domain.arranging.volumes import Kind, Volume, check_draft, usual_kind
from index.domain.errors import Missing, Refused, WrongUse
from index.domain.holdings import Fonds, Item
from index.domain.identity import DAT13_LEGACY, ReferenceCode, class_key, new_id
from index.domain.rules.policy import Pack, Series
from index.ports import Selection, Work

#: 目录号 of a fonds that still writes DA/T 13-1994, where nobody gives another.
FIRST_CATALOGUE = "001"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The class-year that is worked on, with all that decides about it."""

    fonds: Fonds
    pack: Pack
    series: Series
    year: str
    names: Mapping[str, str]

    @property
    def kind(self) -> Kind:
        return usual_kind(self.fonds, self.series)


def shelf_of(work: Work, packs: Sequence[Pack], fonds_id: str, series: str, year: str) -> Shelf:
    """Raises Missing("no-such-fonds" | "no-such-series")."""
    fonds = work.fonds.get(fonds_id)
    for pack in packs:
        known = pack.series_of(series) if pack.id in fonds.packs else None
        if known:
            return Shelf(fonds, pack, known, year[:4], names_of(fonds, packs))
    raise Missing("no-such-series", series=series)


def loose_items(work: Work, permit: Permit, shelf: Shelf) -> list[Item]:
    """Those that lie in no volume, in their order."""
    items = work.classes.items(permit, shelf.fonds.id, shelf.series.code, shelf.year)
    return ordered([item for item in items if item.volume_id is None])


def proposals(
    work: Work, permit: Permit, shelf: Shelf, kind: Kind | None = None, most: int = 0
) -> tuple[Proposal, ...]:
    """What to put together of the loose items (组卷); nothing is written."""
    items, kind = loose_items(work, permit, shelf), kind or shelf.kind
    pages = counted(work, [item.id for item in items])
    held = ties(holding(work, work.relations.of(*(item.id for item in items))))
    return propose(items, shelf.pack, shelf.series, shelf.fonds.title, kind, pages, most or MOST_PAGES[kind], held)


def assemble(
    work: Work, shelf: Shelf, kind: Kind, item_ids: Sequence[str], title: str, actor: str, now: datetime, today: date
) -> Volume:
    """Make a draft of these loose items, in this order; an empty title is made of what they are.

    Raises Conflict("class-closed"), Refused("other-class" | "in-volume"), WrongUse("choose-items").
    """
    check_open(work, shelf.fonds.id, shelf.series.code, shelf.year)
    items = _fitting(work, shelf, item_ids)
    volume = Volume(
        id=new_id(),
        kind=kind,
        fonds_id=shelf.fonds.id,
        pack=shelf.pack.id,
        series=shelf.series.code,
        year=shelf.year,
        retention=items[0].value("retention"),
        title=title.strip() or title_of(items, shelf.pack, shelf.series, shelf.fonds.title),
        code=loose(_code(items[0])),
        made_at=now,
        assembled_by=actor,
        assembled_on=today,
    )
    work.volumes.add(volume)
    _lay_in(work, volume, items)
    work.journal.write(
        actor, "assembled", volume.id, kind=kind, items=len(items), series=volume.series, year=volume.year
    )
    return volume


def put_in(work: Work, volume: Volume, item_ids: Sequence[str], actor: str) -> None:
    """Add loose items of the same class to a draft, behind those that lie in it."""
    check_draft(volume)
    lying = ordered(work.volumes.items(volume.id))
    items = several(work, item_ids)
    _check_together([*lying, *items], volume.code)
    _check_loose(items)
    _lay_in(work, volume, [*lying, *items])
    for item in items:
        work.journal.write(actor, "put-into-volume", item.id, volume=volume.id)


def take_out(work: Work, shelf: Shelf, volume: Volume, item_ids: Collection[str], actor: str) -> Volume | None:
    """Make items of a draft loose again; a draft without items is none any more.

    What bears a volume's code gets one of its class again.
    """
    check_draft(volume)
    lying = ordered(work.volumes.items(volume.id))
    gone = [item for item in lying if item.id in item_ids]
    bound = [item for item in gone if _code(item).file_number]
    work.codes.recode({one.id: next_free(work, shelf.fonds, loose(_code(one)), shelf.names) for one in bound})
    work.classes.settle([item.id for item in gone], volume_id=None)
    work.classes.lay({item.id: 0 for item in gone})
    for item in gone:
        work.journal.write(actor, "taken-out-of-volume", item.id, volume=volume.id)
    if len(gone) < len(lying):
        return volume
    work.volumes.remove(volume.id)
    work.journal.write(actor, "dissolved", volume.id)
    return None


def describe(work: Work, volume: Volume, actor: str, **said: str | date | None) -> Volume:
    """Write title or note sheet (备考表): situation, assembled_by, checked_by and their days; sealed ones too.

    Raises WrongUse("title-needed").
    """
    described = replace(volume, **said)  # type: ignore[arg-type]
    if not described.title.strip():
        raise WrongUse("title-needed")
    saved = work.volumes.save(described)
    changed = {name: str(value) for name, value in said.items() if value != getattr(volume, name)}
    work.journal.write(actor, "volume-described", volume.id, **changed)
    return saved


# -- sealing -----------------------------------------------------------------------------------------------------------


def seal(work: Work, shelf: Shelf, volume: Volume, actor: str, now: datetime, catalogue_number: str = "") -> Volume:
    """Number a draft, give its items their codes if it is a volume, and begin its contents list.

    One that was sealed before keeps its number. Raises Conflict("volume-sealed"), Refused("empty-volume").
    """
    check_draft(volume)
    items = ordered(work.volumes.items(volume.id))
    if not items:
        raise Refused("empty-volume")
    code = _volume_code(shelf, volume, catalogue_number)
    number, code, words = _numbered(work, shelf, volume, code)
    sealed = work.volumes.save(replace(volume, number=number, code=code, reference_code=words, sealed_at=now))
    if volume.kind is Kind.VOLUME:
        _code_by_volume(work, shelf, sealed, items)
    work.classes.settle([item.id for item in items], arranged_at=now)
    relist(work, sealed.id, actor, "sealed")
    work.journal.write(actor, "sealed", sealed.id, number=number, code=words, items=len(items))
    return sealed


def _numbered(work: Work, shelf: Shelf, volume: Volume, code: ReferenceCode) -> tuple[int, ReferenceCode, str]:
    """The volume's number, its code and how that is written: the next that no other bears.

    Volumes that were numbered under another grammar bear numbers that this class has not counted.
    """
    counted = f"{volume.kind}|{class_key(_numbered_in(shelf, code))}"
    number = volume.number or work.items.next_number(counted)
    if volume.kind is not Kind.VOLUME:
        return number, code, ""
    while True:
        numbered = replace(code, file_number=f"{number:03d}")
        words = class_words(numbered, shelf.fonds.grammar, shelf.names)
        if not _borne(work, words, volume):
            return number, numbered, words
        number = work.items.next_number(counted)


def _borne(work: Work, words: str, volume: Volume) -> bool:
    """Whether another volume bears this code."""
    with suppress(Missing):
        return work.volumes.get(words).id != volume.id
    return False


def unseal(work: Work, volume: Volume, reason: str, actor: str) -> Volume:
    """Open a sealed volume again; its number and the codes of its items stay.

    Raises WrongUse("why-needed"), Conflict("class-closed").
    """
    if not reason.strip():
        raise WrongUse("why-needed")
    check_open(work, volume.fonds_id, volume.series, volume.year)
    opened = work.volumes.save(replace(volume, sealed_at=None, location_id=None, slot="", shelved_at=None))
    ids = [item.id for item in work.volumes.items(volume.id)]
    work.classes.settle(ids, arranged_at=None, shelved_at=None, location_id=work.places.interim().id)
    work.journal.write(actor, "unsealed", volume.id, reason=reason.strip())
    return opened


def close_year(
    work: Work,
    permit: Permit,
    packs: Sequence[Pack],
    fonds_id: str,
    series: str,
    year: str,
    actor: str,
    now: datetime,
    today: date,
    most: int = 0,
) -> ClassYear:
    """Assemble what is loose as it is proposed, seal every draft, and lock the class-year.

    Raises Conflict("class-closed"), Refused("year-running" | "class-not-ready"), Missing.
    """
    one = standing(work, permit, packs, fonds_id, series, year, today)
    check_ready(one)
    shelf = shelf_of(work, packs, fonds_id, series, one.of.year)
    for proposal in proposals(work, permit, shelf, most=most):
        assemble(work, shelf, proposal.kind, proposal.item_ids, proposal.title, actor, now, today)
    for volume in work.volumes.listed(fonds_id, series, one.of.year):
        if not volume.sealed:
            seal(work, shelf, volume, actor, now)
    return lock(work, one, actor, now)


def _volume_code(shelf: Shelf, volume: Volume, catalogue_number: str) -> ReferenceCode:
    legacy = shelf.fonds.grammar == DAT13_LEGACY and volume.kind is Kind.VOLUME
    catalogue = volume.code.catalogue_number or catalogue_number or FIRST_CATALOGUE
    return replace(volume.code, catalogue_number=catalogue) if legacy else volume.code


def _numbered_in(shelf: Shelf, code: ReferenceCode) -> ReferenceCode:
    """Where volume numbers restart: in the class, or in the catalogue where codes say nothing of classes."""
    if code.catalogue_number:
        return ReferenceCode(code.fonds, catalogue_number=code.catalogue_number)
    return replace(code, file_number="", item_number="")


def _code_by_volume(work: Work, shelf: Shelf, volume: Volume, items: Sequence[Item]) -> None:
    coded = in_order(work, items, shelf.fonds, volume.code, shelf.names)
    work.codes.recode({one.id: (one.code, one.new) for one in coded})


def several(work: Work, item_ids: Sequence[str]) -> list[Item]:
    """These items in this order; raises Missing("no-such-item")."""
    found, _ = work.listings.items(Selection(permit_of(Role.ARCHIVIST), item_ids=item_ids))
    known = {item.id: item for item in found}
    if len(known) < len(set(item_ids)):
        raise Missing("no-such-item")
    return [known[item_id] for item_id in item_ids]


def _fitting(work: Work, shelf: Shelf, item_ids: Sequence[str]) -> list[Item]:
    if not item_ids:
        raise WrongUse("choose-items")
    items = several(work, item_ids)
    here = (shelf.fonds.id, shelf.series.code, shelf.year)
    if any((item.fonds_id, item.value("series"), item.filing_year) != here or not item.filed for item in items):
        raise Refused("other-class")
    _check_together(items, loose(_code(items[0])))
    _check_loose(items)
    return items


def _check_together(items: Sequence[Item], code: ReferenceCode) -> None:
    """One volume holds one class: the same series, year, period and organisation."""
    if {loose(_code(item)) for item in items} - {loose(code)}:
        raise Refused("other-class")


def _check_loose(items: Sequence[Item]) -> None:
    if any(item.volume_id for item in items):
        raise Refused("in-volume")


def _code(item: Item) -> ReferenceCode:
    """Raises Refused("code-without-parts") for an old code in no known grammar: it is renumbered first."""
    if item.code is None:
        raise Refused("code-without-parts", given=item.reference_code)
    return item.code


def _lay_in(work: Work, volume: Volume, items: Sequence[Item]) -> None:
    work.classes.settle([item.id for item in items], volume_id=volume.id)
    work.classes.lay({item.id: place for place, item in enumerate(items, 1)})
