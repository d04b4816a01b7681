"""Decides what the catalogue hands out of many pages at once, for lists of hits: a card each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.domain.holdings import ItemState
from index.domain.reading import Place, Script, Stamp


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as lists show it; `said` are the fields that lists filter and sort by, without where they come from."""

    id: str
    state: ItemState
    fonds: str
    """The code of its fonds."""
    file_id: str
    reference_code: str
    page_count: int
    said: Mapping[str, str]

    def value(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def title(self) -> str:
        return self.value("title")

    @property
    def filed(self) -> bool:
        return self.state is ItemState.FILED


class Card(Protocol):
    """What is shown of a page that was found. Its words stay packed until some are asked for."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def script(self) -> Script: ...
    @property
    def item(self) -> Entry: ...
    @property
    def text(self) -> str:
        """What everybody reads on it, corrections laid over; empty before it is read."""

    @property
    def stamps(self) -> Sequence[Stamp]: ...

    def places(self, stretches: Sequence[tuple[int, int]]) -> Sequence[Sequence[Place]]:
        """For each of these stretches of the text the places of the words on it, in order."""


class Cards(Protocol):
    """Pages with their items, many at once."""

    def of(self, page_ids: Collection[str]) -> Mapping[str, Card]:
        """page_id -> its card; pages that are gone, or no content any more, have none."""

    def numbers(self, page_ids: Collection[str]) -> Mapping[str, int]:
        """page_id -> its number in its item, of content pages."""
