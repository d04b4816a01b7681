"""Decides which shards there are: the `BOOK` of the index folder, replaced in one step once all it names is on disk.

A page on its way from one shard to another is written down here before it sets out: its goal holds it first, then its
origin forgets it. In between it is hidden in its origin once it lives in its goal, so that it is found exactly once,
and whoever writes next completes what a kill left undone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from index.domain.errors import Passing
from index.text.editions import edition
from index.text.shards.shares import Layout, Share

PREFIX = "shard-"
_BOOK = "BOOK"
#: What an index that is all in one has in place of a book, and each shard; beside a book it has been written to since.
_FORMER = "CURRENT"

Mark = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Move:
    """Pages that leave one shard for another."""

    origin: str
    goal: str
    page_ids: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """The shards by name with their shares, the pages on their way, and the shards that were found damaged."""

    shares: Mapping[str, Share] = field(default_factory=dict)
    moving: tuple[Move, ...] = ()
    bad: frozenset[str] = frozenset()

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.shares)


def fresh_name() -> str:
    return f"{PREFIX}{uuid4().hex}"


def mark(root: Path) -> Mark:
    """Changes whenever the book is replaced."""
    return _mark(f"{root}/{_BOOK}")


def shard_mark(root: Path, name: str) -> Mark:
    """Changes whenever something is committed to a shard."""
    return _mark(f"{root}/{name}/{_FORMER}")


def read(root: Path) -> Book:
    """Raises Passing("index-damaged") when it is damaged, or lost, or the index is of a kind that had none."""
    if (root / _FORMER).exists():
        raise Passing("index-damaged", problem="written by another engine")
    try:
        said = json.loads((root / _BOOK).read_bytes())
        shares = {name: Share(tuple(fonds), first, last) for name, (fonds, first, last) in said["shards"].items()}
        moving = tuple(Move(origin, goal, tuple(page_ids)) for origin, goal, page_ids in said["moving"])
        return Book(shares, moving, frozenset(said["bad"]))
    except FileNotFoundError:
        if _strays(root):
            raise Passing("index-damaged") from None
        return Book()
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Passing("index-damaged", problem=repr(error)) from error


def write(root: Path, book: Book) -> None:
    """Make this the valid state."""
    said = {
        "shards": {name: (share.fonds, share.first, share.last) for name, share in book.shares.items()},
        "moving": [(move.origin, move.goal, move.page_ids) for move in book.moving],
        "bad": sorted(book.bad),
    }
    fresh = root / f"{_BOOK}.new"
    with fresh.open("w", encoding="ascii") as out:
        json.dump(said, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(root / _BOOK)
    _sync(root)


def begin(root: Path) -> None:
    """Declare that there are no shards yet, so that a missing book always means a lost one."""
    if mark(root) is None and not _strays(root):
        write(root, Book())


def strays(root: Path, book: Book) -> list[Path]:
    """What does not belong to a book: shards half made or given up, and an index of a former kind."""
    return [path for path in _strays(root) if path.name not in book.shares]


def _strays(root: Path) -> list[Path]:
    kinds = (f"{PREFIX}*", f"{edition.PREFIX}*", _FORMER)
    return [path for kind in kinds for path in root.glob(kind)]


def _mark(path: str) -> Mark:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
