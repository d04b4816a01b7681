"""A TextIndex of one dict: every search looks through every page, so that what it says is beyond doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from index.ports import Found, Hit, PageText, Progress, Search
from index.text.analyzer import page_text, pattern
from index.text.query import read
from index.text.stamp import FACETS, Stamp, bounds, stamp_of


class MemoryTextIndex:
    """Holds the stamp and the folded text of each page, by its id."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[Stamp, str]] = {}

    def add(self, pages: Sequence[PageText]) -> None:
        self._pages |= {page.page_id: _kept(page) for page in pages}

    def remove(self, page_ids: Collection[str]) -> None:
        for page_id in page_ids:
            self._pages.pop(page_id, None)

    def search(self, search: Search) -> Found:
        query = read(search.query)
        admits = bounds(search)
        matching: list[tuple[int, Stamp]] = []
        for stamp, text in self._pages.values():
            counts = [len(pattern(leaf).findall(text)) for leaf in query.wanted]
            unwanted = any(pattern(leaf).search(text) for leaf in query.unwanted)
            if admits(stamp) and all(counts) and not unwanted:
                matching.append((sum(counts), stamp))
        matching.sort(key=lambda match: match[1].page_id)
        matching.sort(key=lambda match: (match[0], match[1].date), reverse=True)
        return _found(search, query.wanted, query.read_as, matching)

    def versions(self) -> Mapping[str, int]:
        return {page_id: stamp.version for page_id, (stamp, _) in self._pages.items()}

    def size(self) -> int:
        return len(self._pages)

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        self._pages = {page.page_id: _kept(page) for page in pages}
        progress(len(self._pages), 0)
        return len(self._pages)

    def tidy(self) -> bool:
        return False

    def check(self) -> Sequence[str]:
        return ()


def _kept(page: PageText) -> tuple[Stamp, str]:
    text, heading = page_text(page.heading, page.text)
    return stamp_of(page, heading), text


def _found(search: Search, leaves: tuple[str, ...], read_as: str, matching: list[tuple[int, Stamp]]) -> Found:
    stamps = [stamp for _, stamp in matching]
    facets = {name: _counts(stamps, name) for name in FACETS}
    shown = matching[search.offset : search.offset + search.limit]
    hits = tuple(Hit(stamp.page_id, stamp.item_id, float(score)) for score, stamp in shown)
    return Found(len(matching), hits, facets, leaves, read_as)


def _counts(stamps: Sequence[Stamp], name: str) -> dict[str, int]:
    counts = Counter(FACETS[name](stamp) for stamp in stamps)
    return {value: count for value, count in counts.items() if value}
