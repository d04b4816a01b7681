"""Masters are written once, named by their bytes, and never half."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.domain.errors import DiskFull, EngineFailed, Missing
from index.ports import Stored
from index.vault import folder
from index.vault.folder import FolderVault

BYTES = "一份文件".encode() * 1000


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return FolderVault(tmp_path / "vault")


@pytest.fixture
def put(vault: FolderVault, tmp_path: Path) -> Callable[..., Stored]:
    def put(content: bytes = BYTES) -> Stored:
        (tmp_path / "source").write_bytes(content)
        with (tmp_path / "source").open("rb") as source:
            source.read(7)
            return vault.put(source.fileno())

    return put


def files(vault: FolderVault) -> list[Path]:
    return [place for place in vault._root.rglob("*") if place.is_file()]


def test_bytes_are_kept_under_their_own_sum_and_can_no_longer_be_written(
    vault: FolderVault, put: Callable[..., Stored]
) -> None:
    stored = put()
    assert stored == Stored(hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    place = Path(vault.path(stored.sha256))
    assert place.read_bytes() == BYTES and place.stat().st_mode & 0o777 == 0o440
    assert list(vault.digests()) == [stored.sha256] and vault.fixity(stored.sha256)


def test_the_same_bytes_are_one_file_that_is_not_touched_again(vault: FolderVault, put: Callable[..., Stored]) -> None:
    first = put()
    before = os.stat(vault.path(first.sha256))
    assert put() == first
    after = os.stat(vault.path(first.sha256))
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(files(vault)) == 1


def test_an_empty_vault_holds_nothing(vault: FolderVault) -> None:
    assert list(vault.digests()) == []
    assert not vault.fixity("a" * 64)
    with pytest.raises(Missing):
        vault.path("a" * 64)


def test_other_bytes_under_a_name_are_found(vault: FolderVault, put: Callable[..., Stored]) -> None:
    stored = put()
    place = Path(vault.path(stored.sha256))
    place.chmod(0o640)
    place.write_bytes(BYTES[:-1] + b"?")
    assert not vault.fixity(stored.sha256)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_no_draft(
    vault: FolderVault, put: Callable[..., Stored], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(*_: object) -> int:
        raise OSError(code, "no room")

    with monkeypatch.context() as while_full:
        while_full.setattr(os, "write", full)
        with pytest.raises(DiskFull):
            put()
    assert files(vault) == []
    assert put().size == len(BYTES)


def test_another_trouble_keeps_its_own_name_and_leaves_no_draft(
    vault: FolderVault, put: Callable[..., Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "write", broken)
    with pytest.raises(OSError, match="broken"):
        put()
    assert files(vault) == []


def test_a_write_that_takes_less_than_it_was_given_goes_on(
    vault: FolderVault, put: Callable[..., Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda target, block: write(target, block[:999]))
    assert vault.fixity(put().sha256)


def test_a_copy_that_reads_otherwise_from_the_disk_is_not_kept(
    vault: FolderVault, put: Callable[..., Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "digest", lambda place: "0" * 64)
    with pytest.raises(EngineFailed):
        put()
    assert files(vault) == []
