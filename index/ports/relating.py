"""Decides what the books of classification hold: what binds items into sets, and where else filed ones would belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.domain.access import Permit
from index.domain.holdings import Item
from index.domain.placing.proposals import Proposal
from index.domain.placing.relations import Relation


class Relations(Protocol):
    """What items cite as parts of their sets."""

    def keep(self, item_id: str, found: Sequence[Relation]) -> None:
        """What was found of this item, in place of what was found before; what a person said stays."""

    def put(self, relation: Relation) -> None:
        """Add it, or write what became of it (by id)."""

    def get(self, relation_id: str) -> Relation:
        """Raises Missing("no-such-relation")."""

    def of(self, *item_ids: str) -> Sequence[Relation]:
        """Those that these items cite, and those that cite them; denied ones too, the surest first."""

    def citing(self, fonds_id: str, number: str, title: str) -> Sequence[Relation]:
        """Citations by this number or title (as compared) of items of the fonds whose other is not known yet."""

    def cited(self, fonds_id: str, number: str, title: str, but: str) -> str | None:
        """The id of the item of this fonds, other than `but`, that has this number or else this title (as compared)."""

    def called(self, item: Item, words: str, permit: Permit, limit: int) -> Sequence[Item]:
        """Other items whose reference code, document number or title is, or contains, what somebody typed."""

    def before(self, item: Item) -> str | None:
        """The id of the item that came next before this one in its batch."""


class Proposals(Protocol):
    """Where filed items would belong by the regulations as they are now."""

    def put(self, proposal: Proposal) -> None:
        """Keep it in place of the one before for this item."""

    def drop(self, item_id: str) -> None: ...
    def of(self, item_id: str) -> Proposal | None: ...
    def all(self, limit: int = 0) -> Sequence[Proposal]:
        """The surest first."""
