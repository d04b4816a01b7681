"""Decides whether the last change to an item's pages can be taken back, and takes it back: only while nothing followed.

What concerned two items (splitting, joining, moving over) is taken back by its contrary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.custody.arranging import VERBS, keep, seen
from index.custody.turning import ask_to_read
from index.domain.errors import Conflict
from index.domain.events import Event
from index.domain.holdings import Item, Page, PageRole, PageState
from index.ports import Jobs, Work


def undoable(work: Work, item: Item) -> Event | None:
    """The last change to its pages, if nothing has happened to the item since."""
    changes = [event for event in work.journal.of(item.id) if event.verb in VERBS]
    last = changes[-1] if changes else None
    fresh = last is not None and last.details.get("version") == item.version and last.verb != "undone"
    return last if fresh and last and last.details.get("was") else None


def undo(work: Work, jobs: Jobs, item_id: str, version: int, actor: str) -> Item:
    """Raises Conflict("nothing-to-undo" | "changed-meanwhile"). The reason is the contrary of the one given before."""
    item = seen(work, item_id, version, "undone")
    event = undoable(work, item)
    if event is None:
        raise Conflict("nothing-to-undo")
    before: Mapping[str, Any] = {one[0]: one for one in _was(event)}
    pages = [_back(page, before[page.id]) for page in work.arrangement.of_item(item_id) if page.id in before]
    saved = keep(work, item, pages, actor, "undone", undone=event.verb, pages=event.details.get("pages"))
    ask_to_read(jobs, pages)
    return saved


def _was(event: Event) -> list[list[Any]]:
    was = event.details["was"]
    assert isinstance(was, list)
    return was


def _back(page: Page, was: list[Any]) -> Page:
    """The page as it was; what was read while it lay or counted otherwise is read again."""
    _, rank, role, turn, blank = was
    back = replace(page, rank=rank, role=PageRole(role), given_turn=turn, given_blank=blank)
    again = (turn, blank) != (page.given_turn, page.given_blank)
    return replace(back, state=PageState.WAITING) if again else back
