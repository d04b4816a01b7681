"""Decides what the books of saved searches hold, and how new pages are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from index.domain.access import Permit
from index.domain.searching.saved import SavedSearch


class SavedSearches(Protocol):
    """Everybody's saved searches; each is its person's alone."""

    def add(self, saved: SavedSearch) -> None:
        """Raises Conflict("saved-name-taken") when the person has one of this name."""

    def keep(self, saved: SavedSearch) -> None:
        """Write what became of it; raises as `add`."""

    def get(self, person_id: str, saved_id: str) -> SavedSearch:
        """Raises Missing("no-such-saved-search"), of other people's too."""

    def of_person(self, person_id: str) -> Sequence[SavedSearch]:
        """By name."""

    def remove(self, saved_id: str) -> None: ...


class Arrivals(Protocol):
    """When pages were first found by those who may read them.

    A page arrives each time the index holds it in a standing it never had: unfiled, then filed under a marking. The
    numbers rise with every arrival.
    """

    def note(self, page_ids: Collection[str]) -> None:
        """The index holds these pages now as the catalogue has them."""

    def newest(self) -> int: ...
    def since(self, permit: Permit, after: int, until: int = 0, limit: int = 20_000) -> Mapping[str, str]:
        """page_id -> item_id of the pages that this permit could not see at `after` and could at `until` (0: now).

        The newest first, so many at most.
        """
