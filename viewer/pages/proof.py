"""Decides how a page's text is compared with its picture line by line: what is marked, what is saved, where it goes on.

Nothing typed is lost: where somebody else was first the page comes back with what was typed, theirs beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from config.settings import ENGINES
from index.custody.proofing import Rule, Typed, save
from index.domain.errors import Final, Missing, MunimentError
from index.domain.holdings import Item, Page
from index.domain.placing.habits import Habit, Suggestion, habits, suggestions
from index.domain.proof.alignment import pieces
from index.domain.proof.entering import Sight, sights, two_enter
from index.domain.proof.proofing import Correction
from index.domain.proof.text_quality import Proof
from index.domain.reading import Box
from index.ports import Work
from viewer import frame
from viewer.reading import note_reading, readable
from viewer.visit import Here, Visit

#: Lists show so many pages; what is beyond comes up as these are done.
MOST_PAGES = 100
#: Full-width characters on one row of a line's field.
ROW = 34


async def _sent(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.form()).items()}


Sent = Annotated[dict[str, str], Depends(_sent)]
"""The fields of the form as they were sent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the page: what stands in its field, what it was before, what is marked in it, where it is on the paper.

    `parts` are (text, mark, suggestion): mark is "doubt", "habit" or "". `theirs` is what another saved meanwhile.
    """

    number: int
    sight: Sight
    text: str
    right: bool
    parts: tuple[tuple[str, str, str], ...]
    suggestions: tuple[Suggestion, ...]
    doubts: int
    theirs: str

    @property
    def key(self) -> str:
        return self.sight.line.key

    @property
    def box(self) -> Box:
        return self.sight.line.box

    @property
    def rows(self) -> int:
        """How many rows the field needs."""
        wide = sum(1 if ord(char) > 0x2E7F else 0.55 for char in self.text)
        return max(1, int(wide / ROW) + 1)

    @property
    def asks(self) -> bool:
        """Whether a person is asked to look: a doubt, a suggestion, a dispute."""
        return not self.sight.done and bool(self.doubts or self.suggestions or self.sight.line.disputed or self.rivals)

    @property
    def rivals(self) -> tuple[Correction, ...]:
        return self.sight.rivals

    def strip(self, page: Page) -> str:
        """The viewBox of the line in the picture's pixels, with some paper around it."""
        width, height = page.width or 1000, page.height or 1414
        room = 0.35 * self.box.h
        x, y = max(0.0, self.box.x - 0.01), max(0.0, self.box.y - room)
        return " ".join(
            str(round(side, 1))
            for side in (x * width, y * height, (self.box.w + 0.02) * width, (self.box.h + 2 * room) * height)
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """A page lying on the desk to be proofed."""

    item: Item
    pages: Sequence[Page]
    page: Page
    rows: Sequence[Row]
    known: Sequence[Correction]
    proof: Proof | None
    two: bool
    engine: str
    """By which engine it was read; "" while it was not."""

    @property
    def read(self) -> bool:
        return bool(self.engine)

    @property
    def engines(self) -> Sequence[str]:
        """What can read it again, another one than did first."""
        return sorted((one for one in ENGINES if one != ENGINES[0]), key=lambda one: one == self.engine)

    @property
    def doubts(self) -> int:
        return sum(row.doubts for row in self.rows)

    @property
    def open(self) -> int:
        """Lines that nobody has looked at yet, or that wait for a decision."""
        return sum(not row.sight.done for row in self.rows)

    @property
    def seen(self) -> str:
        """What stood in each line, for the form to carry."""
        return json.dumps({row.key: row.sight.text for row in self.rows}, ensure_ascii=False)

    def address(self, number: int, sample: str = "") -> str:
        asked = {"page": str(number), **({"sample": sample} if sample else {})}
        return f"/proof/{self.item.id}?{urlencode(asked)}"

    def beside(self, step: int) -> int | None:
        numbers = [page.number for page in self.pages]
        at = numbers.index(self.page.number) + step
        return numbers[at] if 0 <= at < len(numbers) else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page on the list: its item, and why it is there."""

    item: Item
    page: Page
    disputed: int


def queue(visit: Here) -> Response:
    """What waits to be proofed: decisions first, then the pages the machine doubts most; what this paper confuses."""
    home = visit.home
    with home.catalogue.reading() as work:
        disputed = work.proofs.disputed(MOST_PAGES)
        decide = [_waiting(work, work.pages.get(page_id), count) for page_id, count in disputed.items()]
        doubtful = work.quality.doubtful(visit.permit, home.settings.ocr.doubtful_page, MOST_PAGES)
        doubted = [_waiting(work, page, 0) for page in doubtful if page.id not in disputed]
        learned = habits(work.proofs.swaps(), home.settings.proof.confusions)
    low = home.settings.ocr.doubtful_page
    return frame.show(visit, "proofs.html", decide=decide, doubted=doubted, learned=learned, low=low)


def _waiting(work: Work, page: Page, disputed: int) -> Waiting:
    return Waiting(work.items.get(page.item_id), page, disputed)


def following(visit: Here, sample: str) -> Response:
    """On to the next page of a sample; back to the figures when all are done."""
    with visit.home.catalogue.reading() as work:
        return RedirectResponse(_next_of_sample(work, sample), 303)


def _next_of_sample(work: Work, sample_id: str) -> str:
    for page_id in work.quality.counting(work.quality.get(sample_id)):
        if work.proofs.finished(page_id) is None:
            page = work.pages.get(page_id)
            return f"/proof/{page.item_id}?{urlencode({'page': page.number, 'sample': sample_id})}"
    return "/quality"


def form(visit: Here, item_id: str, page: int = Query(0, ge=0), sample: str = "") -> Response:
    """The page with its picture; without a number, the most doubtful page of the item."""
    with visit.home.catalogue.reading() as work:
        desk = _desk(visit, work, item_id, page, {})
    note_reading(visit, desk.item, desk.page.number)
    return _shown(visit, desk, sample)


def keep(visit: Here, item_id: str, sent: Sent, page: int = Query(1, ge=1), sample: str = "") -> Response:
    """Save the page and go on; `deed` "whole" says that everything on it is right as it stands."""
    whole = sent.get("deed") == "whole"
    home = visit.home
    try:
        with home.catalogue.writing() as work:
            item = readable(work, visit.permit, item_id)
            held = _at(work.pages.of_item(item.id), page)
            rule = Rule(_two(visit, work, item), home.settings.ocr.doubtful)
            outcome = save(work, held, _typed(sent, whole), visit.who.name, home.clock.now(), rule, whole=whole)
    except Final as problem:
        return _again(visit, item_id, page, sample, sent, problem)
    if outcome.changed or outcome.right:
        home.jobs.ask("index")
    return RedirectResponse(_onwards(visit, item_id, page, sample, sent.get("deed", "")), 303)


def _onwards(visit: Visit, item_id: str, number: int, sample: str, deed: str) -> str:
    """The next page; behind the last one, where the item is looked at: a sample goes on with its own next page."""
    with visit.home.catalogue.reading() as work:
        if deed == "stay":
            return f"/proof/{item_id}?{urlencode({'page': number, 'sample': sample})}"
        if sample:
            return _next_of_sample(work, sample)
        item = work.items.get(item_id)
        after = [page.number for page in work.pages.of_item(item.id) if page.number > number]
    if after:
        return f"/proof/{item_id}?page={after[0]}"
    return f"/items/{item_id}?page={number}" if item.filed else f"/review/{item_id}"


def _again(visit: Visit, item_id: str, page: int, sample: str, sent: Mapping[str, str], problem: Final) -> Response:
    with visit.home.catalogue.reading() as work:
        desk = _desk(visit, work, item_id, page, sent)
    return _shown(visit, desk, sample, _homeless(desk, sent), problem, problem.http_status)


def _homeless(desk: Desk, sent: Mapping[str, str]) -> list[str]:
    """What was typed into lines that are not there any more, since the page was read again meanwhile."""
    known = {row.key for row in desk.rows}
    return [one.text for one in _typed(sent, False) if one.means_something and one.text and one.key not in known]


def _shown(
    visit: Visit,
    desk: Desk,
    sample: str,
    homeless: Sequence[str] = (),
    problem: MunimentError | None = None,
    status: int = 200,
) -> Response:
    history = [one for one in reversed(desk.known) if one.by == visit.who.name or not one.entry or not _hidden(one)]
    values = {
        "desk": desk,
        "sample": sample,
        "homeless": homeless,
        "problem": problem,
        "history": history,
        "pieces": pieces,
    }
    return frame.show(visit, "proof.html", status, **values)


def _hidden(one: Correction) -> bool:
    """An entry that the other person has yet to give may not be seen by them."""
    return one.state.value == "entered"


def _typed(sent: Mapping[str, str], whole: bool) -> list[Typed]:
    """The lines of the form; what stood in each comes along with it."""
    seen = _seen(sent.get("seen", ""))
    lines = [
        Typed(key, before, sent.get(f"line-{key}", before), whole or f"right-{key}" in sent)
        for key, before in seen.items()
    ]
    missing = sent.get("missing", "").strip()
    return [*lines, Typed(sent.get("missing-below", ""), "", missing, new=True)] if missing else lines


def _seen(packed: str) -> Mapping[str, str]:
    try:
        seen = json.loads(packed or "{}")
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in seen.items()} if isinstance(seen, dict) else {}


# -- what lies on the desk -----------------------------------------------------------------------------------


def _desk(visit: Visit, work: Work, item_id: str, number: int, sent: Mapping[str, str]) -> Desk:
    item = readable(work, visit.permit, item_id)
    pages = work.pages.of_item(item.id)
    page = _at(pages, number) if number else _most_doubtful(pages)
    machine, known = work.proofs.machine(page.id), work.proofs.of(page.id)
    learned = habits(work.proofs.swaps(), visit.home.settings.proof.confusions)
    seen = sights(machine, known, visit.who.name) if machine else []
    below = visit.home.settings.ocr.doubtful
    rows = [_row(at, sight, learned, below, sent) for at, sight in enumerate(seen, start=1)]
    proof, two = work.proofs.finished(page.id), _two(visit, work, item)
    return Desk(item, pages, page, rows, known, proof, two, machine.engine if machine else "")


def _at(pages: Sequence[Page], number: int) -> Page:
    for page in pages:
        if page.number == number:
            return page
    raise Missing("no-such-page")


def _most_doubtful(pages: Sequence[Page]) -> Page:
    if not pages:
        raise Missing("no-such-page")
    return max(pages, key=lambda page: (page.illegible, page.doubtful, -page.number))


def _two(visit: Visit, work: Work, item: Item) -> bool:
    fonds = work.fonds.get(item.fonds_id).code if item.fonds_id else ""
    return two_enter(visit.home.settings.proof.double_entry, fonds, item.value("series"))


def _row(number: int, sight: Sight, learned: tuple[Habit, ...], below: float, sent: Mapping[str, str]) -> Row:
    line, now = sight.line, sight.text
    text = sent.get(f"line-{line.key}", now)
    seen = _seen(sent.get("seen", "")).get(line.key, now)
    offered = suggestions(line, learned, below) if now == line.shown else ()
    doubted = line.doubts(below) if now == line.shown and not sight.done else ()
    marks = {word.start + n: ("doubt", "") for word in doubted for n in range(len(word.text))}
    marks |= {one.offset: ("habit", one.meant) for one in offered}
    right = f"right-{line.key}" in sent if sent else False
    return Row(
        number,
        sight,
        text,
        right,
        _parts(now, marks),
        offered,
        len(doubted),
        now if seen != now and text != now else "",
    )


def _parts(text: str, marks: Mapping[int, tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """The text cut where its marking changes; every suggestion is a part of its own."""
    parts: list[tuple[str, str, str]] = []
    for offset, char in enumerate(text):
        kind, meant = marks.get(offset, ("", ""))
        if parts and kind != "habit" and parts[-1][1] == kind:
            parts[-1] = (parts[-1][0] + char, kind, meant)
        else:
            parts.append((char, kind, meant))
    return tuple(parts)
