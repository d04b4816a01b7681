"""Decides how masters are kept: write-once files in a folder, each named by the SHA-256 of its bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.domain.errors import DiskFull, EngineFailed, Missing
from index.ports import Stored

_BLOCK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class FolderVault:
    """A vault in a folder of this machine: `<root>/ab/cd/abcd...`, read-only files."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: int) -> Stored:
        with _room_or_refusal():
            self._root.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=self._root)
            try:
                stored = _copy(source, descriptor)
                self._settle(draft, stored)
            finally:
                os.close(descriptor)
                if os.path.exists(draft):
                    os.unlink(draft)
        return stored

    def _settle(self, draft: str, stored: Stored) -> None:
        """Hash the copy again from the disk, then give it its name; the same bytes twice are one file."""
        if digest(Path(draft)) != stored.sha256:
            raise EngineFailed("engine-failed", problem="vault copy differs")
        place = self._place(stored.sha256)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.chmod(draft, 0o440)
            os.replace(draft, place)
            for folder in (place.parent, place.parent.parent, self._root):
                sync_folder(folder)

    def path(self, sha256: str) -> str:
        place = self._place(sha256)
        if not place.exists():
            raise Missing("no-such-file", path=sha256)
        return str(place)

    def fixity(self, sha256: str) -> bool:
        place = self._place(sha256)
        return place.exists() and digest(place) == sha256

    def digests(self) -> Iterable[str]:
        return (place.name for place in sorted(self._root.glob("??/??/*")))

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename inside this folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: int, target: int) -> Stored:
    sha, size = hashlib.sha256(), 0
    os.lseek(source, 0, os.SEEK_SET)
    while block := os.read(source, _BLOCK):
        sha.update(block)
        size += len(block)
        _write_whole(target, block)
    os.fsync(target)
    return Stored(sha.hexdigest(), size)


def _write_whole(target: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(target, rest) :]


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("disk-full") from error
        raise
