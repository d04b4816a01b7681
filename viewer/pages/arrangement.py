"""Decides how a year is arranged on screen (整理编目): its classes at left, the items of one in their order at right.

Numbers are shown before they are written, volumes are proposed before they are made. It works without a script; with
one, by keyboard alone. What is done stands in `arrangement_deeds`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response

from index.custody.assembling import Shelf, proposals, shelf_of
from index.custody.closing import standings
from index.custody.listing import counted
from index.custody.renumbering import Plan, plan_class
from index.domain.arranging.closing import Standing
from index.domain.arranging.coding import class_of, class_words, loose
from index.domain.arranging.contents import ordered
from index.domain.arranging.formation import MOST_PAGES, Proposal
from index.domain.arranging.places import Location, PlaceKind, address
from index.domain.arranging.renumbering import Renumbering
from index.domain.arranging.volumes import Extent, Kind, Volume, extent
from index.domain.errors import Final
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode
from index.domain.retention import period
from index.ports import Work
from viewer import frame
from viewer.narrowing import series_title
from viewer.visit import Here, Visit


@dataclass(frozen=True, slots=True)
class Place:
    """The class-year one stands at."""

    fonds: str = ""
    year: str = ""
    series: str = ""

    def address(self, **changed: str) -> str:
        parts = {name: getattr(self, name) for name in self.__slots__} | changed
        return "/arrangement?" + urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item in its order: `new` is the code that numbering would give it, where that is another."""

    item: Item
    pages: int
    new: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Items that are put in order together: the loose ones of one lowest class, or those in a volume."""

    title: str
    leaves: Sequence[Leaf]
    extent: Extent
    code: ReferenceCode
    volume: Volume | None = None
    place: str = ""
    drafts: Sequence[Volume] = ()
    """Drafts that these could be put into."""

    @property
    def locked(self) -> bool:
        return self.volume is not None and self.volume.sealed


def arrangement(
    visit: Here,
    fonds: str = "",
    year: str = "",
    series: str = "",
    kind: Kind | None = None,
    most: int = Query(0, ge=0, le=100_000),
) -> Response:
    """The class-year of this address; without one, the most urgent. `kind` and `most` pages are of what is proposed."""
    return page(visit, Place(fonds, year[:4], series), wanted=kind, most=most)


def page(
    visit: Visit,
    place: Place,
    problem: Final | None = None,
    chosen: Sequence[str] = (),
    wanted: Kind | None = None,
    most: int = 0,
) -> Response:
    with visit.home.catalogue.reading() as work:
        names = {one.id: one for one in work.fonds.all()}
        found = standings(work, visit.permit, visit.home.packs, visit.home.clock.today())
        place, one = _chosen(place, found, {fonds.id: fonds.code for fonds in names.values()})
        here = [each for each in found if names[each.of.fonds_id].code == place.fonds]
        values = _class(visit, work, one, wanted, most) if one else {}
    years = sorted({(each.of.year, each.words) for each in here}, reverse=True)
    around = {"place": place, "fondses": sorted(names.values(), key=lambda fonds: fonds.code), "years": years}
    listed = sorted((each for each in here if each.of.year == place.year), key=lambda each: each.of.series)
    return frame.show(
        visit,
        "arrangement.html",
        classes=listed,
        one=one,
        series_title=lambda code: series_title(visit, code),
        problem=problem,
        chosen=frozenset(chosen),
        **around,
        **values,
    )


def _chosen(place: Place, found: Sequence[Standing], names: Mapping[str, str]) -> tuple[Place, Standing | None]:
    """The class-year asked for; what the address leaves open is the most urgent that fits."""
    for one in found:
        here = Place(names[one.of.fonds_id], one.of.year, one.of.series)
        wanted = (place.fonds, place.year, place.series)
        if all(asked in ("", has) for asked, has in zip(wanted, (here.fonds, here.year, here.series), strict=True)):
            return here, one
    return place, None


def _class(visit: Visit, work: Work, one: Standing, wanted: Kind | None, most: int) -> Mapping[str, object]:
    shelf = shelf_of(work, visit.home.packs, one.of.fonds_id, one.of.series, one.of.year)
    items = ordered(work.classes.items(visit.permit, shelf.fonds.id, shelf.series.code, shelf.year))
    pages = counted(work, [item.id for item in items])
    plan = None if one.of.closed else plan_class(work, visit.permit, shelf)
    new = {change.id: change.new for change in plan.changes} if plan else {}
    kind = wanted or shelf.kind
    most = most or MOST_PAGES[kind]
    volumes = _volumes(work, shelf, items, pages, new)
    proposed = () if one.of.closed else proposals(work, visit.permit, shelf, kind, most)
    return {
        "shelf": shelf,
        "kind": kind,
        "kinds": tuple(Kind),
        "most": most,
        "asked": wanted is not None,
        "desks": _desks(visit, work, shelf, [item for item in items if item.volume_id is None], pages, new),
        "volumes": volumes,
        "exports": _exports({desk.volume.kind for desk in volumes if desk.volume and desk.locked}),
        "proposed": [_proposal(visit, each) for each in proposed],
        "apart": _apart(work, proposed),
        "changes": len(new),
        "digest": digest(plan) if plan else "",
        "places": _places(work),
        "renumberings": _renumberings(work, shelf),
    }


def digest(plan: Plan) -> str:
    """Names a plan as it was shown: what is written is what was seen, or nothing."""
    return hashlib.sha256("\n".join(f"{one.id} {one.new}" for one in plan.changes).encode()).hexdigest()[:16]


def _desks(
    visit: Visit, work: Work, shelf: Shelf, items: Sequence[Item], pages: Mapping[str, int], new: Mapping[str, str]
) -> list[Desk]:
    classes: dict[ReferenceCode, list[Item]] = {}
    for item in items:
        classes.setdefault(class_of(item.code) if item.code else ReferenceCode(""), []).append(item)
    volumes = work.volumes.listed(shelf.fonds.id, shelf.series.code, shelf.year)
    drafts = [volume for volume in volumes if not volume.sealed]
    return [
        replace(
            _desk(visit, shelf, code, held, pages, new),
            drafts=[volume for volume in drafts if loose(volume.code) == loose(code)],
        )
        for code, held in classes.items()
    ]


def _desk(
    visit: Visit,
    shelf: Shelf,
    code: ReferenceCode,
    items: Sequence[Item],
    pages: Mapping[str, int],
    new: Mapping[str, str],
) -> Desk:
    leaves = [Leaf(item, pages.get(item.id, 0), new.get(item.id, "")) for item in items]
    words = class_words(loose(code), shelf.fonds.grammar, shelf.names) if code.fonds else ""
    title = f"{period(items[0].value('retention')).words(visit.language)} {words}".strip()
    return Desk(title, leaves, extent(items, [leaf.pages for leaf in leaves]), code)


def _volumes(
    work: Work, shelf: Shelf, items: Sequence[Item], pages: Mapping[str, int], new: Mapping[str, str]
) -> list[Desk]:
    known = work.places.all()
    found = []
    for volume in work.volumes.listed(shelf.fonds.id, shelf.series.code, shelf.year):
        held = [item for item in items if item.volume_id == volume.id]
        leaves = [Leaf(item, pages.get(item.id, 0), new.get(item.id, "")) for item in held]
        location = known.get(volume.location_id or "")
        place = address(location, known, volume.slot) if location else ""
        reach = extent(held, [leaf.pages for leaf in leaves])
        found.append(Desk(volume.title, leaves, reach, volume.code, volume, place))
    return found


def _exports(sealed: Collection[Kind]) -> list[str]:
    """The catalogues there is something for."""
    of_volumes = ["file-catalogue", "full-catalogue", "contents-list", "note-sheet"] if Kind.VOLUME in sealed else []
    return of_volumes + (["box-note-sheet"] if Kind.BOX in sealed else [])


def _proposal(visit: Visit, one: Proposal) -> tuple[Proposal, str]:
    return one, period(one.retention).words(visit.language)


def _apart(work: Work, proposed: Sequence[Proposal]) -> Mapping[str, str]:
    """Id -> code or title of what belongs to the set of something proposed and lies elsewhere."""
    held = (work.items.get(one) for each in proposed for one in each.apart)
    return {item.id: item.reference_code or item.title or item.origin for item in held}


def _places(work: Work) -> list[tuple[Location, str]]:
    """Where a volume can be put, by address."""
    known = work.places.all()
    shelves = (one for one in known.values() if one.kind not in (PlaceKind.ROOM, PlaceKind.INTERIM))
    return sorted(((one, address(one, known)) for one in shelves), key=lambda found: found[1])


def _renumberings(work: Work, shelf: Shelf) -> Sequence[Renumbering]:
    """Of this class-year or the whole fonds, newest first."""
    mine = {"series": shelf.series.code, "year": shelf.year}
    done = work.codes.noted(shelf.fonds.id)
    return [one for one in reversed(done) if all(one.scope.get(name, value) == value for name, value in mine.items())]
