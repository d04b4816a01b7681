"""Decides how hits by page become hits by item, for adapters whose engine knows no better way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.ports import Hit


def by_item(hits: Iterable[Hit]) -> list[Hit]:
    """The first hit of each item, in their order, each with the other pages of its item that follow."""
    pages: dict[str, list[Hit]] = {}
    for hit in hits:
        pages.setdefault(hit.item_id, []).append(hit)
    return [replace(first, others=tuple(hit.page_id for hit in others)) for first, *others in pages.values()]
