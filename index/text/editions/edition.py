"""Decides which state of the index is the valid one: `CURRENT` names it, with the size and SHA-256 of its files.

An edition is a folder of Whoosh files; a commit seals a new state of it, a rebuild a new edition. `CURRENT` is
replaced in one step after everything it names is on the disk, and nothing it does not name is ever read: a kill or a
power cut leaves the last sealed state. Whoosh itself neither syncs nor checks.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

from index.domain.errors import Passing

#: The name Whoosh puts before its files.
NAME = "MAIN"
#: What the folders of editions begin with.
PREFIX = "edition-"
_CURRENT = "CURRENT"

Files = Mapping[str, tuple[int, str]]
"""Name -> size and SHA-256."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What CURRENT says: the edition's folder (none while the index is empty), the number of its table of contents."""

    edition: str
    contents: int
    files: Files = field(default_factory=dict)


def current(root: Path) -> Seal | None:
    """The valid state; None without CURRENT. ValueError, LookupError, TypeError, AttributeError if it is damaged."""
    try:
        said = json.loads((root / _CURRENT).read_bytes())
    except FileNotFoundError:
        return None
    files = {str(name): (int(size), str(digest)) for name, (size, digest) in said["files"].items()}
    return Seal(str(said["edition"]), int(said["contents"]), files)


def mark(root: Path) -> tuple[int, int] | None:
    """Changes whenever CURRENT is replaced: cheap enough to ask before every search."""
    try:
        found = os.stat(f"{root}/{_CURRENT}")
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def begin(root: Path) -> None:
    """Declare an empty index where there is none, so that a missing CURRENT always means a lost one."""
    if mark(root) is None and not is_lost(root):
        _declare(root, Seal("", 0))


def seal(root: Path, edition: str, contents: int, known: Files) -> None:
    """Make this state the valid one: sync and digest the files not `known` yet, then replace CURRENT."""
    folder = root / edition
    files = {name: known.get(name) or _settled(folder / name) for name in _names(folder, contents)}
    _sync(folder)
    _sync(root)
    _declare(root, Seal(edition, contents, files))


def _declare(root: Path, valid: Seal) -> None:
    fresh = root / f"{_CURRENT}.new"
    with fresh.open("w", encoding="ascii") as out:
        json.dump(asdict(valid), out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(root / _CURRENT)
    _sync(root)


def contents_of(folder: Path, number: int) -> Any:
    """Whoosh's table of contents `number`: its schema and segments."""
    return TOC.read(FileStorage(str(folder)), NAME, gen=number)


def is_unchanged(path: Path, sealed: Seal) -> bool:
    """Whether one file of the valid state is as it was sealed, byte for byte."""
    return path.name in sealed.files and _digest(path) == sealed.files[path.name][1]


def create(folder: Path, schema: Any) -> None:
    """A first table of contents, of nothing."""
    TOC.create(FileStorage(str(folder)), schema, NAME)


def commit(writer: SegmentWriter, segments: list[Any], sealed: Callable[[int], None]) -> None:
    """A new table of contents beside the valid one; `sealed` with its number, what it does not name is taken away."""
    TOC(writer.schema, segments, writer.generation).write(writer.storage, NAME)
    sealed(writer.generation)
    clean_files(writer.storage, NAME, writer.generation, segments)


def check(root: Path) -> Sequence[str]:
    """A sentence for each file that is not as it was sealed; none where there is no index at all."""
    try:
        sealed = current(root)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ("CURRENT cannot be read",)
    if sealed is None:
        return ("CURRENT is missing",) if is_lost(root) else ()
    return damage(root, sealed)


def is_lost(root: Path) -> bool:
    """Whether there are editions, though nothing says which is valid."""
    return mark(root) is None and any(root.glob(f"{PREFIX}*"))


def prove(root: Path, sealed: Seal, segment: Any) -> None:
    """Look through a segment's files before it is copied: a flipped byte would be sealed anew as if it were right.

    Raises Passing("index-damaged").
    """
    names = [name for name in sealed.files if name.startswith(f"{segment.segment_id()}.")]
    if not names or not all(is_unchanged(root / sealed.edition / name, sealed) for name in names):
        raise Passing("index-damaged", problem=f"{segment.segment_id()} has changed since it was written")


def damage(root: Path, sealed: Seal) -> list[str]:
    """A sentence for each file of the valid state that is not as it was sealed."""
    found = [] if _names_contents(sealed) else ["CURRENT names contents that it has no seal of"]
    for name, (size, digest) in sealed.files.items():
        path = root / sealed.edition / name
        if not path.is_file():
            found.append(f"{sealed.edition}/{name} is missing")
        elif path.stat().st_size != size or _digest(path) != digest:
            found.append(f"{sealed.edition}/{name} has changed since it was written")
    return found


def _names_contents(sealed: Seal) -> bool:
    return not sealed.edition or TOC._filename(NAME, sealed.contents) in sealed.files


def is_whole(root: Path, sealed: Seal) -> bool:
    """A quick look before opening: every file there, of its size, and the pickled table of contents unchanged."""
    folder = root / sealed.edition
    contents = TOC._filename(NAME, sealed.contents)
    if not sealed.edition:
        return True
    with suppress(FileNotFoundError):
        sizes = all((folder / name).stat().st_size == size for name, (size, _) in sealed.files.items())
        return sizes and _names_contents(sealed) and _digest(folder / contents) == sealed.files[contents][1]
    return False


def drop_unsealed(folder: Path, sealed: Seal) -> None:
    """Take away the table of contents of a commit that was killed before it was sealed; Whoosh would go on from it."""
    for path in folder.glob(f"_{NAME}_*.toc*") if sealed.edition else ():
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
