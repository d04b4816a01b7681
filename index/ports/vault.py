"""Decides what may be asked of the store of scanned bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its SHA-256 (hex), size in bytes."""

    sha256: str
    size: int


class Vault(Protocol):
    """Write-once files, named by their SHA-256."""

    def put(self, source: int) -> Stored:
        """Copy the open file descriptor in, fsync, hash again; raises DiskFull. Same bytes are stored once."""

    def path(self, sha256: str) -> str:
        """Where the bytes lie; raises Missing."""

    def fixity(self, sha256: str) -> bool:
        """Whether the bytes still hash to their name."""

    def digests(self) -> Iterable[str]:
        """Everything held."""
