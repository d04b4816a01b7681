"""Decides what a searcher is offered: how a word begun may go on, and what may have been meant where little was found.

Everything offered is taken from, or looked up in, what this person may see; it is checked against the catalogue as
hits are. While the index is away nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from config.wiring import Home
from index.domain.access import Permit
from index.domain.agents import each_creator, each_person
from index.domain.errors import Missing, Passing
from index.domain.folding import folded
from index.domain.holdings import Item
from index.domain.searching.language import read
from index.domain.searching.slips import misnamed, slips
from index.domain.searching.tokens import Kind, Token, tokens
from index.domain.searching.tree import Either, Query, Section, Words
from index.domain.searching.words import Joint
from index.ports import Search, Work
from viewer import querying
from viewer.finding import without_lagging
from viewer.reading import admitted

FEW = 2
"""Up to so many pages found, something else is offered."""
MOST_OFFERS, MOST_ENDINGS = 5, 8
MOST_TRIES = 40
_SHARE = 0.1
"""Of the work of one search that each try may be; what would be more is not offered, as nobody knows what it finds."""
#: Pages of one look for endings; looked again without the items seen, at most so often.
_PAGES, _ROUNDS = 40, 4

_WORDS = frozenset({Kind.WORD, Kind.PHRASE})
_LEADING = (":", "：", "(", "（", "-", "－")
_PAIRS = (("“", "”"), ("「", "」"))
_DESCRIBED = (Section.TITLE, Section.CREATOR, Section.DOCUMENT_NUMBER, Section.CODE)


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query, and how many pages it finds for this person."""

    query: str
    pages: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A query that goes on from what was typed: the whole of it, what is new in it, and the field that is from."""

    query: str
    text: str
    section: Section


def did_you_mean(
    home: Home, search: Search, few: int, narrowing: Callable[[Query], Query] = lambda query: query
) -> tuple[Offer, ...]:
    """Other queries that find more where `search` finds `few` pages or none, within its permit and bounds.

    `narrowing` lays on a query the bounds that are part of its tree.
    """
    if few > FEW:
        return ()
    today, names = home.clock.today(), querying.names(home)
    with suppress(Passing), home.catalogue.reading() as work:
        bare = replace(search, limit=0, offset=0, facets=(), by_item=False, share=_SHARE)
        bounds = without_lagging(work, bare)

        def pages(typed: str) -> int:
            found = home.text.search(replace(bounds, query=narrowing(read(typed, today, names))))
            return 0 if found.cut_short else found.total

        others = islice(dict.fromkeys(_others([*tokens(search.query.typed)], few, pages)), MOST_TRIES)
        offers = (Offer(other, found) for other in others if (found := pages(other)) > few)
        return tuple(islice(offers, MOST_OFFERS))
    return ()


def _others(parts: Sequence[Token], few: int, pages: Callable[[str], int]) -> Iterator[str]:
    """What was typed with a word meant otherwise, of several one that no page has; then, for none, each left out."""
    words = [place for place, part in enumerate(parts) if part.kind in _WORDS][:MOST_OFFERS]
    for place in words:
        if len(words) == 1 or not pages(_said([*_name(parts[:place]), parts[place]])):
            for meant in _meant(parts[place]):
                yield _said([*parts[:place], replace(parts[place], text=meant), *parts[place + 1 :]])
    for place in words if len(words) > 1 and not few else ():
        yield _said([*_unjoined(parts[:place]), *_unled(parts[:place], parts[place + 1 :])])


def _meant(part: Token) -> Iterator[str]:
    if part.odd:
        yield from misnamed(part.text)
    yield from slips(folded(part.text).text)


def _name(before: Sequence[Token]) -> Sequence[Token]:
    """The name of the field that a word is asked for in."""
    return before[-1:] if before and before[-1].kind is Kind.FIELD else ()


def _unjoined(before: Sequence[Token]) -> Sequence[Token]:
    """Without the name and the joints that led to a word that is gone."""
    while before and before[-1].kind in {Kind.FIELD, Kind.JOINT}:
        before = before[:-1]
    return before


def _unled(before: Sequence[Token], after: Sequence[Token]) -> Sequence[Token]:
    """Without the joint that followed a first word, as nothing stands before it now."""
    left = _unjoined(before)
    first = not left or left[-1].kind is Kind.OPEN
    leads = after and after[0].kind is Kind.JOINT and after[0].joint is not Joint.NOT
    return after[1:] if first and leads else after


def _said(parts: Sequence[Token]) -> str:
    """A query of these parts."""
    said = ""
    for part in parts:
        text = f"“{part.text}”" if part.kind is Kind.PHRASE else part.text
        closes = part.kind is Kind.CLOSE or said.endswith(_LEADING) or not said
        said += text if closes else f" {text}"
    return said


def endings(home: Home, permit: Permit, typed: str) -> tuple[Ending, ...]:
    """How the last word of `typed` may go on: titles, creators, numbers and codes with it, those it begins first."""
    head, section, part = _begun(typed)
    if not part:
        return ()
    found: dict[str, Ending] = {}
    with suppress(Passing), home.catalogue.reading() as work:
        for item in _items(home, work, permit, part, section):
            for ending in _endings(item, head, part, section):
                found.setdefault(ending.text, ending)
    return tuple(sorted(found.values(), key=lambda one: not folded(one.text).text.startswith(part))[:MOST_ENDINGS])


def _begun(typed: str) -> tuple[str, Sequence[Section], str]:
    """What stands before the last word, where that word is asked for, and the word folded; empty if none is begun."""
    parts = [*tokens(typed)]
    last = parts[-1] if parts and not typed[-1].isspace() else None
    if last is None or last.kind is not Kind.WORD or not typed.endswith(last.text):
        return "", (), ""
    part = folded(last.text).text
    enough = len(part) > 1 or not part.isascii()
    return typed[: len(typed) - len(last.text)], _sections(parts[:-1]), part if enough else ""


def _sections(before: Sequence[Token]) -> Sequence[Section]:
    named = before[-1].field if before and before[-1].kind is Kind.FIELD else None
    if named is None:
        return _DESCRIBED
    return [section for section in _DESCRIBED if section.value == named.value]


def _items(home: Home, work: Work, permit: Permit, part: str, sections: Sequence[Section]) -> Iterator[Item]:
    """Items described so, each once: every page bears the description, so those of one seen are left out next time."""
    tree = Either(tuple(Words(part, section) for section in sections))
    search = without_lagging(work, Search(Query(tree), permit, facets=(), limit=_PAGES))
    seen: dict[str, None] = {}
    for _ in range(_ROUNDS):
        hits = home.text.search(replace(search, without=[*search.without, *seen])).hits
        fresh = [item_id for item_id in dict.fromkeys(hit.item_id for hit in hits) if item_id not in seen]
        seen |= dict.fromkeys(fresh)
        yield from _admitted(work, permit, fresh)
        if len(hits) < _PAGES:
            return


def _admitted(work: Work, permit: Permit, item_ids: Iterable[str]) -> Iterator[Item]:
    for item_id in item_ids:
        with suppress(Missing):
            item = work.items.get(item_id)
            if admitted(item, permit):
                yield item


def _endings(item: Item, head: str, part: str, sections: Sequence[Section]) -> Iterator[Ending]:
    for section in sections:
        for value in (" ".join(said.split()) for said in _values(item, section)):
            if part in folded(value).text:
                yield Ending(head + _as_one(value), value, section)


def _values(item: Item, section: Section) -> Sequence[str]:
    """What an item says in a section: of several creators and persons each by itself."""
    if section is Section.CODE:
        return (item.reference_code,)
    if section is Section.CREATOR:
        return (*each_creator(item.value("creator")), *(person.name for person in each_person(item.value("persons"))))
    return (item.value(section.value),)


def _as_one(value: str) -> str:
    """The value as one part of a query: as it is, or in quotes that do not stand in it."""
    read = [*tokens(value)]
    if len(read) == 1 and read[0].kind is Kind.WORD and read[0].text == value:
        return value
    opened, closed = next((pair for pair in _PAIRS if not set(pair) & set(value)), _PAIRS[0])
    return opened + value.translate({ord(sign): " " for sign in '“”"„〝〞＂'} if opened == "“" else {}) + closed
