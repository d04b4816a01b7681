"""Decides what the catalogue answers for the index while that is away: items by their descriptions, as the query says.

The tree is the same that the index is asked: words are looked for in title, number, creator and codes, folded alike.
Each item stands for its first page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.domain.folding import folded
from index.domain.holdings import Item, ItemState
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
from index.ports import Found, Hit, Search, Selection, Sort, TextIndex, Work
from index.text.days import latest
from index.text.matching import pattern

MOST = 50_000
"""So many items are looked through; beyond that the answer is cut short."""
_BATCH = 1_000
_ORDERS: Mapping[Sort, tuple[str, bool]] = {Sort.NEWEST: ("date", True), Sort.OLDEST: ("date", False)}


@dataclass(frozen=True, slots=True)
class _Described:
    """An item as the index knows it, but for its text."""

    item: Item
    sections: Mapping[Section, Sequence[str]]
    stamps: Mapping[Facet, str]
    date: str

    def answers(self, node: Node) -> bool:
        match node:
            case Words() | Wild():
                return any(pattern(node).search(part) for part in self._parts(node.section))
            case Stamped(facet, value):
                return self.stamps[facet] == value
            case Dated():
                return _lies_within(self.date, node)
            case Every(nodes):
                return all(map(self.answers, nodes))
            case Either(nodes):
                return any(map(self.answers, nodes))
            case Without(inner):
                return not self.answers(inner)
            case Likely(inner, _):
                return self.answers(inner)

    def _parts(self, section: Section) -> Sequence[str]:
        if section is not Section.ANYWHERE:
            return self.sections[section]
        return [part for parts in self.sections.values() for part in parts]


def is_lost(text: TextIndex, work: Work) -> bool:
    """Whether there is nothing in the index, though pages were written into it: somebody took its folder away.

    Raises Passing("index-damaged") as the index does.
    """
    return text.size() == 0 and work.pages.written()


def answered(work: Work, search: Search) -> Found:
    """The items whose description answers, within permit and bounds; nothing is counted by facet."""
    looked = _looked_through(work, search)
    total = work.listings.items(_selection(search), limit=1)[1]
    items = [one.item for one in looked if one.answers(_bounded(search))]
    shown = items[search.offset : search.offset + search.limit]
    firsts = [pages[0] for item in shown if (pages := work.pages.of_item(item.id))]
    hits = tuple(Hit(page.id, page.item_id, 0.0) for page in firsts)
    return Found(len(items), hits, {}, len(items), cut_short=total > MOST)


def _looked_through(work: Work, search: Search) -> Iterator[_Described]:
    codes = {fonds.id: fonds.code for fonds in work.fonds.all()}
    old = work.items.old_codes()
    for offset in range(0, MOST, _BATCH):
        items, _ = work.listings.items(_selection(search), _BATCH, offset)
        yield from (_described(item, codes.get(item.fonds_id or "", ""), old.get(item.id, ())) for item in items)
        if len(items) < _BATCH:
            return


def _selection(search: Search) -> Selection:
    by, backwards = _ORDERS.get(search.sort, ("", False))
    return Selection(
        search.permit,
        states=() if search.permit.unfiled else (ItemState.FILED,),
        item_ids=[search.item_id] if search.item_id else list(search.within) or None,
        order=by,
        backwards=backwards,
    )


def _bounded(search: Search) -> Node:
    """The tree within the bounds that are laid on the search beside it."""
    stamps = [Stamped(facet, value) for facet in Facet if (value := getattr(search, facet.value))]
    return Every((*stamps, Dated(search.date_from, search.date_to), search.query.tree))


def _described(item: Item, fonds: str, old: Sequence[str]) -> _Described:
    codes = (item.reference_code, item.value("subject_key"), *old)
    named = {Section.CODE: codes, Section.CREATOR: (item.value("creator"), item.value("persons"))}
    said = {section: (item.value(section.value),) for section in Section if section} | named
    sections = {section: [folded(part).text for part in parts if part] for section, parts in said.items()}
    date = item.value("date").replace("-", "")
    stamps = {facet: item.value(facet.value) for facet in Facet}
    return _Described(item, sections, {**stamps, Facet.FONDS: fonds, Facet.YEAR: date[:4]}, date)


def _lies_within(date: str, days: Dated) -> bool:
    """As the index has it: a date that knows its year or month only lies in all that touches it."""
    if not (days.first or days.last):
        return True
    return bool(date) and latest(date) >= days.first.ljust(8, "0") and (not days.last or date <= latest(days.last))
