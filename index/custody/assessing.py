"""Decides what is held against a checklist: every file, year and fonds of a regulation, with what people said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.domain.access import Permit
from index.domain.errors import Missing
from index.domain.holdings import File, Fonds
from index.domain.rules.completeness import Completeness, Held, Per, Unit, completeness, slots
from index.domain.rules.particulars import asked_for
from index.domain.rules.policy import Pack
from index.ports import Lot, Work


@dataclass(frozen=True, slots=True)
class Assessed:
    """A unit with its fonds, its regulation, its file where it is one, and how complete it is."""

    unit: Unit
    fonds: Fonds
    pack: Pack
    found: Completeness
    file: File | None = None

    @property
    def name(self) -> str:
        """What people call it: the file's title, the year, or the fonds."""
        return self.file.title if self.file else self.unit.year or self.fonds.title


def assess(work: Work, packs: Sequence[Pack], permit: Permit, fonds: str = "", series: str = "") -> list[Assessed]:
    """Every unit that may be seen, by fonds, regulation and subject; `fonds` and `series` are codes, "" means any.

    A series narrows to the files that were opened in it.
    """
    chosen = [one for one in work.fonds.all() if fonds in ("", one.code)]
    lots = work.completions.lots(permit, chosen[0].id if fonds and chosen else "")
    places = [place for one in chosen for place in _units(work, one, packs, series, lots)]
    return _told(work, places, lots, permit)


def assess_one(work: Work, packs: Sequence[Pack], permit: Permit, key: str) -> Assessed:
    """The unit of this key; raises Missing("no-such-unit"), also where nothing of it may be seen."""
    found = next((one for one in assess(work, packs, permit) if one.unit.key == key), None)
    if found is None:
        raise Missing("no-such-unit")
    return found


_Placed = tuple[Unit, Fonds, Pack, File | None]


def _units(work: Work, fonds: Fonds, packs: Sequence[Pack], series: str, lots: Sequence[Lot]) -> Iterable[_Placed]:
    for pack in packs:
        if pack.id not in fonds.packs or (series and pack.series_of(series) is None):
            continue
        if slots(pack, Per.FILE):
            yield from _files(work, fonds, pack, series, lots)
        if slots(pack, Per.YEAR) and not series:
            years = sorted({lot.year for lot in lots if _of(lot, fonds, pack) and lot.year})
            yield from ((Unit(Per.YEAR, fonds.id, pack.id, year=year), fonds, pack, None) for year in years)
        if slots(pack, Per.FONDS) and not series:
            yield Unit(Per.FONDS, fonds.id, pack.id), fonds, pack, None


def _files(work: Work, fonds: Fonds, pack: Pack, series: str, lots: Sequence[Lot]) -> Iterable[_Placed]:
    """The files of which anything may be seen: a title alone would tell who is on the books."""
    seen = {lot.file_id for lot in lots if lot.fonds_id == fonds.id}
    for one in pack.series:
        for file in work.files.of_series(fonds.id, one.code) if series in ("", one.code) else ():
            if file.id in seen:
                yield Unit(Per.FILE, fonds.id, pack.id, file_id=file.id), fonds, pack, file


def _of(lot: Lot, fonds: Fonds, pack: Pack) -> bool:
    return lot.fonds_id == fonds.id and lot.pack == pack.id


def _told(work: Work, places: Sequence[_Placed], lots: Sequence[Lot], permit: Permit) -> list[Assessed]:
    keys = {unit.key for unit, *_ in places}
    words, told = work.completions.words(keys), work.completions.told(keys)
    held = _by_unit(lots)
    described = work.particulars.filled([file.id for _, _, pack, file in places if file and asked_for(pack)], permit)
    return [
        Assessed(
            unit,
            fonds,
            pack,
            completeness(
                pack,
                unit.per,
                held.get(unit.key, []),
                words.get(unit.key),
                told.get(unit.key),
                described.get(unit.key, ()),
            ),
            file,
        )
        for unit, fonds, pack, file in places
    ]


def _by_unit(lots: Iterable[Lot]) -> dict[str, list[Held]]:
    """What each unit holds: an item counts for its file, else for its year, and always for its fonds."""
    held: dict[str, list[Held]] = {}
    for lot in lots:
        year = Unit(Per.YEAR, lot.fonds_id, lot.pack, year=lot.year)
        keys = {lot.file_id or year.key, Unit(Per.FONDS, lot.fonds_id, lot.pack).key}
        for key in keys:
            held.setdefault(key, []).append(lot.held)
    return held
