"""Decides when a dropped file is ready, from what was seen of it and when: pure, so that tests own the time.

Ready: an event said closed or moved in, and its end parses; or size and time have stood still, and its end parses.
A file whose end does not parse may still be being written after a pause: it is waited for, `patience` long; then it
is taken as it is, and the stages say what is wrong with it. Nothing is decided by an event alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

#: Names that programs give to files they have not finished, or that systems leave behind.
TEMPORARY_ENDS = (b".part", b".tmp", b".crdownload", b".partial", b".filepart", b"~")
#: What lies beside a parked file; somebody who drops the file again often takes it along.
OUR_NOTES = (b".reason.txt",)
TEMPORARY_STARTS = (b"~$", b"._", b".")
TEMPORARY_NAMES = frozenset({b"thumbs.db", b"desktop.ini", b"@eadir", b"#recycle"})

#: So many times the settle time is waited for a file whose end is missing.
PATIENCE = 6.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looked like; `since` is when it began to look so (seconds of a steady clock).

    `closed` is true once an event said that its writer closed it or that it was moved in whole.
    """

    size: int
    mtime_ns: int
    inode: int
    since: float
    closed: bool = False
    mode: int = stat.S_IFREG

    @property
    def plain(self) -> bool:
        """A file, not a link, a pipe or a device."""
        return stat.S_ISREG(self.mode)

    def same(self, other: Look | None) -> bool:
        """Whether it is the same file, unchanged."""
        return other is not None and (self.size, self.mtime_ns, self.inode, self.mode) == (
            other.size,
            other.mtime_ns,
            other.inode,
            other.mode,
        )


def look(path: bytes, now: float, before: Look | None) -> Look:
    """Look at a file; what has not changed keeps the time since when it stands still."""
    found = os.stat(path, follow_symlinks=False)
    seen = Look(found.st_size, found.st_mtime_ns, found.st_ino, now, mode=found.st_mode)
    return before if before and seen.same(before) else seen


def closed(seen: Look) -> Look:
    """The look after an event told of the file's end."""
    return replace(seen, closed=True)


def is_ready(seen: Look, now: float, settle: float, end_parses: Callable[[], bool | None]) -> bool:
    """Whether to take the file now; `end_parses` is asked only when it matters."""
    still = now - seen.since
    if not seen.closed and still < settle:
        return False
    whole = end_parses()
    if whole is None:
        return still >= settle
    return whole or still >= settle * PATIENCE


def looks_at(seen: Look, settle: float, folder_settle: float) -> Sequence[float]:
    """The moments at which this file may have become ready without anything having happened."""
    return (seen.since + settle, seen.since + folder_settle, seen.since + settle * PATIENCE)


def is_temporary(path: bytes) -> bool:
    """Whether any part of the path says that this is nobody's finished file."""
    return any(_is_temporary(part.lower()) for part in path.split(b"/"))


def _is_temporary(name: bytes) -> bool:
    return name in TEMPORARY_NAMES or name.startswith(TEMPORARY_STARTS) or name.endswith(TEMPORARY_ENDS + OUR_NOTES)
