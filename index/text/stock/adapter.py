"""Decides how the TextIndex port is kept by stock Whoosh 2.7.4 in a folder of the archive home.

Importing this loads Whoosh; nothing is opened before the first search or write. The folder is trusted input (Whoosh
pickles): only the indexer writes it.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from index.ports import Found, PageText, Progress, Search
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.editions.merging import HOT, IDLE
from index.text.editions.proving import Prover
from index.text.stock.answer import answer
from index.text.stock.shelf import Shelf
from index.text.stock.writer import Writer


class WhooshIndex:
    """The TextIndex in `root`. Safe for threads; many processes may read while one writes.

    `patience` is how many seconds a second writer waits before Conflict("second-writer").
    A damaged index raises Passing("index-damaged") from every method but `check` and `rebuild`, which mends it.
    """

    def __init__(self, root: Path, patience: float = 5.0) -> None:
        self._root = root
        self._prover = Prover()
        self._writer = Writer(root, patience, self._prover)
        self._shelf = Shelf(root, self._prover)
        self._reading = threading.Lock()

    def add(self, pages: Sequence[PageText]) -> None:
        if pages:
            self._writer.replace([page.page_id for page in pages], pages, HOT)

    def remove(self, page_ids: Collection[str]) -> None:
        if page_ids:
            self._writer.replace(page_ids, (), HOT)

    def search(self, search: Search) -> Found:
        with self._reading, ToldAsDamage():
            return answer(self._shelf.standing(), search)

    def versions(self) -> Mapping[str, int]:
        with self._reading, ToldAsDamage():
            return {
                stamp.page_id: stamp.version
                for standing in self._shelf.standing()
                for number, stamp in enumerate(standing.volume.stamps)
                if number not in standing.gone
            }

    def size(self) -> int:
        with self._reading, ToldAsDamage():
            return sum(standing.volume.pages - len(standing.gone) for standing in self._shelf.standing())

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        return self._writer.rebuild(pages, progress)

    def check(self) -> Sequence[str]:
        return edition.check(self._root)

    def tidy(self) -> bool:
        """Merge once what has gathered; for idle moments. Whether there was anything to do (then call again)."""
        return self._writer.tidy(IDLE)

    def close(self) -> None:
        """Let go of all files."""
        self._prover.close()
        with self._reading:
            self._shelf.close()
        self._writer.close()
