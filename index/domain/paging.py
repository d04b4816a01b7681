"""Decides what is odd about the pages of an item: out of order, missing by their printed numbers, there twice, blank.

Everything is a suspicion for a person to look at; nothing is moved or taken out here. A number printed on a page is
"12", or "12/30" where the paper says of how many. What cannot be told from a misread number is not reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

from index.domain.description import Value
from index.domain.holdings import Page

#: Fingerprints of a page scanned twice differ in no more of their 64 bits than this, its text in no more than a share.
NEAR_BITS, NEAR_TEXT = 10, 0.9
#: Without a word on either (photographs, drawings) the picture alone has to say so.
SAME_BITS = 3
#: Twins are looked for so many pages further on: a feeder that takes a stack twice does so at once.
REACH = 400
#: A number that differs more than this from where its page stands is misread.
FAR = 50
#: So many pages are missed before the first number; beyond that the item was bound in a volume that counts on.
LEADING = 2


class Odd(StrEnum):
    """What may be wrong."""

    ORDER = "order"
    MISSING = "missing"
    ONE_SIDE = "one-side"
    TWICE = "twice"
    BLANK = "blank"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd about `pages` (their numbers in the item, from 1).

    ORDER: these pages stand elsewhere by their printed numbers. MISSING: `count` pages lack behind `pages[0]` (0:
    before the first), their printed numbers among `printed`. ONE_SIDE: from the first to the last of `pages` only odd
    or only even numbers. TWICE: the second seems to be the first again. BLANK, SPREAD (two facing pages): all of them.
    """

    kind: Odd
    pages: tuple[int, ...]
    printed: tuple[int, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A page that bears a number: its place in the item (from 1), the pages without one right before it."""

    place: int
    number: int
    of: int
    before: int


def findings(pages: Sequence[Page], text_of: Callable[[str], str]) -> tuple[Finding, ...]:
    """Everything odd about an item's pages in their order; `text_of` gives the text of a page by its id."""
    return (*_numbering(pages), *_twice(pages, text_of), *_marked(pages))


def printed(text: str) -> tuple[int, int]:
    """A printed number and of how many; 0 for what is not known."""
    number, _, of = text.partition("/")
    return (int(number) if number.isdecimal() else 0, int(of) if of.isdecimal() else 0)


def moved_evidence(description: Mapping[str, Value], moved: Mapping[int, int]) -> dict[str, Value]:
    """The description after its pages got other numbers (before -> after); what stood on a page that left loses it."""
    return {name: _moved(value, moved) for name, value in description.items()}


def _moved(value: Value, moved: Mapping[int, int]) -> Value:
    said = value.evidence
    if said is None or said.page is None:
        return value
    page = moved.get(said.page)
    return replace(value, evidence=replace(said, page=page, box=said.box if page else None))


# -- by their numbers --------------------------------------------------------------------------------------------------


def _numbering(pages: Sequence[Page]) -> Iterator[Finding]:
    runs = list(_runs(_numbered(pages)))
    for at, run in enumerate(runs):
        last = runs[at + 1][0].place - 1 - runs[at + 1][0].before if at + 1 < len(runs) else len(pages)
        yield from _judged(_believed(run), last)


def _numbered(pages: Sequence[Page]) -> Iterator[_Numbered]:
    before = 0
    for place, page in enumerate(pages, start=1):
        number, of = printed(page.look.printed)
        if number:
            yield _Numbered(place, number, of, before)
        before = 0 if number else before + 1


def _runs(numbered: Iterator[_Numbered]) -> Iterator[list[_Numbered]]:
    """Each sequence of numbers: an attachment begins at 1 again. A number that is there already says nothing."""
    run: dict[int, _Numbered] = {}
    for one in numbered:
        if run and _begins_anew(run, one):
            yield list(run.values())
            run = {}
        run.setdefault(one.number, one)
    if run:
        yield list(run.values())


def _begins_anew(run: dict[int, _Numbered], one: _Numbered) -> bool:
    """A low number again, by the pages without one before it; the first pages may have borne none (a cover)."""
    first, last = run[next(iter(run))], run[next(reversed(run))]
    if one.of and last.of and one.of != last.of:
        return True
    taken = first.number - first.before <= one.number < first.number
    return one.number <= 1 + one.before and (one.number in run or taken)


def _believed(run: Sequence[_Numbered]) -> list[_Numbered]:
    usual = median(one.number - one.place for one in run)
    return [one for one in run if abs(one.number - one.place - usual) <= FAR]


def _judged(run: Sequence[_Numbered], last: int) -> Iterator[Finding]:
    """What is wrong with one sequence, whose pages end at place `last`."""
    if not run:
        return
    kept = _longest_rise(run)
    strays = _strays(run, kept)
    if strays:
        yield Finding(Odd.ORDER, tuple(one.place for one in strays))
    if not strays and _one_sided(kept):
        yield Finding(Odd.ONE_SIDE, (kept[0].place, kept[-1].place), (kept[0].number % 2,))
        return
    yield from _gaps(kept, strays, last)


def _longest_rise(run: Sequence[_Numbered]) -> list[_Numbered]:
    """The longest part of the run whose numbers rise: the pages that stand right."""
    ends: list[int] = []
    rises: list[list[_Numbered]] = []
    for one in run:
        at = bisect_left(ends, one.number)
        ends[at:] = [one.number, *ends[at + 1 :]]
        rises[at:] = [[*(rises[at - 1] if at else ()), one], *rises[at + 1 :]]
    return rises[-1]


def _strays(run: Sequence[_Numbered], kept: Sequence[_Numbered]) -> list[_Numbered]:
    """Those that stand wrong. One is misread where its place wants a page, by a number that no other page bears."""
    right = {one.place for one in kept}
    dropped = [one for one in run if one.place not in right]
    return [one for one in dropped if not _is_misread(one, kept, dropped)]


def _is_misread(one: _Numbered, kept: Sequence[_Numbered], dropped: Sequence[_Numbered]) -> bool:
    before = max((other for other in kept if other.place < one.place), key=lambda other: other.place, default=None)
    after = min((other for other in kept if other.place > one.place), key=lambda other: other.place, default=None)
    if before is None or after is None:
        return False
    free = set(range(before.number + 1, after.number)) - {other.number for other in dropped}
    numbered = sum(before.place < other.place < after.place for other in dropped)
    return len(free) > after.place - before.place - 1 - numbered


def _one_sided(kept: Sequence[_Numbered]) -> bool:
    """Numbers that go up by two from page to page, as where only the fronts were scanned."""
    steps = {(after.number - before.number, after.place - before.place) for before, after in pairwise(kept)}
    return len(kept) > 2 and steps == {(2, 1)}


def _gaps(kept: Sequence[_Numbered], strays: Sequence[_Numbered], last: int) -> Iterator[Finding]:
    first, end = kept[0], kept[-1]
    leading = _lacking(0, range(1, first.number), first.before, strays)
    if leading and (first.of or leading.count <= LEADING):
        yield leading
    for before, after in pairwise(kept):
        between = sum(before.place < one.place < after.place for one in strays)
        room = after.place - before.place - 1 - between
        found = _lacking(before.place, range(before.number + 1, after.number), room, strays)
        if found:
            yield found
    trailing = sum(one.place > end.place for one in strays)
    found = _lacking(last, range(end.number + 1, max(one.of for one in kept) + 1), last - end.place - trailing, strays)
    if found:
        yield found


def _lacking(behind: int, numbers: Collection[int], room: int, strays: Sequence[_Numbered]) -> Finding | None:
    """What lacks of `numbers`, when `room` pages without a number may be some of them."""
    claimed = {one.number for one in strays}
    free = tuple(number for number in numbers if number not in claimed)
    count = len(free) - room
    return Finding(Odd.MISSING, (behind,), free, count) if count > 0 else None


# -- by their looks ----------------------------------------------------------------------------------------------------


def _twice(pages: Sequence[Page], text_of: Callable[[str], str]) -> Iterator[Finding]:
    """Pages that look and read like one before; the nearest of those before is named."""
    marks = [int(page.look.fingerprint, 16) if page.look.fingerprint and not page.blank else None for page in pages]
    for later, mark in enumerate(marks):
        earlier = range(later - 1, max(-1, later - 1 - REACH), -1)
        for one in earlier if mark is not None else ():
            other = marks[one]
            near = other is not None and mark is not None and (mark ^ other).bit_count() <= NEAR_BITS
            if near and _same_page(pages[one], pages[later], text_of):
                yield Finding(Odd.TWICE, (one + 1, later + 1))
                break


def _same_page(one: Page, other: Page, text_of: Callable[[str], str]) -> bool:
    numbers = printed(one.look.printed)[0], printed(other.look.printed)[0]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    first, second = text_of(one.id), text_of(other.id)
    if not first.strip() and not second.strip():
        apart = int(one.look.fingerprint, 16) ^ int(other.look.fingerprint, 16)
        return apart.bit_count() <= SAME_BITS
    return likeness(first, second) >= NEAR_TEXT


def likeness(one: str, other: str) -> float:
    """How alike two texts are (0..1): the share of pairs of characters that they have in common."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _pairs(text: str) -> Counter[str]:
    solid = "".join(text.split())
    return Counter(solid[at : at + 2] for at in range(max(1, len(solid) - 1))) if solid else Counter()


def _marked(pages: Sequence[Page]) -> Iterator[Finding]:
    for kind, places in ((Odd.BLANK, _places(pages, _is_blank)), (Odd.SPREAD, _places(pages, _is_spread))):
        if places:
            yield Finding(kind, places, count=len(places))


def _places(pages: Sequence[Page], test: Callable[[Page], bool]) -> tuple[int, ...]:
    return tuple(place for place, page in enumerate(pages, start=1) if test(page))


def _is_blank(page: Page) -> bool:
    """Blank to the machine, and nobody has looked yet."""
    return page.blank and page.given_blank is None


def _is_spread(page: Page) -> bool:
    return page.look.spread is not None and page.part == 0
