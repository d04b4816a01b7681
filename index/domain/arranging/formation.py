"""Decides which volumes or boxes to propose at the end of a year: by retention and topic, within a limit of pages.

A proposal only: a person accepts it, moves items and seals. Superiors' documents go together by issuing body, our own
by what they are about (SCH-07). Boxes hold consecutive numbers and know no topic (DA/T 22-2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.domain.arranging.coding import loose
from index.domain.arranging.contents import ordered
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


def propose(
    items: Iterable[Item], pack: Pack, series: Series, body: str, kind: Kind, pages: Mapping[str, int], most: int
) -> tuple[Proposal, ...]:
    """Volumes or boxes for these loose items of one series and year; `body` is the fonds's title, `pages` by item id.

    An item longer than `most` pages stands alone: a document is never cut.
    """
    classes = groupby(sorted(items, key=_class_first), key=lambda item: loose(item.code or ReferenceCode("")))
    return tuple(
        _proposal(group, pack, series, body, kind, pages)
        for _, members in classes
        for topic in _topics(ordered(list(members)), pack, kind)
        for group in _within(topic, pages, most)
    )


def _class_first(item: Item) -> tuple[str, ...]:
    """The longest kept first, as catalogues run."""
    code = item.code or ReferenceCode("")
    years = 0 if code.retention == "Y" else 1000 - int(code.retention[1:] or 0)
    return (f"{years:04d}", code.organisation, code.series, str(code.year))


def _topics(items: Sequence[Item], pack: Pack, kind: Kind) -> Iterator[Sequence[Item]]:
    if kind is Kind.BOX:
        yield items
        return
    topics: dict[str, list[Item]] = {}
    for item in items:
        topics.setdefault(topic_of(item, pack), []).append(item)
    yield from topics.values()


def topic_of(item: Item, pack: Pack) -> str:
    """By issuing body for a superior's document, by its type for one of our own (SCH-07)."""
    creator = item.value("creator")
    superior = any(word in creator for word in pack.superiors) and not any(word in creator for word in pack.own_words)
    return creator if superior else item.value("doc_type")


def _within(items: Sequence[Item], pages: Mapping[str, int], most: int) -> Iterator[Sequence[Item]]:
    """As many as fit, in their order."""
    group: list[Item] = []
    for item in items:
        if group and sum(pages.get(one.id, 0) for one in (*group, item)) > most:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _proposal(
    items: Sequence[Item], pack: Pack, series: Series, body: str, kind: Kind, pages: Mapping[str, int]
) -> Proposal:
    code = loose(items[0].code or ReferenceCode(""))
    title = title_of(items, pack, series, body)
    total = sum(pages.get(item.id, 0) for item in items)
    return Proposal(kind, code, items[0].value("retention"), title, tuple(item.id for item in items), total)


def title_of(items: Sequence[Item], pack: Pack, series: Series, body: str) -> str:
    """案卷题名: creator, year, subject and kinds of documents, such as 第一实验小学2024年行政通知、报告."""
    creators = list(dict.fromkeys(item.value("creator") for item in items if item.value("creator")))
    year = next((item.filing_year for item in items if item.filing_year), "")
    types = list(dict.fromkeys(item.value("doc_type") for item in items if item.value("doc_type")))
    words = "、".join(types[:_TYPES_IN_TITLE]) + ("等" if len(types) > _TYPES_IN_TITLE else "")
    head = creators[0] if len(creators) == 1 else body
    return f"{head}{year}年{series.title.get('zh-Hans', series.code)}{words or '文件'}"
