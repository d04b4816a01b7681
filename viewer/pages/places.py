"""Decides how the places of the stacks are shown and added: rooms, cabinets, shelves, boxes, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.custody.shelving import add_place
from index.domain.arranging.places import Location, PlaceKind, address, path
from index.domain.arranging.volumes import Volume
from index.domain.errors import Final, WrongUse
from viewer import frame
from viewer.visit import Here, Visit


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its address, how deep it lies in the tree, and the volumes and boxes that stand there."""

    location: Location
    address: str
    depth: int
    holds: tuple[Volume, ...]


def places(visit: Here) -> Response:
    return _page(visit)


def add(
    visit: Here, kind: str = Form(), number: str = Form(""), title: str = Form(""), inside: str = Form("")
) -> Response:
    """Raises nothing: what is refused is told above the list."""
    try:
        if kind not in set(PlaceKind) or not number.strip():
            raise WrongUse("bad-value", field="number", value=number, hint="1, 03, A")
        with visit.home.catalogue.writing() as work:
            add_place(work, PlaceKind(kind), number[:32], title[:100], inside or None, visit.who.name)
    except Final as problem:
        return _page(visit, problem)
    return RedirectResponse("/places", 303)


def _page(visit: Visit, problem: Final | None = None) -> Response:
    with visit.home.catalogue.reading() as work:
        known = work.places.all()
        volumes = work.volumes.listed()
    held: dict[str | None, list[Volume]] = {}
    for volume in volumes:
        held.setdefault(volume.location_id, []).append(volume)
    spots = [
        Spot(one, address(one, known), len(path(one, known)) - 1, tuple(held.get(one.id, ()))) for one in known.values()
    ]
    spots.sort(key=lambda spot: [above.number for above in path(spot.location, known)])
    status = problem.http_status if problem else 200
    return frame.show(visit, "places.html", status, spots=spots, kinds=tuple(PlaceKind), problem=problem)
