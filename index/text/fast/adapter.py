"""Decides how the TextIndex port is kept by Whoosh 2.7.4 with a text field of our own, in a folder of the archive home.

Importing this loads Whoosh; nothing is opened before the first search or write. The folder is trusted input (Whoosh
pickles): only the indexer writes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from index.ports import Found, PageText, Progress, Search
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.editions.merging import HOT, IDLE
from index.text.editions.proving import Prover
from index.text.fast.answer import answer
from index.text.fast.generation import Generation
from index.text.fast.shelf import Shelf
from index.text.fast.writer import Writer


class FastIndex:
    """The TextIndex in `root`. Safe for threads; many processes may read while one writes.

    `patience` is how many seconds a second writer waits before Conflict("second-writer"). Where there is nothing at all
    an empty index is begun, unless `begins` is False: then it counts as lost. `prover` looks through what is large.
    A damaged index raises Passing("index-damaged") from every method but `check` and `rebuild`, which mends it.
    """

    def __init__(self, root: Path, patience: float = 5.0, *, begins: bool = True, prover: Prover | None = None) -> None:
        self._root = root
        self._own = Prover()
        self._shelf = Shelf(root, prover or self._own)
        self._writer = Writer(root, patience, self._shelf, begins=begins)

    def add(self, pages: Sequence[PageText]) -> None:
        if pages:
            self._writer.replace([page.page_id for page in pages], pages, HOT)

    def remove(self, page_ids: Collection[str]) -> None:
        if page_ids:
            self._writer.replace(page_ids, (), HOT)

    def search(self, search: Search) -> Found:
        with ToldAsDamage():
            return answer(self._shelf.generation(), search)

    def versions(self) -> Mapping[str, int]:
        with ToldAsDamage():
            return _versions(self._shelf.generation())

    def size(self) -> int:
        with ToldAsDamage():
            return int(self._shelf.generation().lives.sum())

    def generation(self) -> Generation:
        """The state of the last commit; raises Passing("index-damaged")."""
        return self._shelf.generation()

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        return self._writer.rebuild(pages, progress)

    def check(self) -> Sequence[str]:
        return edition.check(self._root)

    def tidy(self) -> bool:
        """Merge once what has gathered; for idle moments. Whether there was anything to do (then call again)."""
        return self._writer.tidy(IDLE)

    @property
    def extent(self) -> int:
        """How many bytes are mapped at most."""
        return self._shelf.extent

    def ease(self) -> None:
        """Let go of mapped pages, not of what is known; they come back when they are read."""
        self._shelf.ease()

    def close(self) -> None:
        """Let go of all files."""
        self._own.close()
        self._shelf.close()


def _versions(generation: Generation) -> Mapping[str, int]:
    return {
        segment.columns.texts["page_ids"][number].decode("utf-8", "surrogatepass"): version
        for (base, segment) in generation.segments
        for number, version in enumerate(segment.columns.numbers["versions"].tolist())
        if generation.lives[base + number]
    }
