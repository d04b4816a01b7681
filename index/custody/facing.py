"""Decides how two facing pages on one scan become two pages, each read by itself, and how they become one again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    """The same for one page as `part_all` for many."""
    return part_all(work, jobs, item_id, version, [page_id], actor, reason, gutter=gutter, right_first=right_first)


def part_all(
    work: Work,
    jobs: Jobs,
    item_id: str,
    version: int,
    page_ids: Collection[str],
    actor: str,
    reason: str,
    *,
    gutter: float | None = None,
    right_first: bool = False,
) -> Item:
    """Let the halves of pages stand as two each; the right one first where a volume is read from right to left.

    `gutter` is where they part, as a share of the upright page's width: what each scan shows when none is given, or
    the middle. Raises WrongUse("bad-value") for one at the edge, Missing("no-such-page") for a half. All pages are laid
    at once: a stack of facing pages is one change, undone as one.
    """
    item = seen(work, item_id, version, reason)
    pages = work.arrangement.of_item(item_id)
    whole = chosen(pages, page_ids)
    gutters = [_gutter(page, gutter) for page in whole]
    frames = _frames(work, {page.scan_id for page in whole})
    parted = {page.id: _halves(frames, page, at) for page, at in zip(whole, gutters, strict=True)}
    told = {"pages": [page.number for page in whole], "gutter": _told(gutters)}
    saved = keep(work, item, _laid(pages, parted, right_first), actor, "parted", **told, reason=reason.strip())
    ask_to_read(jobs, [half for both in parted.values() for half in both])
    return saved


def _gutter(page: Page, given: float | None) -> float:
    at = given if given is not None else page.look.spread or MIDDLE
    if page.part or page.crop:
        raise Missing("no-such-page")
    if not LEAST <= at <= 1 - LEAST:
        raise WrongUse("bad-value", field="gutter", value=at, hint="")
    return at


def _told(gutters: Sequence[float]) -> float | list[float]:
    """What the journal says of where the pages part: once where they part alike."""
    rounded = [round(at, 3) for at in gutters]
    return rounded[0] if len(set(rounded)) == 1 else rounded


def _laid(pages: Sequence[Page], parted: Mapping[str, Sequence[Page]], right_first: bool) -> list[Page]:
    """All pages in their new order: behind each that is parted its halves, which may have stood elsewhere before."""
    moving = {half.id for both in parted.values() for half in both}
    order: list[Page] = []
    for page in pages:
        if page.id in parted:
            both = parted[page.id]
            order += [replace(page, role=PageRole.PARTED), *(both[::-1] if right_first else both)]
        elif page.id not in moving:
            order.append(page)
    return in_order(order)


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


def _frames(work: Work, scan_ids: Collection[str]) -> Mapping[tuple[str, int, int], Page]:
    """Every page there is of these scans, by scan, frame and part."""
    pages = (page for scan_id in sorted(scan_ids) for page in work.pages.of_scan(scan_id))
    return {(page.scan_id, page.frame, page.part): page for page in pages}


def _halves(frames: Mapping[tuple[str, int, int], Page], page: Page, gutter: float) -> list[Page]:
    """The left and the right half: those that were there before, with their readings, or new ones to be read."""
    stands = page.turned if page.given_turn is None else page.given_turn
    places = enumerate(halves(stands, gutter), start=1)
    return [_half(frames.get((page.scan_id, page.frame, nth)), page, nth, box, stands) for nth, box in places]


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
