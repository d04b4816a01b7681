"""Decides what the page of an item shows: the picture with its hits, the text, the description and its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import RedirectResponse, Response

from index.custody.joining import follow
from index.custody.telling import place_words
from index.domain.access import Act
from index.domain.arranging.stages import Stage, stage_of
from index.domain.description import FIELDS, Value
from index.domain.errors import Final, Missing
from index.domain.events import Event
from index.domain.holdings import Fonds, Item, Page, PageRole
from index.domain.reading import Box, PageReading, Stamp
from index.domain.scan import Scan
from index.domain.searching.tree import Query as Asked
from index.domain.searching.tree import Section
from index.ports import Search, Work
from index.text.highlight import Snippet, boxes, mark, stamped
from viewer import frame, querying
from viewer.asking import LONGEST_QUERY
from viewer.binding import SAYABLE, Set, offered, proposed_for, set_of
from viewer.finding import matches_in, parted
from viewer.narrowing import label, series_title
from viewer.reading import admitted, note_reading, note_taking, readable
from viewer.visit import Here, Visit
from viewer.words.terms import term

MOST_HITS = 2000
"""Pages of one item that are looked through for matches."""

SHOWN = tuple(name for field in FIELDS for name in (("fonds", field) if field == "pack" else (field,)))
"""The fields of DA/T 18, and before the regulation the fonds where nobody gave it: that is decided by the paper too."""

READINGS = frozenset({"read", "print", "download"})


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the description: its value in words, and where it comes from."""

    name: str
    shown: str
    value: Value
    page: int | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An item opened at one page: everything its page shows."""

    item: Item
    fonds: Fonds | None
    file_title: str
    pages: Sequence[Page]
    page: Page
    reading: PageReading | None
    scans: Sequence[Scan]
    events: Sequence[Event]
    query: str
    hit_pages: Sequence[int]
    text: Snippet
    boxes: Sequence[Box]
    sheets: Sequence[Page] = ()
    """The separators that stood before it: kept, and no pages of the record."""
    former: Sequence[str] = ()
    """The codes it bore before."""
    place: str = ""
    """Where it stands, as people say it."""

    @property
    def stage(self) -> Stage:
        return stage_of(self.item)

    @property
    def seals(self) -> Sequence[Stamp]:
        """What the seals on the page say: kept apart from its text."""
        return [stamp for stamp in self.reading.stamps if stamp.text] if self.reading else []

    @property
    def not_shown(self) -> Sequence[str]:
        """What the picture of the page cannot show of its file, as far as its reader said."""
        said = self.reading.settings.get("not_shown", "") if self.reading else ""
        return [what for what in said.split(",") if what]

    def address(self, number: int, mark: str = "") -> str:
        """The address of another page of this item, with the search kept."""
        asked = {"page": str(number), **({"q": self.query} if self.query else {})}
        return f"/items/{self.item.id}?{urlencode(asked)}{mark}"

    def beside(self, step: int) -> int | None:
        """The number of the page before (-1) or after (1), if there is one."""
        number = self.page.number + step
        return number if 1 <= number <= len(self.pages) else None

    def hit_beside(self, step: int) -> int | None:
        """The nearest page before or after with a match on it."""
        beyond = [number for number in self.hit_pages if (number - self.page.number) * step > 0]
        return min(beyond, key=lambda number: abs(number - self.page.number), default=None)


def item(visit: Here, item_id: str, page: int = Query(0, ge=0), q: str = "") -> Response:
    """The item at `page`; without one, at its first match, else at its first page."""
    elsewhere = _joined_to(visit, item_id)
    if elsewhere:
        return RedirectResponse(f"/items/{elsewhere.id}", 303)
    return shown(visit, item_id, page, q[:LONGEST_QUERY].strip())


def shown(
    visit: Visit, item_id: str, page: int = 0, query: str = "", typed: str = "", problem: Final | None = None
) -> Response:
    """The page of the item; `typed` looks for another of its set, `problem` is why what was asked was refused."""
    opened = _open(visit, item_id, page, query)
    note_reading(visit, opened.item, opened.page.number)
    fields, events = _fields(visit, opened.item), _events(visit, opened.events)
    around = {"fields": fields, "events": events, "series_title": series_title, **_rights(visit)}
    with visit.home.catalogue.reading() as work:
        around |= _bound(visit, work, opened.item, typed)
    status = problem.http_status if problem else 200
    return frame.show(visit, "item.html", status, opened=opened, problem=problem, **around)


def _bound(visit: Visit, work: Work, item: Item, typed: str) -> Mapping[str, object]:
    bound = set_of(work, visit.permit, item)
    if not visit.may(Act.REVIEW):
        return {"set": Set(bound.bounds), "proposal": None, "sayable": ()}
    others = offered(work, visit.permit, item, typed)
    whole = replace(bound, offered=others, typed=typed)
    return {"set": whole, "proposal": proposed_for(work, item), "sayable": SAYABLE}


def _joined_to(visit: Visit, item_id: str) -> Item | None:
    """Where the pages of this item went by joining, for whoever may read them there: old codes and links lead on."""
    with visit.home.catalogue.reading() as work:
        asked = work.items.get(item_id)
        target = follow(work, asked)
        if asked.joined_to and not admitted(target, visit.permit):
            # Not by the rule for ids: this one was not asked for by its own, and old codes can be guessed.
            raise Missing("no-such-item")
        return target if asked.joined_to else None


def printed(visit: Here, item_id: str, page: int = Query(1, ge=1)) -> Response:
    """One page as it is printed: the picture, its reference code, who printed it and when. Always journalled."""
    opened = _open(visit, item_id, page, "")
    note_taking(visit, opened.item, "print", page=opened.page.number)
    return frame.show(visit, "print.html", opened=opened, at=visit.home.clock.now())


def _open(visit: Visit, item_id: str, number: int, query: str) -> Opened:
    asked = querying.query(visit.home, query)
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        search = Search(asked, visit.permit, item_id=item.id, facets=(), limit=MOST_HITS)
        # A title asked for stands with every page: there is nothing to walk to then.
        on_pages = any(leaf.section is Section.ANYWHERE for leaf in asked.leaves)
        found = matches_in(visit.home, search) if on_pages else None
        pages = work.pages.of_item(item.id)
        hits = {hit.page_id for hit in found.hits} if found else set()
        hit_pages = [page.number for page in pages if page.id in hits]
        page = _at(pages, number or next(iter(hit_pages), 1))
        return _opened(work, item, pages, page, asked, hit_pages)


def _opened(work: Work, item: Item, pages: Sequence[Page], page: Page, asked: Asked, hit_pages: list[int]) -> Opened:
    reading = work.pages.reading(page.id)
    text = reading.text if reading else ""
    spans = mark(text, asked.leaves)
    return Opened(
        item,
        work.fonds.get(item.fonds_id) if item.fonds_id else None,
        work.files.get(item.file_id).title if item.file_id else "",
        pages,
        page,
        reading,
        work.scans.of_item(item.id),
        work.journal.of(item.id),
        asked.typed,
        hit_pages,
        parted(text, spans),
        (*boxes(reading.words, spans), *stamped(reading.stamps, asked.leaves)) if reading else (),
        [page for page in work.arrangement.of_item(item.id) if page.role is PageRole.SEPARATOR],
        work.codes.aliases(item.id),
        place_words(work, item),
    )


def _at(pages: Sequence[Page], number: int) -> Page:
    for page in pages:
        if page.number == number:
            return page
    raise Missing("no-such-page")


def _fields(visit: Visit, item: Item) -> list[Field]:
    """The description in the order of DA/T 18; fields that nobody knows are left out."""
    known = [(name, item.description[name]) for name in SHOWN if item.value(name)]
    return [_field(visit, name, value) for name, value in known]


def _field(visit: Visit, name: str, value: Value) -> Field:
    evidence = value.evidence
    page = (evidence.page or 1) if evidence and evidence.box else None
    return Field(name, _in_words(visit, name, value.value), value, page, evidence.box if evidence else None)


def _in_words(visit: Visit, name: str, value: str) -> str:
    if name == "pack":
        pack = visit.home.packs_by_id.get(value)
        return pack.title.get(visit.language, value) if pack else value
    if name == "marking_scheme":
        return visit.say(term("scheme", value))
    return label(visit, name, value)


def _events(visit: Visit, events: Sequence[Event]) -> list[Event]:
    """What happened to the item, newest first; who read and took it is for the archivists."""
    shown = [event for event in events if visit.may(Act.REVIEW) or event.verb not in READINGS]
    return shown[::-1]


def _rights(visit: Visit) -> Mapping[str, bool]:
    return {"may_print": visit.may(Act.PRINT), "may_review": visit.may(Act.REVIEW)}
