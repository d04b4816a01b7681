"""Decides how the holdings are walked: fonds, series, subject file, item; a tree with counts, a table that sorts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response

from index.domain.access import Act
from index.domain.errors import Final, Missing
from index.domain.holdings import File, Fonds, ItemState
from index.domain.retention import period
from index.ports import Branch, Selection, Work
from viewer import frame
from viewer.file_card import card
from viewer.narrowing import series_title
from viewer.pages.contents import history
from viewer.visit import Here, Visit

PER_PAGE = 50

SORTS = {"code": "", "title": "title", "date": "date"}
"""The columns a table sorts by, each with the order of the selection."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the holdings one stands; an empty part is a level not yet chosen."""

    fonds: str = ""
    series: str = ""
    file: str = ""
    year: str = ""
    retention: str = ""
    sort: str = "code"
    backwards: str = ""

    def address(self, **changed: str) -> str:
        """The address of the same place with something else chosen."""
        parts = {name: getattr(self, name) for name in self.__slots__} | changed
        parts = {name: value for name, value in parts.items() if value and (name, value) != ("sort", "code")}
        return f"/browse?{urlencode(parts)}" if parts else "/browse"

    def sorted_by(self, column: str) -> str:
        """The address of the table sorted by `column`; backwards when it is already."""
        turned = "1" if self.sort == column and not self.backwards else ""
        return self.address(sort=column, backwards=turned)

    def export(self, format: str) -> str:
        """The address of the item catalogue of this place."""
        parts = {"fonds": self.fonds, "year": self.year, "series": self.series, "format": format}
        return "/export/item-catalogue?" + urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Limb:
    """A line of the tree with its counts, and the lines below it."""

    code: str
    title: str
    items: int
    pages: int
    address: str
    chosen: bool
    below: tuple[Limb, ...] = ()


def browse(
    visit: Here,
    fonds: str = "",
    series: str = "",
    file: str = "",
    year: str = "",
    retention: str = "",
    sort: str = "code",
    backwards: str = "",
    page: int = Query(1, ge=1, le=100_000),
) -> Response:
    place = Place(fonds, series, file, year, retention, sort if sort in SORTS else "code", backwards)
    return shown(visit, place, page)


def shown(
    visit: Visit, place: Place, page: int = 1, problem: Final | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The page of this place; `problem` is why what was `typed` in a file's fields was refused."""
    with visit.home.catalogue.reading() as work:
        branches = work.listings.tree(visit.permit)
        held = {one.id: one for one in work.fonds.all()}
        here = _chosen(work, place.fonds)
        file = _file(work, place.file, branches)
        values = {
            "tree": _tree(visit, branches, held, place),
            "here": here,
            "file": file,
            "card": card(visit, work, file, typed),
            "versions": history(work, file.id) if file and visit.may(Act.REVIEW) else (),
            "files": _files(work, here, branches, place),
            "years": _years(work, visit, here, place.series),
            "retentions": _retentions(work, visit, here, place),
            **_table(work, visit, here, place, page),
        }
    title = series_title(visit, place.series) if place.series else ""
    around = {"place": place, "page": page, "per_page": PER_PAGE, "series_title": title, "problem": problem}
    return frame.show(visit, "browse.html", problem.http_status if problem else 200, **around, **values)


def _chosen(work: Work, code: str) -> Fonds | None:
    fonds = work.fonds.by_code(code) if code else None
    if code and fonds is None:
        raise Missing("no-such-fonds", fonds=code)
    return fonds


def _tree(visit: Visit, branches: Sequence[Branch], held: Mapping[str, Fonds], place: Place) -> list[Limb]:
    """Every fonds, and the series in which this person may read something."""
    limbs = [_fonds_limb(visit, one, [b for b in branches if b.fonds_id == one.id], place) for one in held.values()]
    return sorted(limbs, key=lambda limb: limb.code)


def _fonds_limb(visit: Visit, fonds: Fonds, branches: Sequence[Branch], place: Place) -> Limb:
    series = sorted({branch.series for branch in branches})
    below = [_series_limb(visit, fonds, code, [b for b in branches if b.series == code], place) for code in series]
    address = Place(fonds=fonds.code, sort=place.sort, backwards=place.backwards).address()
    chosen = place.fonds == fonds.code and not place.series
    return Limb(fonds.code, fonds.title, *_counted(branches), address, chosen, tuple(below))


def _series_limb(visit: Visit, fonds: Fonds, code: str, branches: Sequence[Branch], place: Place) -> Limb:
    address = Place(fonds=fonds.code, series=code, sort=place.sort, backwards=place.backwards).address()
    chosen = (place.fonds, place.series) == (fonds.code, code)
    return Limb(code, series_title(visit, code), *_counted(branches), address, chosen)


def _counted(branches: Sequence[Branch]) -> tuple[int, int]:
    return sum(branch.items for branch in branches), sum(branch.pages for branch in branches)


def _files(work: Work, here: Fonds | None, branches: Sequence[Branch], place: Place) -> list[tuple[File, int]]:
    """The subject files of a series with their items: only those in which this person may read something."""
    if here is None or not place.series or place.file:
        return []
    counts = Counter({branch.file_id: branch.items for branch in branches if branch.file_id})
    return [(file, counts[file.id]) for file in work.files.of_series(here.id, place.series) if counts[file.id]]


def _file(work: Work, file_id: str, branches: Sequence[Branch]) -> File | None:
    """The chosen subject file; Missing to those who may read nothing in it, as its title names the subject."""
    if not file_id:
        return None
    if all(branch.file_id != file_id for branch in branches):
        raise Missing("no-such-item")
    return work.files.get(file_id)


def _years(work: Work, visit: Visit, here: Fonds | None, series: str) -> list[tuple[str, int]]:
    counts = work.listings.years(visit.permit, here.id if here else "", series)
    return sorted(((year, count) for year, count in counts.items() if year), reverse=True)


def _retentions(work: Work, visit: Visit, here: Fonds | None, place: Place) -> list[tuple[str, str]]:
    """The periods of the chosen packs, longest first, as (value, words)."""
    packs = [pack for pack in visit.home.packs if here is None or pack.id in here.packs]
    kept = {row.kept for pack in packs for row in pack.schedule}
    longest = sorted(kept, key=lambda one: (not one.permanent, -(one.years or 0)))
    return [(str(one), period(str(one)).words(visit.language)) for one in longest]


def _table(work: Work, visit: Visit, here: Fonds | None, place: Place, page: int) -> Mapping[str, object]:
    selection = Selection(
        visit.permit,
        fonds_id=here.id if here else "",
        series=place.series,
        file_id=place.file,
        year=place.year,
        retention=place.retention,
        states=(ItemState.FILED,),
        order=SORTS[place.sort],
        backwards=bool(place.backwards),
    )
    items, total = work.listings.items(selection, PER_PAGE, (page - 1) * PER_PAGE)
    return {"items": items, "total": total}
