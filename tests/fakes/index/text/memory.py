"""A TextIndex of one dict: every search looks through every page, so that what it says is beyond doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.domain.folding import folded
from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.ports import Found, Hit, PageText, Progress, Search, Sort
from index.text.matching import pattern


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page with its folded parts: what plain words are looked for in, and each section of its description."""

    page: PageText
    anywhere: tuple[str, ...]
    sections: Mapping[Section, tuple[str, ...]]

    @property
    def code(self) -> str:
        return self.sections[Section.CODE][0]

    def parts(self, section: Section) -> tuple[str, ...]:
        return self.anywhere if section is Section.ANYWHERE else self.sections[section]


class MemoryTextIndex:
    """Holds every page by its id."""

    def __init__(self) -> None:
        self._pages: dict[str, _Kept] = {}

    def add(self, pages: Sequence[PageText]) -> None:
        self._pages |= {page.page_id: _kept(page) for page in pages}

    def remove(self, page_ids: Collection[str]) -> None:
        for page_id in page_ids:
            self._pages.pop(page_id, None)

    def search(self, search: Search) -> Found:
        admitted = [kept for kept in self._pages.values() if _admits(search, kept.page)]
        scored = [(score, kept) for kept in admitted if (score := _score(search.query.tree, kept)) is not None]
        ordered = _in_order(scored, search.sort)
        hits = [Hit(kept.page.page_id, kept.page.item_id, score) for score, kept in ordered]
        hits = _by_item(hits) if search.by_item else hits
        facets = {facet.value: _counts(facet, [kept.page for _, kept in scored]) for facet in search.facets}
        items = len(hits) if search.by_item else 0
        return Found(len(scored), tuple(hits[search.offset : search.offset + search.limit]), facets, items)

    def versions(self) -> Mapping[str, int]:
        return {page_id: kept.page.version for page_id, kept in self._pages.items()}

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


def _kept(page: PageText) -> _Kept:
    codes = tuple(folded(code).text for code in page.code.split("\n"))
    others = {
        Section.TITLE: page.title,
        Section.DOCUMENT_NUMBER: page.document_number,
        Section.CREATOR: page.creator,
    }
    sections = {section: (folded(said).text,) for section, said in others.items()} | {Section.CODE: codes}
    described = tuple(part for parts in sections.values() for part in parts) if page.leads else ()
    return _Kept(page, (folded(page.text).text, folded(page.seals).text, *described), sections)


def _admits(search: Search, page: PageText) -> bool:
    wanted = [getattr(search, facet) in {"", _value(page, facet)} for facet in Facet]
    return (
        search.permit.admits(page.marking, filed=page.filed)
        and page.item_id not in search.without
        and search.item_id in {"", page.item_id}
        and (not search.within or page.item_id in search.within)
        and all(wanted)
        and _lies_within(page.date, search.date_from, search.date_to)
    )


def _value(page: PageText, facet: Facet) -> str:
    value: str = page.date[:4] if facet is Facet.YEAR else getattr(page, facet)
    return value


def _score(node: Node, kept: _Kept) -> float | None:
    """How often the leaves of `node` stand on the page; None when it does not answer."""
    match node:
        case Words() | Wild():
            return sum(len(pattern(node).findall(part)) for part in kept.parts(node.section)) or None
        case Stamped(facet, value):
            return 0.0 if _value(kept.page, facet) == value else None
        case Dated(first, last):
            return 0.0 if _lies_within(kept.page.date, first, last) else None
        case Every(nodes):
            scores = [_score(inner, kept) for inner in nodes]
            return None if None in scores else sum(score for score in scores if score)
        case Either(nodes):
            found = [score for inner in nodes if (score := _score(inner, kept)) is not None]
            return sum(found) if found else None
        case Without(inner):
            return 0.0 if _score(inner, kept) is None else None
        case Likely(inner, weight):
            score = _score(inner, kept)
            return None if score is None else score * weight


def _lies_within(date: str, first: str, last: str) -> bool:
    """By the earliest and the latest day that a date cut short or padded with 00 can mean."""
    if not (first or last):
        return True
    earliest, latest = date[:8].ljust(8, "0"), "".join(_or_last(date[at:end]) for at, end in _PARTS)
    until = "".join(_or_last(last[at:end]) for at, end in _PARTS)
    return bool(date) and latest >= first.ljust(8, "0") and (not last or earliest <= until)


_PARTS = ((0, 4), (4, 6), (6, 8))


def _or_last(part: str) -> str:
    return "99" if part in {"", "00"} else part


def _in_order(scored: list[tuple[float, _Kept]], sort: Sort) -> list[tuple[float, _Kept]]:
    """Sorted again and again, each time by what counts for more."""
    by_id = sorted(scored, key=lambda one: one[1].page.page_id)
    newest = sorted(by_id, key=lambda one: one[1].page.date, reverse=True)
    if sort is Sort.RELEVANCE:
        return sorted(newest, key=lambda one: one[0], reverse=True)
    if sort is Sort.OLDEST:
        return sorted(newest, key=lambda one: one[1].page.date or "9")
    return sorted(newest, key=lambda one: (not one[1].code, one[1].code)) if sort is Sort.CODE else newest


def _by_item(hits: list[Hit]) -> list[Hit]:
    items = dict.fromkeys(hit.item_id for hit in hits)
    pages = {item_id: [hit for hit in hits if hit.item_id == item_id] for item_id in items}
    return [replace(first, others=tuple(hit.page_id for hit in others)) for first, *others in pages.values()]


def _counts(facet: Facet, pages: Sequence[PageText]) -> Mapping[str, int]:
    counts = Counter(_value(page, facet) for page in pages)
    return {value: count for value, count in counts.most_common() if value}
