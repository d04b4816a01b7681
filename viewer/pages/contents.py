"""Decides how the versions of a contents list are shown (卷内目录各版): what changed, when, by whom; read only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response

from index.domain.arranging.versions import Version, versions
from index.domain.arranging.volumes import Volume
from index.domain.errors import Missing
from index.ports import Work
from viewer import frame
from viewer.visit import Here


@dataclass(frozen=True, slots=True)
class Holder:
    """What the list is of: a subject file, a volume or a box."""

    id: str
    title: str
    reference_code: str
    back: str
    """The address of its own page."""


def contents(visit: Here, holder_id: str, version: int = Query(0, ge=0)) -> Response:
    """One version whole, the newest where none is asked for, and beside it all of them."""
    with visit.home.catalogue.reading() as work:
        found = history(work, holder_id)
        chosen = next((one for one in found if version in (0, one.list.version)), None)
        if chosen is None:
            raise Missing("no-such-list")
        holder = _holder(work, holder_id)
    return frame.show(visit, "contents.html", holder=holder, versions=found, chosen=chosen)


def history(work: Work, holder_id: str) -> Sequence[Version]:
    """Every version, the newest first."""
    return versions(work.contents.versions(holder_id))[::-1]


def _holder(work: Work, holder_id: str) -> Holder:
    with suppress(Missing):
        return _volume(work, work.volumes.get(holder_id))
    file = work.files.get(holder_id)
    place = {"fonds": work.fonds.get(file.fonds_id).code, "series": file.series, "file": file.id}
    return Holder(file.id, file.title, "", f"/browse?{urlencode(place)}")


def _volume(work: Work, volume: Volume) -> Holder:
    place = {"fonds": work.fonds.get(volume.fonds_id).code, "year": volume.year, "series": volume.series}
    return Holder(volume.id, volume.title, volume.reference_code, f"/arrangement?{urlencode(place)}#volume-{volume.id}")
