"""Decides what the catalogue hands out of many pages at once, for lists of hits: a card each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from index.domain.holdings import Item, Page
from index.domain.reading import Word


class Card(Protocol):
    """What is shown of a page that was found. Its words stay packed until some are asked for."""

    @property
    def item(self) -> Item: ...
    @property
    def page(self) -> Page: ...
    @property
    def text(self) -> str:
        """What everybody reads on it, corrections laid over; empty before it is read."""

    def words(self, stretches: Iterable[tuple[int, int]]) -> Sequence[Word]:
        """The words on these stretches of the text, in its order, perhaps with their neighbours."""


class Cards(Protocol):
    """Pages with their items, many at once."""

    def of(self, page_ids: Collection[str]) -> Mapping[str, Card]:
        """page_id -> its card; pages that are gone, or no content any more, have none."""

    def numbers(self, page_ids: Collection[str]) -> Mapping[str, int]:
        """page_id -> its number in its item, of content pages."""
