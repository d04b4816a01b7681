"""Decides how a person settles what the machine doubts: the list, the form, saving, correcting, withdrawing.

Nothing typed is lost: whatever goes wrong, the form comes back with what was typed. The same form corrects an item that
is filed already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from index.custody import correcting, withdrawing
from index.custody.covers import doubts as doubts_of_cover
from index.custody.filing import file_item
from index.domain.errors import Final, Missing, MunimentError, sentence
from index.domain.events import Event
from index.domain.holdings import Fonds, Item, ItemState
from index.ports import Work
from viewer import frame
from viewer.pages.oddities import Said, oddities, oddities_of, said
from viewer.pages.review_form import FIELDS, REQUIRED, Choices, doubts, meant, problems, shown, unreadable
from viewer.reading import note_reading, readable
from viewer.visit import Here, Visit

#: Verbs of the journal that say who looked, not what was done.
LOOKED = frozenset({"read", "print", "download", "search"})


async def _typed(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.form()).items()}


Typed = Annotated[dict[str, str], Depends(_typed)]
"""The fields of the form as they were sent."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A line of the list: an item in review, its fonds code, and the fields to look at."""

    item: Item
    fonds: str
    doubts: tuple[str, ...]
    words: int | None
    """How many words of its pages are doubtful; 0 where a page could not be read at all, None where nothing is."""
    oddities: Sequence[Said]


def queue(visit: Here) -> Response:
    """Everything in review, the most doubtful first."""
    with visit.home.catalogue.reading() as work:
        choices = _choices(visit, work)
        codes = {fonds.id: fonds.code for fonds in choices.fondses}
        items, words = work.listings.doubtful(visit.permit), work.quality.doubts()
        odd = oddities_of(work, items)
    lines = [
        Doubtful(
            item,
            codes.get(item.fonds_id or "", ""),
            doubts(item, choices),
            words.get(item.id),
            said(visit, odd[item.id]),
        )
        for item in items
    ]
    return frame.show(visit, "review.html", lines=lines)


def following(visit: Here, after: str = "") -> Response:
    """On to the item behind `after` in the list; back to the list when there is none."""
    with visit.home.catalogue.reading() as work:
        return _on_to(_behind(visit, work, after), after)


def form(visit: Here, item_id: str, after: str = "") -> Response:
    """The form of one item; `after` is the item that was seen before it, whose values F2 brings."""
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
    note_reading(visit, item, 1)
    return _page(visit, item_id, {"after": after})


def save(visit: Here, item_id: str, typed: Typed) -> Response:
    """Correct and file in one transaction, then the next; `deed` "keep" leaves the item in review."""
    keep = typed.get("deed") == "keep"
    with visit.home.catalogue.reading() as work:
        choices = _choices(visit, work)
        next_id = _behind(visit, work, item_id)
    wrong = unreadable(typed) if keep else problems(typed, choices)
    if wrong:
        return _page(visit, item_id, typed, wrong, status=422)
    try:
        saved = _saved(visit, item_id, typed, keep)
    except Final as problem:
        return _page(visit, item_id, typed, problem=problem, status=problem.http_status)
    if typed.get("came_from") == "filed":
        return RedirectResponse(f"/items/{saved.id}", 303)
    return _on_to(next_id, item_id)


def withdraw(visit: Here, item_id: str, version: int = Form(), reason: str = Form("")) -> Response:
    try:
        with visit.home.catalogue.writing() as work:
            withdrawing.withdraw(work, item_id, version, reason, visit.who.name, visit.home.clock.now())
    except Final as problem:
        return _page(visit, item_id, {"reason": reason}, problem=problem, status=problem.http_status)
    return RedirectResponse(f"/review/{item_id}", 303)


def reopen(visit: Here, item_id: str, version: int = Form()) -> Response:
    with visit.home.catalogue.writing() as work:
        withdrawing.reopen(work, item_id, version, visit.who.name, visit.home.clock.now())
    return RedirectResponse(f"/review/{item_id}", 303)


def _saved(visit: Visit, item_id: str, typed: Mapping[str, str], keep: bool) -> Item:
    packs, now, who = visit.home.packs, visit.home.clock.now(), visit.who.name
    version = int(typed["version"]) if typed.get("version", "").isdecimal() else 0
    with visit.home.catalogue.writing() as work:
        item = work.items.get(item_id)
        changes = _changes(work, item, meant(typed))
        saved = correcting.correct(work, item_id, version, changes, who, now, packs)
        return saved if keep or saved.filed else file_item(work, item_id, who, now, packs)


def _changes(work: Work, item: Item, values: Mapping[str, str]) -> Mapping[str, str]:
    """All that the form says, since a person has looked at all of it; in a filed item only what they changed."""
    before = meant(shown(item, _fonds_of(work, item)))
    said = {name: value for name, value in values.items() if value or before[name]}
    return {name: value for name, value in said.items() if value != before[name]} if item.filed else said


def _choices(visit: Visit, work: Work) -> Choices:
    fondses = work.fonds.all()
    return Choices(fondses, [pack for pack in visit.home.packs if any(pack.id in fonds.packs for fonds in fondses)])


def _fonds_of(work: Work, item: Item) -> Fonds | None:
    return work.fonds.get(item.fonds_id) if item.fonds_id else None


def _behind(visit: Visit, work: Work, item_id: str) -> str:
    """The item behind this one in the list, beginning again at its end; "" when there is no other."""
    ids = [item.id for item in work.listings.doubtful(visit.permit)]
    at = ids.index(item_id) + 1 if item_id in ids else 0
    return next((one for one in ids[at:] + ids[:at] if one != item_id), "")


def _on_to(item_id: str, after: str) -> Response:
    return RedirectResponse(f"/review/{item_id}?after={after}" if item_id else "/review", 303)


def _page(
    visit: Visit,
    item_id: str,
    typed: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
    problem: MunimentError | None = None,
    status: int = 200,
) -> Response:
    """The form: what the item says, overlaid by what was typed; with `wrong` beside the fields, `problem` above."""
    with visit.home.catalogue.reading() as work:
        item, choices = work.items.get(item_id), _choices(visit, work)
        saved = shown(item, _fonds_of(work, item))
        around = _around(visit, work, item, typed.get("after", ""))
    # Whatever else is wrong: words typed over an older version must never silently replace what somebody saved since.
    clash = typed.get("version", str(item.version)) != str(item.version)
    values = {name: typed.get(name, saved[name]) for name in FIELDS}
    return frame.show(
        visit,
        "review_item.html",
        status,
        item=item,
        choices=choices,
        values=values,
        saved=saved,
        doubts=doubts(item, choices),
        required=REQUIRED,
        wrong=wrong or {},
        problem=problem,
        clash=clash,
        typed=typed,
        dirty=values != saved,
        editable=item.state in correcting.OPEN,
        **around,
    )


def _around(visit: Visit, work: Work, item: Item, after: str) -> dict[str, object]:
    """What stands beside the form: pages, history, place in the list, and the values of the item seen before."""
    pages = work.pages.of_item(item.id)
    worst = max(pages, key=lambda page: (page.illegible, page.doubtful, -page.number), default=None)
    return {
        "pages": pages,
        "doubtful": sum(page.doubtful for page in pages),
        "opens": worst.number if worst else 1,
        "oddities": said(visit, oddities(work, pages)),
        "unfit": [
            sentence(why.code, visit.language, **why.details) for why in doubts_of_cover(work, item, visit.home.packs)
        ],
        "history": _history(work.journal.of(item.id)),
        "waiting_items": work.listings.states().get(ItemState.REVIEW, 0),
        "after": after,
        "previous": _previous(work, after),
    }


def _previous(work: Work, after: str) -> Mapping[str, str]:
    with suppress(Missing):
        item = work.items.get(after)
        return shown(item, _fonds_of(work, item))
    return {}


def _history(events: Sequence[Event]) -> Sequence[Event]:
    """What was done to the item, newest first."""
    return [event for event in reversed(events) if event.verb not in LOOKED]
