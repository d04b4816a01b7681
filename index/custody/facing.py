"""Decides how two facing pages on one scan become two pages, each read by itself, and how they become one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.custody.arranging import chosen, in_order, keep, seen
from index.custody.turning import ask_to_read
from index.domain.errors import Missing, WrongUse
from index.domain.facing import MIDDLE, halves
from index.domain.holdings import Item, Page, PageRole, PageState
from index.domain.identity import new_id
from index.domain.looks import Look
from index.domain.reading import Box
from index.ports import Jobs, Work

#: A gutter nearer to an edge than this is none.
LEAST = 0.1


def part(
    work: Work,
    jobs: Jobs,
    item_id: str,
    version: int,
    page_id: str,
    actor: str,
    reason: str,
    *,
    gutter: float | None = None,
    right_first: bool = False,
) -> Item:
    """Let the halves of a page stand as two; the right one first where a volume is read from right to left.

    `gutter` is where they part, as a share of the upright page's width: what the scan shows when none is given, or the
    middle. Raises WrongUse("bad-value") for one at the edge, Missing("no-such-page") for a half.
    """
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    [page] = chosen(pages, [page_id])
    at = gutter if gutter is not None else page.look.spread or MIDDLE
    if page.part or page.crop:
        raise Missing("no-such-page")
    if not LEAST <= at <= 1 - LEAST:
        raise WrongUse("bad-value", field="gutter", value=at, hint="")
    both = _halves(work, page, at)
    order = both[::-1] if right_first else both
    others = [one for one in pages if one.id not in {page.id, *(half.id for half in both)}]
    place = pages.index(page) - sum(one.id in {half.id for half in both} for one in pages[: pages.index(page)])
    laid = in_order([*others[:place], replace(page, role=PageRole.PARTED), *order, *others[place:]])
    saved = keep(work, item, laid, actor, "parted", pages=[page.number], gutter=round(at, 3), reason=reason.strip())
    ask_to_read(jobs, both)
    return saved


def unpart(work: Work, item_id: str, version: int, page_id: str, actor: str, reason: str) -> Item:
    """The frame of this half as one page again, where the half stands. Raises Missing("no-such-page")."""
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    [half] = chosen(pages, [page_id])
    frame = {one.part: one for one in work.pages.of_scan(half.scan_id) if one.frame == half.frame}
    if not half.part or 0 not in frame:
        raise Missing("no-such-page")
    _check_at_home(frame, item_id)
    halves_there = [one for one in pages if one.id in {frame[1].id, frame[2].id}]
    whole = replace(frame[0], role=PageRole.CONTENT, rank=halves_there[0].rank)
    joined = {one.id: replace(one, role=PageRole.PARTED) for one in halves_there}
    order = [one for one in pages if one.id != whole.id]
    place = next(at for at, one in enumerate(order) if one.id in joined)
    laid = in_order([*order[:place], whole, *order[place:]])
    laid = [replace(one, role=joined[one.id].role) if one.id in joined else one for one in laid]
    places = [one.number for one in halves_there if one.role is PageRole.CONTENT]
    return keep(work, item, laid, actor, "unparted", pages=places, reason=reason.strip())


def _check_at_home(frame: Mapping[int, Page], item_id: str) -> None:
    """All of the frame must stand in this item: a half that was moved away is moved back first."""
    if any(one.item_id != item_id for one in frame.values()):
        raise WrongUse("half-elsewhere")


def _halves(work: Work, page: Page, gutter: float) -> list[Page]:
    """The left and the right half: those that were there before, with their readings, or new ones to be read."""
    known = {one.part: one for one in work.pages.of_scan(page.scan_id) if one.frame == page.frame}
    stands = page.turned if page.given_turn is None else page.given_turn
    return [_half(known.get(nth), page, nth, box, stands) for nth, box in enumerate(halves(stands, gutter), start=1)]


def _half(known: Page | None, page: Page, nth: int, box: Box, stands: int) -> Page:
    if known is None:
        fresh = replace(page, id=new_id(), part=nth, version=1, indexed_version=0, key="", look=Look())
        return replace(fresh, crop=box, given_turn=stands, blank=False, given_blank=None, state=PageState.WAITING)
    back = replace(known, item_id=page.item_id, role=PageRole.CONTENT)
    as_before = known.crop is not None and _near(known.crop, box)
    return back if as_before else replace(back, crop=box, given_turn=stands, state=PageState.WAITING)


def _near(one: Box, other: Box) -> bool:
    """Whether two places are the same, within what the catalogue keeps of their digits."""
    sides: Sequence[tuple[float, float]] = ((one.x, other.x), (one.y, other.y), (one.w, other.w), (one.h, other.h))
    return all(abs(first - second) < 1e-4 for first, second in sides)
