"""Decides which file of which shard is looked through next: one at a time, each once a day by one process of all."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from index.text.editions import edition, proving
from index.text.editions.proving import DAY


class Rounds:
    """What one process has looked through, and when by `clock`, seconds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._looked: dict[Path, float] = {}

    def damaged(self, shards: Collection[Path]) -> Path | None:
        """Look through the file that is due next; the shard it belongs to, if it is not as it was written.

        Such a file stays due, until its shard is not asked for any more.
        """
        for shard, sealed, path in _files(shards):
            if self._clock() - self._last(path) < DAY:
                continue
            if not _is_well(shard, sealed, path):
                return shard
            self._looked[path] = self._clock()
            proving.note(path, self._clock())
            return None
        return None

    def _last(self, path: Path) -> float:
        """When it was looked through, as far as this process knows."""
        return max(self._looked.get(path, -DAY), proving.last_proved(path))


def _files(shards: Collection[Path]) -> Iterator[tuple[Path, edition.Seal, Path]]:
    for shard in shards:
        sealed = edition.current(shard)
        if sealed is not None:
            yield from ((shard, sealed, shard / sealed.edition / name) for name in sealed.files)


def _is_well(shard: Path, sealed: edition.Seal, path: Path) -> bool:
    """A file that a later commit took away is well."""
    try:
        return edition.is_unchanged(path, sealed) or edition.current(shard) != sealed
    except FileNotFoundError:
        return edition.current(shard) != sealed
