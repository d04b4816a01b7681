"""Decides what the books of year-end hold: codes, class-years, volumes, contents lists and places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from index.domain.access import Permit
from index.domain.arranging.closing import ClassYear, Tally
from index.domain.arranging.contents import ContentsLine, ContentsList
from index.domain.arranging.places import Location
from index.domain.arranging.renumbering import Renumbering
from index.domain.arranging.volumes import Kind, Volume
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode


class ClassKey(NamedTuple):
    """One series of one fonds in one year."""

    fonds_id: str
    pack: str
    series: str
    year: str


class Codes(Protocol):
    """Reference codes, now and once."""

    def taken(self, code: str) -> bool:
        """Whether any item bears or ever bore it."""

    def aliases(self, item_id: str) -> Sequence[str]:
        """The codes that this item bore before, oldest first."""

    def remember(self, item_id: str, code: str) -> None:
        """This code of an older list leads to the item as well."""

    def recode(self, codes: Mapping[str, tuple[ReferenceCode, str]], unseen: Collection[str] = ()) -> None:
        """Give many items other codes at once (item id -> parts and string); what they bore becomes an alias.

        Of items in `unseen` it does not: they bore it in this very transaction alone.
        """

    def borne(self, words: str, besides: Collection[str]) -> Collection[str]:
        """The codes below this class or volume that items other than `besides` bear, withdrawn ones too."""

    def begin_again(self, class_key: str, last: int) -> None:
        """The class was numbered anew up to `last`."""

    def rename_fonds(self, old: str, new: str) -> None:
        """The numbers given so far go on under the fonds's new number."""

    def note(self, renumbering: Renumbering) -> None: ...
    def noted(self, fonds_id: str = "") -> Sequence[Renumbering]:
        """Every renumbering, oldest first."""


class Classes(Protocol):
    """The years of a class."""

    def get(self, fonds_id: str, series: str, year: str) -> ClassYear | None: ...
    def save(self, one: ClassYear) -> None: ...
    def closed(self) -> Sequence[ClassYear]:
        """Every class-year that was ever closed, reopened ones too."""

    def tallies(self, permit: Permit) -> Mapping[ClassKey, Tally]:
        """What of it this reader may see; `waiting` is not counted here."""

    def waiting(self, permit: Permit) -> Sequence[tuple[ClassKey, int]]:
        """How many are described but not filed; `year` of the key is their date, of which the year is reckoned."""

    def items(self, permit: Permit, fonds_id: str, series: str, year: str) -> Sequence[Item]:
        """The filed items."""

    def lay(self, places: Mapping[str, int]) -> None:
        """Put items at these places (from 1) of their class or volume."""

    def settle(self, item_ids: Sequence[str], **stood: datetime | str | None) -> None:
        """Write where items stand now: volume_id, location_id, arranged_at, shelved_at."""


class Volumes(Protocol):
    """Volumes and boxes."""

    def add(self, volume: Volume) -> None: ...
    def save(self, volume: Volume) -> Volume:
        """Raises Conflict("volume-changed-meanwhile")."""

    def recode(self, codes: Mapping[str, tuple[ReferenceCode, str]]) -> None:
        """Give volumes other codes (volume id -> parts and string)."""

    def remove(self, volume_id: str) -> None:
        """Take away a draft."""

    def get(self, volume_id: str) -> Volume:
        """By id or reference code; raises Missing("no-such-volume")."""

    def listed(
        self, fonds_id: str = "", series: str = "", year: str = "", kind: Kind | None = None
    ) -> Sequence[Volume]:
        """Sealed ones by number, then drafts."""

    def items(self, holder_id: str) -> Sequence[Item]:
        """The filed items of a volume, box or subject file."""


class Contents(Protocol):
    """Contents lists, every version."""

    def add(self, holder_id: str, by: str, why: str, lines: Sequence[ContentsLine]) -> ContentsList:
        """The next version; those before it stay."""

    def newest(self, holder_id: str) -> ContentsList | None: ...
    def versions(self, holder_id: str) -> Sequence[ContentsList]: ...


class Places(Protocol):
    """Rooms, cabinets, shelves and boxes."""

    def add(self, location: Location) -> None:
        """Raises Conflict("place-number-taken")."""

    def get(self, location_id: str) -> Location:
        """Raises Missing("no-such-place")."""

    def all(self) -> Mapping[str, Location]: ...
    def interim(self) -> Location:
        """平时分类橱 (SCH-06); made when it is first asked for, in a writing transaction."""
