"""Decides how the index follows the catalogue: every page that changed since, in batches, until none is behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.wiring import Home
from index.domain.access import Marking
from index.domain.dates import partial_date
from index.domain.errors import Passing
from index.domain.holdings import Item, ItemState, Page, PageRole, PageState
from index.domain.reading import PageReading
from index.ports import Holds, Mendable, PageText, Progress, Work

#: Pages written in one commit of the index.
BATCH = 500


def bring_up_to_date(home: Home) -> int:
    """Write what the index lacks; returns how many pages. Raises Conflict("second-writer") while another writes.

    What ails of the index is made again first, from the catalogue: all of it when it cannot tell what ails.
    """
    try:
        return mend(home) + _written(home)
    except Passing as error:
        if error.code != "index-damaged":
            raise
    return _make_good(home) + _written(home)


def tidy(home: Home) -> None:
    """One step of tidying up, for idle moments; what is found damaged is made again, all of it only if it must be."""
    try:
        home.text.tidy()
    except Passing as error:
        if error.code != "index-damaged":
            raise
        _make_good(home)


def _make_good(home: Home) -> int:
    """After damage: all of the index only if it cannot tell what ails, or has lost what would tell."""
    return mend(home) if isinstance(home.text, Mendable) else rebuild(home, _silent)


def _silent(done: int, of: int) -> None:
    """Nobody watches."""


def _written(home: Home) -> int:
    written = 0
    while pages := _next_batch(home):
        texts = {page.page_id: page for page in pages if page.marking != GONE}
        gone = [page.page_id for page in pages if page.marking == GONE]
        home.text.remove(gone)
        home.text.add(list(texts.values()))
        with home.catalogue.writing() as work:
            work.pages.indexed({page.page_id: page.version for page in pages})
        written += len(pages)
    return written


def ails(home: Home) -> bool:
    """Whether a part of the index cannot answer until it is written again."""
    return isinstance(home.text, Mendable) and bool(home.text.ailing())


def is_lost(home: Home, work: Work) -> bool:
    """Whether there is nothing in the index, though pages were written into it: somebody took its folder away."""
    return isinstance(home.text, Mendable) and home.text.size() == 0 and work.pages.written()


def mend(home: Home) -> int:
    """Write what ails again, while the other parts answer; returns how many pages that were."""
    if not isinstance(home.text, Mendable):
        return 0
    if not ails(home):
        with home.catalogue.reading() as work:
            lost = is_lost(home, work)
        return rebuild(home, _silent) if lost else 0
    told: dict[str, int] = {}
    count = home.text.mend(lambda holds: _noted(_every_page(home, holds), told), _silent)
    with home.catalogue.writing() as work:
        work.pages.indexed(told)
    return count


def rebuild(home: Home, progress: Progress) -> int:
    """The whole index again beside the live one, then swapped; returns how many pages it holds.

    What changes meanwhile stays behind in the catalogue's eyes and is written after the swap.
    """
    told: dict[str, int] = {}
    count = home.text.rebuild(_noted(_every_page(home, lambda fonds, date: True), told), progress)
    with home.catalogue.writing() as work:
        work.pages.indexed(told)
    _written(home)
    return count


def _noted(pages: Iterator[PageText], told: dict[str, int]) -> Iterator[PageText]:
    """The same pages, while their versions are noted."""
    for page in pages:
        told[page.page_id] = page.version
        yield page


def _every_page(home: Home, holds: Holds) -> Iterator[PageText]:
    """Those that a part of the index holds.

    Begun once the index is ours: whatever another wrote before that, the catalogue knows by now.
    """
    with home.catalogue.reading() as work:
        ids = work.items.in_state(*(state for state in ItemState if state is not ItemState.WITHDRAWN))
        codes = _codes(work)
    for item_id in ids:
        with home.catalogue.reading() as work:
            item = work.items.get(item_id)
            if not holds(codes.fonds.get(item.fonds_id, ""), _date(item)):
                continue
            pages = [page for page in work.pages.of_item(item_id) if _has_text(page)]
            texts = [_page_text(work, page, item, codes) for page in pages]
        yield from texts


def _has_text(page: Page) -> bool:
    """Read; or to be read again, and its old text is found until the new one is there."""
    return page.state is PageState.READ or page.indexed_version > 0


#: Stands in the marking of a page that was taken out, or whose item was withdrawn: it leaves the index.
GONE = "gone"


def _next_batch(home: Home) -> list[PageText]:
    with home.catalogue.reading() as work:
        pages = work.pages.behind(BATCH)
        items = {item_id: work.items.get(item_id) for item_id in {page.item_id for page in pages}}
        codes = _codes(work)
        return [_page_text(work, page, items[page.item_id], codes) for page in pages]


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code of each fonds by its id, and the codes that joined items bore by the item that has their pages now."""

    fonds: Mapping[str | None, str]
    old: Mapping[str, Sequence[str]]


def _codes(work: Work) -> _Codes:
    return _Codes({fonds.id: fonds.code for fonds in work.fonds.all()}, work.items.old_codes())


def _page_text(work: Work, page: Page, item: Item, codes: _Codes) -> PageText:
    reading = work.pages.reading(page.id)
    return PageText(
        page_id=page.id,
        item_id=item.id,
        version=page.version,
        text=reading.text if reading else "",
        leads=page.number == 1,
        title=item.title,
        document_number=item.value("document_number"),
        creator=_responsible(item),
        code=_every_code(item, codes.old.get(item.id, ())),
        seals=_seals(reading),
        fonds=codes.fonds.get(item.fonds_id, ""),
        series=item.value("series"),
        retention=item.value("retention"),
        marking=GONE if _is_gone(page, item) else item.value("marking") or Marking.CONFIDENTIAL,
        date=_date(item),
        language=item.value("language"),
        filed=item.filed,
    )


def _responsible(item: Item) -> str:
    """Who made it (责任者), then who is named on it (人名): both are found as those who answer for it."""
    return "\n".join(filter(None, (item.value("creator"), item.value("persons"))))


def _is_gone(page: Page, item: Item) -> bool:
    return item.state is ItemState.WITHDRAWN or page.role is not PageRole.CONTENT


def _seals(reading: PageReading | None) -> str:
    """What the seals on a page say; it is found, though it is no part of the page's own text."""
    return "\n".join(stamp.text for stamp in reading.stamps) if reading else ""


def _every_code(item: Item, old: Sequence[str]) -> str:
    """The code that it bears first, as hits are sorted by it."""
    return "\n".join(code for code in (item.reference_code, item.value("subject_key"), *old) if code)


def _date(item: Item) -> str:
    date = item.value("date")
    return partial_date(date).catalogue if date else ""
