"""Decides in which words the pages tell what is odd about an item's pages, and what was done to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.domain.errors import sentence
from index.domain.events import Event
from index.domain.holdings import Item, Page
from index.domain.paging import Finding, Odd, findings
from index.ports import Work
from viewer.visit import Visit
from viewer.words.terms import term

#: What is told on the picture of a page itself; the rest stands between pages.
MARKED = frozenset({Odd.ORDER, Odd.TWICE, Odd.BLANK, Odd.SPREAD})


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words, the page it leads to, and whether it only asks for a look (blank, two facing pages)."""

    words: str
    page: int
    mild: bool


def oddities(work: Work, pages: Sequence[Page]) -> tuple[Finding, ...]:
    """What is odd about an item's pages; texts are read only where two pages look alike."""
    return findings(pages, lambda page_id: _text(work, page_id))


def oddities_of(work: Work, items: Sequence[Item]) -> Mapping[str, tuple[Finding, ...]]:
    """The same for a whole list, by item id."""
    pages = work.arrangement.of_items([item.id for item in items])
    return {item_id: oddities(work, held) for item_id, held in pages.items()}


def _text(work: Work, page_id: str) -> str:
    reading = work.pages.reading(page_id)
    return reading.text if reading else ""


def said(visit: Visit, found: Sequence[Finding]) -> list[Said]:
    """The findings as sentences, in their order."""
    return [Said(_words(visit, one), max(1, one.pages[-1]), one.kind in (Odd.BLANK, Odd.SPREAD)) for one in found]


def _words(visit: Visit, found: Finding) -> str:
    pages, numbers = ranges(visit, found.pages), ranges(visit, found.printed)
    match found.kind:
        case Odd.ORDER:
            return visit.say("page {n} in the wrong order", n=pages)
        case Odd.TWICE:
            return visit.say("page {n} may be page {m} again", n=found.pages[1], m=found.pages[0])
        case Odd.ONE_SIDE if found.printed[0]:
            return visit.say("only odd page numbers: backs missing?")
        case Odd.ONE_SIDE:
            return visit.say("only even page numbers: fronts missing?")
        case Odd.MISSING if found.count == len(found.printed):
            return visit.say("printed page {n} missing", n=numbers)
        case Odd.MISSING:
            return visit.say("{count} of the printed pages {n} missing", count=found.count, n=numbers)
        case Odd.BLANK:
            return visit.say("{n} blank", n=found.count)
        case Odd.SPREAD:
            return visit.say("{n} with facing pages", n=found.count)


def ranges(visit: Visit, numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as 1–3, 7."""
    if not numbers:
        return ""
    ordered = sorted(numbers)
    cuts = [0, *(at for at, (one, after) in enumerate(pairwise(ordered), 1) if after != one + 1), len(ordered)]
    parts = [ordered[first:last] for first, last in pairwise(cuts)]
    return visit.say(", ").join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def marks(visit: Visit, found: Sequence[Finding]) -> Mapping[int, list[str]]:
    """Page number -> the words on its picture."""
    marked: dict[int, list[str]] = {}
    for one in found:
        if one.kind in MARKED:
            for page in one.pages[1:] if one.kind is Odd.TWICE else one.pages:
                marked.setdefault(page, []).append(visit.say(term("odd", one.kind)))
    return marked


def gaps(visit: Visit, found: Sequence[Finding]) -> Mapping[int, str]:
    """Page number -> what lacks right behind it; 0 is before the first."""
    return {one.pages[0]: _words(visit, one) for one in found if one.kind is Odd.MISSING}


def told(visit: Visit, event: Event) -> str:
    """What the history says beside the verb of a change to pages: which pages, where to, why."""
    details = event.details
    parts = [_which(visit, details)]
    if isinstance(details.get("to"), int):
        parts.append(visit.say("to place {n}", n=details["to"]))
    if event.verb == "renumbered":
        parts.append(f"{details.get('before')} → {details.get('code')}")
    if event.verb == "undone":
        parts.append(visit.say(term("verb", str(details.get("undone")))))
    if event.verb == "looked-blank":
        parts.append(visit.say("truly blank") if details.get("blank") else visit.say("something stands on it"))
    if event.verb in UNREAD:
        because = details.get("because")
        known = because if isinstance(because, dict) else {}
        parts.append(sentence(str(details.get("reason")), visit.language, **known))
    if details.get("reason") and event.verb in ARRANGED:
        parts.append(visit.say("“{reason}”", reason=details["reason"]))
    return " · ".join(part for part in parts if part)


def _which(visit: Visit, details: Mapping[str, object]) -> str:
    pages, count = details.get("pages"), details.get("count")
    if isinstance(pages, list):
        return visit.say("page {n}", n=ranges(visit, pages))
    return visit.say("{n} pages", n=count) if isinstance(count, int) else ""


ARRANGED = frozenset(
    {"moved", "split-off", "joined", "taken-out", "put-back", "parted", "unparted", "replaced", "turned"}
)

#: Their reason is a code, which has a sentence.
UNREAD = frozenset({"page-quarantined", "unreadable"})
