"""Scans, items and readings with everything filled in that a test does not care about."""

from __future__ import annotations

from collections.abc import Mapping

from index.domain.description import Value
from index.domain.holdings import Item, ItemState
from index.domain.identity import new_id
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.scan import Scan, ScanState
from tests.fakes.config.homes import MORNING


def scan(path: bytes = b"J101/a.pdf", state: ScanState = ScanState.STORED, **fields: object) -> Scan:
    return Scan(new_id(), path, "drop", state, MORNING, MORNING, **fields)  # type: ignore[arg-type]


def item(state: ItemState = ItemState.CAPTURED, values: Mapping[str, str] | None = None, **fields: object) -> Item:
    described = {name: Value(value, 0.9) for name, value in (values or {}).items()}
    return Item(new_id(), state, MORNING, description=described, **fields)  # type: ignore[arg-type]


def reading(text: str = "一页 𠮷字", **fields: object) -> PageReading:
    words = (Word("一页", 0, Box(0.1, 0.2, 0.3, 0.05), 0.97), Word("𠮷字", 3, Box(0.5, 0.2, 0.3, 0.05), 0.5))
    whole = {"script": Script.HANT, "turned": 1, "engine": "fake", "engine_version": "1", "confidence": 0.73}
    return PageReading(text, words, **{**whole, **fields})  # type: ignore[arg-type]
