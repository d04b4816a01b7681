"""Decides which state of the index is the valid one: `CURRENT` names it, with the size and SHA-256 of its files.

An edition is a folder of Whoosh files; a commit seals a new state of it, a rebuild a new edition. `CURRENT` is
replaced in one step after everything it names is on the disk, and nothing it does not name is ever read: a kill or a
power cut leaves the last sealed state. Whoosh itself neither syncs nor checks.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

#: The name Whoosh puts before its files.
NAME = "MAIN"
_CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class Seal:
    """What CURRENT says: the edition's folder, the number of its table of contents, (size, SHA-256) of each file."""

    edition: str
    contents: int
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def current(root: Path) -> Seal | None:
    """The valid state; None before the first commit. ValueError, KeyError or TypeError if CURRENT is damaged."""
    try:
        said = json.loads((root / _CURRENT).read_bytes())
    except FileNotFoundError:
        return None
    files = {str(name): (int(size), str(digest)) for name, (size, digest) in said["files"].items()}
    return Seal(str(said["edition"]), int(said["contents"]), files)


def mark(root: Path) -> tuple[int, int] | None:
    """Changes whenever CURRENT is replaced: cheap enough to ask before every search."""
    try:
        found = (root / _CURRENT).stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def seal(root: Path, edition: str, contents: int) -> None:
    """Make this state the valid one: sync and digest its new files, then replace CURRENT."""
    folder = root / edition
    before = current(root)
    known = before.files if before and before.edition == edition else {}
    files = {name: known.get(name) or _settled(folder / name) for name in _names(folder, contents)}
    _sync(folder)
    fresh = root / f"{_CURRENT}.new"
    with fresh.open("w", encoding="ascii") as out:
        json.dump(asdict(Seal(edition, contents, files)), out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(root / _CURRENT)
    _sync(root)


def contents_of(folder: Path, number: int) -> Any:
    """Whoosh's table of contents `number`: its schema and segments."""
    return TOC.read(FileStorage(str(folder)), NAME, gen=number)


def damage(root: Path, sealed: Seal) -> list[str]:
    """A sentence for each file of the valid state that is not as it was sealed."""
    found = []
    for name, (size, digest) in sealed.files.items():
        path = root / sealed.edition / name
        if not path.is_file():
            found.append(f"{sealed.edition}/{name} is missing")
        elif path.stat().st_size != size or _digest(path) != digest:
            found.append(f"{sealed.edition}/{name} has changed since it was written")
    return found


def is_whole(root: Path, sealed: Seal) -> bool:
    """A quick look before opening: every file there, of its size, and the pickled table of contents unchanged."""
    folder = root / sealed.edition
    contents = TOC._filename(NAME, sealed.contents)
    with suppress(FileNotFoundError):
        sizes = all((folder / name).stat().st_size == size for name, (size, _) in sealed.files.items())
        return sizes and contents in sealed.files and _digest(folder / contents) == sealed.files[contents][1]
    return False


def drop_unsealed(root: Path, sealed: Seal) -> None:
    """Take away the table of contents of a commit that was killed before it was sealed; Whoosh would go on from it."""
    for path in (root / sealed.edition).glob(f"_{NAME}_*.toc*"):
        if path.name not in sealed.files:
            path.unlink()


def _names(folder: Path, contents: int) -> list[str]:
    segments = contents_of(folder, contents).segments
    return [TOC._filename(NAME, contents), *(name for one in segments for name in one.list_files(_storage(folder)))]


def _storage(folder: Path) -> FileStorage:
    return FileStorage(str(folder))


def _settled(path: Path) -> tuple[int, str]:
    _sync(path)
    return path.stat().st_size, _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
