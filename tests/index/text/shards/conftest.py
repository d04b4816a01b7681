"""Shards small enough that a few pages divide them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes

FEW = Sizes(own=3, most=6)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(root: Path) -> Iterator[ShardedIndex]:
    opened = ShardedIndex(root, FEW, patience=0)
    yield opened
    opened.close()


@pytest.fixture
def spoil() -> Callable[[Path, str], Path]:
    return spoilt


def spoilt(root: Path, kind: str) -> Path:
    """The shard with the largest file of a kind, a byte of which is another now."""
    path = max(root.glob(f"shard-*/edition-*/*{kind}"), key=lambda one: one.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    return path.parent.parent
