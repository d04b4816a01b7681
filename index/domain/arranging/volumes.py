"""Decides what is bound or boxed together: volumes (案卷) and boxes (盒), their extent, and when they may change.

A draft takes items in and out; sealing gives it its number, and opening it again needs a reason. A volume gives its
items new codes (DA/T 13-2022, by volume); in a box they keep theirs (DA/T 22-2015, by item).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from index.domain.dates import partial_date
from index.domain.errors import Conflict
from index.domain.holdings import Fonds, Item
from index.domain.identity import DAT13_LEGACY, DAT13_VOLUME, ReferenceCode
from index.domain.rules.policy import ArrangedBy, Series


class Kind(StrEnum):
    VOLUME = "volume"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume or box of one class. `code` are the parts of the class, with the file number once it is sealed.

    `situation` to `checked_on` are its note sheet (备考表: GB/T 9705-2008, DA/T 22-2015).
    """

    id: str
    kind: Kind
    fonds_id: str
    pack: str
    series: str
    year: str
    retention: str
    title: str
    code: ReferenceCode
    made_at: datetime
    number: int = 0
    """案卷号 or 盒号 in its class; 0 while it is a draft."""
    reference_code: str = ""
    situation: str = ""
    assembled_by: str = ""
    assembled_on: date | None = None
    checked_by: str = ""
    checked_on: date | None = None
    sealed_at: datetime | None = None
    location_id: str | None = None
    slot: str = ""
    shelved_at: datetime | None = None
    version: int = 1

    @property
    def sealed(self) -> bool:
        return self.sealed_at is not None


def check_draft(volume: Volume) -> None:
    """Raise Conflict("volume-sealed") for one that may not change until it is opened again."""
    if volume.sealed:
        raise Conflict("volume-sealed", volume=volume.reference_code or volume.title)


def usual_kind(fonds: Fonds, series: Series) -> Kind:
    """Volumes where regulation or grammar speak of them, else boxes."""
    by_volume = series.arranged_by is ArrangedBy.VOLUME or fonds.grammar in (DAT13_VOLUME, DAT13_LEGACY)
    return Kind.VOLUME if by_volume else Kind.BOX


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is: items (件数), pages (页数), and the days it spans (起止日期), YYYYMMDD or empty."""

    items: int = 0
    pages: int = 0
    first: str = ""
    last: str = ""

    @property
    def span(self) -> str:
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


def extent(items: Sequence[Item], pages: Sequence[int]) -> Extent:
    """Of these items with so many pages each; a date known in part spans what it can mean."""
    days = [partial_date(item.value("date")) for item in items if item.value("date")]
    first = min((day.first_day for day in days), default=None)
    last = max((day.last_day for day in days), default=None)
    return Extent(len(items), sum(pages), _plain(first), _plain(last))


def _plain(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
