"""Decides which reference code an item gets: the parts of its class, and the next number there that nobody ever bore.

B.1: item numbers restart in each lowest class and have neither gap nor double, however many file at once: the number
is taken in the transaction that files the item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.domain.arranging.coding import class_of, class_words, loose, organisations, read, with_number, written
from index.domain.arranging.renumbering import Recoding, in_sequence
from index.domain.arranging.years import Years, said_school_year
from index.domain.dates import partial_date
from index.domain.holdings import File, Fonds, Item
from index.domain.identity import ReferenceCode, class_key
from index.domain.placing.placement import filing_year
from index.domain.retention import period
from index.domain.rules.policy import Pack, Series
from index.ports import Work

Coded = tuple[ReferenceCode, str]
"""The parts of a code, and what its fonds writes of them."""


def code_of(work: Work, item: Item, fonds: Fonds, bare: ReferenceCode, names: Mapping[str, str]) -> Coded:
    """The item's code: the one it has while its class stays the same, else the next of its new class.

    An item that has none yet keeps the one that it was told by its cover, if that is free and of its class.
    """
    held = item.code or (read(item.reference_code, fonds.grammar, names) if item.reference_code else None)
    if held and (loose(held) if item.volume_id else class_of(held)) == bare:
        return held, item.reference_code
    told = item.value("reference_code")
    parts = told_code(told, fonds, bare, names) if told and not item.reference_code else None
    if parts and not work.codes.taken(told):
        return parts, told
    return next_free(work, fonds, bare, names)


def next_free(work: Work, fonds: Fonds, bare: ReferenceCode, names: Mapping[str, str]) -> Coded:
    """The next number of the class; those that papers brought with them are passed over."""
    while True:
        code = with_number(bare, work.items.next_number(class_key(bare)), fonds.grammar)
        words = written(code, fonds.grammar, names)
        if not work.codes.taken(words):
            return code, words


def in_order(
    work: Work, items: Sequence[Item], fonds: Fonds, place: ReferenceCode, names: Mapping[str, str]
) -> tuple[Recoding, ...]:
    """The codes that these items of one class or volume get in this order; what others bear there is passed over."""
    words = class_words(place, fonds.grammar, names)
    passed = work.codes.borne(words, {item.id for item in items})
    return in_sequence(items, place, fonds.grammar, names, passed)


def told_code(told: str, fonds: Fonds, bare: ReferenceCode, names: Mapping[str, str]) -> ReferenceCode | None:
    """The parts of a code that papers bear, if it is of this class and written as this fonds writes."""
    parts = read(told, fonds.grammar, names)
    if parts is None or class_of(parts) != bare or written(parts, fonds.grammar, names) != told:
        return None
    return parts


def names_of(fonds: Fonds, packs: Sequence[Pack]) -> Mapping[str, str]:
    """What DA/T 13-2022 writes for the organisations of this fonds."""
    return organisations(pack for pack in packs if pack.id in fonds.packs)


def bare_code(item: Item, fonds: Fonds, pack: Pack, series: Series, file: File | None) -> ReferenceCode:
    """The code of the class that the item's description puts it into, without a number."""
    subs = tuple(part for part in series.code.split("·")[1:] if part != series.organisation)
    if file:
        whole = tuple(series.code.split("·")[1:])
        return ReferenceCode(fonds.code, series.category, whole, file_number=f"{file.number:03d}")
    kept, year = period(item.value("retention")).code, year_of(item, pack, series)
    return ReferenceCode(fonds.code, series.category, subs, year, kept, series.organisation)


def year_of(item: Item, pack: Pack, series: Series) -> int | None:
    """The year an item is filed under, the academic one for teaching documents (SCH-12); None when not computable.

    Of a school year whose month nobody wrote its title may tell.
    """
    date = item.value("date")
    year = filing_year(series, partial_date(date), Years.of(pack)) if date else ""
    if not year and series.year == "academic":
        year = said_school_year(item.title)
    return int(year[:4]) if year else None
