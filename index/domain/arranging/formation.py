"""Decides which volumes or boxes to propose at the end of a year: by retention and topic, within a limit of pages.

A proposal only: a person accepts it, moves items and seals. Superiors' documents go together by issuing body, our own
by what they are about (SCH-07). Boxes hold consecutive numbers and know no topic (DA/T 22-2015). Papers of one set are
not parted (SCH-08): a volume gathers them, a box ends before them where they lie next to each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.domain.arranging.coding import loose
from index.domain.arranging.contents import ordered
from index.domain.arranging.sets import Tie, elsewhere, gathered, side_by_side
from index.domain.arranging.volumes import Kind
from index.domain.holdings import Item
from index.domain.identity import ReferenceCode
from index.domain.rules.policy import Pack, Series

MOST_PAGES: Mapping[Kind, int] = {Kind.VOLUME: 200, Kind.BOX: 400}
"""Usual thickness, 20 and 40 mm, where nobody asks for another."""

_TYPES_IN_TITLE = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """Items that would go together, in their order. `title` is a proposal too."""

    kind: Kind
    code: ReferenceCode
    retention: str
    title: str
    item_ids: tuple[str, ...]
    pages: int
    apart: tuple[str, ...] = ()
    """Papers that belong to sets of these and lie elsewhere: of another period or year, or bound already."""


def propose(
    items: Iterable[Item],
    pack: Pack,
    series: Series,
    body: str,
    kind: Kind,
    pages: Mapping[str, int],
    most: int,
    held: Collection[Tie] = (),
) -> tuple[Proposal, ...]:
    """Volumes or boxes for these loose items of one series and year; `body` is the fonds's title, `pages` by item id.

    `held` are the ties of their sets. An item or a set longer than `most` pages stands alone: neither is ever cut.
    """
    classes = groupby(sorted(items, key=_class_first), key=lambda item: loose(item.code or ReferenceCode("")))
    return tuple(
        _proposal(group, pack, series, body, kind, pages, held)
        for _, members in classes
        for topic in _topics(ordered(list(members)), pack, kind, held)
        for group in _within(topic, pages, most)
    )


def _class_first(item: Item) -> tuple[str, ...]:
    """The longest kept first, as catalogues run."""
    code = item.code or ReferenceCode("")
    years = 0 if code.retention == "Y" else 1000 - int(code.retention[1:] or 0)
    return (f"{years:04d}", code.organisation, code.series, str(code.year))


def _topics(items: Sequence[Item], pack: Pack, kind: Kind, held: Collection[Tie]) -> Iterable[Sequence[Sequence[Item]]]:
    """Sets of items, by what the first paper of each is about: the request, not its reply; the original."""
    if kind is Kind.BOX:
        return [side_by_side(items, held)]
    rank = {item.id: number for number, item in enumerate(items)}
    topics: dict[str, list[Sequence[Item]]] = {}
    for members in gathered(items, held):
        first = min(members, key=lambda item: rank[item.id])
        topics.setdefault(topic_of(first, pack), []).append(members)
    return topics.values()


def topic_of(item: Item, pack: Pack) -> str:
    """By issuing body for a superior's document, by its type for one of our own (SCH-07)."""
    creator = item.value("creator")
    superior = any(word in creator for word in pack.superiors) and not any(word in creator for word in pack.own_words)
    return creator if superior else item.value("doc_type")


def _within(sets: Sequence[Sequence[Item]], pages: Mapping[str, int], most: int) -> Iterator[Sequence[Item]]:
    """As many sets as fit, in their order."""
    group: list[Item] = []
    for members in sets:
        if group and sum(pages.get(one.id, 0) for one in (*group, *members)) > most:
            yield group
            group = []
        group.extend(members)
    if group:
        yield group


def _proposal(
    items: Sequence[Item],
    pack: Pack,
    series: Series,
    body: str,
    kind: Kind,
    pages: Mapping[str, int],
    held: Collection[Tie],
) -> Proposal:
    code = loose(items[0].code or ReferenceCode(""))
    title = title_of(items, pack, series, body)
    total = sum(pages.get(item.id, 0) for item in items)
    ids, apart = tuple(item.id for item in items), elsewhere(items, held)
    return Proposal(kind, code, items[0].value("retention"), title, ids, total, apart)


def title_of(items: Sequence[Item], pack: Pack, series: Series, body: str) -> str:
    """案卷题名: creator, year, subject and kinds of documents, such as 第一实验小学2024年行政通知、报告."""
    creators = list(dict.fromkeys(item.value("creator") for item in items if item.value("creator")))
    year = next((item.filing_year for item in items if item.filing_year), "")
    types = list(dict.fromkeys(item.value("doc_type") for item in items if item.value("doc_type")))
    words = "、".join(types[:_TYPES_IN_TITLE]) + ("等" if len(types) > _TYPES_IN_TITLE else "")
    head = creators[0] if len(creators) == 1 else body
    return f"{head}{year}年{series.title.get('zh-Hans', series.code)}{words or '文件'}"
