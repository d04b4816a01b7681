"""Decides what a backup holds and how it becomes a home again: the catalogue as of one moment, and all it names.

A backup is a tar: `catalogue.db`, `settings.toml`, the vault's files, the editions of the regulations, what lies in
quarantine, and a manifest of SHA-256 sums at its end. The index, the pages' pictures and the queue are made again. It
can be taken while scans come in: the catalogue is copied first, and what it names is write-once.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from config.wiring import FOLDERS, Home, open_home
from index.catalogue.sql import SqlCatalogue
from index.domain.errors import Missing, WrongUse
from index.ports import Progress

MANIFEST = "manifest.json"
_ALONGSIDE = ("editions", "quarantine", "duplicates", "drop", "unpacked")


@dataclass(frozen=True, slots=True)
class Kept:
    """How many files a backup holds, and which the catalogue names that were not there to be kept."""

    files: int
    missing: tuple[str, ...]


def backup(home: Home, target: Path, progress: Progress) -> Kept:
    """Write the backup beside `target`, then give it its name. Mode 0600.

    A master that is gone stops no backup: that is when a room needs one most.
    """
    draft = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=home.folder("locks")) as scratch:
        copy = Path(scratch) / "catalogue.db"
        home.catalogue.backup(copy)
        named = list(_named_by(home, copy))
        members = [("catalogue.db", copy), *named, *_lying_alongside(home)]
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            kept = _write(opened, members, progress)
            os.fsync(opened.fileno())
    os.replace(draft, target)
    return Kept(len(kept), tuple(name for name, _ in named if name.startswith("vault/") and name not in kept))


def restore(source: Path, path: Path, progress: Progress) -> Home:
    """Make a home of a backup. Raises Missing("no-such-file"), WrongUse("home-not-empty" | "bad-backup")."""
    if not source.exists():
        raise Missing("no-such-file", path=source)
    if path.exists() and any(path.iterdir()):
        raise WrongUse("home-not-empty", home=path)
    path.mkdir(parents=True, exist_ok=True)
    try:
        _unpack(source, path, progress)
    except WrongUse:
        for left in path.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        raise
    _furnish(path)
    home = open_home(path)
    with home.catalogue.reading() as work:
        for fonds in work.fonds.all():
            (path / "drop" / fonds.code).mkdir(exist_ok=True)
    return home


def _furnish(path: Path) -> None:
    """What a home has besides its files: every folder, and who may read and write what."""
    for folder in FOLDERS:
        (path / folder).mkdir(exist_ok=True)
    for place in (path / "catalogue.db", path / "settings.toml"):
        if place.exists():
            place.chmod(0o600)
    for master in (path / "vault").glob("??/??/*"):
        master.chmod(0o440)


def _named_by(home: Home, copy: Path) -> Iterator[tuple[str, Path]]:
    """The settings, and every file of the vault that the copied catalogue names."""
    yield "settings.toml", home.path / "settings.toml"
    snapshot = SqlCatalogue(copy, home.clock)
    with snapshot.reading() as work:
        digests = sorted(work.versions.references())
    snapshot.close()
    for sha256 in digests:
        place = home.folder("vault") / sha256[:2] / sha256[2:4] / sha256
        yield str(place.relative_to(home.path)), place


def _lying_alongside(home: Home) -> Iterator[tuple[str, Path]]:
    for folder in _ALONGSIDE:
        for place in sorted(home.folder(folder).rglob("*")):
            if place.is_file() and not place.is_symlink():
                yield str(place.relative_to(home.path)), place


def _write(opened: io.BufferedIOBase, members: list[tuple[str, Path]], progress: Progress) -> dict[str, str]:
    """Write every member that is still there and the manifest; name -> SHA-256 of what was written."""
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=opened, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for done, (name, place) in enumerate(members, start=1):
            if (written := _add(tar, name, place)) is not None:
                digests[name] = written
            progress(done, len(members))
        told = json.dumps(digests, ensure_ascii=True).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(told)
        tar.addfile(entry, io.BytesIO(told))
    return digests


def _add(tar: tarfile.TarFile, name: str, place: Path) -> str | None:
    """Add one file; its digest, or None when it was moved on meanwhile (a scan on its way through the drop folder)."""
    try:
        with place.open("rb") as source:
            told = _Told(source)
            tar.addfile(tar.gettarinfo(arcname=name, fileobj=source), told)
    except FileNotFoundError:
        return None
    return told.digest.hexdigest()


class _Told:
    """A file read once: what goes into the backup is what its sum is told of, also while somebody still writes it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = 0, /) -> bytes:
        # A file that is cut short meanwhile is filled up: the entry has said its length already.
        block = self._source.read(size).ljust(size, b"\0")
        self.digest.update(block)
        return block


def _unpack(source: Path, path: Path, progress: Progress) -> None:
    try:
        with tarfile.open(source) as tar:
            members = tar.getmembers()
            for done, member in enumerate(members, start=1):
                tar.extract(member, path, filter="data")
                progress(done, len(members))
        _check(path)
    except (tarfile.TarError, EOFError, KeyError, ValueError, FileNotFoundError) as error:
        raise WrongUse("bad-backup", problem=error) from error


def _check(path: Path) -> None:
    """Every file the manifest names is there with its bytes; the manifest itself is not part of the home."""
    manifest = path / MANIFEST
    if not manifest.exists():
        raise ValueError("no manifest at its end")
    for name, sha256 in json.loads(manifest.read_text()).items():
        with (path / name).open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
                raise ValueError(name)
    manifest.unlink()
