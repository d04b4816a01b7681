"""Decides how people put an item's pages in order (整理页面): all of them as small pictures, and what can be done.

One form holds every page; a button says what is done to those that are ticked. It works without a script; with one, by
keyboard alone. Whatever is refused is told above the pages, and nothing is changed then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from index.custody import blanks, facing, joining, moving, removing, replacing, splitting, turning, undoing
from index.custody.arranging import VERBS
from index.domain.errors import Final, Missing, MunimentError, WrongUse
from index.domain.events import Event
from index.domain.holdings import Item, Page, PageRole, PageState
from index.domain.reading import Script
from index.ports import Work
from viewer import frame
from viewer.pages.oddities import gaps, marks, oddities, said
from viewer.reading import readable
from viewer.visit import Here, Visit

#: Items offered to be joined with or moved to, before and behind this one; and rescans, the newest.
BESIDE, RESCANS = 5, 30


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Asked:
    """One deed as the form asks for it; `other` is another item as "id:version", its id or its code."""

    item_id: str
    version: int
    pages: tuple[str, ...]
    to: int
    other: str
    reason: str
    right_first: bool
    gutter: float | None = None
    """Where two facing pages part, as a share of the width; None is where the scan shows it."""

    @property
    def first(self) -> str:
        """The page that is meant where one is; raises WrongUse("choose-a-page")."""
        if not self.pages:
            raise WrongUse("choose-a-page")
        return self.pages[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown: what is odd about it, what lacks behind it, and how its picture has to be turned still."""

    page: Page
    marks: tuple[str, ...]
    gap: str
    turn: int

    @property
    def drawn(self) -> bool:
        """Whether there is a picture of it yet."""
        return bool(self.page.key) or self.page.state is PageState.READ

    @property
    def waiting(self) -> bool:
        return self.page.state is PageState.WAITING


def workbench(visit: Here, item_id: str, chosen: str = "", made: str = "") -> Response:
    """The pages of an item; `chosen` are those to be ticked, `made` the item that was just split off."""
    return _page(visit, item_id, chosen.split(","), made=made)


def deed(visit: Here, item_id: str, sent: Sent) -> Response:
    """Do what the pressed button says, and come back with the same pages ticked."""
    asked = _asked(item_id, sent)
    try:
        act = DEEDS.get(str(sent.get("deed", "")))
        if act is None:
            raise WrongUse("bad-request")
        with visit.home.catalogue.writing() as work:
            readable(work, visit.permit, item_id)
            made = act(visit, work, asked)
    except Final as problem:
        return _page(visit, item_id, asked.pages, problem=problem, reason=asked.reason)
    behind = f"&made={made.id}" if made and made.id != item_id else ""
    return RedirectResponse(f"/items/{item_id}/pages?chosen={','.join(asked.pages)}{behind}", 303)


def _asked(item_id: str, sent: FormData) -> Asked:
    version, to = str(sent.get("version", "")), str(sent.get("to", ""))
    return Asked(
        item_id,
        int(version) if version.isdecimal() else 0,
        tuple(str(page) for page in sent.getlist("page")),
        int(to) if to.isdecimal() else 0,
        str(sent.get("code", "")).strip() or str(sent.get("other", "")).strip(),
        str(sent.get("reason", "")).strip()[:500],
        sent.get("right_first") == "yes",
        _percent(str(sent.get("gutter", "")).strip()),
    )


def _percent(typed: str) -> float | None:
    return int(typed) / 100 if typed.isdecimal() and len(typed) < 4 else None


# -- deeds -------------------------------------------------------------------------------------------------------------

Deed = Callable[[Visit, Work, Asked], Item | None]
"""Returns the item that came of it, where that is another one."""


def _turned(quarters: int) -> Deed:
    def act(visit: Visit, work: Work, asked: Asked) -> None:
        _some(asked)
        who, jobs = visit.who.name, visit.home.jobs
        turning.turn(work, jobs, asked.item_id, asked.version, asked.pages, quarters, who, asked.reason)

    return act


def _shifted(by: int) -> Deed:
    def act(visit: Visit, work: Work, asked: Asked) -> None:
        numbers = [page.number for page in _chosen(work, asked)]
        to = max(1, min(numbers) + by)
        moving.move(work, asked.item_id, asked.version, asked.pages, to, visit.who.name, asked.reason)

    return act


def _move(visit: Visit, work: Work, asked: Asked) -> None:
    _some(asked)
    moving.move(work, asked.item_id, asked.version, asked.pages, asked.to, visit.who.name, asked.reason)


def _move_to(visit: Visit, work: Work, asked: Asked) -> None:
    _some(asked)
    other, version = _other(visit, work, asked)
    who = visit.who.name
    moving.move_to(work, asked.item_id, asked.version, asked.pages, other, version, who, asked.reason)


def _take_out(visit: Visit, work: Work, asked: Asked) -> None:
    _some(asked)
    removing.take_out(work, asked.item_id, asked.version, asked.pages, visit.who.name, asked.reason)


def _put_back(visit: Visit, work: Work, asked: Asked) -> None:
    removing.put_back(work, asked.item_id, asked.version, asked.pages, visit.who.name, asked.reason)


def _split_here(visit: Visit, work: Work, asked: Asked) -> Item:
    """From the first page that is ticked to the end."""
    first = _chosen(work, asked)[0].number
    return _split(visit, work, asked, first, len(work.pages.of_item(asked.item_id)))


def _split_chosen(visit: Visit, work: Work, asked: Asked) -> Item:
    """From the first page that is ticked to the last."""
    numbers = [page.number for page in _chosen(work, asked)]
    return _split(visit, work, asked, min(numbers), max(numbers))


def _split(visit: Visit, work: Work, asked: Asked, first: int, last: int) -> Item:
    home, who = visit.home, visit.who.name
    span = (asked.item_id, asked.version, first, last)
    _, made = splitting.split_off(work, home.jobs, *span, who, home.clock.now(), asked.reason)
    return made


def _join(visit: Visit, work: Work, asked: Asked) -> None:
    other, version = _other(visit, work, asked)
    joining.join(work, asked.item_id, asked.version, other, version, visit.who.name, asked.reason)


def _part(visit: Visit, work: Work, asked: Asked) -> None:
    """Every page that is ticked; of a stack of facing pages all at once."""
    _some(asked)
    span, who, reason = (asked.item_id, asked.version, asked.pages), visit.who.name, asked.reason
    facing.part_all(work, visit.home.jobs, *span, who, reason, gutter=asked.gutter, right_first=asked.right_first)


def _part_all(visit: Visit, work: Work, asked: Asked) -> None:
    """Every scan of the item that shows two facing pages."""
    spreads = [page.id for page in work.pages.of_item(asked.item_id) if page.look.spread is not None and not page.part]
    _part(visit, work, replace(asked, pages=tuple(spreads)))


def _unpart(visit: Visit, work: Work, asked: Asked) -> None:
    facing.unpart(work, asked.item_id, asked.version, asked.first, visit.who.name, asked.reason)


def _replace(visit: Visit, work: Work, asked: Asked) -> None:
    other, version = _other(visit, work, asked)
    who, reason = visit.who.name, asked.reason
    replacing.replace_page(work, asked.item_id, asked.version, asked.first, other, version, who, reason)


def _looked(blank: bool) -> Deed:
    def act(visit: Visit, work: Work, asked: Asked) -> None:
        _some(asked)
        blanks.look_at(work, visit.home.jobs, asked.item_id, asked.pages, blank, visit.who.name)

    return act


def _undo(visit: Visit, work: Work, asked: Asked) -> None:
    undoing.undo(work, visit.home.jobs, asked.item_id, asked.version, visit.who.name)


DEEDS: Mapping[str, Deed] = {
    "right": _turned(1),
    "half": _turned(2),
    "left": _turned(3),
    "earlier": _shifted(-1),
    "later": _shifted(1),
    "move": _move,
    "move-to": _move_to,
    "take-out": _take_out,
    "put-back": _put_back,
    "split": _split_here,
    "split-chosen": _split_chosen,
    "join": _join,
    "part": _part,
    "part-all": _part_all,
    "unpart": _unpart,
    "replace": _replace,
    "blank": _looked(True),
    "written": _looked(False),
    "undo": _undo,
}


def _some(asked: Asked) -> None:
    """Raises WrongUse("choose-a-page") where no page is ticked."""
    _ = asked.first


def _chosen(work: Work, asked: Asked) -> Sequence[Page]:
    _some(asked)
    found = [page for page in work.pages.of_item(asked.item_id) if page.id in asked.pages]
    if not found:
        raise Missing("no-such-page")
    return found


def _other(visit: Visit, work: Work, asked: Asked) -> tuple[str, int]:
    """The other item that is meant and the version the person saw; its newest where they typed its code."""
    if not asked.other:
        raise WrongUse("choose-an-item")
    named, _, version = asked.other.partition(":")
    other = readable(work, visit.permit, named)
    return other.id, int(version) if version.isdecimal() else other.version


# -- the page ----------------------------------------------------------------------------------------------------------


def _page(
    visit: Visit,
    item_id: str,
    chosen: Sequence[str],
    *,
    problem: MunimentError | None = None,
    reason: str = "",
    made: str = "",
) -> Response:
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        shown = _shown(visit, work, item)
        split_off = _made(visit, work, made)
    around = {"chosen": frozenset(chosen), "problem": problem, "reason": reason, "made": split_off}
    return frame.show(visit, "workbench.html", problem.http_status if problem else 200, item=item, **shown, **around)


def _shown(visit: Visit, work: Work, item: Item) -> dict[str, object]:
    pages = work.pages.of_item(item.id)
    found = oddities(work, pages)
    marked, lacking = marks(visit, found), gaps(visit, found)
    sheets = [
        Sheet(page, tuple(marked.get(page.number, ())), lacking.get(page.number, ""), _turn(page)) for page in pages
    ]
    out = [page for page in work.arrangement.of_item(item.id) if page.role is PageRole.REMOVED]
    beside = work.arrangement.beside(item, visit.permit, BESIDE)
    return {
        "sheets": sheets,
        "first_gap": lacking.get(0, ""),
        "findings": said(visit, found),
        "out": [Sheet(page, (), "", _turn(page)) for page in out],
        "beside": beside,
        "following": next((one for one in beside if _comes_after(one, item)), None),
        "rescans": work.arrangement.rescans(item, visit.permit, RESCANS),
        "spreads": sum(page.look.spread is not None and not page.part for page in pages),
        "undoable": undoing.undoable(work, item),
        "history": _history(work.journal.of(item.id)),
        "vertical": any(page.script is Script.HANT for page in pages),
        "joined_to": _joined_to(visit, work, item),
    }


def _turn(page: Page) -> int:
    """How far its picture, drawn before a person turned it, has to be turned on the screen until it is drawn anew."""
    waits = page.state is PageState.WAITING and page.given_turn is not None
    return ((page.given_turn or 0) - page.turned) % 4 if waits else 0


def _comes_after(one: Item, item: Item) -> bool:
    return (one.captured_at, one.id) > (item.captured_at, item.id)


def _made(visit: Visit, work: Work, item_id: str) -> Item | None:
    with suppress(MunimentError):
        return readable(work, visit.permit, item_id) if item_id else None
    return None


def _joined_to(visit: Visit, work: Work, item: Item) -> Item | None:
    return _made(visit, work, joining.follow(work, item).id) if item.joined_to else None


def _history(events: Sequence[Event]) -> list[Event]:
    return [event for event in reversed(events) if event.verb in VERBS]
